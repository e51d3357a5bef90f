//! Google's Additional Consent string: what is read, refused, printed and built.

#![cfg(all(feature = "ac", feature = "serde"))]

use std::collections::{BTreeSet, HashSet};

use consent_string::ac::{
    AcString, AcStringRef, Decoded, ParseErrorKind, ParseOptions, ProviderId, Version,
};
use consent_string::{EncodeErrorKind, MAX_TEXT_LENGTH};
use proptest::prelude::*;

fn id(number: u32) -> ProviderId {
    ProviderId::new(number).unwrap()
}

fn ids(numbers: &[u32]) -> Vec<ProviderId> {
    numbers.iter().map(|&number| id(number)).collect()
}

/// A text, its version and both of its lists.
type Good<'a> = (&'a str, Version, &'a [u32], &'a [u32]);

/// The first two are the examples of Google's page; the others are made from what it says.
const GOOD: [Good; 12] = [
    ("1~1.35.41.101", Version::V1, &[1, 35, 41, 101], &[]),
    ("2~1.35.41.101~dv.9.21.81", Version::V2, &[1, 35, 41, 101], &[9, 21, 81]),
    ("1~", Version::V1, &[], &[]),
    ("2~~dv.", Version::V2, &[], &[]),
    ("2~~dv.9", Version::V2, &[], &[9]),
    ("2~9~dv.", Version::V2, &[9], &[]),
    ("1~7", Version::V1, &[7], &[]),
    // In any order; consented providers among the disclosed ones.
    ("1~41.1.35", Version::V1, &[41, 1, 35], &[]),
    ("2~35.1~dv.1.9.35", Version::V2, &[35, 1], &[1, 9, 35]),
    ("2~1~dv.81.9.21", Version::V2, &[1], &[81, 9, 21]),
    ("1~4294967295", Version::V1, &[u32::MAX], &[]),
    ("1~10.100.1000", Version::V1, &[10, 100, 1000], &[]),
];

#[test]
fn good_texts_are_read_in_full_and_printed_as_they_were() {
    for (text, version, consented, listed) in GOOD {
        let ac = AcStringRef::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(ac.version(), version, "{text}");
        assert_eq!(ac.consented().iter().collect::<Vec<_>>(), ids(consented), "{text}");
        assert_eq!(ac.disclosed_list().iter().collect::<Vec<_>>(), ids(listed), "{text}");
        assert_eq!(ac.consented().len(), consented.len(), "{text}");
        assert_eq!(ac.disclosed_list().is_empty(), listed.is_empty(), "{text}");
        let disclosed: BTreeSet<_> = ids(consented).into_iter().chain(ids(listed)).collect();
        assert_eq!(ac.disclosed(), disclosed, "{text}");
        assert_eq!((ac.as_str(), ac.to_string().as_str()), (text, text));

        let owned: AcString = text.parse().unwrap();
        assert_eq!(owned.view(), ac, "{text}");
        assert_eq!(AcString::try_from(text.to_owned()).unwrap(), owned, "{text}");
        assert_eq!(owned.to_string(), text);
    }
}

