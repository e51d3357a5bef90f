//! Explanations of all strings of the data files, good and refused.

#![cfg(all(
    feature = "ac",
    feature = "gpp",
    feature = "json",
    feature = "token",
    feature = "explain"
))]

#[allow(unreachable_pub, dead_code)]
#[path = "../fuzz/src/explain.rs"]
mod laws;
#[path = "support/vectors.rs"]
mod vectors;

use base64::Engine;
use consent_string::Format;
use consent_string::explain::{Explanation, Mark, Options, Span, Value, explain};
use consent_string::gpp::{CanadaForm, TcfCanadaBuilder};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const FILES: [&str; 6] = [
    "didomi-accepted.jsonl",
    "didomi-canonical.jsonl",
    "didomi-published.jsonl",
    "didomi-refused.jsonl",
    "tcf-published.jsonl",
    "gpp-published.jsonl",
];

/// All texts of a file that are strings of some format, or were meant to be.
fn texts(file: &str) -> Vec<String> {
    let rows: Vec<Json> = vectors::rows(file);
    let text = |row: &Json| {
        ["string", "text"].iter().find_map(|name| Some(row.get(name)?.as_str()?.to_owned()))
    };
    let texts: Vec<String> = rows.iter().filter_map(text).collect();
    assert!(!texts.is_empty(), "{file}");
    texts
}

#[test]
fn the_laws_hold_for_all_strings_of_the_data_files() {
    for file in FILES {
        for text in texts(file) {
            println!("{file}: {text}");
            laws::laws(text.as_bytes());
        }
    }
}

#[test]
fn the_laws_hold_for_cut_and_changed_strings() {
    for file in ["didomi-published.jsonl", "tcf-published.jsonl", "gpp-published.jsonl"] {
        for text in texts(file).iter().filter(|text| text.len() < 200).take(4) {
            let changes = ["A", "_", "8", ".", "~", "=", "\u{e4}"];
            let places = (0..text.len()).filter(|&at| text.is_char_boundary(at));
            for (at, change) in places.step_by(2).zip(changes.into_iter().cycle()) {
                println!("{text} at {at}");
                laws::laws(&text.as_bytes()[..at]);
                let mut changed = text.clone();
                let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
                changed.replace_range(at..end, change);
                laws::laws(changed.as_bytes());
            }
        }
    }
}

fn find<'e>(explanation: &'e Explanation, path: &str) -> &'e Span {
    let found = explanation.spans.iter().find(|span| span.path == path);
    found.unwrap_or_else(|| panic!("{path} is among the spans"))
}

#[test]
fn a_published_string_is_explained_field_by_field() {
    let explanation = explain("BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA");
    assert_eq!(explanation.error, None);
    // Path, first bit, bits, what it says, how the rule is known.
    let expected = [
        ("version", 0, 6, "1", Mark::Documented),
        ("user_id", 6, 128, "1875afe1-461b-6b9f-9d66-700174abbffc", Mark::Documented),
        ("created", 134, 36, "2023-04-12T18:10:00.000Z", Mark::Seen),
        ("purposes.encoding", 206, 2, "bit field", Mark::Seen),
        ("purposes.number_of_ids", 209, 16, "8 IDs", Mark::Documented),
        ("purposes.statuses[1]", 225, 2, "purpose 1: enabled", Mark::Documented),
        ("purposes.statuses[3]", 229, 2, "purpose 3: disabled", Mark::Documented),
        ("purposes.statuses[5]", 233, 2, "purpose 5: undefined", Mark::Documented),
        ("vendors.encoding", 276, 2, "Fibonacci ranges", Mark::Seen),
        ("vendors.number_of_ranges", 282, 16, "1 range", Mark::Seen),
        ("vendors.ranges[0].start", 298, 11, "vendor 128", Mark::Documented),
        ("vendors.ranges[0].number_of_ids", 309, 5, "5 IDs", Mark::Documented),
    ];
    for (path, bit, bits, text, mark) in expected {
        let span = find(&explanation, path);
        assert_eq!((span.bit, span.bits), (bit, bits), "{path}");
        assert_eq!((span.text.as_deref(), span.mark), (Some(text), mark), "{path}");
    }
    assert_eq!(find(&explanation, "fill").bits, 8);
    assert_eq!(find(&explanation, "version").described, "The header");
}

