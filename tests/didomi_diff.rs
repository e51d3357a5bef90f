//! Differences of Didomi Consent Strings: laws, a model with one entry an ID, and what is printed.

#[path = "support/pairs.rs"]
mod pairs;
#[path = "support/texts.rs"]
mod texts;
#[path = "support/values.rs"]
mod values;

use consent_string::didomi::{
    Builder, ConsentString, DecodeOptions, FieldChange, InferredCodes, PurposeId, Regulation,
    Section, SectionRef, Status, VendorId, Version,
};
use consent_string::diff::{ApplyError, IdChange};
use consent_string::{Buffer, Id};
use proptest::prelude::*;

use pairs::{edited, edits, status, statuses};

/// First and last ID, and the statuses before and after.
type Run = (u16, u16, Status, Status);

fn runs<I: Id>(changes: &[IdChange<I, Status>]) -> Vec<Run> {
    let run = |change: &IdChange<I, Status>| {
        (change.ids.first().get(), change.ids.last().get(), change.from, change.to)
    };
    changes.iter().map(run).collect()
}

/// The same, found by looking at each ID.
fn naive<I: Id>(from: SectionRef<'_, I>, to: SectionRef<'_, I>) -> Vec<Run> {
    let (from, to) = (statuses(from.statuses()), statuses(to.statuses()));
    let mut runs: Vec<Run> = Vec::new();
    for id in 1..from.len().max(to.len()) {
        let (from, to) = (status(&from, id), status(&to, id));
        if from == to {
            continue;
        }
        let id = u16::try_from(id).unwrap();
        match runs.last_mut() {
            Some(last) if last.1 + 1 == id && (last.2, last.3) == (from, to) => last.1 = id,
            _ => runs.push((id, id, from, to)),
        }
    }
    runs
}

/// Two strings: unrelated ones, or one and what became of it.
fn pairs() -> impl Strategy<Value = (ConsentString, ConsentString)> {
    let unrelated = (values::consent_string(), values::consent_string());
    let edits = [edits(), edits(), edits(), edits()];
    let header = (
        prop::option::of(values::timestamp()),
        prop::option::of(values::timestamp()),
        prop::option::of(values::token()),
        prop::option::of(any::<u16>()),
    );
    let related = (values::consent_string(), edits, header, any::<bool>());
    let related = related.prop_map(|(before, edits, header, keep_signature)| {
        let [purposes, purposes_li, vendors, vendors_li] = edits;
        let mut after = before
            .to_builder()
            .purposes(edited(before.purposes().to_section(), &purposes))
            .purposes_li(edited(before.purposes_li().to_section(), &purposes_li))
            .vendors(edited(before.vendors().to_section(), &vendors))
            .vendors_li(edited(before.vendors_li().to_section(), &vendors_li));
        let (updated, sync, ouid, regulation) = header;
        after = updated.into_iter().fold(after, Builder::updated);
        after = ouid.into_iter().fold(after, Builder::ouid);
        if let (Version::V2, Some(regulation)) = (before.version(), regulation) {
            after = after.regulation(Regulation(regulation)).sync(sync);
        }
        let after = after.build().unwrap();
        let signature = before.signature().unwrap_or_default();
        let after = if keep_signature { after.with_signature(signature).unwrap() } else { after };
        (before, after)
    });
    prop_oneof![1 => unrelated, 3 => related]
}