#[test]
fn what_is_no_ac_string_is_refused_with_its_place() {
    use ParseErrorKind::*;
    for (text, kind, place) in [
        ("", Empty, None),
        ("1", MissingPart, Some(("consented", 1))),
        ("2", MissingPart, Some(("consented", 1))),
        ("2~1.35", MissingPart, Some(("disclosed", 6))),
        ("2~", MissingPart, Some(("disclosed", 2))),
        ("3~1", UnsupportedVersion, Some(("version", 0))),
        ("0~1", UnsupportedVersion, Some(("version", 0))),
        ("12~1", UnsupportedVersion, Some(("version", 0))),
        ("01~1", UnsupportedVersion, Some(("version", 0))),
        ("~1", UnsupportedVersion, Some(("version", 0))),
        (" 1~1", UnsupportedVersion, Some(("version", 0))),
        ("1.35", UnsupportedVersion, Some(("version", 0))),
        ("1YNN", UnsupportedVersion, Some(("version", 0))),
        ("2~1~", MissingMarker, Some(("disclosed", 4))),
        ("2~1~9", MissingMarker, Some(("disclosed", 4))),
        ("2~1~dv", MissingMarker, Some(("disclosed", 4))),
        ("2~1~DV.9", MissingMarker, Some(("disclosed", 4))),
        ("1~1~dv.9", ExtraPart, Some(("consented", 4))),
        ("1~1~", ExtraPart, Some(("consented", 4))),
        ("2~1~dv.9~", ExtraPart, Some(("disclosed", 9))),
        ("1~1..35", EmptyId, Some(("consented", 4))),
        ("1~1.", EmptyId, Some(("consented", 4))),
        ("1~.1", EmptyId, Some(("consented", 2))),
        ("1~.", EmptyId, Some(("consented", 2))),
        ("2~~dv.9.", EmptyId, Some(("disclosed", 8))),
        ("2~~dv..9", EmptyId, Some(("disclosed", 6))),
        ("1~1,35", InvalidCharacter, Some(("consented", 3))),
        ("1~1.35 ", InvalidCharacter, Some(("consented", 6))),
        ("1~+1", InvalidCharacter, Some(("consented", 2))),
        ("1~-1", InvalidCharacter, Some(("consented", 2))),
        ("1~1.\u{663}", InvalidCharacter, Some(("consented", 4))),
        ("1~dv.9", InvalidCharacter, Some(("consented", 2))),
        ("2~1~dv.dv.9", InvalidCharacter, Some(("disclosed", 7))),
        ("2~1%7Edv.9", InvalidCharacter, Some(("consented", 3))),
        ("1~0", ZeroId, Some(("consented", 2))),
        ("2~1~dv.21.0", ZeroId, Some(("disclosed", 10))),
        ("1~00", LeadingZero, Some(("consented", 2))),
        ("1~1.035", LeadingZero, Some(("consented", 4))),
        ("1~4294967296", IdTooLarge, Some(("consented", 2))),
        ("1~1.99999999999999999999", IdTooLarge, Some(("consented", 4))),
        ("1~35.35", DuplicateId, Some(("consented", 5))),
        ("1~7.1.35.1.7", DuplicateId, Some(("consented", 9))),
        ("2~1~dv.9.21.9", DuplicateId, Some(("disclosed", 12))),
    ] {
        let error = AcStringRef::parse(text).unwrap_err();
        let found = error.field().zip(error.char_offset());
        assert_eq!((error.kind(), found), (kind, place), "{text}");
        assert_eq!(text.parse::<AcString>().unwrap_err(), error, "{text}");
        assert_eq!(AcString::try_from(text.to_owned()).unwrap_err(), error, "{text}");
    }
}

#[test]
fn duplicates_are_accepted_on_request() {
    let options = ParseOptions::new().accept_duplicates();
    let ac = options.parse("2~7.1.7~dv.9.9").unwrap();
    assert_eq!(ac.as_str(), "2~7.1.7~dv.9.9");
    assert_eq!(ac.consented().len(), 3);
    assert_eq!(ac.consented().to_set(), BTreeSet::from([id(1), id(7)]));
    assert_eq!(ac.disclosed(), BTreeSet::from([id(1), id(7), id(9)]));
    assert!(ac.says_the_same_as(&"2~1.7~dv.9".parse().unwrap()));
    // Nothing else is.
    assert_eq!(options.parse("1~0").unwrap_err().kind(), ParseErrorKind::ZeroId);
}

#[test]
fn an_id_in_both_lists_is_no_duplicate() {
    let ac: AcString = "2~1.35~dv.1.9.35".parse().unwrap();
    assert!(ac.says_the_same_as(&"2~1.35~dv.9".parse().unwrap()));
    assert!(!ac.says_the_same_as(&"2~1.35~dv.".parse().unwrap()));
    assert!(!ac.says_the_same_as(&"1~1.35".parse().unwrap()));
    assert_ne!(ac, "2~1.35~dv.9".parse().unwrap(), "== is that of the text");
}

#[test]
fn a_text_past_the_limit_is_refused() {
    let text = "1~1.35";
    let error = ParseOptions::new().max_text_length(5).parse(text).unwrap_err();
    assert_eq!(error.kind(), ParseErrorKind::TooLong { maximum: 5 });
    assert!(ParseOptions::new().max_text_length(6).parse(text).is_ok());
    let text = format!("1~{}", "1".repeat(MAX_TEXT_LENGTH as usize));
    let error = AcStringRef::parse(&text).unwrap_err();
    assert_eq!(error.kind(), ParseErrorKind::TooLong { maximum: MAX_TEXT_LENGTH });
}

