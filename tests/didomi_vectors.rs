//! The data files: published strings, canonical ones, every form, every way to be wrong.

#![cfg(feature = "serde")]

#[path = "support/laws.rs"]
mod laws;
#[path = "support/vectors.rs"]
mod vectors;

use std::collections::BTreeSet;

use consent_string::Segment;
use consent_string::didomi::{
    ConsentString, DecodeOptions, Decoded, IdsRef, InferredCodes, PurposeId, SectionKind, VendorId,
    Version,
};
use serde::Deserialize;
use serde_json::Value;
use vectors::rows;

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#[derive(Deserialize)]
struct Good {
    string: String,
    decoded: Value,
}

fn check(text: &str) -> Result<ConsentString, consent_string::DecodeError> {
    laws::check(text, DecodeOptions::new())
}

fn policy(name: &str) -> DecodeOptions {
    let codes = match name {
        "refuse" => InferredCodes::Refuse,
        "listed" => InferredCodes::Listed,
        "accept" => InferredCodes::Accept,
        other => panic!("no policy {other}"),
    };
    DecodeOptions::new().inferred_codes(codes)
}

#[test]
fn the_published_strings_say_what_is_published() {
    let rows: Vec<Good> = rows("didomi-published.jsonl");
    assert_eq!(rows.len(), 5);
    for row in rows {
        let consent = check(&row.string).unwrap();
        assert_eq!(serde_json::to_value(consent.decoded()).unwrap(), row.decoded);
        assert_eq!(consent.decoded().encode().unwrap(), consent, "published strings are canonical");
        // The same through the getters, for the values that all five share.
        assert_eq!(consent.version(), Version::V1);
        assert_eq!(consent.user_id().to_string(), "1875afe1-461b-6b9f-9d66-700174abbffc");
        assert_eq!(consent.created().unix_millis(), 1_681_323_000_000);
        assert_eq!(consent.updated(), consent.created());
        assert_eq!((consent.regulation(), consent.sync()), (None, None));
        let ids = |set: IdsRef<'_, PurposeId>| set.iter().map(PurposeId::get).collect::<Vec<_>>();
        for purposes in [consent.purposes(), consent.purposes_li()] {
            assert_eq!(ids(purposes.enabled()), [1, 2, 6, 7, 8]);
            assert_eq!(ids(purposes.disabled()), [3, 4]);
        }
        for vendors in [consent.vendors(), consent.vendors_li()] {
            assert!(vendors.enabled().iter().map(VendorId::get).eq(128..=132));
            assert!(vendors.disabled().is_empty());
        }
    }
}

#[test]
fn canonical_strings_decode_and_compose() {
    for row in rows::<Good>("didomi-canonical.jsonl") {
        let consent = check(&row.string).unwrap();
        assert_eq!(serde_json::to_value(consent.decoded()).unwrap(), row.decoded);
        let decoded: Decoded = serde_json::from_value(row.decoded).unwrap();
        let composed = decoded.encode().unwrap();
        // JSON tells no bytes: its signature is put on by whoever knows that it fits.
        let signature = decoded.signature.unwrap_or_default();
        laws::check_built(&composed.with_signature(&signature).unwrap(), &consent);
        laws::check_built(&composed, &consent.without_signature());
    }
}

#[derive(Deserialize)]
struct Accepted {
    why: String,
    string: String,
    decoded: Value,
    /// The statuses code of each section, null in a bit field.
    codes: [Option<String>; 4],
    /// Under which policies it is accepted.
    policies: Vec<String>,
    /// What a signature covers.
    signed: Option<String>,
}

#[test]
fn every_form_is_read_under_its_policies() {
    for Accepted { why, string, decoded, codes, policies, signed } in
        rows::<Accepted>("didomi-accepted.jsonl")
    {
        for name in ["refuse", "listed", "accept"] {
            let result = laws::check(&string, policy(name));
            assert_eq!(result.is_ok(), policies.iter().any(|known| known == name), "{why}, {name}");
            let Ok(consent) = result else { continue };
            assert_eq!(serde_json::to_value(consent.decoded()).unwrap(), decoded, "{why}");
            let code =
                |&kind: &SectionKind| consent.form(kind).statuses().map(|code| code.to_string());
            assert!(SectionKind::ALL.iter().map(code).eq(codes.clone()), "{why}");
            let inferred: Vec<_> = consent.inferred_sections().collect();
            for (kind, code) in SectionKind::ALL.iter().copied().zip(&codes) {
                let known = code.as_deref().is_none_or(|code| code == "0000" || code == "1100");
                assert_eq!(inferred.contains(&kind), !known, "{why}");
                assert_eq!(consent.form(kind).is_inferred(), !known, "{why}");
            }
            if let Some(signed) = &signed {
                assert_eq!(consent.signed_part(), signed, "{why}");
            }
        }
    }
}

#[derive(Deserialize)]
struct Many {
    string: String,
    enabled: (u16, u16),
}