#[test]
fn ranges_and_a_synchronization_of_a_didomi_string_are_explained() {
    use consent_string::IdSet;
    use consent_string::didomi::{
        ConsentString, EncodeOptions, Encoding, Regulation, Section, SectionKind, VendorId, Version,
    };
    let vendors: IdSet<VendorId> = [3, 7, 8, 9].into_iter().filter_map(VendorId::new).collect();
    let builder = ConsentString::builder(Version::V2)
        .user_id("1875afe1-461b-6b9f-9d66-700174abbffc".parse().unwrap())
        .created("2023-04-12T18:10:00Z".parse().unwrap())
        .regulation(Regulation::GDPR)
        .vendors(Section::from_sets(vendors, IdSet::new()).unwrap());
    let ranges = EncodeOptions::new().force(SectionKind::Vendors, Encoding::Ranges);
    let text = |builder: consent_string::didomi::Builder| {
        builder.build_with(&ranges).unwrap().as_str().to_owned()
    };

    let never = text(builder.clone());
    laws::laws(never.as_bytes());
    let never = explain(&never);
    let flag = find(&never, "sync_flag");
    assert_eq!((flag.bit, flag.bits, flag.text.as_deref()), (222, 1, Some("no")));
    assert_eq!(flag.mark, Mark::Seen);
    assert!(never.spans.iter().all(|span| span.path != "sync"));

    let text = text(builder.sync(Some("2024-01-01T00:00:00Z".parse().unwrap())));
    laws::laws(text.as_bytes());
    let explanation = explain(&text);
    for (path, bit, bits, text, mark) in [
        ("sync_flag", 222, 1, "yes", Mark::Inferred),
        ("sync", 223, 36, "2024-01-01T00:00:00.000Z", Mark::Inferred),
        ("vendors.encoding", 297, 2, "16-bit ranges", Mark::Seen),
        ("vendors.statuses", 299, 4, "enabled IDs; others undefined", Mark::Seen),
        ("vendors.number_of_ranges", 303, 16, "2 ranges", Mark::Documented),
        ("vendors.ranges[0].is_single", 319, 1, "yes", Mark::Documented),
        ("vendors.ranges[0].start", 320, 16, "vendor 3", Mark::Documented),
        ("vendors.ranges[1].is_single", 336, 1, "no", Mark::Documented),
        ("vendors.ranges[1].start", 337, 16, "vendor 7", Mark::Documented),
        ("vendors.ranges[1].end", 353, 16, "vendor 9", Mark::Documented),
    ] {
        let span = find(&explanation, path);
        assert_eq!((span.bit, span.bits), (bit, bits), "{path}");
        assert_eq!((span.text.as_deref(), span.mark), (Some(text), mark), "{path}");
    }
}

#[test]
fn a_signature_behind_a_dot_is_seen_and_all_other_tokens_are_documented() {
    let sections = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
    for (frame, signature) in
        [(".D.O.S", Mark::Seen), (".D.O~S", Mark::Documented), ("~S", Mark::Documented)]
    {
        let explanation = explain(&format!("{sections}{frame}"));
        for span in &explanation.spans {
            match &*span.path {
                "did" | "ouid" => assert_eq!(span.mark, Mark::Documented, "{frame}: {}", span.path),
                "signature" => assert_eq!(span.mark, signature, "{frame}"),
                _ => assert_eq!(span.segment, "sections"),
            }
        }
        assert_eq!(find(&explanation, "signature").text.as_deref(), Some("S"));
    }
}

