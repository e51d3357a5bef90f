//! The JSON form of a TC string: what it refuses.

#![cfg(all(feature = "serde", feature = "tcf"))]

use consent_string::tcf::{Decoded, TcString};
use serde_json::{Value, json};

const TEXT: &str = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";

fn object() -> Value {
    serde_json::to_value(TEXT.parse::<TcString>().unwrap().decoded()).unwrap()
}

/// The string of an object, or what is wrong with it.
fn string(object: Value) -> Result<TcString, String> {
    let decoded: Decoded = serde_json::from_value(object).map_err(|error| error.to_string())?;
    decoded.encode().map_err(|error| error.to_string())
}

#[test]
fn a_string_is_its_text() {
    let consent: TcString = TEXT.parse().unwrap();
    assert_eq!(serde_json::to_value(&consent).unwrap(), json!(TEXT));
    assert_eq!(serde_json::to_value(consent.view()).unwrap(), json!(TEXT));
    assert_eq!(serde_json::from_value::<TcString>(json!(TEXT)).unwrap(), consent);
    for other in [json!(1), json!(null), json!([TEXT]), object()] {
        let error = serde_json::from_value::<TcString>(other).unwrap_err().to_string();
        assert!(error.contains("expected a TC string") && !error.contains("CQSb"), "{error}");
    }
    // A text that is none says what is wrong with it, and where.
    let error = serde_json::from_value::<TcString>(json!(&TEXT[..30])).unwrap_err().to_string();
    assert_eq!(error, TEXT[..30].parse::<TcString>().unwrap_err().to_string());
}

#[test]
fn an_object_goes_both_ways() {
    let consent: TcString = TEXT.parse().unwrap();
    assert_eq!(string(object()).as_ref(), Ok(&consent));
    assert_eq!(consent.decoded(), consent.view().decoded());
    assert_eq!(consent.decoded().encode(), Ok(consent));
}

#[test]
fn what_no_string_can_say_is_refused() {
    let publisher_tc = |count: u64, custom: u64| {
        json!({
            "purposes_consent": [], "purposes_li": [], "custom_purposes_count": count,
            "custom_purposes_consent": [custom], "custom_purposes_li": [],
        })
    };
    let restriction = |purpose: u64, kind: u64, vendor: u64| json!([{"purpose": purpose, "type": kind, "vendors": [vendor]}]);
    let cases = [
        ("version", json!(1), "expected 2"),
        ("version", json!("2"), "expected 2"),
        ("created", json!("2025-06-03"), "not a time"),
        ("created", json!("2187-10-06T10:21:13.600Z"), "not a time"),
        ("cmp_id", json!(4096), "cmp_id: out of range, expected at most 4095"),
        ("cmp_id", json!(-1), "expected one of 16 bits"),
        ("consent_screen", json!(64), "consent_screen: out of range, expected at most 63"),
        ("consent_language", json!("E1"), "not a two-letter code"),
        ("is_service_specific", json!(1), "expected true or false"),
        ("special_feature_opt_ins", json!([13]), "from 1 to 12"),
        ("purposes_consent", json!([25]), "from 1 to 24"),
        ("purposes_li", json!([0]), "from 1 to 24"),
        ("vendors_consent", json!([65536]), "from 1 to 65535"),
        ("vendors_li", json!([1.5]), "from 1 to 65535"),
        ("publisher_restrictions", restriction(25, 0, 1), "from 1 to 24"),
        ("publisher_restrictions", restriction(1, 4, 1), "not a restriction type"),
        ("publisher_restrictions", restriction(1, 0, 0), "from 1 to 65535"),
        ("publisher_tc", publisher_tc(64, 1), "custom_purposes_count: out of range"),
        ("publisher_tc", publisher_tc(2, 3), "custom_purposes_consent: out of range"),
        ("unknown", json!(null), "an unknown property"),
    ];
    for (key, value, expected) in cases {
        let mut object = object();
        object[key] = value;
        let error = string(object).unwrap_err();
        assert!(error.contains(expected), "{key}: {error}");
    }
}

#[test]
fn only_the_segments_may_be_left_out() {
    let whole = object();
    for key in whole.as_object().unwrap().keys() {
        let mut object = whole.clone();
        object.as_object_mut().unwrap().remove(key);
        let read = string(object);
        match key.as_str() {
            "disclosed_vendors" => assert!(read.unwrap().disclosed_vendors().is_none()),
            "allowed_vendors" => assert!(read.unwrap().allowed_vendors().is_none()),
            "publisher_tc" => assert_eq!(read.unwrap().publisher_tc(), None),
            // Letters that are none are `null`, which no string can be written of.
            "consent_language" | "publisher_country_code" => {
                assert_eq!(read.unwrap_err(), format!("{key}: missing, expected a value"));
            }
            _ => {
                let error = read.unwrap_err();
                assert!(error.contains("missing field") && error.contains(key), "{key}: {error}");
            }
        }
    }
}

#[test]
fn sets_are_read_in_any_order() {
    let mut object = object();
    object["vendors_consent"] = json!([4, 1, 3, 2, 2]);
    let consent = string(object).unwrap();
    assert_eq!(consent.vendors_consent().to_set().to_string(), "1-4");
    let again = serde_json::to_value(consent.decoded()).unwrap();
    assert_eq!(again["vendors_consent"], json!([1, 2, 3, 4]));
}

/// Found by the fuzz target `json_in`: what serde derives shows the names and values that it
/// refuses.
#[test]
fn errors_of_tc_strings_from_json_show_nothing_of_it() {
    let marker = "a-marker-that-no-message-may-ever-contain";
    let show = |object: Value| string(object).unwrap_err();
    let mut whole = object();
    whole["publisher_restrictions"] = json!([{"purpose": 1, "type": 0, "vendors": [1]}]);
    whole["publisher_tc"] = json!({
        "purposes_consent": [], "purposes_li": [], "custom_purposes_count": 0,
        "custom_purposes_consent": [], "custom_purposes_li": [],
    });
    assert!(string(whole.clone()).is_ok());
    for path in ["", "/publisher_tc", "/publisher_restrictions/0"] {
        let part = whole.pointer(path).unwrap().as_object().unwrap();
        for key in part.keys().map(String::as_str).chain([marker]) {
            let mut object = whole.clone();
            object.pointer_mut(path).unwrap()[key] = json!(marker);
            let error = show(object);
            assert!(!error.contains(marker), "{path}/{key}: {error}");
        }
    }
    assert!(!show(json!(marker)).contains(marker));
    assert!(!show(json!([marker])).contains(marker));
}
