//! Hostile input: long, deep, or made to be shown in an error.

#[path = "support/laws.rs"]
mod laws;
#[path = "support/vectors.rs"]
mod vectors;

use consent_string::didomi::{
    ConsentString, ConsentStringRef, DecodeOptions, EncodeOptions, Encoding, Regulation, Section,
    SectionKind, Version,
};
use consent_string::{
    DecodeErrorKind, EncodeErrorKind, Id, MAX_TEXT_LENGTH, ParseInError, Timestamp,
};
use serde::Deserialize;
use uuid::Uuid;

const SECTIONS: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";

#[test]
fn texts_past_the_limit_are_refused_before_anything_else() {
    let maximum = usize::try_from(MAX_TEXT_LENGTH).unwrap();
    assert_eq!(maximum, 128 * 1024);
    let long = |length: usize| format!("{SECTIONS}.{}", "D".repeat(length - SECTIONS.len() - 1));
    assert!(laws::check(&long(maximum), DecodeOptions::new()).is_ok());

    let text = long(maximum + 1);
    let error = laws::check(&text, DecodeOptions::new()).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::TooLong { maximum: MAX_TEXT_LENGTH });
    assert_eq!((error.segment(), error.bit_offset()), (None, None));
    assert_eq!(error.to_string(), "the text is too long, expected at most 131072 characters");
    assert_eq!(text.parse::<ConsentString>().unwrap_err(), error);
    // It is the length that is looked at first: neither the buffer nor what the text says.
    let garbage = "A".repeat(maximum + 1);
    let garbage = ConsentStringRef::parse_in(&garbage, &mut []).unwrap_err();
    assert_eq!(garbage, ParseInError::Decode(error));

    let raised = DecodeOptions::new().max_text_length(MAX_TEXT_LENGTH + 1);
    assert!(laws::check(&text, raised).is_ok());
    let lowered = DecodeOptions::new().max_text_length(60);
    assert!(laws::check(SECTIONS, lowered).is_ok());
    let error = laws::check(&format!("{SECTIONS}."), lowered).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::TooLong { maximum: 60 });
    // The documented cap, so that positions fit 32 bits.
    assert_eq!(raised.max_text_length(u32::MAX), raised.max_text_length(1 << 28));
}

#[test]
fn a_buffer_one_byte_short_is_refused() {
    for length in [0, 1, 7, 8, 9, 60, 61, 4000] {
        let text = "A".repeat(length);
        let required = ConsentStringRef::buffer_len(&text);
        let error = ConsentStringRef::parse_in(&text, &mut vec![0; required - 1]).unwrap_err();
        assert_eq!(error, ParseInError::BufferTooSmall { required });
        assert_eq!(
            error.to_string(),
            format!("the buffer is too small, expected {required} bytes")
        );
    }
    // Tokens need no room.
    for tail in ["", ".", "~", &format!(".{}~{}", "D".repeat(5000), "S".repeat(70))] {
        let text = format!("{SECTIONS}{tail}");
        let required = ConsentStringRef::buffer_len(&text);
        assert_eq!(required, ConsentStringRef::buffer_len(SECTIONS));
        let mut buffer = vec![0xFF; required];
        assert_eq!(ConsentStringRef::parse_in(&text, &mut buffer).unwrap().as_str(), text);
        assert!(ConsentStringRef::parse_in(&text, &mut buffer[1..]).is_err());
    }
}

/// The section that needs the most bits: every ID, and no two neighbours alike.
fn densest<I: Id>() -> Section<I> {
    let enabled = (1..=u16::MAX).step_by(2).filter_map(I::new).collect();
    let disabled = (2..=u16::MAX).step_by(2).filter_map(I::new).collect();
    Section::from_sets(enabled, disabled).unwrap()
}

#[test]
fn the_longest_canonical_string_is_within_the_limit() {
    let builder = ConsentString::builder(Version::V2)
        .user_id(Uuid::max())
        .created(Timestamp::MAX)
        .regulation(Regulation(u16::MAX))
        .sync(Timestamp::MAX)
        .purposes(densest())
        .purposes_li(densest())
        .vendors(densest())
        .vendors_li(densest());
    let consent = builder.build().unwrap();
    // As docs/format.md says.
    assert_eq!(consent.as_str().len(), 87_436 + 3);
    laws::check_built(&consent, &consent.as_str().parse().unwrap());
    // What a reader would refuse is not built, and not signed.
    let ranges = EncodeOptions::new().force(SectionKind::Purposes, Encoding::Ranges);
    let too_long = EncodeErrorKind::TooLong { maximum: MAX_TEXT_LENGTH };
    let room = usize::try_from(MAX_TEXT_LENGTH).unwrap() - consent.as_str().len();
    let token = |length: usize| "x".repeat(length);
    for (long, error) in [
        ("ranges", builder.build_with(&ranges)),
        ("a device ID", builder.clone().did(token(room + 1)).build()),
        ("a signature", consent.with_signature(&token(room + 1))),
    ] {
        let error = error.unwrap_err();
        assert_eq!((error.kind(), error.field()), (too_long, "text"), "{long}");
        assert_eq!(
            error.to_string(),
            "text: the text would be too long, expected at most 131072 characters"
        );
    }
    let longest = consent.with_signature(&token(room)).unwrap();
    laws::check_built(&longest, &longest.as_str().parse().unwrap());
    assert!(builder.clone().did(token(room)).build().is_ok());
}