#[test]
fn short_strings_that_say_much_stay_small() {
    for Many { string, enabled: (first, last) } in rows::<Many>("didomi-many.jsonl") {
        assert!(string.len() < 120);
        let consent = check(&string).unwrap();
        let ranges: Vec<_> = consent.vendors().enabled().ranges().collect();
        assert_eq!(ranges.len(), 1);
        assert_eq!((ranges[0].first().get(), ranges[0].last().get()), (first, last));
        assert_eq!(consent.purposes_li().enabled().len(), usize::from(last - first) + 1);
    }
}

#[derive(Deserialize)]
struct Refused {
    why: String,
    string: String,
    kind: String,
    segment: Option<String>,
    field: Option<String>,
    bit: Option<usize>,
    policy: String,
}

#[test]
fn bad_strings_are_refused_for_the_right_reason_at_the_right_place() {
    let mut kinds = BTreeSet::new();
    for row in rows::<Refused>("didomi-refused.jsonl") {
        let error = laws::check(&row.string, policy(&row.policy)).expect_err(&row.why);
        assert_eq!(
            (error.kind().name(), error.segment().map(Segment::name), error.field()),
            (&*row.kind, row.segment.as_deref(), row.field.as_deref()),
            "{}",
            row.why
        );
        assert_eq!(error.bit_offset(), row.bit, "{}", row.why);
        kinds.insert(row.kind);
    }
    // All kinds there are but for the two of the options and of the buffer.
    let expected = [
        "empty",
        "empty_group",
        "excess_fill",
        "id_too_large",
        "inferred_statuses",
        "invalid_character",
        "invalid_length",
        "non_zero_fill",
        "overlapping_groups",
        "padding",
        "reversed_range",
        "too_many_segments",
        "truncated",
        "two_signatures",
        "undefined_encoding",
        "undefined_status",
        "undefined_statuses",
        "unlisted_enabled",
        "unordered_ranges",
        "unsupported_version",
        "zero_id",
    ];
    assert!(kinds.iter().eq(expected), "{kinds:?}");
}

#[test]
fn every_character_is_accepted_where_it_may_stand_and_nowhere_else() {
    let good = rows::<Good>("didomi-published.jsonl").remove(0).string;
    for character in (0..=0x100).filter_map(char::from_u32) {
        let separates = character == '.' || character == '~';
        for at in 0..24 {
            let text = format!("{good}.{}{character}DDDDD", "D".repeat(at));
            let error = check(&text).err();
            let place =
                error.map(|error| (error.kind().name(), error.segment(), error.bit_offset()));
            let expected = ("invalid_character", Some(Segment::Did), Some(8 * at));
            let may_stand =
                separates || (('!'..='}').contains(&character) && !"%\",;\\".contains(character));
            assert_eq!(place, (!may_stand).then_some(expected), "{character:?} at {at}");

            let text = format!("{}{character}{}", &good[..at], &good[at + 1..]);
            let kind = check(&text).err().map(|error| (error.kind().name(), error.bit_offset()));
            let refused = ("invalid_character", Some(6 * at));
            let padding = ("padding", Some(6 * at));
            let base64 = u8::try_from(character).is_ok_and(|byte| ALPHABET.contains(&byte));
            assert_eq!(kind == Some(padding), character == '=', "{character:?} at {at}");
            let foreign = !base64 && !separates && character != '=';
            assert_eq!(kind == Some(refused), foreign, "{character:?} at {at}");
        }
    }
}

/// A text up to a bit of its sections, filled with zeros as a writer does.
fn cut_at_bit(sections: &[u8], bit: usize) -> String {
    let mut text = sections[..bit.div_ceil(6)].to_vec();
    if let (Some(last), rest @ 1..) = (text.last_mut(), bit % 6) {
        let value = ALPHABET.iter().position(|character| character == last).unwrap();
        *last = ALPHABET[value >> (6 - rest) << (6 - rest)];
    }
    text.resize(text.len().next_multiple_of(4), b'A');
    String::from_utf8(text).unwrap()
}

#[test]
fn texts_cut_anywhere_are_refused_or_read_alike() {
    let mut accepted = 0;
    let strings = rows::<Good>("didomi-canonical.jsonl").into_iter().map(|row| row.string);
    let forms = rows::<Accepted>("didomi-accepted.jsonl").into_iter().map(|row| row.string);
    for text in strings.chain(forms).filter(|text| text.len() < 300) {
        for cut in 0..text.len() {
            accepted += usize::from(check(&text[..cut]).is_ok());
        }
        let sections = text.split(['.', '~']).next().unwrap();
        for bit in 0..sections.len() * 6 {
            accepted += usize::from(check(&cut_at_bit(sections.as_bytes(), bit)).is_ok());
        }
    }
    assert!(accepted > 1000, "cuts within the tail and the fill are accepted: {accepted}");
}