#[test]
fn what_could_not_be_read_back_is_not_built() {
    let all = |last: u32| (1..=last).map(id);
    let error = AcString::v1(all(30_000)).unwrap_err();
    let kind = EncodeErrorKind::TooLong { maximum: MAX_TEXT_LENGTH };
    assert_eq!((error.kind(), error.field()), (kind, "text"));
    assert_eq!(AcString::v2([], all(30_000)).unwrap_err().kind(), kind);
    let longest = AcString::v2(all(10_000), all(23_000)).unwrap();
    assert_eq!(longest.as_str().parse(), Ok(longest));
}

#[test]
fn messages_name_the_place_and_show_nothing_of_the_text() {
    for (text, message) in [
        ("", "empty, expected a version"),
        (
            "2~1.35",
            "disclosed at character 7: missing, expected a tilde and the list, which may be empty",
        ),
        (
            "1~777.777",
            "consented at character 7: an ID that this list has before, expected each once",
        ),
        (
            "1~77x77",
            "consented at character 5: a character that may not stand here, expected digits and dots",
        ),
    ] {
        let error = text.parse::<AcString>().unwrap_err();
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").contains("777"));
    }
    let shown = format!("{:?}", "2~1.777~dv.888".parse::<AcString>().unwrap());
    assert_eq!(
        shown,
        "AcString { version: V2, consented: {2 providers}, disclosed_list: {1 providers} }"
    );
}

