//! Validity and permission against a naive model, written from the rules alone.
//!
//! The model shares no code with the crate: it takes the numbers of a [`Model`] and knows
//! neither sets of its own nor times but as deciseconds.

#![cfg(feature = "tcf")]

#[path = "support/tcf.rs"]
mod support;

use consent_string::tcf::{
    LegalBasis, LegalBasisRules, PurposeId, TcString, ValidityRules, VendorId,
};
use consent_string::{Buffer, Timestamp};
use proptest::prelude::*;

use support::{Model, Set, Style};

const DAY: u64 = 864_000;
/// 2023-09-30, 2026-03-01: days since 1970.
const AFTER_THIS_DAY_POLICY_4: u64 = 19_630;
const DISCLOSED_VENDORS_FROM: u64 = 20_513;

/// What makes a string invalid, and what else speaks against it, by name.
fn violations(model: &Model, now: u64) -> Vec<&'static str> {
    let [created, updated, cmp, ..] = model.numbers;
    let [list, policy, service_specific, _] = model.more;
    let mut names = Vec::new();
    if service_specific == 0 {
        names.push("not_service_specific");
    }
    if policy < 4 && created / DAY > AFTER_THIS_DAY_POLICY_4 {
        names.push("policy_version");
    }
    if model.disclosed.is_none()
        && (created / DAY >= DISCLOSED_VENDORS_FROM || updated / DAY >= DISCLOSED_VENDORS_FROM)
    {
        names.push("disclosed_vendors_missing");
    }
    if updated < now && now - updated > 395 * DAY {
        names.push("too_old");
    }
    if (1..=24).any(|purpose| model.purposes_li.contains(&purpose) && is_void(policy, purpose)) {
        names.push("legitimate_interest");
    }
    if created > now || updated > now {
        names.push("in_future");
    }
    if ![2, 3, 4, 5].contains(&policy) {
        names.push("unknown_policy_version");
    }
    if cmp == 0 || cmp == 1 {
        names.push("no_platform");
    }
    if list == 0 {
        names.push("no_vendor_list");
    }
    if policy >= 4 && created != updated {
        names.push("times_differ");
    }
    if policy >= 4 && (created % DAY != 0 || updated % DAY != 0) {
        names.push("time_of_day");
    }
    names
}

fn is_void(policy: u64, purpose: u16) -> bool {
    purpose == 1 || policy >= 4 && [3, 4, 5, 6].contains(&purpose)
}

/// Whether a vendor may, on which basis; `declared` is 1 for consent, 2 for legitimate
/// interest, as the types of restrictions are.
fn permits(model: &Model, vendor: u16, purpose: u16, declared: u16, flexible: bool) -> Option<u16> {
    if purpose == 1 && (flexible || model.purpose_one_treatment) {
        return None;
    }
    if model.disclosed.as_ref().is_some_and(|disclosed| !disclosed.contains(&vendor)) {
        return None;
    }
    let mut basis = declared;
    let mut required = Set::new();
    for (on, kind, vendors) in &model.restrictions {
        if *on == purpose && vendors.contains(&vendor) {
            required.insert(*kind);
        }
    }
    if required.contains(&0) || required.contains(&3) || required.len() > 1 {
        return None;
    }
    if let Some(&kind) = required.first() {
        if kind != declared && !flexible {
            return None;
        }
        basis = kind;
    }
    let (purposes, vendors) = if basis == 1 {
        (&model.purposes_consent, &model.vendors_consent)
    } else {
        if is_void(model.more[1], purpose) {
            return None;
        }
        (&model.purposes_li, &model.vendors_li)
    };
    (purposes.contains(&purpose) && vendors.contains(&vendor)).then_some(basis)
}

/// Days around which a rule changes, and any other.
fn times() -> impl Strategy<Value = u64> {
    let near = |day: u64| day * DAY - 2 * DAY..day * DAY + 3 * DAY;
    let whole = prop_oneof![Just(0_u64), Just(1), Just(DAY - 1)];
    prop_oneof![
        near(AFTER_THIS_DAY_POLICY_4),
        near(DISCLOSED_VENDORS_FROM),
        (19_000..21_200_u64, whole).prop_map(|(day, more)| day * DAY + more),
        0..1_u64 << 36,
    ]
}

