//! Tokens as Didomi Consent Strings, and the way back: what is kept, and that nothing is lost in
//! silence.

#![cfg(feature = "token")]

#[path = "support/token.rs"]
mod support;

use std::collections::BTreeSet;

use consent_string::conversion::{Conversion, Loss};
use consent_string::didomi::{
    ConsentString, PurposeId, Regulation, Section, SectionKind, Status, VendorId, Version,
};
use consent_string::numeric_ids::NumericIds;
use consent_string::token::{Choices, DidomiToken, TokenTime};
use consent_string::{EncodeErrorKind, Id, IdSet, Timestamp};
use proptest::prelude::*;
use support::{USER_ID, token_json};

fn table<I: Id>(pairs: &[(u16, &str)]) -> NumericIds<I> {
    NumericIds::from_pairs(pairs.iter().map(|&(id, text)| (I::new(id).unwrap(), text))).unwrap()
}

/// Tables with gaps; `c:odd` is a text of its own beside `odd`.
fn tables() -> (NumericIds<VendorId>, NumericIds<PurposeId>) {
    let vendors =
        [(2, "google"), (7, "hotjar"), (9, "c:own"), (300, "odd"), (301, "c:odd"), (65535, "last")];
    (table(&vendors), table(&[(1, "cookies"), (5, "ads-HpBJrrK7"), (6, "measure")]))
}

fn token(more: &str) -> DidomiToken {
    DidomiToken::from_json(token_json(more).as_bytes()).unwrap()
}

/// A loss with all its facts, in one line.
fn told(loss: &Loss) -> String {
    let section = loss.section().map_or(String::new(), |section| format!("{section} "));
    match loss {
        Loss::NoNumber { status, ids, .. } => format!("{section}{status} {}", ids.join(",")),
        Loss::NoPurposeText { status, ids, .. } => format!("{section}{status} {ids}"),
        Loss::NoVendorText { status, ids, .. } => format!("{section}{status} {ids}"),
        Loss::Millis { field, millis } => format!("{field} {millis}"),
        Loss::NoPlace { field } => (*field).to_owned(),
        Loss::UnknownProperties { names, .. } => format!("{section}{}", names.join(",")),
        _ => panic!("a loss without a line"),
    }
}

fn all_told(losses: &[Loss]) -> Vec<String> {
    losses.iter().map(told).collect()
}

