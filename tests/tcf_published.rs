//! Published TC strings, with what another implementation reads in them.

#![cfg(all(feature = "serde", feature = "tcf"))]

use std::fs;

use consent_string::Buffer;
use consent_string::tcf::{Decoded, TcString, TcStringRef, VendorsRef};

/// The text and the expected object of each line, as text; see `tests/data/README.md`.
fn samples() -> Vec<(String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/tcf-published.jsonl");
    let lines = fs::read_to_string(path).unwrap();
    let samples: Vec<_> = lines
        .lines()
        .map(|line| {
            let (text, expected) = line
                .strip_prefix(r#"{"text":""#)
                .and_then(|line| line.strip_suffix('}')?.split_once(r#"","expected":"#))
                .expect("two properties");
            (text.to_owned(), expected.to_owned())
        })
        .collect();
    assert_eq!(samples.len(), 14);
    samples
}

#[test]
fn published_strings_read_as_another_implementation_reads_them() {
    for (text, expected) in samples() {
        let consent: TcString = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        // The same properties in the same order: a comparison of text.
        assert_eq!(serde_json::to_string(&consent.decoded()).unwrap(), expected, "{text}");
        assert_eq!(consent.to_string(), text);
        let mut buffer = Buffer::new();
        let view = TcStringRef::parse(&text, &mut buffer).unwrap();
        assert_eq!(view.decoded(), consent.decoded(), "{text}");
        let object: Decoded = serde_json::from_str(&expected).unwrap();
        assert_eq!(object, consent.decoded(), "{text}");
        let composed = object.encode().unwrap();
        assert!(composed.says_the_same_as(&consent), "{text}");
        assert_eq!(composed, consent.to_builder().build().unwrap(), "{text}");
    }
}

#[test]
fn every_field_of_the_specifications_example() {
    fn ids(vendors: VendorsRef<'_>) -> String {
        vendors.to_set().to_string()
    }

    let text = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";
    let consent: TcString = text.parse().unwrap();
    assert_eq!(consent.created().to_string(), "2025-06-03T00:00:00.000Z");
    assert_eq!(consent.last_updated(), consent.created());
    assert_eq!((consent.cmp_id(), consent.cmp_version(), consent.consent_screen()), (880, 0, 0));
    assert_eq!(consent.consent_language().unwrap().as_str(), "EN");
    assert_eq!(consent.vendor_list_version(), 48);
    assert_eq!(consent.tcf_policy_version(), 2);
    assert!(consent.is_service_specific());
    assert!(!consent.use_non_standard_texts());
    assert!(consent.special_feature_opt_ins().is_empty());
    assert!(consent.purposes_consent().is_empty());
    assert!(consent.purposes_li().is_empty());
    assert!(!consent.purpose_one_treatment());
    assert_eq!(consent.publisher_country_code().unwrap().as_str(), "DE");
    assert_eq!(ids(consent.vendors_consent()), "1-4");
    assert_eq!(ids(consent.vendors_li()), "");
    assert_eq!(consent.publisher_restrictions().len(), 0);
    assert_eq!(consent.disclosed_vendors().map(ids).as_deref(), Some("1-5, 100, 404"));
    assert!(consent.allowed_vendors().is_none());
    assert_eq!(consent.publisher_tc(), Some(consent_string::tcf::PublisherTc::default()));
    // It is what this crate writes, too.
    assert_eq!(consent.to_builder().build().unwrap().as_str(), text);
}
