//! The US Privacy string.

#![cfg(all(feature = "gpp", feature = "serde"))]

use consent_string::DecodeErrorKind;
use consent_string::us_privacy::{Answer, DecodeOptions, Decoded, UsPrivacy, is_gpc};

#[test]
fn four_characters_say_three_things() {
    use Answer::{No, NotApplicable, Yes};
    for (text, answers) in [
        ("1YNN", [Yes, No, No]),
        ("1NYN", [No, Yes, No]),
        ("1-Y-", [NotApplicable, Yes, NotApplicable]),
        ("1YN-", [Yes, No, NotApplicable]),
        ("1---", [NotApplicable; 3]),
        // Against the text of the specification, and read by everybody.
        ("1Y-N", [Yes, NotApplicable, No]),
    ] {
        let privacy: UsPrivacy = text.parse().unwrap();
        assert_eq!([privacy.notice(), privacy.opt_out_sale(), privacy.lspa_covered()], answers);
        assert_eq!(privacy.to_string(), text);
        assert_eq!(privacy.lacks_sale(), text == "1Y-N");
        assert_eq!(format!("{privacy:>6}"), format!("  {text}"));
    }
}

#[test]
fn everything_else_is_refused_where_it_is_wrong() {
    for (text, kind, field, character) in [
        ("", "not_four_characters", None, None),
        ("1YN", "not_four_characters", None, None),
        ("1YNNN", "not_four_characters", None, None),
        ("1YN\u{e9}", "not_four_characters", None, None),
        ("2YNN", "unsupported_version", Some("version"), Some(0)),
        ("ZYN-", "unexpected_character", Some("version"), Some(0)),
        ("1ANN", "unexpected_character", Some("notice"), Some(1)),
        ("1yNN", "unexpected_character", Some("notice"), Some(1)),
        ("1Y N", "unexpected_character", Some("opt_out_sale"), Some(2)),
        ("1YN1", "unexpected_character", Some("lspa_covered"), Some(3)),
    ] {
        let error = text.parse::<UsPrivacy>().unwrap_err();
        assert_eq!(error.kind().name(), kind, "{text:?}");
        assert_eq!((error.field(), error.char_offset()), (field, character), "{text:?}");
        assert_eq!(error.bit_offset(), character.map(|character| 8 * character));
    }
    let error = "2YNN".parse::<UsPrivacy>().unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::UnsupportedVersion { version: 2, expected: "1" });
    let error = "1ANN".parse::<UsPrivacy>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "us_privacy, notice at bit 8 (character 2): a character that may not stand here, \
         expected Y, N or -"
    );
}

#[test]
fn lower_case_is_read_only_where_asked_for() {
    let lenient = DecodeOptions::new().allow_lower_case();
    for text in ["1ynn", "1-y-", "1YNN", "1---"] {
        assert_eq!(lenient.decode(text).unwrap().to_string(), text);
    }
    for text in ["1yNn", "1Ynn", "1yn"] {
        assert!(lenient.decode(text).is_err(), "{text}");
    }
}

#[test]
fn the_object_and_the_text_go_both_ways() {
    let privacy: UsPrivacy = "1YN-".parse().unwrap();
    assert_eq!(serde_json::to_string(&privacy).unwrap(), r#""1YN-""#);
    assert_eq!(serde_json::from_str::<UsPrivacy>(r#""1YN-""#).unwrap(), privacy);
    let object = r#"{"notice":"yes","opt_out_sale":"no","lspa_covered":"not_applicable"}"#;
    assert_eq!(serde_json::to_string(&privacy.decoded()).unwrap(), object);
    assert_eq!(serde_json::from_str::<Decoded>(object).unwrap().encode(), privacy);
    for (wrong, shown) in [
        (r#""2YN-""#, false),
        (r#"{"notice":"yes","opt_out_sale":"no"}"#, true),
        (r#"{"notice":"Zq7","opt_out_sale":"no","lspa_covered":"no"}"#, true),
    ] {
        let error = if shown {
            serde_json::from_str::<Decoded>(wrong).unwrap_err()
        } else {
            serde_json::from_str::<UsPrivacy>(wrong).unwrap_err()
        };
        assert!(
            !error.to_string().contains("Zq7") && !error.to_string().contains("2YN"),
            "{error}"
        );
    }
}

#[test]
fn the_header_has_one_value() {
    assert!(is_gpc("1"));
    for value in ["", "0", "true", "1 ", " 1", "1,1", "?1"] {
        assert!(!is_gpc(value), "{value:?}");
    }
}