#[test]
fn serde_takes_strings_as_text_and_ids_as_numbers() {
    let ac: AcString = serde_json::from_str(r#""2~1.35~dv.9""#).unwrap();
    assert_eq!(serde_json::to_string(&ac).unwrap(), r#""2~1.35~dv.9""#);
    assert_eq!(serde_json::to_string(&ac.view()).unwrap(), r#""2~1.35~dv.9""#);
    assert_eq!(serde_json::to_string(&ac.disclosed()).unwrap(), "[1,9,35]");
    assert_eq!(serde_json::from_str::<Vec<ProviderId>>("[1,4294967295]").unwrap().len(), 2);
    for bad in ["0", "4294967296", "-1", "1.5", r#""1""#] {
        assert!(serde_json::from_str::<ProviderId>(bad).is_err(), "{bad}");
    }
    for (text, object) in [
        ("1~35", r#"{"version":1,"consented":[35],"disclosed":[35]}"#),
        ("2~35~dv.9", r#"{"version":2,"consented":[35],"disclosed":[9,35]}"#),
    ] {
        let decoded = text.parse::<AcString>().unwrap().decoded();
        assert_eq!(serde_json::to_string(&decoded).unwrap(), object);
        assert_eq!(serde_json::from_str::<Decoded>(object).unwrap(), decoded);
        let of_three = object.replace(r#""version":"#, r#""version":3"#);
        assert!(serde_json::from_str::<Decoded>(&of_three).is_err(), "{of_three}");
    }
    let error = serde_json::from_str::<AcString>(r#""1~777.777""#).unwrap_err();
    assert!(!error.to_string().contains("777"), "{error}");
}

#[test]
fn a_borrowed_string_is_compared_by_its_text() {
    let read = |text| AcStringRef::parse(text).unwrap();
    assert_eq!(read("1~35.41"), read("1~35.41"));
    // It says the same, in another order.
    assert_ne!(read("1~35.41"), read("1~41.35"));
    let apart: HashSet<_> = ["1~35.41", "1~41.35", "1~35.41"].map(read).into();
    assert_eq!(apart.len(), 2);
    assert_eq!(AsRef::<str>::as_ref(&read("1~35").to_ac_string()), "1~35");
}

#[test]
fn strings_say_the_same_whatever_the_order() {
    let same = |one: &str, other: &str| {
        let [one, other] = [one, other].map(|text| AcStringRef::parse(text).unwrap());
        assert_eq!(one.says_the_same_as(other), other.says_the_same_as(one));
        one.says_the_same_as(other)
    };
    assert!(same("1~35.41", "1~41.35"));
    assert!(same("2~35~dv.9", "2~35~dv.9.35"), "who was consented to was disclosed");
    assert!(!same("1~35", "2~35~dv."), "another version");
    assert!(!same("2~35~dv.9", "2~9.35~dv."), "disclosed alike, consented otherwise");
    assert!(!same("2~35~dv.9", "2~35~dv.41"), "consented alike, disclosed otherwise");
    let string: AcString = "2~35~dv.9".parse().unwrap();
    let disclosed = [9, 35, 41].map(|number| string.is_disclosed(id(number)));
    assert_eq!(disclosed, [true, true, false]);
}

#[test]
fn what_was_decoded_is_encoded_in_its_canonical_form() {
    for (text, canonical) in
        [("1~41.35", "1~35.41"), ("2~41.35~dv.9.41", "2~35.41~dv.9"), ("2~~dv.", "2~~dv.")]
    {
        let decoded = text.parse::<AcString>().unwrap().decoded();
        assert_eq!(decoded.encode().unwrap().as_str(), canonical);
    }
    // Version 1 has no place for who was only disclosed.
    let mut decoded = "2~35~dv.9".parse::<AcString>().unwrap().decoded();
    decoded.version = Version::V1;
    let error = decoded.encode().unwrap_err();
    assert_eq!((error.kind(), error.field()), (EncodeErrorKind::NotInVersion, "disclosed"));
    decoded.disclosed = decoded.consented.clone();
    assert_eq!(decoded.encode().unwrap().as_str(), "1~35");
}

#[test]
fn an_id_is_its_number() {
    assert_eq!(u32::from(id(35)), 35);
    assert_eq!(u32::from(ProviderId::MAX), u32::MAX);
    assert_eq!(format!("{:?} {}", id(35), id(35)), "ProviderId(35) 35");
}

fn any_ids() -> impl Strategy<Value = Vec<u32>> {
    let number = prop_oneof![1..60_u32, 1..5000_u32, 1..=u32::MAX];
    prop::collection::vec(number, 0..40)
}

/// A list as somebody may have written it.
fn join(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(".")
}

proptest! {
    #[test]
    fn a_list_is_what_was_written(consented in any_ids(), disclosed in any_ids(), asked in any_ids()) {
        let text = format!("2~{}~dv.{}", join(&consented), join(&disclosed));
        let twice = |list: &[u32]| list.iter().collect::<BTreeSet<_>>().len() < list.len();
        let strict = AcStringRef::parse(&text);
        prop_assert_eq!(strict.is_err(), twice(&consented) || twice(&disclosed));
        if let Err(error) = strict {
            prop_assert_eq!(error.kind(), ParseErrorKind::DuplicateId);
        }
        let ac = ParseOptions::new().accept_duplicates().parse_ref(&text).unwrap();
        prop_assert_eq!(ac.consented().iter().map(ProviderId::get).collect::<Vec<_>>(), &consented[..]);
        prop_assert_eq!(ac.disclosed_list().iter().len(), disclosed.len());
        for number in asked.iter().chain(&consented).chain(&disclosed) {
            let (said, told) = (consented.contains(number), disclosed.contains(number));
            prop_assert_eq!(ac.consented().contains(id(*number)), said);
            prop_assert_eq!(ac.disclosed_list().contains(id(*number)), told);
            prop_assert_eq!(ac.is_disclosed(id(*number)), said || told);
            prop_assert_eq!(ac.disclosed().contains(&id(*number)), said || told);
        }
    }

    #[test]
    fn what_is_built_reads_back_as_given(consented in any_ids(), disclosed in any_ids()) {
        let one = AcString::v1(ids(&consented)).unwrap();
        prop_assert_eq!(one.consented().to_set(), ids(&consented).into_iter().collect());
        let two = AcString::v2(ids(&consented), ids(&disclosed)).unwrap();
        prop_assert_eq!(two.consented().to_set(), one.consented().to_set());
        let all: BTreeSet<_> = ids(&consented).into_iter().chain(ids(&disclosed)).collect();
        prop_assert_eq!(two.disclosed(), all);
        for built in [one, two] {
            let read: AcString = built.as_str().parse().unwrap();
            prop_assert!(read.consented().iter().eq(built.consented()));
            prop_assert!(read.disclosed_list().iter().eq(built.disclosed_list()));
            let lists = [built.consented(), built.disclosed_list()];
            for list in lists {
                prop_assert!(list.iter().is_sorted_by(|a, b| a < b));
            }
            // The canonical form is its own.
            let again = match built.version() {
                Version::V1 => AcString::v1(built.consented()),
                _ => AcString::v2(built.consented(), built.disclosed()),
            };
            prop_assert_eq!(again.unwrap(), built);
        }
    }

    #[test]
    fn no_text_panics(text in "[12]~?[0-9.~dv]{0,30}|\\PC{0,20}") {
        if let Ok(ac) = AcStringRef::parse(&text) {
            prop_assert_eq!(ac.to_string(), text);
        }
    }
}