/// What a string says, section by section, without those that say nothing.
fn said(string: &ConsentString) -> String {
    fn line<I: Id>(kind: SectionKind, section: &Section<I>) -> Option<String> {
        let ids = |set: &IdSet<I>| set.to_string().replace(", ", ",");
        let line = format!("{kind} +{} -{}", ids(section.enabled()), ids(section.disabled()));
        (!section.says_nothing()).then_some(line)
    }
    let lines = [
        line(SectionKind::Purposes, &string.purposes().to_section()),
        line(SectionKind::PurposesLi, &string.purposes_li().to_section()),
        line(SectionKind::Vendors, &string.vendors().to_section()),
        line(SectionKind::VendorsLi, &string.vendors_li().to_section()),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

#[test]
fn each_part_of_a_token_becomes_its_part_of_a_string() {
    let (vendors, purposes) = tables();
    let conversion = Conversion::new(&vendors, &purposes);
    // What is behind the token's times, what the string says, what is lost.
    let rows: &[(&str, &str, &[&str])] = &[
        ("", "", &[]),
        (r#","purposes":{"enabled":["cookies"]}"#, "purposes +1 -", &[]),
        (r#","purposes":{"disabled":["cookies","measure"]}"#, "purposes + -1,6", &[]),
        (r#","purposes_li":{"enabled":["ads-HpBJrrK7"]}"#, "purposes_li +5 -", &[]),
        (r#","vendors":{"enabled":["google"],"disabled":["last"]}"#, "vendors +2 -65535", &[]),
        (r#","vendors_li":{"enabled":["google","hotjar"]}"#, "vendors_li +2,7 -", &[]),
        // Both spellings, and one twice.
        (r#","vendors":{"enabled":["c:hotjar","hotjar","hotjar"]}"#, "vendors +7 -", &[]),
        (r#","vendors":{"enabled":["didomi:google","iab:last"]}"#, "vendors +2,65535 -", &[]),
        // As it stands goes before the spelling without a prefix.
        (r#","vendors":{"enabled":["odd"],"disabled":["c:odd"]}"#, "vendors +300 -301", &[]),
        (r#","vendors":{"enabled":["c:own"]}"#, "vendors +9 -", &[]),
        // Without a number.
        (
            r#","vendors":{"enabled":["own","google"],"disabled":["x:hotjar","Google",""]}"#,
            "vendors +2 -",
            &["vendors enabled own", "vendors disabled x:hotjar,Google,"],
        ),
        (
            r#","purposes":{"enabled":["google"]},"purposes_li":{"disabled":["c:"]}"#,
            "",
            &["purposes enabled google", "purposes_li disabled c:"],
        ),
        // A purpose's number is no vendor's.
        (r#","vendors":{"enabled":["cookies"]}"#, "", &["vendors enabled cookies"]),
        // What a string has no place for.
        (r#","ac":"AAAA.AAAA""#, "", &["ac"]),
        (
            r#","vendors":{"enabled":["google"],"why":1},"x":{"y":2},"a":null"#,
            "vendors +2 -",
            &["vendors why", "a,x"],
        ),
    ];
    for (more, expected, losses) in rows {
        let token = token(more);
        let (string, found) = conversion.to_didomi(&token).unwrap().into_parts();
        let found: Vec<_> = all_told(&found);
        let rounded = ["created 10", "updated 10"];
        let (choices, others): (Vec<&str>, Vec<&str>) =
            losses.iter().partition(|loss| loss.contains("abled"));
        assert_eq!(found, [&choices[..], &rounded, &others].concat(), "{more}");
        assert_eq!(said(&string), *expected, "{more}");
        assert_eq!(string.version(), Version::V1);
        assert_eq!(string.user_id().to_string(), USER_ID);
        assert_eq!(string.created().to_string(), "2024-08-27T07:15:05.600Z");
        assert_eq!(string.as_str().parse(), Ok(string.clone()), "{more}");
    }
}

#[test]
fn times_and_the_version_are_told_where_they_change() {
    let (vendors, purposes) = tables();
    let conversion = Conversion::new(&vendors, &purposes);
    let time = |text: &str| text.parse::<TokenTime>().unwrap();
    let user = USER_ID.parse().unwrap();
    let losses = |token: &DidomiToken| {
        let converted = conversion.to_didomi(token).unwrap();
        let losses: Vec<_> = converted.losses().iter().map(ToString::to_string).collect();
        assert!(converted.with_every_choice().is_ok(), "none of these is a choice");
        losses
    };
    let exact = DidomiToken::new(user, time("2024-08-27T07:15:05.600Z"));
    assert!(losses(&exact).is_empty());
    assert_eq!(
        losses(&exact.clone().with_updated(time("2024-08-27T07:15:05.601Z"))),
        ["updated: 1 millisecond"]
    );
    let both = DidomiToken::new(user, time("2024-08-27T07:15:05.699Z"));
    assert_eq!(losses(&both), ["created: 99 milliseconds", "updated: 99 milliseconds"]);
    assert_eq!(losses(&exact.with_version(None)), ["version: no place for it"]);
}

#[test]
fn two_texts_of_one_number_may_not_contradict_each_other() {
    let (vendors, purposes) = tables();
    let conversion = Conversion::new(&vendors, &purposes);
    let error = |more: &str| {
        let error = conversion.to_didomi(&token(more)).unwrap_err();
        assert_eq!(error.kind(), EncodeErrorKind::EnabledAndDisabled);
        error.field()
    };
    let both = r#":{"enabled":["hotjar"],"disabled":["c:hotjar"]}"#;
    assert_eq!(error(&format!(r#","vendors"{both}"#)), "vendors");
    assert_eq!(error(&format!(r#","vendors_li"{both}"#)), "vendors_li");
    let both = r#":{"enabled":["didomi:cookies"],"disabled":["cookies"]}"#;
    assert_eq!(error(&format!(r#","purposes"{both}"#)), "purposes");
    assert_eq!(error(&format!(r#","purposes_li"{both}"#)), "purposes_li");
    // Consent and legitimate interest may.
    let more = r#","vendors":{"enabled":["hotjar"]},"vendors_li":{"disabled":["hotjar"]}"#;
    assert!(conversion.to_didomi(&token(more)).is_ok());
}

#[test]
fn a_regulation_makes_a_string_of_version_2() {
    let (vendors, purposes) = tables();
    let conversion = Conversion::new(&vendors, &purposes).regulation(Regulation::GDPR);
    let (string, _) = conversion.to_didomi(&token("")).unwrap().into_parts();
    assert_eq!((string.version(), string.regulation()), (Version::V2, Some(Regulation::GDPR)));
    assert_eq!(string.sync(), None);
    let (_, losses) = conversion.to_token(&string).into_parts();
    assert_eq!(all_told(&losses), ["regulation"]);
}

fn string() -> ConsentString {
    let id = |number| VendorId::new(number).unwrap();
    let mut vendors = Section::new();
    vendors.set_range(id(1)..=id(10), Status::Enabled);
    vendors.set_range(id(300)..=VendorId::MAX, Status::Disabled);
    let mut purposes = Section::new();
    purposes.set(PurposeId::new(5).unwrap(), Status::Enabled);
    purposes.set(PurposeId::new(1).unwrap(), Status::Disabled);
    let mut purposes_li = Section::new();
    purposes_li.set(PurposeId::new(9).unwrap(), Status::Disabled);
    ConsentString::builder(Version::V2)
        .user_id(USER_ID.parse().unwrap())
        .created("2024-08-27T07:15:05.600Z".parse().unwrap())
        .updated("2024-08-28T07:15:05.600Z".parse().unwrap())
        .regulation(Regulation::GDPR)
        .sync("2024-08-29T00:00:00Z".parse::<Timestamp>().unwrap())
        .purposes(purposes)
        .purposes_li(purposes_li)
        .vendors(vendors)
        .did("device")
        .ouid("user")
        .build()
        .and_then(|string| string.with_signature("signed"))
        .unwrap()
}

#[test]
fn each_part_of_a_string_becomes_its_part_of_a_token() {
    let (vendors, purposes) = tables();
    let converted = Conversion::new(&vendors, &purposes).to_token(&string());
    assert_eq!(
        all_told(converted.losses()),
        [
            "purposes_li disabled 9",
            "vendors enabled 1, 3-6, 8, 10",
            "vendors disabled 302-65534",
            "regulation",
            "sync",
            "did",
            "ouid",
            "signature",
        ]
    );
    let error = converted.clone().with_every_choice().unwrap_err();
    assert_eq!(error.choices().count(), 3);
    assert_eq!(
        error.to_string(),
        "purposes_li, disabled: 1 ID without a text; vendors, enabled: 7 IDs without a text; \
         vendors, disabled: 65233 IDs without a text, expected tables that have all"
    );
    let (token, _) = converted.into_parts();
    let json = token.to_json();
    let expected = format!(
        r#"{{"user_id":"{USER_ID}","created":"2024-08-27T07:15:05.600Z","updated":"2024-08-28T07:15:05.600Z","version":2,"purposes":{{"enabled":["ads-HpBJrrK7"],"disabled":["cookies"]}},"vendors":{{"enabled":["google","hotjar","c:own"],"disabled":["odd","c:odd","last"]}},"purposes_li":{{"enabled":[],"disabled":[]}},"vendors_li":{{"enabled":[],"disabled":[]}}}}"#
    );
    assert_eq!(json, expected);
}

#[test]
fn custom_vendors_have_their_prefix_where_it_reads_back() {
    let (vendors, purposes) = tables();
    let written = |own: &[u16]| {
        let own = own.iter().map(|&id| VendorId::new(id).unwrap()).collect();
        let conversion = Conversion::new(&vendors, &purposes).custom_prefix(own);
        let (token, _) = conversion.to_token(&string()).into_parts();
        let vendors = token.vendors().unwrap();
        let again = conversion.to_didomi(&token).unwrap().into_parts().0;
        assert_eq!(said(&again), "purposes +5 -1; vendors +2,7,9 -300-301,65535");
        [vendors.enabled(), vendors.disabled()].concat().join(" ")
    };
    assert_eq!(written(&[]), "c:google c:hotjar c:own odd c:odd c:last");
    assert_eq!(written(&[2, 65535]), "google c:hotjar c:own odd c:odd last");
}

#[test]
fn losses_show_neither_texts_nor_numbers() {
    let (vendors, purposes) = tables();
    let conversion = Conversion::new(&vendors, &purposes);
    let more = r#","vendors":{"enabled":["Zq7"],"Zq8":1},"Zq9":2"#;
    let converted = conversion.to_didomi(&token(more)).unwrap();
    let shown: Vec<_> = converted.losses().iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "vendors, enabled: 1 ID without a number",
            "created: 10 milliseconds",
            "updated: 10 milliseconds",
            "vendors: 1 property not known",
            "1 property not known",
        ]
    );
    let names: Vec<_> = converted.losses().iter().map(Loss::name).collect();
    assert_eq!(
        names,
        ["no_number", "millis", "millis", "unknown_properties", "unknown_properties"]
    );
    let debug = format!("{converted:?} {:?}", converted.clone().with_every_choice());
    assert!(!debug.contains("Zq"), "{debug}");
    assert!(!format!("{:?}", conversion.to_token(&string())).contains("65534"));
}

/// A table of some of the numbers 1 to 60, with texts of one's own.
fn any_table<I: Id>() -> impl Strategy<Value = NumericIds<I>> {
    prop::collection::btree_set(1..=60_u16, 0..50).prop_map(|numbers| {
        let pair = |number| (I::new(number).unwrap(), format!("id-{number}"));
        NumericIds::from_pairs(numbers.into_iter().map(pair)).unwrap()
    })
}

fn any_section<I: Id>() -> impl Strategy<Value = Section<I>> {
    let ids = prop::collection::btree_map(1..=64_u16, any::<bool>(), 0..50);
    ids.prop_map(|ids| {
        let mut section = Section::new();
        for (id, enabled) in ids {
            let status = if enabled { Status::Enabled } else { Status::Disabled };
            section.set(I::new(id).unwrap(), status);
        }
        section
    })
}

/// The texts of some numbers that a table has, and the numbers that it lacks: the naive way.
fn by_hand<I: Id>(ids: &IdSet<I>, table: &NumericIds<I>) -> (BTreeSet<String>, BTreeSet<u16>) {
    let mut texts = BTreeSet::new();
    let mut lost = BTreeSet::new();
    for id in ids {
        match table.iter().find(|(number, _)| *number == id) {
            Some((_, text)) => _ = texts.insert(text.to_owned()),
            None => _ = lost.insert(id.get()),
        }
    }
    (texts, lost)
}

fn lost_numbers(losses: &[Loss], kind: SectionKind, of: Status) -> BTreeSet<u16> {
    let numbers = losses.iter().filter(|loss| loss.section() == Some(kind));
    numbers
        .flat_map(|loss| match loss {
            Loss::NoPurposeText { status, ids, .. } if *status == of => {
                ids.iter().map(PurposeId::get).collect::<Vec<_>>()
            }
            Loss::NoVendorText { status, ids, .. } if *status == of => {
                ids.iter().map(VendorId::get).collect()
            }
            _ => vec![],
        })
        .collect()
}

proptest! {
    /// Each ID is in the token or among the losses, under its own status, and comes back.
    #[test]
    fn strings_become_tokens_and_come_back(
        vendors in any_table::<VendorId>(),
        purposes in any_table::<PurposeId>(),
        vendor_sections in prop::array::uniform2(any_section::<VendorId>()),
        purpose_sections in prop::array::uniform2(any_section::<PurposeId>()),
        times in prop::array::uniform2(0..60_000_000_000_u64),
        prefix: bool,
    ) {
        let conversion = Conversion::new(&vendors, &purposes);
        let conversion = if prefix { conversion.custom_prefix(IdSet::new()) } else { conversion };
        let time = |deciseconds| Timestamp::from_deciseconds(deciseconds).unwrap();
        let string = ConsentString::builder(Version::V1)
            .user_id(USER_ID.parse().unwrap())
            .created(time(times[0]))
            .updated(time(times[1]))
            .purposes(purpose_sections[0].clone())
            .purposes_li(purpose_sections[1].clone())
            .vendors(vendor_sections[0].clone())
            .vendors_li(vendor_sections[1].clone())
            .build()
            .unwrap();
        let (token, losses) = conversion.to_token(&string).into_parts();
        prop_assert!(losses.iter().all(Loss::is_choice));

        let bare = |texts: &[String]| -> BTreeSet<String> {
            let bare = |text: &String| match text.strip_prefix("c:") {
                Some(bare) if prefix => bare.to_owned(),
                _ => text.clone(),
            };
            texts.iter().map(bare).collect()
        };
        let parts = [
            (SectionKind::Vendors, token.vendors(), &vendor_sections[0]),
            (SectionKind::VendorsLi, token.vendors_li(), &vendor_sections[1]),
        ];
        for (kind, choices, section) in parts {
            let choices = choices.unwrap();
            let (enabled, no_text) = by_hand(section.enabled(), &vendors);
            prop_assert_eq!(bare(choices.enabled()), enabled);
            prop_assert_eq!(lost_numbers(&losses, kind, Status::Enabled), no_text);
            let (disabled, no_text) = by_hand(section.disabled(), &vendors);
            prop_assert_eq!(bare(choices.disabled()), disabled);
            prop_assert_eq!(lost_numbers(&losses, kind, Status::Disabled), no_text);
        }
        let parts = [
            (SectionKind::Purposes, token.purposes(), &purpose_sections[0]),
            (SectionKind::PurposesLi, token.purposes_li(), &purpose_sections[1]),
        ];
        for (kind, choices, section) in parts {
            let choices = choices.unwrap();
            let (enabled, no_text) = by_hand(section.enabled(), &purposes);
            prop_assert_eq!(choices.enabled().iter().cloned().collect::<BTreeSet<_>>(), enabled);
            prop_assert_eq!(lost_numbers(&losses, kind, Status::Enabled), no_text);
            let (disabled, no_text) = by_hand(section.disabled(), &purposes);
            prop_assert_eq!(choices.disabled().iter().cloned().collect::<BTreeSet<_>>(), disabled);
            prop_assert_eq!(lost_numbers(&losses, kind, Status::Disabled), no_text);
        }

        let token: DidomiToken = token.encode().unwrap().parse().unwrap();
        let (again, lost) = conversion.to_didomi(&token).unwrap().into_parts();
        prop_assert!(lost.is_empty(), "{lost:?}");
        if losses.is_empty() {
            prop_assert_eq!(again.as_str(), string.as_str());
        } else {
            // Nothing was added.
            prop_assert!(again.vendors().enabled().to_set().is_subset(vendor_sections[0].enabled()));
            prop_assert!(again.purposes().enabled().to_set().is_subset(purpose_sections[0].enabled()));
        }
    }

    /// Each text of a token is a number of the string or among the losses, and comes back.
    #[test]
    fn tokens_become_strings_and_come_back(
        vendors in any_table::<VendorId>(),
        lists in prop::array::uniform2(prop::collection::btree_map(1..=64_u16, 0..3_u8, 0..50)),
        millis in 0..6_872_000_000_000_i64,
        regulation in prop::option::of(any::<u16>()),
    ) {
        let purposes = NumericIds::new();
        let conversion = Conversion::new(&vendors, &purposes);
        let conversion = match regulation {
            Some(number) => conversion.regulation(Regulation(number)),
            None => conversion,
        };
        let choices = lists.clone().map(|ids| {
            let of = |wanted| {
                let ids = ids.iter().filter(move |(_, status)| **status == wanted);
                // Some with the prefix, some without.
                ids.map(|(id, _)| if id % 3 == 0 { format!("c:id-{id}") } else { format!("id-{id}") })
            };
            Choices::new(of(0), of(1)).unwrap()
        });
        let created = TokenTime::from_unix_millis(millis).unwrap();
        let [consent, interest] = choices;
        let token = DidomiToken::new(USER_ID.parse().unwrap(), created)
            .with_vendors(consent)
            .with_vendors_li(interest);
        let (string, losses) = conversion.to_didomi(&token).unwrap().into_parts();
        for (ids, section, kind) in [
            (&lists[0], string.vendors(), SectionKind::Vendors),
            (&lists[1], string.vendors_li(), SectionKind::VendorsLi),
        ] {
            let mut lost = BTreeSet::new();
            for id in 1..=64 {
                let number = VendorId::new(id).unwrap();
                let status = match ids.get(&id) {
                    Some(0) => Status::Enabled,
                    Some(1) => Status::Disabled,
                    _ => Status::Undefined,
                };
                let has_number = vendors.text(number).is_some();
                prop_assert_eq!(
                    section.status(number),
                    if has_number { status } else { Status::Undefined }
                );
                if !has_number && status != Status::Undefined {
                    lost.insert((status.name(), id));
                }
            }
            let told: BTreeSet<_> = losses.iter().filter(|loss| loss.section() == Some(kind)).flat_map(
                |loss| match loss {
                    Loss::NoNumber { status, ids, .. } => ids
                        .iter()
                        .map(|id| (status.name(), id.rsplit('-').next().unwrap().parse().unwrap()))
                        .collect::<Vec<_>>(),
                    _ => vec![],
                },
            ).collect();
            prop_assert_eq!(told, lost);
        }
        let lost = u8::try_from(millis % 100).unwrap();
        let rounded = losses.iter().filter(|loss| matches!(loss, Loss::Millis { millis, .. } if *millis == lost));
        prop_assert_eq!(rounded.count(), if lost == 0 { 0 } else { 2 });
        prop_assert_eq!(string.created(), created.to_timestamp());
        prop_assert_eq!(string.regulation().map(|regulation| regulation.0), regulation);

        let (token, losses) = conversion.to_token(&string).into_parts();
        prop_assert!(!losses.iter().any(Loss::is_choice), "each number came from the table");
        let (again, _) = conversion.to_didomi(&token).unwrap().into_parts();
        prop_assert_eq!(again.as_str(), string.as_str());
    }
}
