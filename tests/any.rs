//! Strings of whichever format: which error a bad text has, and the objects of all formats.

#![cfg(all(feature = "ac", feature = "gpp", feature = "json", feature = "tcf", feature = "token"))]

use consent_string::Format;
use consent_string::any::{AnyString, Decoded, DiffError, JsonErrorKind, StringError};
use serde_json::{Value, json};

const DIDOMI: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
const TC: &str = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";
const GPP: &str = "DBACNY~CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA~1YNN";

/// The object of a string.
fn object(text: &str) -> Value {
    serde_json::to_value(text.parse::<AnyString>().unwrap().decoded()).unwrap()
}

#[test]
fn two_strings_of_one_format_are_compared() {
    let read = |text: &str| text.parse::<AnyString>().unwrap();
    let error = |one: &str, other: &str| read(one).diff(&read(other)).unwrap_err();
    assert!(read(TC).diff(&read(TC)).unwrap().is_empty());
    assert!(!read("1YNN").diff(&read("1YYN")).unwrap().is_empty());
    assert_eq!(error("1~35", "1~35"), DiffError::NotCompared { format: Format::Ac });
    let formats = [Format::Tcf, Format::Didomi];
    assert_eq!(error(TC, DIDOMI), DiffError::DifferentFormats { formats });
    assert_eq!(
        error("1~35", TC),
        DiffError::DifferentFormats { formats: [Format::Ac, Format::Tcf] }
    );
}

#[test]
fn the_error_of_a_bad_text_is_that_of_the_format_that_got_furthest() {
    let wrong_at = |text: &str, at: usize| format!("{}!{}", &text[..at], &text[at + 1..]);
    let cases = [
        // The first character is wrong for all others, and the length for a US Privacy string.
        ("!".to_owned(), Format::Didomi, Some(0)),
        (wrong_at(DIDOMI, 1), Format::Didomi, Some(1)),
        (format!("{TC}.IDKQA4AAgAKAGQAygAAA"), Format::Tcf, Some(79)),
        (wrong_at(GPP, 3), Format::Gpp, Some(3)),
        ("1YXN".to_owned(), Format::UsPrivacy, Some(2)),
        ("2~1.x".to_owned(), Format::Ac, Some(4)),
    ];
    for (text, expected, place) in cases {
        match text.parse::<AnyString>() {
            Err(error @ StringError::Refused { format, .. }) => {
                assert_eq!((format, error.char_offset()), (expected, place), "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn the_object_of_each_format_reads_back() {
    let texts = [DIDOMI, TC, GPP, "1YNN", "2~1.35.41~dv.9"];
    for text in texts {
        let mut object = object(text);
        let decoded = Decoded::from_json(&object.to_string(), None).unwrap();
        assert_eq!(decoded.encode_with_signature().unwrap().to_string(), text);
        // As well where its properties have to tell the format.
        object.as_object_mut().unwrap().remove("format");
        let told = Decoded::from_json(&object.to_string(), None).unwrap();
        assert_eq!(told, decoded, "{text}");
    }
}

#[test]
fn what_is_wrong_with_an_object_is_told_without_showing_it() {
    let cases = [
        (DIDOMI, "created", json!("secret"), "not a time"),
        (DIDOMI, "vendors", json!("secret"), "not an object"),
        (TC, "purposes_consent", json!([25]), "expected a number from 1 to 24"),
        (TC, "vendors_li", json!([1.5]), "from 1 to 65535"),
        (TC, "cmp_id", json!(-1), "expected one of 16 bits"),
        (TC, "consent_language", json!({"secret": []}), "expected"),
        (GPP, "sections", json!([[[[[[[[[["secret"]]]]]]]]]]), "deeper than expected"),
        ("1YNN", "notice", json!(null), "expected"),
        ("2~1.35~dv.9", "consented", json!([{"secret": 1}]), "expected"),
    ];
    for (text, property, value, message) in cases {
        let mut object = object(text);
        object[property] = value;
        let error = Decoded::from_json(&object.to_string(), None).unwrap_err();
        assert_eq!(error.kind(), JsonErrorKind::InvalidValue, "{property}");
        let error = error.to_string();
        assert!(error.contains(message) && !error.contains("secret"), "{property}: {error}");
    }
}
