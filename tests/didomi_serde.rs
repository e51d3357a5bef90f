//! The JSON of a string: its exact shape, and everything that is not of it.

#![cfg(feature = "serde")]

use std::collections::BTreeMap;

use consent_string::didomi::{
    ConsentString, Decoded, PurposeId, Regulation, Section, Status, VendorId,
};
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
    assert_eq!(serde_json::to_string(&consent.decoded()).unwrap(), json);
    let again: Decoded = serde_json::from_str(json).unwrap();
    assert_eq!(again, consent.decoded());
    // JSON tells no bytes: the signature is put on by whoever knows that it fits.
    let unsigned = again.encode().unwrap();
    assert_eq!(unsigned, consent.without_signature());
    let signature = again.signature.as_deref().unwrap();
    assert_eq!(unsigned.with_signature(signature).unwrap().as_str(), PUBLISHED);
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
    let decoded: Decoded = serde_json::from_str(json).unwrap();
    let consent = decoded.encode().unwrap();
    assert_eq!(consent.regulation().unwrap().0, 65535);
    assert_eq!(consent.sync().unwrap().deciseconds(), 16_849_518_001);
    assert_eq!(serde_json::to_string(&consent.decoded()).unwrap(), json);
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
    let decoded: Decoded = serde_json::from_str(json).map_err(|error| error.to_string())?;
    decoded.encode().map_err(|error| error.to_string())
}