#[test]
fn texts_that_promise_much_are_refused() {
    // A header, then what could go on and on.
    let header = &SECTIONS[..34];
    for tail in ["A", "_", "f", ".", "~", "IAA", "JCSSS", "kkkkk", "D__", "VVVV", "mmmm"] {
        for length in [100, 10_000, 130_000] {
            let text: String = header.chars().chain(tail.chars().cycle()).take(length).collect();
            assert!(laws::check(&text, DecodeOptions::new()).is_err(), "{tail} {length}");
        }
    }
}

#[derive(Deserialize)]
struct Refused {
    string: String,
}

/// Whether an error shows four characters in a row that stand in the input.
fn shows(message: &str, input: &str, start: usize) -> bool {
    let input: Vec<char> = input.chars().skip(start).collect();
    input.windows(4).any(|four| message.contains(&String::from_iter(four)))
}

#[test]
fn no_error_shows_the_input() {
    let marked = [
        "BMARKMARK",
        "MARKMARK",
        "BMARK MARK",
        "BMARKMARK=",
        "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsMARKMARK",
        "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA.MA RK",
        "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA.MARK.MARK.MARK~MARK",
        "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA~MARK~MARK",
        "\u{1F600}MARK",
    ];
    let rows = vectors::rows::<Refused>("didomi-refused.jsonl");
    let texts = rows.iter().map(|row| &*row.string).chain(marked);
    for text in texts {
        for options in [DecodeOptions::new(), DecodeOptions::new().max_text_length(3)] {
            let Err(error) = options.decode(text) else { continue };
            for message in [error.to_string(), format!("{error:?}"), error.kind().to_string()] {
                assert!(!message.contains("MARK"), "{message}");
                // All rows share their header; behind it there is what a person chose.
                assert!(!shows(&message, text, 34), "{message} of {text}");
            }
        }
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn messages_name_the_field_and_the_place_and_what_was_expected() {
    let with = |tail: &str| format!("{SECTIONS}{tail}");
    let section = |start: &str| format!("{}{start:A<26}", &SECTIONS[..34]);
    let tokens = "expected visible ASCII without . ~ % \" , ; \\";
    let cases = [
        (String::new(), "sections, base64 at bit 0 (character 1): empty, expected web-safe base64".to_owned()),
        (
            with("+"),
            "sections, base64 at bit 360 (character 61): a character that may not stand here, \
             expected A-Z a-z 0-9 - _; the standard alphabet of base64: the web-safe one has - for \
             + and _ for /"
                .to_owned(),
        ),
        (
            with(".a b"),
            format!(
                "did, did at bit 8 (character 63): a character that may not stand here, {tokens}; \
                 white space: remove it"
            ),
        ),
        (
            with(".D.a%2Fb"),
            format!(
                "ouid, ouid at bit 8 (character 65): a character that may not stand here, {tokens}; \
                 a percent sign: is the value still percent-encoded?"
            ),
        ),
        (
            with("%7Esig"),
            "sections, base64 at bit 360 (character 61): a character that may not stand here, \
             expected A-Z a-z 0-9 - _; a percent sign: is the value still percent-encoded?"
                .to_owned(),
        ),
        (
            with("="),
            "sections, base64 at bit 360 (character 61): padding, expected web-safe base64 without \
             it"
            .to_owned(),
        ),
        (
            with("A"),
            "sections, base64 at bit 366 (character 62): 61 characters, expected a multiple of \
             four; the end comes too early: was the text cut off?"
                .to_owned(),
        ),
        (
            with("...."),
            "signature, signature at bit 0 (character 64): too many parts, expected at most 4; \
             something follows behind the end: are these two strings in one?"
                .to_owned(),
        ),
        (
            with(".D~S~T"),
            "signature, signature at bit 8 (character 65): too many parts, expected at most 2; \
             something follows behind the end: are these two strings in one?"
                .to_owned(),
        ),
        (
            with("...SIG~"),
            "signature, signature at bit 24 (character 67): a signature both behind a dot and \
             behind a tilde, expected one; something follows behind the end: are these two strings \
             in one?"
                .to_owned(),
        ),
        (
            "DAAA".to_owned(),
            "sections, version at bit 0 (character 1): version 3, expected 1 or 2; a Didomi Consent \
             String starts with B or C"
                .to_owned(),
        ),
        (
            "BAAA".to_owned(),
            "sections, user_id at bit 6 (character 2): the bits end too early, expected the rest of \
             this field; the end comes too early: was the text cut off?"
                .to_owned(),
        ),
        (
            section("M"),
            "sections, purposes at bit 206 (character 35): encoding 11, expected 00, 01 or 10"
                .to_owned(),
        ),
        (
            section("CAAO"),
            "sections, purposes at bit 225 (character 38): status 11 in a bit field, expected 00, \
             01 or 10"
                .to_owned(),
        ),
        (
            section("Hw"),
            "sections, purposes at bit 208 (character 35): statuses code 1111, which has no meaning"
                .to_owned(),
        ),
        (
            section("HQ"),
            "sections, purposes at bit 208 (character 35): statuses code 1101, whose meaning is \
             inferred only; the options refuse it"
                .to_owned(),
        ),
    ];
    for (text, message) in cases {
        assert_eq!(text.parse::<ConsentString>().unwrap_err().to_string(), message);
    }
}