#[test]
fn a_tc_string_is_explained_segment_by_segment() {
    use consent_string::IdSet;
    use consent_string::tcf::{
        PublisherTc, PurposeId, RestrictionType, SmallSet, TcString, VendorId,
    };
    let vendors = |ids: &[u16]| -> IdSet<VendorId> {
        ids.iter().filter_map(|&id| VendorId::new(id)).collect()
    };
    let on = PurposeId::new(2).unwrap();
    let consent = TcString::builder("2024-01-01T00:00:00Z".parse().unwrap())
        .vendors_consent(vendors(&[3, 700, 701, 702]))
        .restrict(on, RestrictionType::RequireLegitimateInterest, vendors(&[8]))
        .disclosed_vendors(vendors(&[1, 900]))
        .allowed_vendors(vendors(&[2]))
        .publisher_tc(PublisherTc::new(SmallSet::EMPTY, SmallSet::EMPTY))
        .build()
        .unwrap();
    laws::laws(consent.as_str().as_bytes());
    let explanation = explain(consent.as_str());
    for (path, bits, text, value) in [
        ("created", 36, "2024-01-01T00:00:00.000Z", None),
        ("purposes_consent[2]", 1, "purpose 2: no", None),
        ("vendors_consent.ranges[0].is_range", 1, "no", None),
        ("vendors_consent.ranges[0].start", 16, "vendor 3", Some(3)),
        ("vendors_consent.ranges[1].is_range", 1, "yes", None),
        ("vendors_consent.ranges[1].start", 16, "vendor 700", Some(700)),
        ("vendors_consent.ranges[1].end", 16, "vendor 702", Some(702)),
        ("publisher_restrictions.restrictions[0].type", 2, "require legitimate interest", Some(2)),
        ("disclosed_vendors.ranges[1].start", 16, "vendor 900", Some(900)),
        ("allowed_vendors.bits[2]", 1, "vendor 2: yes", None),
    ] {
        let span = find(&explanation, path);
        assert_eq!((span.bits, span.text.as_deref()), (bits, Some(text)), "{path}");
        if let Some(number) = value {
            assert_eq!(span.value, Value::Number(number), "{path}");
        }
    }
    // Each segment has its own part of the specification.
    for (segment, number, described) in [
        ("disclosed_vendors", 1, "Disclosed Vendors"),
        ("allowed_vendors", 2, "Allowed Vendors"),
        ("publisher_tc", 3, "Publisher Purposes Transparency and Consent"),
    ] {
        let of_segment = |path: &str| {
            let mut spans = explanation.spans.iter();
            spans.find(|span| span.segment == segment && span.path == path).expect(segment)
        };
        let kind = of_segment("segment_type");
        assert_eq!((kind.bit, kind.bits), (0, 3), "{segment}");
        assert_eq!((&kind.value, kind.described), (&Value::Number(number), described));
        assert_eq!(of_segment("fill").described, "Creating a TC String");
    }

    // A segment of no type that is known is told up to its type.
    let core = consent.as_str().split('.').next().unwrap();
    let refused = explain(&format!("{core}.gAAA"));
    let kind = find(&refused, "segment_type");
    assert_eq!((kind.bit, kind.bits, &kind.value), (0, 3, &Value::Number(4)));
    assert_eq!(kind.error.expect("the fault").kind_name(), "unknown_segment_type");
}

