//! Differences of GPP strings: laws, a model of fields by their names, and what is printed.

#![cfg(all(feature = "gpp", feature = "serde"))]

#[path = "support/gpp_naive.rs"]
mod naive;
#[path = "support/gpp_values.rs"]
mod values;

use std::collections::{BTreeMap, BTreeSet};

use consent_string::Buffer;
use consent_string::diff::ApplyError;
use consent_string::gpp::{Builder, GppString, Padding, SectionDifference, SectionId, UsChange};
use consent_string::us_privacy::{self, Answer, UsPrivacy};
use proptest::prelude::*;
use serde_json::{Value, json};

use naive::{layouts, us};
use values::{built, canadas, us_sections};

/// Parts of a GPP string, some of which no section can be read from.
fn strings() -> impl Strategy<Value = GppString> {
    let numbers = || prop::collection::vec(0..4_usize, 1..40);
    let us = prop::collection::vec((us_sections(), any::<Option<bool>>(), numbers()), 0..4);
    let texts = prop::collection::vec((1..9_u16, "[a-z]{1,3}"), 0..2);
    let tc = prop::sample::select(vec![
        None,
        Some("CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA"),
        Some("COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA"),
        Some("COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAAA"),
    ]);
    let privacy = prop::option::of("1[YN-]{3}");
    let padding = prop::sample::select(vec![Padding::Characters, Padding::Bytes]);
    (us, texts, tc, privacy, prop::option::of(canadas()), padding).prop_map(
        |(us, texts, tc, privacy, canada, padding)| {
            let mut builder = GppString::builder().padding(padding);
            for ((id, layout), gpc, numbers) in us {
                builder = builder
                    .us_section(built(id, layout, gpc, gpc.is_some(), &numbers).build().unwrap());
            }
            for (number, text) in texts {
                builder = builder.section(SectionId::new(number * 100).unwrap(), text);
            }
            builder = privacy
                .into_iter()
                .fold(builder, |builder, text| builder.us_privacy(text.parse().unwrap()));
            builder = tc
                .into_iter()
                .fold(builder, |builder, text| builder.section(SectionId::TCFEUV2, text));
            let with_canada =
                canada.map(|canada| builder.clone().tcf_canada(canada)).map(Builder::build);
            // What would be read in another form is left out.
            with_canada.and_then(Result::ok).unwrap_or_else(|| builder.build().unwrap())
        },
    )
}

/// One string and what became of it: some sections are those of another one.
fn pairs() -> impl Strategy<Value = (GppString, GppString)> {
    (strings(), strings(), any::<u32>()).prop_map(|(a, b, from_b)| {
        let mut builder = a.to_builder();
        for section in b.sections() {
            if from_b >> (section.id().get() % 32) & 1 == 1 {
                builder = builder.section(section.id(), section.as_str());
            }
        }
        for section in a.sections() {
            if b.section(section.id()).is_none() && from_b >> (section.id().get() % 7) & 1 == 1 {
                builder = builder.without(section.id());
            }
        }
        (a, builder.build().unwrap())
    })
}

