//! One answer over several strings: each row of the table, with and without each string.

#![cfg(all(feature = "request", feature = "gvl"))]
#![allow(clippy::redundant_closure_for_method_calls, reason = "shorter than the paths")]

#[path = "support/consent.rs"]
mod consent;

use consent::{AC, LIST, NOW, dcs, purposes, tc, tc_builder, time, vendors};
use consent_string::decision::{Purpose, Question, Strings, Vendor};
use consent_string::gpp::{GppString, SectionId};
use consent_string::gvl::{CmpList, VendorList};
use consent_string::request::{Options, RequestConsent, Signal, Signals};
use consent_string::tcf::{LegalBasis, RestrictionType, SmallSet, TcString};
use proptest::prelude::*;

const DAY: &str = "2026-06-15";
const USER: u128 = 1;

/// Which strings and lists there are.
#[derive(Clone, Copy)]
struct Given<'a> {
    tc: Option<&'a str>,
    dcs: Option<&'a str>,
    ac: Option<&'a str>,
    list: Option<&'a VendorList>,
}

impl Given<'_> {
    fn read(&self) -> RequestConsent {
        let strings = [(Signal::Tcf, self.tc), (Signal::Didomi, self.dcs), (Signal::Ac, self.ac)];
        let signals = strings.into_iter().fold(Signals::new(), |signals, (signal, text)| {
            text.map_or(signals, |text| signals.text(signal, text))
        });
        Options::new().read(&signals, time(NOW))
    }

    /// The answer: its basis or reason, who decided, and whether it is a withdrawal.
    fn answer(&self, question: Question) -> (String, bool) {
        let consent = self.read();
        let strings = consent.strings([question.purpose()]);
        let strings = self.list.map_or(strings, |list| strings.vendor_list(list));
        match strings.permits(question) {
            Ok(allowed) => {
                let basis = allowed.basis().map_or("-", LegalBasis::name);
                (format!("yes {basis} {}", allowed.decided_by()), false)
            }
            Err(refused) => {
                let by = refused.decided_by().map_or("nobody", |by| by.name());
                (format!("{} {by}", refused.name()), refused.is_withdrawal())
            }
        }
    }
}

fn question(vendor: &str, purpose: &str) -> Question {
    Question::new(vendor.parse().unwrap(), purpose.parse().unwrap())
}