#[test]
fn an_inferred_code_is_marked_as_such() {
    use consent_string::{any, didomi};
    let rows: Vec<Json> = vectors::rows("didomi-accepted.jsonl");
    let accept = didomi::DecodeOptions::new().inferred_codes(didomi::InferredCodes::Accept);
    let options = Options::new().decode(any::DecodeOptions::new().didomi(accept));
    let texts = rows.iter().filter_map(|row| row.get("string")?.as_str());
    let mut seen = std::collections::BTreeSet::new();
    for text in texts {
        for span in options.explain(text, Some(Format::Didomi)).spans {
            if span.bits == 4 && span.path.ends_with(".statuses") {
                let mark = match &*span.raw {
                    "0000" => Mark::Seen,
                    "1100" => Mark::Documented,
                    _ => Mark::Inferred,
                };
                assert_eq!(span.mark, mark, "{}", span.raw);
                seen.insert(span.raw);
            }
        }
    }
    assert!(seen.len() >= 3, "{seen:?}");
}

/// A TC string of a hundred vendors, each second one, as a bit field or as ranges.
fn many_vendors() -> String {
    use consent_string::tcf::{TcString, VendorId};
    let vendors = (1..=200).step_by(2).filter_map(VendorId::new);
    let builder = TcString::builder(consent_string::Timestamp::from_deciseconds(0).unwrap());
    builder.vendors_consent(vendors.collect()).build().unwrap().to_string()
}

#[test]
fn a_long_bit_field_is_one_span_unless_all_is_asked_for() {
    let text = many_vendors();
    let folded = explain(&text);
    let bits = find(&folded, "vendors_consent.bits");
    assert_eq!(bits.bits, 199);
    let Value::Ids(ids) = &bits.value else { panic!("a folded bit field has IDs") };
    assert!(ids.starts_with("1, 3, 5, ") && ids.ends_with(", 199"));
    let all = Options::new().all(true).explain(&text, None);
    assert_eq!(find(&all, "vendors_consent.bits[199]").value, Value::Flag(true));
    assert_eq!(find(&all, "vendors_consent.bits[198]").value, Value::Flag(false));
}

#[test]
fn the_json_has_the_keys_of_the_command() {
    let json = serde_json::to_value(explain("1YXN")).unwrap();
    let error = json!({
        "error": "us_privacy, opt_out_sale at bit 16 (character 3): \
                  a character that may not stand here, expected Y, N or -",
        "kind": "unexpected_character", "segment": "us_privacy", "bit": 16,
    });
    let span = |path: &str, bit: u32, raw: &str, value: Json, text: Json, error: Json| {
        json!({
            "path": path, "segment": "us_privacy", "bit": bit, "bits": 8, "raw": raw,
            "value": value, "text": text, "mark": "specified", "error": error,
        })
    };
    let null = || Json::Null;
    let spans = [
        span("version", 0, "00110001", json!(1), json!("1"), null()),
        span("notice", 8, "01011001", json!("yes"), json!("yes"), null()),
        span("opt_out_sale", 16, "01011000", null(), null(), error.clone()),
        span("unread", 24, "01001110", null(), null(), null()),
    ];
    let expected = json!({"format": "us_privacy", "text": "1YXN", "spans": spans, "error": error});
    assert_eq!(json, expected);
}

#[test]
fn a_bad_section_of_a_gpp_string_has_its_error_and_the_others_stand() {
    for (privacy, segment, path) in [
        ("1YXN", "uspv1.us_privacy", "uspv1.opt_out_sale"),
        // As a whole: there is no place to point at.
        ("YNN", "uspv1.other", "unread"),
        ("", "uspv1.other", "unread"),
    ] {
        let text = format!("DBACNYA~CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA~{privacy}");
        laws::laws(text.as_bytes());
        let explanation = explain(&text);
        assert_eq!(explanation.error, None);
        let bad: Vec<_> = explanation.spans.iter().filter(|span| span.error.is_some()).collect();
        let paths: Vec<_> = bad.iter().map(|span| (&*span.segment, &*span.path)).collect();
        assert_eq!(paths, [(segment, path)]);
        assert_eq!(find(&explanation, "tcfeuv2.cmp_id").value, Value::Number(880));
    }
}