#[test]
fn what_may_be_left_out_is_none() {
    let consent = read(&object(1, "purposes", "{}")).unwrap();
    assert_eq!(consent.vendors().to_set().to_string(), "1");
    assert!(consent.purposes().says_nothing() && consent.vendors_li().says_nothing());
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
        (1, "version", r#""31337""#, "not a version, expected 1 or 2"),
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
        (1, "updated", "null", "not a time, expected the form"),
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
        (1, "vendors", r#"{"enabled":[null]}"#, id),
        (1, "vendors", r#"{"enabled":[[31337]]}"#, id),
        (1, "vendors", r#"{"enabled":[{"31337":1}]}"#, id),
        (1, "vendors", r#"{"enabled":"31337"}"#, "not a list"),
        (1, "vendors", r#"{"enabled":31337}"#, "not a list"),
        (1, "vendors", r#"{"enabled":-31337}"#, "not a list"),
        (1, "vendors", r#"{"enabled":3133.7}"#, "not a list"),
        (1, "vendors", r#"{"enabled":false}"#, "not a list"),
        (1, "vendors", r#"{"enabled":{"31337":true}}"#, "not a list"),
        (1, "vendors", r#"{"enabled":null}"#, "not a list"),
        (
            1,
            "vendors",
            r#"{"31337":[]}"#,
            "an unknown property, expected one of: enabled, disabled",
        ),
        (1, "vendors", r#"{"enabled":[],"enabled":[]}"#, "duplicate field `enabled`"),
        (1, "vendors", r#"{"enabled":[31337],"disabled":[31337]}"#, "both enabled and disabled"),
        (1, "vendors", "[31337]", "not an object"),
        (1, "vendors", "31337", "not an object"),
        (1, "vendors", r#""31337""#, "not an object"),
        (1, "vendors", "null", "not an object"),
        (1, "did", "31337", "not text"),
        (1, "did", r#"["31337"]"#, "not text"),
        (1, "did", r#""31337.""#, "did: a character that may not stand here"),
        (1, "ouid", r#""31337 31337""#, "ouid: a character that may not stand here"),
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
        ("[1]", "not an object"),
        ("null", "not an object"),
        ("", "not an object"),
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
    let value = serde_json::to_value(consent.decoded()).unwrap();
    assert_eq!(serde_json::from_value::<Decoded>(value).unwrap(), consent.decoded());
}

#[test]
fn a_string_is_its_text_in_every_format() {
    let consent: ConsentString = PUBLISHED.parse().unwrap();
    let json = format!("{PUBLISHED:?}");
    assert_eq!(serde_json::to_string(&consent).unwrap(), json);
    assert_eq!(serde_json::to_string(&consent.view()).unwrap(), json);
    assert_eq!(serde_json::from_str::<ConsentString>(&json).unwrap(), consent);
    let bytes = postcard::to_allocvec(&consent).unwrap();
    assert_eq!(postcard::from_bytes::<ConsentString>(&bytes).unwrap(), consent);
    assert_eq!(bytes, postcard::to_allocvec(PUBLISHED).unwrap());
    let query = serde_urlencoded::to_string([("dcs", &consent)]).unwrap();
    let read: Vec<(String, ConsentString)> = serde_urlencoded::from_str(&query).unwrap();
    assert_eq!(read, [("dcs".to_owned(), consent)]);
    for (json, expected) in [
        ("31337", "not text, expected a Didomi Consent String"),
        ("null", "not text, expected a Didomi Consent String"),
        (r#"{"31337":1}"#, "not text, expected a Didomi Consent String"),
        (r#""D313""#, "sections, version at bit 0 (character 1): version 3, expected 1 or 2"),
    ] {
        let error = serde_json::from_str::<ConsentString>(json).unwrap_err().to_string();
        assert!(error.contains(expected) && !error.contains("313"), "{error}");
    }
}

/// Each documented name of version 2 is read as the one of the samples is; both are too much.
#[test]
fn the_names_that_version_2_is_documented_with_are_read() {
    let names = [
        ("regulation", "regulation_id", "7"),
        ("purposes", "purposes_optin", r#"{"enabled":[1]}"#),
        ("purposes_li", "purposes_optout", r#"{"enabled":[2]}"#),
        ("vendors", "vendors_optin", r#"{"disabled":[3]}"#),
        ("vendors_li", "vendors_optout", r#"{"enabled":[4]}"#),
    ];
    let start = r#"{"version":2,"user_id":"1875afe1-461b-6b9f-9d66-700174abbffc",
        "created":"2023-04-12T18:10:00.000Z","updated":"2023-04-12T18:10:00.000Z""#;
    let with = |properties: &str| read(&format!("{start}{properties}}}"));
    let regulation = r#","regulation":7"#;
    for (sample, documented, value) in names {
        let more = if sample == "regulation" { "" } else { regulation };
        let one = with(&format!(r#"{more},"{sample}":{value}"#)).unwrap();
        let other = with(&format!(r#"{more},"{documented}":{value}"#)).unwrap();
        assert_eq!(one, other, "{documented}");
        assert_ne!(Some(&one), with(more).as_ref().ok(), "{documented} says something");
        for (first, second) in
            [(sample, documented), (documented, sample), (documented, documented)]
        {
            let both = format!(r#"{more},"{first}":{value},"{second}":{value}"#);
            let error = with(&both).unwrap_err();
            assert!(error.contains("duplicate field"), "{error}");
        }
    }
    let whole: Vec<String> =
        names.iter().map(|(_, name, value)| format!(r#","{name}":{value}"#)).collect();
    let whole = whole.concat();
    let consent = with(&whole).unwrap();
    assert_eq!(consent.regulation(), Some(Regulation(7)));
    assert!(consent.purposes().contains(PurposeId::new(1).unwrap()));
    assert!(consent.purposes_li().contains(PurposeId::new(2).unwrap()));
    assert_eq!(consent.vendors().status(VendorId::new(3).unwrap()), Status::Disabled);
    assert!(consent.vendors_li().contains(VendorId::new(4).unwrap()));
}

#[test]
fn ids_are_keys_of_maps_and_stand_in_query_strings() {
    let id = |number| VendorId::new(number).unwrap();
    let map = BTreeMap::from([(id(7), "a".to_owned()), (id(65535), "b".to_owned())]);
    let json = serde_json::to_string(&map).unwrap();
    assert_eq!(json, r#"{"7":"a","65535":"b"}"#);
    assert_eq!(serde_json::from_str::<BTreeMap<VendorId, String>>(&json).unwrap(), map);
    for key in ["0", "65536", "-1", "31337x", "+1", "", "1.0"] {
        let json = format!(r#"{{"{key}":"a"}}"#);
        let error = serde_json::from_str::<BTreeMap<VendorId, String>>(&json).unwrap_err();
        let error = error.to_string();
        // Behind the digits it is JSON's reader that expects the end of the key.
        let expected = ["not an ID, expected a number from 1 to 65535", "expected `\"`"];
        assert!(expected.iter().any(|expected| error.contains(expected)), "{key} {error}");
        assert!(!error.contains("31337"), "{error}");
    }

    let time: Timestamp = "2023-04-12T18:10:00.100Z".parse().unwrap();
    let query = Query { vendor: id(130), since: time };
    let text = serde_urlencoded::to_string(&query).unwrap();
    assert_eq!(text, "vendor=130&since=2023-04-12T18%3A10%3A00.100Z");
    assert_eq!(serde_urlencoded::from_str::<Query>(&text).unwrap(), query);
    for bad in ["vendor=0&since=31337", "vendor=31337x&since=x", "vendor=1&since=31337"] {
        let error = serde_urlencoded::from_str::<Query>(bad).unwrap_err().to_string();
        assert!(error.starts_with("not a") && !error.contains("31337"), "{error}");
    }
}

#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Query {
    vendor: VendorId,
    since: Timestamp,
}

/// Formats that don't describe themselves, too.
#[test]
fn every_value_goes_through_postcard() {
    fn through<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(
        value: &T,
    ) -> usize {
        let bytes = postcard::to_allocvec(value).unwrap();
        assert_eq!(postcard::from_bytes::<T>(&bytes).unwrap(), *value);
        bytes.len()
    }
    let consent: ConsentString = PUBLISHED.parse().unwrap();
    through(&VendorId::MAX);
    through(&consent.vendors().to_set());
    through(&consent.purposes().to_section());
    through(&consent.decoded());
    assert!(through(&consent.created()) <= 6, "deciseconds, no text");
    for bytes in [[0, 0, 0], [0xFF, 0xFF, 0x7F]] {
        assert!(postcard::from_bytes::<PurposeId>(&bytes).is_err());
    }
    let late = postcard::to_allocvec(&(1_u64 << 36)).unwrap();
    assert!(postcard::from_bytes::<Timestamp>(&late).is_err());
}
