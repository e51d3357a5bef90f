//! The JSON of a string: its exact shape, and everything that is not of it.

#![cfg(feature = "serde")]

use consent_string::didomi::{ConsentString, Section};
use consent_string::didomi::{PurposeId, VendorId};
use consent_string::{IdSet, Timestamp};

const PUBLISHED: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA\
    .AQAACAFkVONkgUIavQPm~CAISHAgCEhJnd3NfMjAyMzA0MDYtMF9SQzEaAmVuIAEaBgiAo82hBg";

#[test]
fn the_published_string_is_this_json() {
    let consent: ConsentString = PUBLISHED.parse().unwrap();
    let json = concat!(
        r#"{"version":1,"user_id":"1875afe1-461b-6b9f-9d66-700174abbffc","#,
        r#""created":"2023-04-12T18:10:00.000Z","updated":"2023-04-12T18:10:00.000Z","#,
        r#""regulation":null,"sync":null,"#,
        r#""purposes":{"enabled":[1,2,6,7,8],"disabled":[3,4]},"#,
        r#""purposes_li":{"enabled":[1,2,6,7,8],"disabled":[3,4]},"#,
        r#""vendors":{"enabled":[128,129,130,131,132],"disabled":[]},"#,
        r#""vendors_li":{"enabled":[128,129,130,131,132],"disabled":[]},"#,
        r#""did":"AQAACAFkVONkgUIavQPm","ouid":null,"#,
        r#""signature":"CAISHAgCEhJnd3NfMjAyMzA0MDYtMF9SQzEaAmVuIAEaBgiAo82hBg"}"#,
    );
    assert_eq!(serde_json::to_string(&consent).unwrap(), json);
    let again: ConsentString = serde_json::from_str(json).unwrap();
    assert_eq!((again.to_string(), again), (PUBLISHED.to_owned(), consent));
}

#[test]
fn version_2_has_a_regulation_and_may_have_a_sync_date() {
    let json = concat!(
        r#"{"version":2,"user_id":"00000000-0000-0000-0000-000000000000","#,
        r#""created":"1970-01-01T00:00:00.000Z","updated":"2187-10-06T10:21:13.500Z","#,
        r#""regulation":65535,"sync":"2023-05-24T18:10:00.100Z","#,
        r#""purposes":{"enabled":[],"disabled":[]},"purposes_li":{"enabled":[],"disabled":[]},"#,
        r#""vendors":{"enabled":[],"disabled":[65535]},"vendors_li":{"enabled":[],"disabled":[]},"#,
        r#""did":null,"ouid":"a/b","signature":null}"#,
    );
    let consent: ConsentString = serde_json::from_str(json).unwrap();
    assert_eq!(consent.regulation().unwrap().0, 65535);
    assert_eq!(consent.sync().unwrap().deciseconds(), 16_849_518_001);
    assert_eq!(serde_json::to_string(&consent).unwrap(), json);
}