fn check(a: &ConsentString, b: &ConsentString) -> Result<(), TestCaseError> {
    let difference = a.diff(b);
    prop_assert_eq!(runs(difference.purposes()), naive(a.purposes(), b.purposes()));
    prop_assert_eq!(runs(difference.purposes_li()), naive(a.purposes_li(), b.purposes_li()));
    prop_assert_eq!(runs(difference.vendors()), naive(a.vendors(), b.vendors()));
    prop_assert_eq!(runs(difference.vendors_li()), naive(a.vendors_li(), b.vendors_li()));
    let fields: Vec<&str> = difference.header().iter().map(FieldChange::field).collect();
    let differs = [
        ("version", a.version() != b.version()),
        ("user_id", a.user_id() != b.user_id()),
        ("created", a.created() != b.created()),
        ("updated", a.updated() != b.updated()),
        ("regulation", a.regulation() != b.regulation()),
        ("sync", a.sync() != b.sync()),
        ("did", a.did() != b.did()),
        ("ouid", a.ouid() != b.ouid()),
        ("signature", a.signature() != b.signature()),
    ];
    let expected: Vec<&str> =
        differs.into_iter().filter_map(|(field, differs)| differs.then_some(field)).collect();
    prop_assert_eq!(fields, expected);

    let same = a.says_the_same_as(b) && a.signature() == b.signature();
    prop_assert_eq!(difference.is_empty(), same);
    prop_assert_eq!(difference.to_string().is_empty(), same);
    let lines = difference.to_string().lines().count();
    let sections = difference.purposes().len()
        + difference.purposes_li().len()
        + difference.vendors().len()
        + difference.vendors_li().len();
    prop_assert_eq!(lines, difference.header().len() + sections);
    prop_assert_eq!(a.view().diff(b.view()), difference);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_difference_is_what_the_model_finds_and_leads_from_one_to_the_other(
        (a, b) in pairs()
    ) {
        check(&a, &b)?;
        // Both were built, so that they are canonical.
        prop_assert_eq!(&a.diff(&b).apply_to(&a).unwrap(), &b);
        prop_assert_eq!(&b.diff(&a).apply_to(&b).unwrap(), &a);
        prop_assert!(a.diff(&a).is_empty());
        prop_assert_eq!(&a.diff(&a).apply_to(&a).unwrap(), &a);
        let difference = a.diff(&b);
        if !a.says_the_same_as(&b) {
            let is_other_start =
                matches!(difference.apply_to(&b), Err(ApplyError::OtherStart { .. }));
            prop_assert!(is_other_start, "it does not start from where it leads to");
        }
    }

    #[test]
    fn a_difference_goes_by_what_texts_say(
        one in texts::changed(texts::text()),
        other in texts::changed(texts::text()),
    ) {
        let options = DecodeOptions::new().inferred_codes(InferredCodes::Accept);
        let (Ok(a), Ok(b)) = (options.decode(&one), options.decode(&other)) else {
            return Ok(());
        };
        check(&a, &b)?;
        let led = a.diff(&b).apply_to(&a).unwrap();
        prop_assert!(led.says_the_same_as(&b));
        // A signature covers bytes: it stays only over those that it came with.
        let is_same_text = led.signed_part() == b.signed_part();
        prop_assert_eq!(led.signature(), b.signature().filter(|_| is_same_text));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn the_object_has_the_same_changes((a, b) in pairs()) {
        let difference = a.diff(&b);
        let object = serde_json::to_value(&difference).unwrap();
        let (before, after) = (object_of(&a), object_of(&b));
        let header = object["header"].as_array().unwrap();
        for change in header {
            let field = change["field"].as_str().unwrap();
            prop_assert_eq!(&change["from"], &before[field]);
            prop_assert_eq!(&change["to"], &after[field]);
        }
        prop_assert_eq!(header.len(), difference.header().len());
        let rows: Vec<String> = object["sections"].as_array().unwrap().iter().map(line).collect();
        let printed = difference.to_string();
        prop_assert!(rows.iter().eq(printed.lines().skip(header.len())));
    }
}

#[cfg(feature = "serde")]
fn object_of(consent: &ConsentString) -> serde_json::Value {
    serde_json::to_value(consent.decoded()).unwrap()
}

/// A change of a section as it is printed.
#[cfg(feature = "serde")]
fn line(change: &serde_json::Value) -> String {
    let text = |name: &str| change[name].as_str().unwrap();
    format!("{} {}: {} -> {}", text("section"), text("ids"), text("from"), text("to"))
}

fn purpose(number: u16) -> PurposeId {
    PurposeId::new(number).unwrap()
}

fn vendor(number: u16) -> VendorId {
    VendorId::new(number).unwrap()
}

/// The published sample, and what became of it in every way.
fn two() -> (ConsentString, ConsentString) {
    let before: ConsentString =
        "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA".parse().unwrap();
    let mut purposes = before.purposes().to_section();
    purposes.set_range(purpose(2)..=purpose(3), Status::Undefined);
    let mut vendors_li = Section::new();
    vendors_li.set_range(vendor(128)..=vendor(132), Status::Enabled);
    vendors_li.set_range(vendor(65_534)..=VendorId::MAX, Status::Disabled);
    let after = before
        .decoded()
        .to_builder()
        .user_id(uuid::uuid!("5a713700-52d7-4bd4-9e3f-0f6d3a4c2b18"))
        .updated("2023-05-01T00:00:00Z".parse().unwrap())
        .purposes(purposes)
        .vendors_li(vendors_li)
        .did("Zq7device")
        .ouid("Zq7user")
        .build()
        .unwrap()
        .with_signature("Zq7signature")
        .unwrap();
    (before, after)
}

#[test]
fn what_is_printed_is_fit_for_an_audit_log() {
    let (before, after) = two();
    let expected = "\
user_id: changed
updated: 2023-04-12T18:10:00.000Z -> 2023-05-01T00:00:00.000Z
did: added
ouid: added
signature: added
purposes 2: enabled -> undefined
purposes 3: disabled -> undefined
vendors_li 65534-65535: undefined -> disabled";
    assert_eq!(before.diff(&after).to_string(), expected);
    let back = after.diff(&before).to_string();
    assert!(back.contains("signature: removed\n"), "{back}");
    let again = after.with_signature("Zq7other").unwrap();
    assert_eq!(after.diff(&again).to_string(), "signature: changed");
    assert_eq!(after.diff(&after).to_string(), "");
    for shown in [format!("{:?}", before.diff(&after)), back] {
        assert!(!shown.contains("Zq7") && !shown.contains("5a71"), "{shown}");
    }
}

#[test]
fn versions_and_regulations_change_as_any_field() {
    let (before, _) = two();
    let sync = "2023-05-02T00:00:00Z".parse().unwrap();
    let mut parts = before.decoded();
    (parts.version, parts.regulation, parts.sync) =
        (Version::V2, Some(Regulation::GDPR), Some(sync));
    let after = parts.encode().unwrap();
    let difference = before.diff(&after);
    assert_eq!(
        difference.to_string(),
        "version: 1 -> 2\nregulation: none -> 1\nsync: none -> 2023-05-02T00:00:00.000Z"
    );
    let [_, FieldChange::Regulation(change), _] = difference.header() else { unreachable!() };
    assert_eq!((change.from, change.to), (None, Some(Regulation::GDPR)));
    assert_eq!(difference.apply_to(&before), Ok(after));
}

#[test]
fn a_difference_from_another_string_is_refused_by_name() {
    let (before, after) = two();
    let difference = before.diff(&after);
    let mut vendors_li = Section::new();
    vendors_li.set(VendorId::MAX, Status::Enabled);
    let updated = "2020-01-01T00:00:00Z".parse().unwrap();
    let cases = [
        (before.to_builder().updated(updated), "updated"),
        (before.to_builder().did("another"), "did"),
        (before.to_builder().purposes(Section::new()), "purposes"),
        (before.to_builder().vendors_li(vendors_li), "vendors_li"),
    ];
    for (other, field) in cases {
        let error = difference.apply_to(&other.build().unwrap()).unwrap_err();
        assert_eq!(error, ApplyError::OtherStart { field });
        assert_eq!(error.name(), "other_start");
        assert_eq!(
            error.to_string(),
            format!(
                "{field}: not what the difference starts from, expected what its first string says"
            )
        );
    }
    // What the two strings agree on may be anything.
    let elsewhere = before.to_builder().vendors(Section::new()).build().unwrap();
    let led = difference.apply_to(&elsewhere).unwrap();
    assert_eq!(led.vendors_li().runs().count(), 2);
    assert_eq!((led.did(), led.signature()), (Some("Zq7device"), None), "other bytes");
}

#[test]
fn both_forms_differ_alike() {
    let (before, after) = two();
    let mut buffer = Buffer::new();
    let view = DecodeOptions::new().decode_ref(after.as_str(), &mut buffer).unwrap();
    assert_eq!(before.diff(view), before.diff(&after));
    assert_eq!(before.diff(view).apply_to(before.view()), Ok(after));
}