fn vendor_sets() -> impl Strategy<Value = Set> {
    prop::collection::btree_set(1..=12_u16, 0..=12)
}

/// Strings in which most answers can be either: few vendors, many signals.
fn strings() -> impl Strategy<Value = Model> {
    let purposes = || prop::collection::btree_set(1..=12_u16, 0..=12);
    let restrictions = prop::collection::vec((1..=12_u16, 0..4_u16, vendor_sets()), 0..4);
    let times = (times(), times(), any::<bool>())
        .prop_map(|(created, updated, same)| [created, if same { created } else { updated }]);
    (
        times,
        (0..4_u64, 0..3_u64, 0..8_u64, 0..4_u64, any::<bool>()),
        (purposes(), purposes(), vendor_sets(), vendor_sets()),
        restrictions,
        prop::option::weighted(0.7, vendor_sets()),
    )
        .prop_map(|(times, numbers, sets, restrictions, disclosed)| Model {
            numbers: [times[0], times[1], numbers.0, 0, 0],
            more: [numbers.1, numbers.2, u64::from(numbers.3 > 0), 0],
            purpose_one_treatment: numbers.4,
            purposes_consent: sets.0,
            purposes_li: sets.1,
            vendors_consent: sets.2,
            vendors_li: sets.3,
            restrictions,
            disclosed,
            ..Model::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn validity_is_what_the_rules_say(model in strings(), styles in support::styles(), now in times()) {
        let text = model.text(&styles, 24, 0);
        let consent: TcString = text.parse().unwrap();
        let at = Timestamp::from_deciseconds(now).unwrap();
        let expected = violations(&model, now);
        let names: Vec<_> = consent.violations(at).map(consent_string::tcf::Violation::name).collect();
        prop_assert_eq!(&names, &expected);
        let invalid = ["not_service_specific", "policy_version", "disclosed_vendors_missing"];
        let first = expected.iter().copied().find(|name| invalid.contains(name));
        prop_assert_eq!(consent.valid_at(at).err().map(consent_string::tcf::Invalid::name), first);
        let aged = ValidityRules::new().max_age(ValidityRules::MAX_AGE).valid_at(&consent, at);
        let first = expected.iter().copied().find(|&name| invalid.contains(&name) || name == "too_old");
        prop_assert_eq!(aged.err().map(consent_string::tcf::Invalid::name), first);
    }

    /// Every vendor, purpose, basis and flexibility: 576 questions to each of 1000 strings.
    #[test]
    fn permission_is_what_the_rules_say(model in strings(), styles in support::styles()) {
        let text = model.text(&styles, 24, 0);
        let mut buffer = Buffer::new();
        let view = consent_string::tcf::TcStringRef::parse(&text, &mut buffer).unwrap();
        let valid = view.assume_valid();
        for vendor in 1..=12 {
            for purpose in 1..=12 {
                for declared in [1, 2] {
                    for flexible in [false, true] {
                        let basis = |number| match number {
                            1 => LegalBasis::Consent,
                            _ => LegalBasis::LegitimateInterest,
                        };
                        let rules = LegalBasisRules::new(basis(declared));
                        let rules = if flexible { rules.flexible() } else { rules };
                        let answer = valid.permits(
                            VendorId::new(vendor).unwrap(),
                            PurposeId::new(purpose).unwrap(),
                            rules,
                        );
                        let expected = permits(&model, vendor, purpose, declared, flexible);
                        prop_assert_eq!(answer.ok(), expected.map(basis), "{} {} {:?}", vendor, purpose, rules);
                    }
                }
            }
        }
    }
}

#[test]
fn the_model_knows_its_days() {
    let day = |text: &str| text.parse::<Timestamp>().unwrap().deciseconds() / DAY;
    assert_eq!(day("2023-09-30T00:00:00Z"), AFTER_THIS_DAY_POLICY_4);
    assert_eq!(day("2026-03-01T00:00:00Z"), DISCLOSED_VENDORS_FROM);
    let style = [Style::default()];
    assert!(Model::default().text(&style, 24, 0).parse::<TcString>().is_ok());
}