/// Found by fuzzing: behind the first character that is no base64, the rest was left out.
#[test]
fn a_section_that_nobody_reads_is_there_to_its_end() {
    // Nobody reads section 1, nor 3, which is reserved. The first part is text, the second base64.
    for (header, segment) in [("DBABd", "tcfeuv1.other"), ("DBABHsLAA", "section_3.other")] {
        let text = format!("{header}~AB\u{7f}CD.EF");
        laws::laws(text.as_bytes());
        let spans = explain(&text).spans;
        let raw = spans.iter().filter(|span| span.segment == segment).map(|span| &*span.raw);
        let as_bytes = "0100000101000010011111110100001101000100";
        assert_eq!(raw.collect::<Vec<_>>(), [as_bytes, "000100000101"]);
    }
}

/// A string of Canada in one of its wire forms, with something in each field.
fn canada(form: CanadaForm) -> String {
    use consent_string::gpp::{CanadaPublisher, CanadaRestrictionType, GppString};
    use consent_string::tcf::{PurposeId, SmallSet, VendorId, purposes};
    let vendors = |ids: &[u16]| ids.iter().copied().filter_map(VendorId::new).collect();
    let store = || [purposes::STORE].into_iter().collect();
    let custom = [2, 3].into_iter().filter_map(consent_string::tcf::CustomPurposeId::new);
    let publisher = CanadaPublisher::new(store(), store());
    let publisher = publisher.with_custom_purposes(3, custom.collect(), SmallSet::EMPTY);
    let builder = TcfCanadaBuilder::new("2026-01-01T00:00:00Z".parse().unwrap())
        .form(form)
        .cmp_id(31)
        .consent_language("FR".parse().unwrap())
        .use_non_standard_stacks(true)
        .purposes_express(store())
        .vendors_express(vendors(&[2, 6, 8, 700, 701, 702]))
        .vendors_implied(vendors(&[1, 3, 5]))
        .restrict(
            PurposeId::new(2).unwrap(),
            CanadaRestrictionType::RequireExpress,
            vendors(&[8, 900]),
        )
        .disclosed_vendors(Some(vendors(&[1, 2, 900])))
        .publisher(publisher.unwrap());
    GppString::builder().tcf_canada(builder).build().unwrap().as_str().to_owned()
}

#[test]
fn a_string_of_canada_is_explained_in_each_of_its_forms() {
    for (form, mark, vendor) in [
        (CanadaForm::IntegerRanges, Mark::Seen, 16),
        (CanadaForm::FibonacciRanges, Mark::Seen, 15),
        (CanadaForm::Specification, Mark::Specified, 15),
    ] {
        let text = canada(form);
        laws::laws(text.as_bytes());
        let explanation = explain(&text);
        let said = |path: &str| {
            let span = find(&explanation, &format!("tcfcav1.{path}"));
            (span.text.clone().unwrap_or_default(), span.mark)
        };
        for (path, text, mark) in [
            ("created", "2026-01-01T00:00:00.000Z", Mark::Specified),
            ("consent_language", "FR", Mark::Specified),
            ("use_non_standard_stacks", "yes", Mark::Specified),
            ("purposes_express[1]", "purpose 1: yes", Mark::Specified),
            ("vendors_express.is_range_encoding", "yes", mark),
            ("vendors_express.ranges[3].start", "vendor 700", mark),
            ("vendors_express.ranges[3].end", "vendor 702", mark),
            ("vendors_implied.bits[3]", "vendor 3: yes", mark),
            ("publisher_restrictions.number", "1 restriction", Mark::Specified),
            ("publisher_restrictions.restrictions[0].purpose", "purpose 2", Mark::Specified),
            (
                "publisher_restrictions.restrictions[0].type",
                "require express consent",
                Mark::Specified,
            ),
            ("publisher_restrictions.restrictions[0].ranges[1].start", "vendor 900", mark),
            ("disclosed_vendors.ranges[1].start", "vendor 900", mark),
            ("custom_purposes_express[2]", "custom purpose 2: yes", Mark::Specified),
            ("custom_purposes_implied[3]", "custom purpose 3: no", Mark::Specified),
        ] {
            assert_eq!(said(path), (text.to_owned(), mark), "{form:?}: {path}");
        }
        // The form decides how many bits a number has: 694 on from 8 has the word 694.
        let start = find(&explanation, "tcfcav1.vendors_express.ranges[3].start");
        assert_eq!(start.bits, vendor, "{form:?}");
    }
}