/// An object with one property replaced, or put in at the end.
fn object(version: u8, property: &str, value: &str) -> String {
    let regulation = if version == 2 { "1" } else { "null" };
    let mut properties = vec![
        ("version", if version == 2 { "2" } else { "1" }),
        ("user_id", r#""1875afe1-461b-6b9f-9d66-700174abbffc""#),
        ("created", r#""2023-04-12T18:10:00.000Z""#),
        ("updated", r#""2023-04-12T18:10:00.000Z""#),
        ("regulation", regulation),
        ("vendors", r#"{"enabled":[1]}"#),
        ("did", "null"),
    ];
    match properties.iter_mut().find(|(name, _)| *name == property) {
        Some((_, old)) => *old = value,
        None => properties.push((property, value)),
    }
    // A value of nothing leaves the property out.
    let properties = properties.iter().filter(|(_, value)| !value.is_empty());
    let properties: Vec<_> =
        properties.map(|(name, value)| format!(r#""{name}":{value}"#)).collect();
    format!("{{{}}}", properties.join(","))
}

fn read(json: &str) -> Result<ConsentString, String> {
    serde_json::from_str(json).map_err(|error| error.to_string())
}

#[test]
fn what_may_be_left_out_is_none() {
    let consent = read(&object(1, "purposes", "{}")).unwrap();
    assert_eq!(consent.vendors().enabled().to_string(), "1");
    assert!(consent.purposes().is_empty() && consent.vendors_li().is_empty());
    assert_eq!((consent.did(), consent.ouid(), consent.signature()), (None, None, None));
    for (version, property, value) in [
        (1, "regulation", ""),
        (1, "sync", "null"),
        (2, "sync", "null"),
        (1, "did", r#""""#),
        (1, "vendors", r#"{"disabled":[3,2,2],"enabled":[1]}"#),
        (1, "updated", r#""2023-04-12T18:10:00Z""#),
    ] {
        read(&object(version, property, value)).unwrap();
    }
}

#[test]
fn what_is_not_of_the_shape_is_an_error_that_says_what_was_expected() {
    let id = "not an ID, expected a number from 1 to 65535";
    let unknown = "an unknown property, expected one of: ";
    let cases = [
        (1, "version", "3", "not a version, expected 1 or 2"),
        (1, "version", r#""1""#, "not a version, expected 1 or 2"),
        (1, "version", "257", "not a version, expected 1 or 2"),
        (1, "version", "", "missing field `version`"),
        (1, "user_id", "", "missing field `user_id`"),
        (1, "created", "", "missing field `created`"),
        (1, "updated", "", "missing field `updated`"),
        (1, "user_id", r#""31337""#, "user_id: not a UUID, expected its text form"),
        (1, "user_id", "31337", "user_id: not a UUID, expected its text form"),
        (1, "created", r#""2023-02-29T31:33:07Z""#, "not a time, expected the form"),
        (1, "created", r#""2023-04-12T18:10:00.050Z""#, "not a time, expected the form"),
        (1, "created", r#""2187-10-06T10:21:13.600Z""#, "not a time, expected the form"),
        (1, "updated", "1681323000", "not a time, expected the form"),
        (1, "updated", "null", "invalid type: null"),
        (1, "regulation", "1", "regulation: given, but this version has no place for it"),
        (1, "sync", r#""2023-04-12T18:10:00Z""#, "sync: given, but this version has no place"),
        (2, "regulation", "null", "regulation: missing, expected a value"),
        (2, "regulation", "", "regulation: missing, expected a value"),
        (2, "regulation", "65536", "not a regulation, expected a number from 0 to 65535"),
        (2, "regulation", "-1", "not a regulation, expected a number from 0 to 65535"),
        (2, "sync", "true", "not a time, expected the form"),
        (1, "vendors", r#"{"enabled":[0]}"#, id),
        (1, "vendors", r#"{"enabled":[65536]}"#, id),
        (1, "vendors", r#"{"enabled":[-31337]}"#, id),
        (1, "vendors", r#"{"enabled":[1.5]}"#, id),
        (1, "vendors", r#"{"enabled":[1e2]}"#, id),
        (1, "vendors", r#"{"enabled":["31337"]}"#, id),
        (1, "vendors", r#"{"enabled":[true]}"#, id),
        (1, "vendors", r#"{"enabled":[null]}"#, "invalid type: null"),
        (1, "vendors", r#"{"enabled":[[31337]]}"#, "invalid type: sequence"),
        (1, "vendors", r#"{"enabled":[{"31337":1}]}"#, "invalid type: map"),
        (1, "vendors", r#"{"enabled":"31337"}"#, "not a list"),
        (1, "vendors", r#"{"enabled":31337}"#, "not a list"),
        (1, "vendors", r#"{"enabled":-31337}"#, "not a list"),
        (1, "vendors", r#"{"enabled":3133.7}"#, "not a list"),
        (1, "vendors", r#"{"enabled":false}"#, "not a list"),
        (1, "vendors", r#"{"enabled":{"31337":true}}"#, "invalid type: map"),
        (1, "vendors", r#"{"enabled":null}"#, "invalid type: null"),
        (
            1,
            "vendors",
            r#"{"31337":[]}"#,
            "an unknown property, expected one of: enabled, disabled",
        ),
        (1, "vendors", r#"{"enabled":[],"enabled":[]}"#, "duplicate field `enabled`"),
        (1, "vendors", r#"{"enabled":[31337],"disabled":[31337]}"#, "both enabled and disabled"),
        (1, "vendors", "[31337]", "invalid type: sequence"),
        (1, "vendors", "31337", "not an object"),
        (1, "vendors", r#""31337""#, "not an object"),
        (1, "vendors", "null", "invalid type: null"),
        (1, "did", "31337", "not text"),
        (1, "did", r#"["31337"]"#, "invalid type: sequence"),
        (1, "did", r#""31337.""#, "did: a character that may not stand here"),
        (1, "ouid", r#""31337 31337""#, "ouid: a character that may not stand here"),
        (1, "signature", r#""31337~31337""#, "signature: a character that may not stand here"),
        (1, "31337", "1", unknown),
        (1, "Vendors", "{}", unknown),
        (1, r#"updated":"2023-04-12T18:10:00Z","updated"#, r#""""#, "duplicate field `updated`"),
    ];
    for (version, property, value, expected) in cases {
        let json = object(version, property, value);
        let error = read(&json).expect_err(&json);
        assert!(error.contains(expected), "{error}\n{json}");
        assert!(!error.contains("31337") && !error.contains("313"), "shows the input: {error}");
        // Of the object as a whole, the field is the place.
        let whole = expected.starts_with(&format!("{property}: ")) && property != "user_id";
        assert_eq!(error.contains("at line 1 column "), !whole, "says where: {error}");
    }
}

#[test]
fn what_is_no_object_or_no_json_is_an_error() {
    let deep = "[".repeat(100_000);
    let nested = object(1, "vendors", &format!("{{\"enabled\":{deep}"));
    let cases = [
        ("31337", "not an object"),
        (r#""31337""#, "not an object"),
        ("3133.7", "not an object"),
        ("[1]", "invalid type: sequence"),
        ("null", "invalid type: null"),
        ("", "EOF"),
        ("{", "EOF"),
        ("{31337", "key must be a string"),
        (&deep, ""),
        (&nested, ""),
    ];
    for (json, expected) in cases {
        let error = read(json).unwrap_err();
        assert!(error.contains(expected) && !error.contains("31337"), "{error}");
    }
    let twice = format!("{0} {0}", object(1, "did", "null"));
    assert!(read(&twice).unwrap_err().contains("trailing characters"));
}

#[test]
fn the_parts_have_a_shape_of_their_own() {
    let set: IdSet<VendorId> = serde_json::from_str("[9, 1, 2, 2]").unwrap();
    assert_eq!(serde_json::to_string(&set).unwrap(), "[1,2,9]");
    let section: Section<PurposeId> = serde_json::from_str(r#"{"disabled":[4]}"#).unwrap();
    let json = serde_json::to_string(&section).unwrap();
    assert_eq!(json, r#"{"enabled":[],"disabled":[4]}"#);
    let id: PurposeId = serde_json::from_str("65535").unwrap();
    assert_eq!(serde_json::to_string(&id).unwrap(), "65535");
    let time: Timestamp = serde_json::from_str(r#""2023-04-12T18:10:00.1Z""#).unwrap();
    assert_eq!(serde_json::to_string(&time).unwrap(), r#""2023-04-12T18:10:00.100Z""#);
    // Through a `Value`, too.
    let consent: ConsentString = PUBLISHED.parse().unwrap();
    let value = serde_json::to_value(&consent).unwrap();
    assert_eq!(serde_json::from_value::<ConsentString>(value).unwrap(), consent);
}