#[test]
fn each_row_has_its_answerer() {
    let (tc, dcs) = (tc(DAY), dcs(NOW, USER));
    let list: VendorList = LIST.parse().unwrap();
    let all = Given { tc: Some(&tc), dcs: Some(&dcs), ac: Some(AC), list: Some(&list) };
    let no_tc = Given { tc: None, ..all };
    let bad_tc = Given { tc: Some("CPXx"), ..all };
    let no_dcs = Given { dcs: None, ..all };
    let bad_dcs = Given { dcs: Some("BGHW"), ..all };
    let no_ac = Given { ac: None, ..all };
    let bad_ac = Given { ac: Some("3~89"), ..all };
    let v1 = Given { ac: Some("1~89"), ..all };
    let no_list = Given { list: None, ..all };
    let only_tc = Given { dcs: None, ac: None, list: None, ..all };

    let rows: &[(Given<'_>, &str, &str, &str, bool)] = &[
        // An IAB vendor, a purpose.
        (all, "iab:755", "iab:1", "yes consent tcf", false),
        (all, "iab:755", "iab:7", "yes li tcf", false),
        (no_dcs, "iab:755", "iab:1", "yes consent tcf", false),
        (bad_dcs, "iab:755", "iab:1", "yes consent tcf", false),
        (no_ac, "iab:755", "iab:1", "yes consent tcf", false),
        (no_tc, "iab:755", "iab:1", "absent tcf", false),
        (bad_tc, "iab:755", "iab:1", "unreadable tcf", false),
        (no_list, "iab:755", "iab:1", "declaration_unknown gvl", false),
        (all, "iab:755", "iab:3", "not_declared gvl", false),
        (all, "iab:32", "iab:1", "not_declared gvl", false),
        (all, "iab:33", "iab:1", "deleted_vendor gvl", false),
        (all, "iab:34", "iab:2", "ambiguous_bases gvl", false),
        (all, "iab:99", "iab:1", "unknown_vendor gvl", false),
        // A Google provider.
        (all, "google:89", "iab:1", "yes consent ac", false),
        (no_list, "google:89", "iab:2", "yes consent ac", false),
        (all, "google:89", "iab:3", "no_purpose_signal tcf", true),
        (all, "google:91", "iab:1", "not_consented ac", true),
        (all, "google:90", "iab:1", "not_named ac", false),
        (v1, "google:91", "iab:1", "not_named ac", false),
        (no_ac, "google:89", "iab:1", "absent ac", false),
        (bad_ac, "google:89", "iab:1", "unreadable ac", false),
        (no_tc, "google:89", "iab:1", "absent tcf", false),
        (bad_tc, "google:89", "iab:1", "unreadable tcf", false),
        (all, "google:89", "didomi:5", "no_rule nobody", false),
        (all, "google:89", "iab:special_purpose:1", "no_rule nobody", false),
        // What needs no basis.
        (all, "iab:755", "iab:special_purpose:1", "yes - tcf", false),
        (all, "iab:755", "iab:special_purpose:2", "not_declared gvl", false),
        (no_tc, "iab:755", "iab:special_purpose:1", "absent tcf", false),
        (no_list, "iab:755", "iab:special_purpose:1", "declaration_unknown gvl", false),
        (all, "iab:755", "iab:feature:3", "yes - gvl", false),
        (no_tc, "iab:755", "iab:feature:3", "yes - gvl", false),
        (all, "iab:755", "iab:feature:1", "not_declared gvl", false),
        (no_list, "iab:755", "iab:feature:3", "declaration_unknown gvl", false),
        (all, "iab:755", "iab:special_feature:1", "yes - tcf", false),
        (all, "iab:755", "iab:special_feature:2", "not_declared gvl", false),
        (no_tc, "iab:755", "iab:special_feature:1", "absent tcf", false),
        (only_tc, "iab:755", "iab:special_feature:1", "declaration_unknown gvl", false),
        // A vendor of Didomi's or of one's own.
        (all, "didomi:2", "didomi:5", "yes consent didomi", false),
        (no_tc, "didomi:2", "didomi:5", "yes consent didomi", false),
        (no_list, "didomi:2", "didomi:5", "yes consent didomi", false),
        (all, "didomi:3", "didomi:5", "vendor_disabled didomi", true),
        (all, "didomi:9", "didomi:5", "vendor_undefined didomi", false),
        (all, "didomi:4", "didomi:5", "vendor_undefined didomi", false),
        (all, "didomi:2", "didomi:6", "purpose_disabled didomi", true),
        (all, "didomi:2", "didomi:9", "purpose_undefined didomi", false),
        (no_dcs, "didomi:2", "didomi:5", "absent didomi", false),
        (bad_dcs, "didomi:2", "didomi:5", "unreadable didomi", false),
        (all, "didomi:2", "iab:1", "yes consent didomi", false),
        (all, "didomi:2", "iab:3", "no_purpose_signal tcf", true),
        (all, "didomi:3", "iab:1", "vendor_disabled didomi", true),
        (no_tc, "didomi:2", "iab:1", "absent tcf", false),
        (bad_tc, "didomi:2", "iab:1", "unreadable tcf", false),
        (no_dcs, "didomi:2", "iab:1", "absent didomi", false),
        (all, "didomi:2", "iab:feature:3", "no_rule nobody", false),
        // Nobody's.
        (all, "iab:755", "didomi:5", "no_rule nobody", false),
    ];
    for (given, vendor, purpose, expected, is_withdrawal) in rows {
        let answer = given.answer(question(vendor, purpose));
        assert_eq!(answer, ((*expected).to_owned(), *is_withdrawal), "{vendor} {purpose}");
    }
}

#[test]
fn the_basis_is_the_lists_or_else_the_callers() {
    use LegalBasis::{Consent, LegitimateInterest};
    let tc = tc(DAY);
    let list: VendorList = LIST.parse().unwrap();
    let alone = Given { tc: Some(&tc), dcs: None, ac: None, list: None };
    let listed = Given { list: Some(&list), ..alone };
    let asked =
        |given: Given<'_>, purpose, basis| given.answer(question("iab:755", purpose).on(basis)).0;
    assert_eq!(asked(alone, "iab:1", Consent), "yes consent tcf");
    assert_eq!(asked(alone, "iab:7", LegitimateInterest), "yes li tcf");
    assert_eq!(asked(alone, "iab:7", Consent), "no_purpose_signal tcf");
    assert_eq!(asked(alone, "iab:1", LegitimateInterest), "no_legitimate_interest tcf");
    assert_eq!(asked(listed, "iab:1", Consent), "yes consent tcf");
    assert_eq!(asked(listed, "iab:1", LegitimateInterest), "other_basis gvl");
    assert_eq!(asked(listed, "iab:7", Consent), "other_basis gvl");

    // Of one's own.
    let dcs = dcs(NOW, USER);
    let given = Given { tc: None, dcs: Some(&dcs), ..alone };
    let on_li = question("didomi:4", "didomi:7").on(LegitimateInterest);
    assert_eq!(given.answer(on_li).0, "yes li didomi");
    let provider = question("google:89", "iab:1").on(LegitimateInterest);
    let given = Given { ac: Some(AC), ..alone };
    assert_eq!(given.answer(provider).0, "other_basis ac");
}

/// A missing consent is a no, of a vendor where the string says that it was disclosed; a missing
/// legitimate interest may never have been shown.
#[test]
fn only_a_no_to_a_question_on_consent_is_a_withdrawal() {
    use LegalBasis::{Consent, LegitimateInterest};
    let tc = tc(DAY);
    let silent =
        tc_builder("2026-02-15").without_disclosed_vendors().build().unwrap().into_string();
    for (tc, vendor, purpose, basis, reason, is_withdrawal) in [
        (&tc, "iab:755", "iab:3", Consent, "no_purpose_signal tcf", true),
        (&tc, "iab:755", "iab:2", LegitimateInterest, "no_purpose_signal tcf", false),
        (&tc, "iab:32", "iab:1", Consent, "no_vendor_signal tcf", true),
        (&tc, "iab:32", "iab:7", LegitimateInterest, "no_vendor_signal tcf", false),
        (&tc, "iab:33", "iab:1", Consent, "not_disclosed tcf", false),
        (&silent, "iab:32", "iab:1", Consent, "no_vendor_signal tcf", false),
        (&silent, "iab:755", "iab:3", Consent, "no_purpose_signal tcf", true),
    ] {
        let given = Given { tc: Some(tc), dcs: None, ac: None, list: None };
        let answer = given.answer(question(vendor, purpose).on(basis));
        assert_eq!(answer, (reason.to_owned(), is_withdrawal), "{vendor} {purpose} {basis:?}");
    }
}

#[test]
fn what_needs_no_basis_takes_a_vendor_that_was_disclosed() {
    let list: VendorList = LIST.parse().unwrap();
    let other = tc_builder(DAY).disclosed_vendors(vendors(&[32])).build().unwrap().into_string();
    let silent = tc_builder("2026-02-15").without_disclosed_vendors().build().unwrap();
    let silent = silent.into_string();
    for (tc, purpose, expected) in [
        (&other, "iab:special_purpose:1", "not_disclosed tcf"),
        (&other, "iab:special_feature:1", "not_disclosed tcf"),
        (&silent, "iab:special_purpose:1", "disclosed_vendors_missing tcf"),
        (&silent, "iab:special_feature:1", "yes - tcf"),
    ] {
        let given = Given { tc: Some(tc), dcs: None, ac: None, list: Some(&list) };
        let answer = given.answer(question("iab:755", purpose));
        assert_eq!(answer, (expected.to_owned(), false), "{purpose}");
    }
}

#[test]
fn of_two_strings_the_one_without_a_special_feature_counts() {
    let with = tc(DAY);
    let without =
        tc_builder(DAY).special_feature_opt_ins(SmallSet::EMPTY).build().unwrap().into_string();
    let list: VendorList = LIST.parse().unwrap();
    let question = question("iab:755", "iab:special_feature:1");
    for (alone, other, expected) in [
        (&with, &with, None),
        (&with, &without, Some("no_special_feature_opt_in")),
        (&without, &with, Some("no_special_feature_opt_in")),
    ] {
        let gpp = GppString::builder().section(SectionId::TCFEUV2, other.as_str());
        let gpp = gpp.build().unwrap();
        let signals = Signals::new().text(Signal::Tcf, alone).text(Signal::Gpp, gpp.as_str());
        let consent = Options::new().read(&signals, time(NOW));
        let answer = consent.strings([question.purpose()]).vendor_list(&list).permits(question);
        assert_eq!(answer.err().map(|refused| refused.name()), expected);
    }
}

#[test]
fn a_refusal_is_told_with_who_has_it() {
    let refused = |vendor, purpose| {
        let strings = Strings::new(time(NOW));
        strings.permits(question(vendor, purpose)).unwrap_err().to_string()
    };
    assert_eq!(refused("iab:755", "iab:1"), "tcf: there is no such string");
    assert_eq!(
        refused("iab:755", "didomi:5"),
        "no string speaks of this vendor and this purpose together"
    );
}

#[test]
fn what_the_publisher_requires_moves_a_flexible_vendor() {
    let required = |restriction| {
        let builder = tc_builder(DAY).purposes_li(purposes(&[2, 7]));
        let builder = builder.restrict(
            consent_string::tcf::purposes::SELECT_BASIC_ADS,
            restriction,
            vendors(&[755]),
        );
        builder.build().unwrap().into_string()
    };
    let list: VendorList = LIST.parse().unwrap();
    let li = required(RestrictionType::RequireLegitimateInterest);
    let given = Given { tc: Some(&li), dcs: None, ac: None, list: Some(&list) };
    assert_eq!(given.answer(question("iab:755", "iab:2")).0, "yes li tcf");
    let alone = Given { list: None, ..given };
    let asked = question("iab:755", "iab:2").on(LegalBasis::Consent);
    assert_eq!(alone.answer(asked).0, "not_flexible tcf");
    assert_eq!(alone.answer(asked.flexible()).0, "yes li tcf");
    let never = required(RestrictionType::NotAllowed);
    let given = Given { tc: Some(&never), ..given };
    assert_eq!(given.answer(question("iab:755", "iab:2")), ("not_allowed tcf".into(), false));
}

#[test]
fn a_string_that_cannot_be_relied_on_permits_nothing() {
    let list: VendorList = LIST.parse().unwrap();
    let global = tc_builder(DAY).is_service_specific(false).build().unwrap().into_string();
    let undisclosed = tc_builder(DAY).without_disclosed_vendors().build().unwrap().into_string();
    let others = tc_builder(DAY).disclosed_vendors(vendors(&[32])).build().unwrap().into_string();
    let old_policy = tc_builder(DAY).tcf_policy_version(3).build().unwrap().into_string();
    let refused = tc_builder(DAY).vendors_consent(vendors(&[32])).build().unwrap().into_string();
    let rows = [
        (tc("2025-05-17"), "yes consent tcf", false),
        (tc("2025-05-16"), "expired tcf", false),
        (tc("2026-06-16"), "in_future tcf", false),
        (tc("2036-06-16"), "in_future tcf", false),
        (global, "not_service_specific tcf", false),
        (undisclosed, "disclosed_vendors_missing tcf", false),
        (old_policy, "policy_version tcf", false),
        (others, "not_disclosed tcf", false),
        (refused, "no_vendor_signal tcf", true),
    ];
    for (tc, expected, is_withdrawal) in rows {
        let given = Given { tc: Some(&tc), dcs: None, ac: None, list: Some(&list) };
        let answer = given.answer(question("iab:755", "iab:1"));
        assert_eq!(answer, (expected.to_owned(), is_withdrawal));
    }
    // A valid string from before, which doesn't say who was disclosed.
    let old = tc_builder("2026-02-01").without_disclosed_vendors();
    let old_text = old.clone().build().unwrap().into_string();
    let given = Given { tc: Some(&old_text), dcs: None, ac: None, list: Some(&list) };
    assert_eq!(given.answer(question("iab:755", "iab:1")).0, "yes consent tcf");
    let special = question("iab:755", "iab:special_purpose:1");
    assert_eq!(given.answer(special).0, "disclosed_vendors_missing tcf");
    let text = old.vendors_consent(vendors(&[])).build().unwrap().into_string();
    let given = Given { tc: Some(&text), ..given };
    let answer = given.answer(question("iab:755", "iab:1"));
    assert_eq!(answer, ("no_vendor_signal tcf".into(), false), "maybe never asked");
}

#[test]
fn what_contradicts_is_a_no() {
    let list: VendorList = LIST.parse().unwrap();
    let tc = tc("2026-06-01");
    let at = |updated| {
        let dcs = dcs(updated, USER);
        let given = Given { tc: Some(&tc), dcs: Some(&dcs), ac: Some(AC), list: Some(&list) };
        let found: Vec<_> = given.read().contradictions().map(|reason| reason.name()).collect();
        let answers = ["iab:755", "google:89", "didomi:2"]
            .map(|vendor| given.answer(question(vendor, "iab:1")).0);
        let own = given.answer(question("didomi:2", "didomi:5")).0;
        assert_eq!(own, "yes consent didomi", "it needs no TC string");
        (found, answers)
    };
    let (found, answers) = at("2026-06-08T00:00:00Z");
    assert!(found.is_empty());
    assert_eq!(answers, ["yes consent tcf", "yes consent ac", "yes consent didomi"]);
    let (found, answers) = at("2026-06-08T00:00:00.100Z");
    assert_eq!(found, ["outdated"]);
    assert_eq!(answers, ["outdated tcf"; 3]);
    assert!(at("2026-01-01T00:00:00Z").0.is_empty(), "a TC string may be younger");

    let dcs = dcs(NOW, USER);
    let consent = Given { tc: None, dcs: Some(&dcs), ac: None, list: None }.read();
    let custom = question("didomi:2", "didomi:5");
    let strings = consent.strings([custom.purpose()]);
    assert!(strings.user_id(uuid::Uuid::from_u128(USER)).permits(custom).is_ok());
    let refused = strings.user_id(uuid::Uuid::from_u128(2)).permits(custom).unwrap_err();
    assert_eq!(refused.name(), "users_differ");
}

#[test]
fn the_string_of_a_deleted_platform_permits_nothing() {
    let tc: TcString = tc(DAY).parse().unwrap();
    let platforms = |deleted| {
        let list = format!(
            r#"{{"cmps": {{"31": {{"id": 31, "name": "A platform", "deletedDate": "{deleted}"}}}}}}"#
        );
        CmpList::parse(list).unwrap()
    };
    let asked = question("iab:755", "iab:1").on(LegalBasis::Consent);
    let permits = |deleted| {
        let platforms = platforms(deleted);
        let strings = Strings::new(time(NOW)).tcf(tc.assume_valid()).platforms(&platforms);
        strings.permits(asked).map_err(|refused| refused.name())
    };
    assert_eq!(permits(NOW), Err("platform_deleted"));
    assert!(permits("2026-06-15T12:00:00.100Z").is_ok());
}

#[test]
fn all_declared_purposes_are_asked() {
    let tc: TcString = tc(DAY).parse().unwrap();
    let list: VendorList = LIST.parse().unwrap();
    let strings = Strings::new(time(NOW)).tcf(tc.assume_valid()).vendor_list(&list);
    let vendor = |id| consent_string::tcf::VendorId::new(id).unwrap();
    assert_eq!(strings.permits_declared(vendor(755)), Ok(()));
    let fewer = tc.to_builder().purposes_consent(purposes(&[1])).build().unwrap();
    let strings = strings.tcf(fewer.assume_valid());
    let refused = strings.permits_declared(vendor(755)).unwrap_err();
    assert_eq!(refused.purpose(), Some("iab:2".parse().unwrap()));
    assert_eq!(refused.name(), "no_purpose_signal");
    assert_eq!(strings.permits_declared(vendor(32)).unwrap_err().name(), "not_declared");
    assert_eq!(strings.permits_declared(vendor(99)).unwrap_err().name(), "unknown_vendor");
    let none = strings.permits_all("didomi:2".parse().unwrap(), []);
    assert_eq!(none.unwrap_err().name(), "not_declared");
}

#[test]
fn names_print_as_they_read() {
    for name in ["iab:755", "google:4294967295", "didomi:2"] {
        assert_eq!(name.parse::<Vendor>().unwrap().to_string(), name);
    }
    let names = [
        "iab:24",
        "iab:special_purpose:1",
        "iab:feature:3",
        "iab:special_feature:2",
        "didomi:65535",
    ];
    for name in names {
        assert_eq!(name.parse::<Purpose>().unwrap().to_string(), name);
    }
    for (name, error) in [
        ("", "unknown_text"),
        ("755", "unknown_text"),
        ("hotjar", "unknown_text"),
        ("didomi:", "unknown_text"),
        ("iab:0", "invalid_number"),
        ("iab:", "invalid_number"),
        ("iab:65536", "invalid_number"),
        ("google:x", "invalid_number"),
        ("didomi:0", "invalid_number"),
    ] {
        assert_eq!(name.parse::<Vendor>().unwrap_err().name(), error, "{name}");
    }
    assert_eq!("iab:25".parse::<Purpose>().unwrap_err().name(), "invalid_number");

    let hotjar = consent_string::didomi::VendorId::new(7).unwrap();
    let mut table = consent_string::numeric_ids::NumericIds::new();
    table.insert(hotjar, "hotjar-x").unwrap();
    for text in ["hotjar-x", "c:hotjar-x", "didomi:hotjar-x"] {
        assert_eq!(Vendor::from_text(text, &table), Ok(Vendor::Didomi(hotjar)), "{text}");
    }
    assert!(Vendor::from_text("c:other", &table).is_err());
}

#[test]
fn a_decision_allocates_nothing() {
    let (tc, dcs) = (tc(DAY), dcs(NOW, USER));
    let list: VendorList = LIST.parse().unwrap();
    let given = Given { tc: Some(&tc), dcs: Some(&dcs), ac: Some(AC), list: Some(&list) };
    let consent = given.read();
    let questions = ["iab:755", "google:89", "didomi:2"].map(|vendor| question(vendor, "iab:1"));
    let mut yes = 0;
    let allocations = allocation_counter::measure(|| {
        for question in questions {
            let strings = consent.strings([question.purpose()]).vendor_list(&list);
            yes += usize::from(strings.permits(question).is_ok());
            yes += usize::from(consent.permits(question.on(LegalBasis::Consent)).is_ok());
        }
    });
    assert_eq!((yes, allocations.count_total), (6, 0));
}

proptest! {
    /// Never a yes where a string that is needed is missing or broken.
    #[test]
    fn no_yes_without_the_strings_that_it_needs(
        vendor in prop_oneof![Just("iab:755"), Just("google:89"), Just("didomi:2")],
        purpose in prop_oneof![
            Just("iab:1"), Just("iab:2"), Just("iab:7"), Just("didomi:5"),
            Just("iab:special_purpose:1"), Just("iab:special_feature:1"),
        ],
        states in prop::array::uniform3(0_usize..3),
        with_list: bool,
        on_consent: bool,
    ) {
        let (tc, dcs) = (tc(DAY), dcs(NOW, USER));
        let list: VendorList = LIST.parse().unwrap();
        let pick = |good, state| [Some(good), None, Some("broken")][state];
        let [tc_state, dcs_state, ac_state] = states;
        let given = Given {
            tc: pick(tc.as_str(), tc_state),
            dcs: pick(&dcs, dcs_state),
            ac: pick(AC, ac_state),
            list: with_list.then_some(&list),
        };
        let asked = question(vendor, purpose);
        let asked = if on_consent { asked.on(LegalBasis::Consent) } else { asked };
        let (answer, is_withdrawal) = given.answer(asked);
        if answer.starts_with("yes") {
            prop_assert!(tc_state == 0 || !purpose.starts_with("iab"));
            prop_assert!(dcs_state == 0 || vendor != "didomi:2");
            prop_assert!(ac_state == 0 || vendor != "google:89");
            prop_assert!(with_list || on_consent || vendor != "iab:755");
        }
        prop_assert!(!is_withdrawal || tc_state == 0 || dcs_state == 0 || ac_state == 0);
    }
}