#[test]
fn a_bad_string_of_canada_is_explained_up_to_the_fault() {
    let text = canada(CanadaForm::IntegerRanges);
    let core = text.find('.').unwrap();
    for at in (8..core).step_by(3) {
        laws::laws(&text.as_bytes()[..at]);
        let changed = format!("{}_{}", &text[..at], &text[at + 1..]);
        laws::laws(changed.as_bytes());
    }
    let cut = explain(&text[..60]);
    assert_eq!(cut.error, None, "the other sections stand");
    let fault = cut.spans.iter().find(|span| span.error.is_some()).expect("a cut core");
    assert_eq!(fault.error.unwrap().kind_name(), "truncated");
    assert!(find(&cut, "tcfcav1.purposes_implied[24]").bit < fault.bit);
}

const TOKEN: &str = r#"{"user_id":"7faf675d-99c0-4ad2-bbbf-f0fa962587b0","created":"2024-08-27T07:15:05.610Z",
 "updated" : "2024-08-27T07:15:05.610Z", "version":2, "vendors":{"enabled":["google","c:hotjar"]},
 "purposes_li":{"enabled":[],"disabled":["cookies"]}, "ac":"AGWAGACMAFIAZQ.AAAA", "a.b[1]":[1, {"x": null}]}"#;

#[test]
fn an_ac_string_is_explained_character_by_character() {
    let explanation = explain("2~1.35~dv.9");
    assert_eq!(explanation.error, None);
    let said: Vec<_> = explanation
        .spans
        .iter()
        .map(|span| (span.path.as_str(), span.bit / 8, span.bits / 8, span.text.as_deref()))
        .collect();
    assert_eq!(
        said,
        [
            ("version", 0, 1, Some("2")),
            ("separator", 1, 1, Some("~")),
            ("consented[0].id", 2, 1, Some("provider 1")),
            ("consented[1].dot", 3, 1, Some(".")),
            ("consented[1].id", 4, 2, Some("provider 35")),
            ("separator", 6, 1, Some("~")),
            ("marker", 7, 3, Some("dv.")),
            ("disclosed[0].id", 10, 1, Some("provider 9")),
        ]
    );
}

fn token(json: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(json)
}