/// The sections of a string's object, without their texts and what says nothing.
fn objects(gpp: &GppString) -> BTreeMap<u64, Value> {
    let object = serde_json::to_value(gpp.decoded()).unwrap();
    let sections = object["sections"].as_array().unwrap().iter();
    sections.map(|section| (section["id"].as_u64().unwrap(), section.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_difference_is_what_the_objects_tell_and_leads_from_one_to_the_other((a, b) in pairs()) {
        let difference = a.diff(&b);
        prop_assert_eq!(difference.is_empty(), a.says_the_same_as(&b));
        prop_assert_eq!(difference.to_string().is_empty(), difference.is_empty());
        prop_assert!(a.diff(&a).is_empty());
        prop_assert_eq!(&a.view().diff(b.view()), &difference);

        let there = difference.apply_to(&a).unwrap();
        prop_assert!(there.says_the_same_as(&b));
        for change in difference.sections() {
            let text = there.section(change.id()).map(|section| section.as_str());
            prop_assert_eq!(text, change.text_after());
        }
        if !difference.is_empty() {
            let start = difference.apply_to(&b);
            let is_refused = matches!(start, Err(ApplyError::OtherStart { .. }));
            prop_assert!(is_refused, "it does not start from where it leads to");
        }

        let object = serde_json::to_value(&difference).unwrap();
        prop_assert_eq!(&object["header"], &json!([]));
        let (before, after) = (objects(&a), objects(&b));
        let ids = object["sections"].as_array().unwrap();
        prop_assert!(ids.windows(2).all(|pair| pair[0]["id"].as_u64() < pair[1]["id"].as_u64()));
        for change in ids {
            let id = change["id"].as_u64().unwrap();
            let [from, to] = [&before, &after].map(|all| all.get(&id));
            let text = |section: Option<&Value>| section.map_or(Value::Null, |it| it["text"].clone());
            prop_assert_eq!(&change["from"], &text(from));
            prop_assert_eq!(&change["to"], &text(to));
            let read = |section: Option<&Value>| {
                section.is_some_and(|it| it.get("error").is_none() && it.as_object().unwrap().len() > 3)
            };
            prop_assert_eq!(change["header"].is_array(), read(from) && read(to));
            let is_flat = change["header"].is_array() && ![2, 5].contains(&id);
            if !is_flat {
                continue;
            }
            // Field by field, but for what is no change: the text and a section header.
            let (from, to) = (from.unwrap(), to.unwrap());
            let mut expected: Vec<(String, Value, Value)> = from
                .as_object()
                .unwrap()
                .iter()
                .filter(|(name, value)| {
                    let is_said = *name != "text" && *name != "section_header";
                    // From Maryland on, the version stands in the section header.
                    is_said && !(*name == "version" && id >= 24) && to[*name] != **value
                })
                .map(|(name, value)| (name.clone(), value.clone(), to[name].clone()))
                .collect();
            expected.sort_by(|one, other| one.0.cmp(&other.0));
            let mut found: Vec<(String, Value, Value)> = change["header"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| (it["field"].as_str().unwrap().into(), it["from"].clone(), it["to"].clone()))
                .collect();
            found.sort_by(|one, other| one.0.cmp(&other.0));
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn each_change_of_a_section_is_in_the_fields(
        (id, layout) in us_sections(),
        gpc in any::<[Option<bool>; 2]>(),
        numbers in [prop::collection::vec(0..4_usize, 1..40), prop::collection::vec(0..4_usize, 1..40)],
    ) {
        let [a, b] = [0, 1].map(|index| {
            built(id, layout, gpc[index], index == 0, &numbers[index]).build().unwrap()
        });
        let string = |section| GppString::builder().us_section(section).build().unwrap();
        let difference = string(a).diff(&string(b));
        prop_assert_eq!(difference.is_empty(), a.says_the_same_as(&b));
        let table = layouts();
        let said = [string(a), string(b)].map(|gpp| {
            let sections = naive::sections(gpp.as_str()).unwrap();
            naive::us_section(&table, sections[0].0, sections[0].1).unwrap()
        });
        prop_assert_eq!(&said[0], &us(&a));
        let names: BTreeSet<&String> = said.iter().flat_map(|fields| fields.keys()).collect();
        let expected = names.into_iter().filter(|name| said[0].get(*name) != said[1].get(*name));
        let found: BTreeSet<&str> = match difference.sections() {
            [] => BTreeSet::new(),
            [change] => {
                let Some(SectionDifference::Us(changes)) = change.inside() else { unreachable!() };
                for change in changes {
                    prop_assert_eq!(format!("{change:?}"), change.to_string());
                }
                changes.iter().map(UsChange::field).collect()
            }
            _ => unreachable!("one section"),
        };
        prop_assert!(expected.map(String::as_str).eq(found));
    }

    #[test]
    fn strings_of_canada_differ_where_they_say_different_things(one in canadas(), other in canadas()) {
        let build = |canada| GppString::builder().tcf_canada(canada).build();
        let (Ok(a), Ok(b)) = (build(one), build(other)) else { return Ok(()) };
        let (mut first, mut second) = (Buffer::new(), Buffer::new());
        let from = a.tcf_canada(&mut first).unwrap().unwrap();
        let to = b.tcf_canada(&mut second).unwrap().unwrap();
        let difference = from.diff(&to);
        let after = from.vendors_express().to_set();
        let changed = difference.vendors_express().iter().fold(after, |mut set, change| {
            let range = change.ids.first()..=change.ids.last();
            if change.to { set.insert_range(range) } else { set.remove_range(range) }
            set
        });
        prop_assert_eq!(changed, to.vendors_express().to_set());
        let lines = difference.to_string().lines().count();
        prop_assert!(lines >= difference.header().len() + difference.vendors_express().len());
        prop_assert!(from.diff(&from).is_empty());
        prop_assert_eq!(difference.is_empty(), lines == 0);
        prop_assert_eq!(from.purposes_express() == to.purposes_express(), difference.purposes_express().is_empty());
    }

    #[test]
    fn us_privacy_strings_lead_from_one_to_the_other(
        one in "1[YN-]{3}",
        other in "1[YN-]{3}",
    ) {
        let (a, b): (UsPrivacy, UsPrivacy) = (one.parse().unwrap(), other.parse().unwrap());
        let difference = a.diff(&b);
        prop_assert_eq!(difference.is_empty(), a == b);
        prop_assert_eq!(difference.apply_to(&a), Ok(b));
        let differs = one.bytes().zip(other.bytes()).filter(|(one, other)| one != other).count();
        prop_assert_eq!(difference.header().len(), differs);
        if let Some(first) = difference.header().first() {
            let field = first.field();
            prop_assert_eq!(difference.apply_to(&b), Err(ApplyError::OtherStart { field }));
        }
    }
}

fn lines(before: &str, after: &str) -> String {
    let (before, after): (GppString, GppString) = (before.parse().unwrap(), after.parse().unwrap());
    before.diff(&after).to_string()
}

fn of(sections: &[(u16, &str)]) -> String {
    let builder = sections.iter().fold(GppString::builder(), |builder, &(id, text)| {
        builder.section(SectionId::new(id).unwrap(), text)
    });
    builder.build().unwrap().as_str().into()
}

#[test]
fn what_is_printed_is_fit_for_an_audit_log() {
    let before = of(&[
        (2, "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA"),
        (6, "1YNN"),
        (7, "BVQqAAAAAg"),
        (9, "z"),
        (10, "BVVVVVVVVWA.AA"),
        (900, "a"),
    ]);
    let after = of(&[
        (2, "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAAAAAA"),
        (6, "1YYN"),
        (7, "BVQVAAAAAg"),
        (9, "y"),
        (11, "BVVVVVVVVWA"),
        (900, "b"),
    ]);
    let expected = "\
uspv1.opt_out_sale: no -> yes
usnat.sale_opt_out: did_not_opt_out -> opted_out
usnat.sharing_opt_out: did_not_opt_out -> opted_out
usnat.targeted_advertising_opt_out: did_not_opt_out -> opted_out
usva: changed
usco: removed
usut: added
section 900: changed";
    assert_eq!(lines(&before, &after), expected);
    assert_eq!(lines(&before, &before), "");
}

#[test]
fn lists_and_layouts_are_shown_whole() {
    let first = "BVQqAAAAAg";
    let second = "CVQqAAAAAAAA";
    let printed = lines(&of(&[(7, first)]), &of(&[(7, second)]));
    let mut printed = printed.lines();
    assert_eq!(printed.next(), Some("usnat.layout: 1 -> 2"));
    assert_eq!(printed.next(), Some("usnat.version: 1 -> 2"));
    assert!(
        printed.any(|line| line.starts_with("usnat.sensitive_data_processing: [no")),
        "{first}"
    );
    // Global Privacy Control: absent is not the same as false.
    let printed = lines(&of(&[(7, first)]), &of(&[(7, "BVQqAAAAAg.QA")]));
    assert_eq!(printed, "usnat.gpc: none -> false");
}

#[test]
fn strings_of_canada_are_told_field_by_field() {
    let before = "DBABD~BPSG_8APSG_8AAyACAENGdCgf_gfgAfgfgBgABABAAABAB4AACACAAA.fHHHA4444ao";
    let after = {
        let gpp: GppString = before.parse().unwrap();
        let mut buffer = Buffer::new();
        let canada = gpp.tcf_canada(&mut buffer).unwrap().unwrap().to_builder();
        let vendors = [25, 26].map(|id| consent_string::tcf::VendorId::new(id).unwrap());
        let canada = canada.cmp_id(51).vendors_implied(vendors.into()).clear_restrictions();
        let canada = canada.disclosed_vendors(consent_string::IdSet::from(vendors)).publisher(None);
        GppString::builder().tcf_canada(canada).build().unwrap()
    };
    let printed = lines(before, after.as_str());
    for line in [
        "tcfcav1.cmp_id: 50 -> 51",
        "tcfcav1.disclosed_vendors: absent -> present",
        "tcfcav1.publisher_tc: present -> absent",
        "tcfcav1.vendors_implied 25-26: false -> true",
        "tcfcav1.disclosed_vendors 25-26: false -> true",
    ] {
        assert!(printed.lines().any(|printed| printed == line), "{line}: {printed}");
    }
    assert!(!printed.contains("vendors_express"), "{printed}");
}

#[test]
fn restrictions_in_canada_are_told_by_purpose_and_type_whatever_their_order() {
    use CanadaRestrictionType::{NotAllowed, RequireExpress};
    use consent_string::gpp::{CanadaForm, CanadaRestrictionType, TcfCanadaBuilder};
    use consent_string::tcf::{PurposeId, VendorId};

    let string = |form, restrictions: &[(u16, CanadaRestrictionType, &[u16])]| {
        let canada = TcfCanadaBuilder::new("2022-01-01T00:00:00Z".parse().unwrap()).form(form);
        let canada = restrictions.iter().fold(canada, |canada, &(purpose, kind, vendors)| {
            let vendors = vendors.iter().filter_map(|&vendor| VendorId::new(vendor)).collect();
            canada.restrict(PurposeId::new(purpose).unwrap(), kind, vendors)
        });
        GppString::builder().tcf_canada(canada).build().unwrap()
    };
    let forms = [CanadaForm::IntegerRanges, CanadaForm::FibonacciRanges];
    let one = string(forms[0], &[(2, NotAllowed, &[7, 8]), (1, RequireExpress, &[9])]);
    let other = string(
        forms[1],
        &[
            (1, RequireExpress, &[9]),
            (2, NotAllowed, &[8]),
            (2, NotAllowed, &[7]),
            (3, NotAllowed, &[]),
        ],
    );
    assert!(one.says_the_same_as(&other) && one.diff(&other).is_empty());
    let changed = string(forms[0], &[(2, NotAllowed, &[7]), (2, RequireExpress, &[9])]);
    let expected = "\
tcfcav1.publisher_restrictions (purpose 1, require express consent) 9: true -> false
tcfcav1.publisher_restrictions (purpose 2, not allowed) 8: true -> false
tcfcav1.publisher_restrictions (purpose 2, require express consent) 9: false -> true";
    assert_eq!(one.diff(&changed).to_string(), expected);
}

#[test]
fn each_set_of_a_string_of_canada_has_its_own_changes() {
    use consent_string::diff::IdChange;
    use consent_string::gpp::{CanadaPublisher, CanadaRestrictionType, TcfCanadaBuilder};
    use consent_string::ids::{Id, IdSet};
    use consent_string::tcf::{CustomPurposeId, PurposeId, SpecialFeatureId, VendorId};

    fn id<I: Id>(number: u16) -> I {
        I::new(number).unwrap()
    }
    fn vendor(number: u16) -> IdSet<VendorId> {
        [id::<VendorId>(number)].into()
    }
    fn added<I: Id>(changes: &[IdChange<I, bool>]) -> Vec<u16> {
        assert!(changes.iter().all(|change| !change.from && change.to));
        changes.iter().map(|change| change.ids.first().get()).collect()
    }

    let created = "2022-01-01T00:00:00Z".parse().unwrap();
    let string = |canada| GppString::builder().tcf_canada(canada).build().unwrap();
    let own = CanadaPublisher::default().with_custom_purposes(9, [].into(), [].into()).unwrap();
    let canada = TcfCanadaBuilder::new(created);
    let before = string(canada.disclosed_vendors(IdSet::new()).publisher(own));

    // One ID in each set, and no two sets with the same one.
    let own = CanadaPublisher::new([id(7)].into(), [id(8)].into())
        .with_custom_purposes(9, [id(9)].into(), [id(6)].into())
        .unwrap();
    let canada = TcfCanadaBuilder::new(created)
        .special_feature_opt_ins([id(1)].into())
        .purposes_express([id(2)].into())
        .purposes_implied([id(3)].into())
        .vendors_express(vendor(4))
        .vendors_implied(vendor(5))
        .restrict(id(11), CanadaRestrictionType::RequireImplied, vendor(12))
        .disclosed_vendors(vendor(10))
        .publisher(own);
    let after = string(canada);

    let (mut first, mut second) = (Buffer::new(), Buffer::new());
    let before = before.tcf_canada(&mut first).unwrap().unwrap();
    let difference = before.diff(&after.tcf_canada(&mut second).unwrap().unwrap());
    assert!(difference.header().is_empty(), "{difference}");
    assert_eq!(added::<SpecialFeatureId>(difference.special_feature_opt_ins()), [1]);
    assert_eq!(added::<PurposeId>(difference.purposes_express()), [2]);
    assert_eq!(added::<PurposeId>(difference.purposes_implied()), [3]);
    assert_eq!(added::<VendorId>(difference.vendors_express()), [4]);
    assert_eq!(added::<VendorId>(difference.vendors_implied()), [5]);
    let [restriction] = difference.publisher_restrictions() else { panic!("{difference}") };
    assert_eq!(restriction.purpose.get(), 11);
    assert_eq!(restriction.restriction_type, CanadaRestrictionType::RequireImplied);
    assert_eq!(added::<VendorId>(&[restriction.vendors]), [12]);
    assert_eq!(added::<VendorId>(difference.disclosed_vendors()), [10]);
    assert_eq!(added::<PurposeId>(difference.publisher_purposes_express()), [7]);
    assert_eq!(added::<PurposeId>(difference.publisher_purposes_implied()), [8]);
    assert_eq!(added::<CustomPurposeId>(difference.custom_purposes_express()), [9]);
    assert_eq!(added::<CustomPurposeId>(difference.custom_purposes_implied()), [6]);
}

#[test]
fn a_difference_from_another_string_is_refused_by_name() {
    let parse = |text: String| text.parse::<GppString>().unwrap();
    let before = parse(of(&[(6, "1YNN"), (900, "a")]));
    let after = parse(of(&[(6, "1YYN"), (7, "BVQqAAAAAg"), (900, "b")]));
    let difference = before.diff(&after);
    assert_eq!(difference.apply_to(&before).unwrap(), after);
    let cases = [
        (of(&[(900, "a")]), "uspv1"),
        (of(&[(6, "1NNN"), (900, "a")]), "uspv1"),
        (of(&[(6, "1YNN"), (7, "BVQqAAAAAg"), (900, "a")]), "usnat"),
        (of(&[(6, "1YNN")]), "section"),
    ];
    for (other, field) in cases {
        assert_eq!(
            difference.apply_to(&parse(other)).unwrap_err(),
            ApplyError::OtherStart { field }
        );
    }
    // Sections that the two strings agree on may be anything.
    let elsewhere = parse(of(&[(6, "1YNN"), (8, "z"), (900, "a")]));
    let there = difference.apply_to(&elsewhere).unwrap();
    assert_eq!(there.section(SectionId::USCA).unwrap().as_str(), "z");
}

#[test]
fn case_is_no_difference_of_us_privacy_strings() {
    let lower = us_privacy::DecodeOptions::new().allow_lower_case().decode("1ynn").unwrap();
    let upper = UsPrivacy::new(Answer::Yes, Answer::No, Answer::No);
    assert!(lower.diff(&upper).is_empty());
}
