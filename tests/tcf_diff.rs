//! Differences of TC strings: laws, a model with one entry an ID, and what is printed.

#![cfg(feature = "tcf")]

#[path = "support/tcf.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};

use consent_string::diff::{ApplyError, IdChange, Presence};
use consent_string::tcf::{
    DecodeOptions, Difference, FieldChange, PublisherTc, PurposeId, RestrictionType, SmallSet,
    TcString, VendorId,
};
use consent_string::{Buffer, EncodeErrorKind, Id, IdSet};
use proptest::prelude::*;

use support::{Model, models, styles};

type Set = BTreeSet<u16>;
/// First and last ID, before and after.
type Run = (u16, u16, bool, bool);

fn runs<I: Id>(changes: &[IdChange<I, bool>]) -> Vec<Run> {
    let run = |change: &IdChange<I, bool>| {
        (change.ids.first().get(), change.ids.last().get(), change.from, change.to)
    };
    changes.iter().map(run).collect()
}

/// The same, found by looking at each ID.
fn naive(from: &Set, to: &Set) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for &id in from.symmetric_difference(to).collect::<BTreeSet<_>>() {
        let (from, to) = (from.contains(&id), to.contains(&id));
        match runs.last_mut() {
            Some(last) if last.1 + 1 == id && (last.2, last.3) == (from, to) => last.1 = id,
            _ => runs.push((id, id, from, to)),
        }
    }
    runs
}

/// The vendors of each purpose and type.
fn restricted(model: &Model) -> BTreeMap<(u16, u16), Set> {
    let mut all = BTreeMap::<_, Set>::new();
    for (purpose, kind, vendors) in &model.restrictions {
        all.entry((*purpose, *kind)).or_default().extend(vendors);
    }
    all
}

/// Takes each part from one of two models.
fn mixed(a: &Model, b: &Model, from_b: [bool; 11]) -> Model {
    let mut model = a.clone();
    let mut next = from_b.into_iter();
    macro_rules! mix {
        ($($part:ident),+) => {$(
            if next.next().unwrap() {
                model.$part = b.$part.clone();
            }
        )+};
    }
    mix!(numbers, more, features, purposes_consent, purposes_li, vendors_consent, vendors_li);
    mix!(restrictions, disclosed, allowed, publisher);
    model
}

/// Two texts of any style: of unrelated strings, or of strings that differ in some parts.
fn pairs() -> impl Strategy<Value = (Model, Model, [String; 2])> {
    let choice = prop_oneof![Just([true; 11]), any::<[bool; 11]>()];
    (models(), models(), choice, [styles(), styles()]).prop_map(|(a, b, from_b, styles)| {
        let b = mixed(&a, &b, from_b);
        let texts = [a.text(&styles[0], 24, 0), b.text(&styles[1], 6, 1)];
        (a, b, texts)
    })
}

fn sections(difference: &Difference) -> Vec<Vec<Run>> {
    vec![
        runs(difference.special_feature_opt_ins()),
        runs(difference.purposes_consent()),
        runs(difference.purposes_li()),
        runs(difference.vendors_consent()),
        runs(difference.vendors_li()),
        runs(difference.disclosed_vendors()),
        runs(difference.allowed_vendors()),
        runs(difference.publisher_purposes_consent()),
        runs(difference.publisher_purposes_li()),
        runs(difference.custom_purposes_consent()),
        runs(difference.custom_purposes_li()),
    ]
}

fn naive_sections(a: &Model, b: &Model) -> Vec<Vec<Run>> {
    let own = |model: &Model| model.publisher.clone().unwrap_or_default();
    let (own_a, own_b) = (own(a), own(b));
    let segment = |segment: &Option<Set>| segment.clone().unwrap_or_default();
    vec![
        naive(&a.features, &b.features),
        naive(&a.purposes_consent, &b.purposes_consent),
        naive(&a.purposes_li, &b.purposes_li),
        naive(&a.vendors_consent, &b.vendors_consent),
        naive(&a.vendors_li, &b.vendors_li),
        naive(&segment(&a.disclosed), &segment(&b.disclosed)),
        naive(&segment(&a.allowed), &segment(&b.allowed)),
        naive(&own_a.purposes_consent, &own_b.purposes_consent),
        naive(&own_a.purposes_li, &own_b.purposes_li),
        naive(&own_a.custom_consent, &own_b.custom_consent),
        naive(&own_a.custom_li, &own_b.custom_li),
    ]
}