#[test]
fn a_token_is_explained_property_by_property() {
    let text = token(TOKEN);
    laws::laws(text.as_bytes());
    let explanation = explain(&text);
    assert_eq!(explanation.error, None);
    let said = |path: &str| {
        let span = find(&explanation, path);
        (span.text.as_deref().unwrap_or_default(), span.mark)
    };
    for (path, text, mark) in [
        ("user_id", "7faf675d-99c0-4ad2-bbbf-f0fa962587b0", Mark::Seen),
        ("updated", "2024-08-27T07:15:05.610Z", Mark::Seen),
        ("version", "2", Mark::Seen),
        ("vendors.enabled", "google, c:hotjar", Mark::Seen),
        ("purposes_li.enabled", "none", Mark::Inferred),
        ("purposes_li.disabled", "cookies", Mark::Inferred),
        ("ac", "consent: 35, 41, 101; legitimate interest: none", Mark::Seen),
        ("\"a.b[1]\"", r#"[1, {"x": null}]"#, Mark::Inferred),
    ] {
        assert_eq!(said(path), (text, mark), "{path}");
    }
    // A property has the bits of its bytes, name and value.
    let version = find(&explanation, "version");
    assert_eq!((version.bit, version.bits), (8 * TOKEN.find("\"version").unwrap(), 8 * 11));
}

#[test]
fn the_fault_of_a_token_is_at_its_property_or_character() {
    let cases = [
        ("7faf675d-99c0", "7faf675d-99c0-", "user_id"),
        ("\"created\"", "\"Created\"", "separator"),
        ("\"version\":2", "\"version\":3", "version"),
        ("\"disabled\":[\"cookies\"]", "\"disabled\":\"cookies\"", "purposes_li.disabled"),
        ("{\"enabled\":[\"google\",\"c:hotjar\"]}", "[]", "vendors"),
        ("\"enabled\":[]", "\"enabled\":[\"cookies\"]", "purposes_li.disabled"),
        ("AGWAGACMAFIAZQ.AAAA", "AGWAGACMAFIAZQ", "ac"),
        ("AGWAGACMAFIAZQ.AAAA", "AGWAGACMAFIAZQ.AAAB", "ac"),
        ("\"version\"", "\"version\":2,\"version\"", "json"),
        ("}]", "]", "json"),
    ];
    for (part, other, path) in cases {
        let text = token(&TOKEN.replacen(part, other, 1));
        laws::laws(text.as_bytes());
        let explanation = Options::new().explain(&text, Some(Format::Token));
        assert!(explanation.error.is_some(), "{other}");
        let fault = explanation.spans.iter().find(|span| span.error == explanation.error);
        assert_eq!(fault.map(|span| &*span.path), Some(path), "{other}");
    }
    let text = token(TOKEN);
    let wrong = format!("{}-{}", &text[..40], &text[41..]);
    let explanation = Options::new().explain(&wrong, Some(Format::Token));
    let [before, fault] = &*explanation.spans else { panic!("what stands before, and the fault") };
    assert_eq!(
        (&*before.path, before.bits, &*fault.path, fault.bit),
        ("unread", 240, "base64", 240)
    );
    for text in ["", "!", "e30==", "e30", "e31=", "eyJ9e", "bnVsbA", "=", "\u{e4}"] {
        laws::laws(text.as_bytes());
    }
}

/// A string of each kind, short enough that a change hits each of its fields.
fn one_of_each() -> Vec<String> {
    let texts = [
        "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA.D.O~S",
        "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA",
        "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA",
        "DBACNYA~CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA~1YNN",
        "DBABL~BVQVAAAAAg",
        "2~1.35.41~dv.9",
    ];
    let canada = CanadaForm::ALL.iter().copied().map(canada);
    texts.map(String::from).into_iter().chain(canada).chain([token(TOKEN)]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_laws_hold_for_damaged_strings(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[A-Za-z0-9_.~+=/-]?"), 1..4),
    ) {
        let mut text = which.get(&one_of_each()).clone();
        for (place, new) in changes {
            let at = place.index(text.len());
            text.replace_range(at..=at, &new);
        }
        laws::laws(text.as_bytes());
    }

    #[test]
    fn the_laws_hold_for_damaged_tokens(
        changes in prop::collection::vec((any::<prop::sample::Index>(), "[0-9a-z\"{}: ,.\u{e4}\\[\\]-]?"), 1..3),
    ) {
        let mut json = TOKEN.to_owned();
        for (place, new) in changes {
            let at = place.index(json.len());
            if json.is_char_boundary(at) && json.is_char_boundary(at + 1) {
                json.replace_range(at..=at, &new);
            }
        }
        laws::laws(token(&json).as_bytes());
    }
}

#[test]
fn debug_shows_nothing_of_the_string() {
    let explanation = explain("BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA");
    let shown = format!("{explanation:?} {:?}", explanation.spans);
    assert!(!shown.contains("1875afe1") && !shown.contains("BGHWv4") && !shown.contains("128-132"));
    assert!(!shown.contains("vendor 128"));
}