/// The names of the fields that two models differ in.
fn naive_fields(a: &Model, b: &Model) -> Vec<&'static str> {
    let numbers = ["created", "last_updated", "cmp_id", "cmp_version", "consent_screen"];
    let more = [
        "vendor_list_version",
        "tcf_policy_version",
        "is_service_specific",
        "use_non_standard_texts",
    ];
    let count = |model: &Model| model.publisher.as_ref().map_or(0, |own| own.count);
    let differs = (numbers.iter().zip(a.numbers.iter().zip(&b.numbers)))
        .map(|(name, (a, b))| (*name, a != b))
        .chain([("consent_language", a.language != b.language)])
        .chain(more.iter().zip(a.more.iter().zip(&b.more)).map(|(name, (a, b))| (*name, a != b)))
        .chain([
            ("purpose_one_treatment", a.purpose_one_treatment != b.purpose_one_treatment),
            ("publisher_country_code", a.country != b.country),
            ("disclosed_vendors", a.disclosed.is_some() != b.disclosed.is_some()),
            ("allowed_vendors", a.allowed.is_some() != b.allowed.is_some()),
            ("publisher_tc", a.publisher.is_some() != b.publisher.is_some()),
            ("publisher_tc.custom_purposes_count", count(a) != count(b)),
        ]);
    differs.filter_map(|(name, differs)| differs.then_some(name)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_difference_is_what_the_model_finds_and_leads_from_one_to_the_other(
        (model_a, model_b, texts) in pairs()
    ) {
        let [a, b] = texts.map(|text| text.parse::<TcString>().unwrap());
        let difference = a.diff(&b);
        prop_assert_eq!(sections(&difference), naive_sections(&model_a, &model_b));
        let fields: Vec<_> = difference.header().iter().map(FieldChange::field).collect();
        prop_assert_eq!(fields, naive_fields(&model_a, &model_b));

        let (before, after) = (restricted(&model_a), restricted(&model_b));
        let keys: BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
        let expected = keys.into_iter().flat_map(|key| {
            let [before, after] = [&before, &after].map(|all| all.get(&key).cloned());
            let changes = naive(&before.unwrap_or_default(), &after.unwrap_or_default());
            changes.into_iter().map(move |run| (key, run))
        });
        let found = difference.publisher_restrictions().iter().map(|change| {
            let key = (change.purpose.get(), change.restriction_type.number().into());
            (key, runs(&[change.vendors])[0])
        });
        prop_assert!(found.eq(expected));

        let (there, back) = (difference.apply_to(&a).unwrap(), b.diff(&a).apply_to(&b).unwrap());
        prop_assert!(there.says_the_same_as(&b) && back.says_the_same_as(&a));
        if model_a.restrictions.is_empty() && model_b.restrictions.is_empty() {
            // Nothing else has an order of its own.
            prop_assert_eq!(there, b.to_builder().build().unwrap());
        }
        prop_assert_eq!(difference.is_empty(), a.says_the_same_as(&b));
        prop_assert_eq!(difference.to_string().is_empty(), difference.is_empty());
        prop_assert!(a.diff(&a).is_empty());
        let mut buffers = [Buffer::new(), Buffer::new()];
        let [one, other] = &mut buffers;
        let options = DecodeOptions::new();
        let one = options.decode_ref(a.as_str(), one).unwrap();
        let other = options.decode_ref(b.as_str(), other).unwrap();
        prop_assert_eq!(one.diff(other), difference);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn the_object_has_the_same_changes((_, _, texts) in pairs()) {
        let [a, b] = texts.map(|text| text.parse::<TcString>().unwrap());
        let difference = a.diff(&b);
        let object = serde_json::to_value(&difference).unwrap();
        let [before, after] =
            [&a, &b].map(|string| serde_json::to_value(string.decoded()).unwrap());
        for change in object["header"].as_array().unwrap() {
            let field = change["field"].as_str().unwrap();
            if before.get(field).is_some_and(|value| !value.is_array() && !value.is_object())
                && after.get(field).is_some_and(|value| !value.is_array() && !value.is_object())
            {
                prop_assert_eq!(&change["from"], &before[field]);
                prop_assert_eq!(&change["to"], &after[field]);
            }
        }
        let rows: Vec<String> = object["sections"].as_array().unwrap().iter().map(line).collect();
        let printed = difference.to_string();
        let printed: Vec<&str> = printed.lines().skip(difference.header().len()).collect();
        prop_assert_eq!(rows, printed);
    }
}

/// A change of a section as it is printed.
#[cfg(feature = "serde")]
fn line(change: &serde_json::Value) -> String {
    let section = change["section"].as_str().unwrap();
    let words = ["not allowed", "require consent", "require legitimate interest", "undefined"];
    let on = match (change["purpose"].as_u64(), change["type"].as_u64()) {
        (Some(purpose), Some(kind)) => {
            format!(" (purpose {purpose}, {})", words[usize::try_from(kind).unwrap()])
        }
        _ => String::new(),
    };
    let ids = change["ids"].as_str().unwrap();
    format!("{section}{on} {ids}: {} -> {}", change["from"], change["to"])
}

fn vendors(numbers: &[u16]) -> IdSet<VendorId> {
    numbers.iter().map(|&number| VendorId::new(number).unwrap()).collect()
}

fn purpose(number: u16) -> PurposeId {
    PurposeId::new(number).unwrap()
}

/// A string of the specification's framework, and what became of it in every way.
fn two() -> (TcString, TcString) {
    let before = TcString::builder("2026-03-01T00:00:00Z".parse().unwrap())
        .cmp_id(31)
        .consent_language("EN".parse().unwrap())
        .purposes_consent([1, 2, 3].map(purpose).into_iter().collect())
        .vendors_consent(vendors(&[7, 8, 9, 65535]))
        .restrict(purpose(2), RestrictionType::RequireConsent, vendors(&[7, 8]))
        .restrict(purpose(1), RestrictionType::NotAllowed, vendors(&[9]))
        .allowed_vendors(vendors(&[]));
    let own = PublisherTc::new([4].map(purpose).into_iter().collect(), SmallSet::EMPTY);
    let own = own
        .with_custom_purposes(
            5,
            SmallSet::EMPTY,
            SmallSet::from_iter([5].map(|id| id.try_into().unwrap())),
        )
        .unwrap();
    let after = before
        .clone()
        .last_updated("2026-03-02T00:00:00Z".parse().unwrap())
        .is_service_specific(true)
        .purposes_consent([1, 4].map(purpose).into_iter().collect())
        .vendors_consent(vendors(&[8]))
        .without_restrictions()
        .restrict(purpose(2), RestrictionType::RequireConsent, vendors(&[7, 10]))
        .restrict(purpose(1), RestrictionType::NotAllowed, vendors(&[9]))
        .disclosed_vendors(vendors(&[1, 2]))
        .without_allowed_vendors()
        .publisher_tc(own);
    (before.build().unwrap(), after.build().unwrap())
}

#[test]
fn what_is_printed_is_fit_for_an_audit_log() {
    let (before, after) = two();
    let expected = "\
last_updated: 2026-03-01T00:00:00.000Z -> 2026-03-02T00:00:00.000Z
is_service_specific: false -> true
disclosed_vendors: absent -> present
allowed_vendors: present -> absent
publisher_tc: absent -> present
publisher_tc.custom_purposes_count: 0 -> 5
purposes_consent 2-3: true -> false
purposes_consent 4: false -> true
vendors_consent 7: true -> false
vendors_consent 9: true -> false
vendors_consent 65535: true -> false
publisher_restrictions (purpose 2, require consent) 8: true -> false
publisher_restrictions (purpose 2, require consent) 10: false -> true
disclosed_vendors 1-2: false -> true
publisher_tc.purposes_consent 4: false -> true
publisher_tc.custom_purposes_li 5: false -> true";
    let difference = before.diff(&after);
    assert_eq!(difference.to_string(), expected);
    assert_eq!(before.diff(&before).to_string(), "");
    let there = difference.apply_to(&before).unwrap();
    assert!(there.says_the_same_as(&after));
    // Each once, by purpose.
    let purposes = there.publisher_restrictions().map(|on| on.purpose().get());
    assert!(purposes.eq([1, 2]));
    let FieldChange::DisclosedVendors(change) = &difference.header()[2] else { unreachable!() };
    assert_eq!((change.from, change.to), (Presence::Absent, Presence::Present));
}

#[test]
fn restrictions_stay_as_they_are_where_none_changes() {
    let (before, _) = two();
    let other = before.to_builder().cmp_id(32).build().unwrap();
    let there = before.diff(&other).apply_to(&before).unwrap();
    assert_eq!(there, other, "purpose 2 stands before purpose 1 in both");
}

#[test]
fn a_restriction_that_loses_all_its_vendors_is_gone() {
    let (before, _) = two();
    let after = before.to_builder().without_restrictions().build().unwrap();
    assert_eq!(before.diff(&after).apply_to(&before), Ok(after));
}

#[test]
fn a_difference_from_another_string_is_refused_by_name() {
    let (before, after) = two();
    let difference = before.diff(&after);
    let restriction = RestrictionType::RequireConsent;
    let cases = [
        (before.to_builder().is_service_specific(true), "is_service_specific"),
        (before.to_builder().without_allowed_vendors(), "allowed_vendors"),
        (before.to_builder().purposes_consent(SmallSet::EMPTY), "purposes_consent"),
        (before.to_builder().vendors_consent(vendors(&[7, 8])), "vendors_consent"),
        (
            before.to_builder().restrict(purpose(2), restriction, vendors(&[10])),
            "publisher_restrictions",
        ),
    ];
    for (other, field) in cases {
        let error = difference.apply_to(&other.build().unwrap()).unwrap_err();
        assert_eq!(error, ApplyError::OtherStart { field });
    }
}

#[test]
fn what_no_string_can_say_is_refused() {
    // Six bits of a letter that stand for none.
    let odd = "CP0xeHPP0xeHPBcABBENAgCAAPAAAAAAAGcgAAAAAAAA";
    let odd = DecodeOptions::new().allow_undefined_letters().decode(odd).unwrap();
    let (before, _) = two();
    let difference = before.diff(&odd);
    assert!(difference.to_string().contains("publisher_country_code: AA -> none"), "{difference}");
    let error = difference.apply_to(&before).unwrap_err();
    let ApplyError::Encode(inner) = error else { panic!("{error}") };
    assert_eq!(inner.kind(), EncodeErrorKind::Missing);
    assert_eq!((error.name(), error.to_string()), ("missing", inner.to_string()));
    assert!(odd.diff(&before).apply_to(&odd).is_ok());
}
