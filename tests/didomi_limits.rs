//! Hostile input: long, deep, or made to be shown in an error.

#[path = "support/laws.rs"]
mod laws;
#[path = "support/vectors.rs"]
mod vectors;

use consent_string::didomi::{
    ConsentString, ConsentStringRef, DecodeOptions, EncodeOptions, Encoding, Regulation, Section,
    SectionKind, Version,
};
use consent_string::{DecodeErrorKind, Id, MAX_TEXT_LENGTH, Timestamp};
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
    let garbage = " ".repeat(maximum + 1);
    assert_eq!(ConsentStringRef::parse(&garbage, &mut []).unwrap_err(), error);

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
        let required = ConsentStringRef::buffer_len(length);
        let error = ConsentStringRef::parse(&text, &mut vec![0; required - 1]).unwrap_err();
        let required = u32::try_from(required).unwrap();
        assert_eq!(error.kind(), DecodeErrorKind::BufferTooSmall { required });
        assert_eq!(error.kind().name(), "buffer_too_small");
        assert_eq!(
            error.to_string(),
            format!("the buffer is too small, expected {required} bytes")
        );
    }
    let mut buffer = vec![0; ConsentStringRef::buffer_len(SECTIONS.len())];
    assert!(ConsentStringRef::parse(SECTIONS, &mut buffer).is_ok());
}

/// The section that needs the most bits: every ID, and no two neighbours alike.
fn densest<I: Id>() -> Section<I> {
    let enabled = (1..=u16::MAX).step_by(2).filter_map(I::new).collect();
    let disabled = (2..=u16::MAX).step_by(2).filter_map(I::new).collect();
    Section::from_sets(enabled, disabled).unwrap()
}

#[test]
fn the_longest_canonical_string_is_within_the_limit() {
    let consent = ConsentString::builder(Version::V2)
        .user_id(Uuid::max())
        .created(Timestamp::MAX)
        .regulation(Regulation(u16::MAX))
        .sync(Timestamp::MAX)
        .purposes(densest())
        .purposes_li(densest())
        .vendors(densest())
        .vendors_li(densest())
        .build()
        .unwrap();
    let text = consent.to_string();
    // As docs/format.md says.
    assert_eq!(text.len(), 87_436 + 3);
    assert_eq!(text.parse::<ConsentString>().unwrap(), consent);
    let ranges = EncodeOptions::new().force(SectionKind::Purposes, Encoding::Ranges);
    let text = consent.encode_with(&ranges).unwrap();
    assert!(text.len() > usize::try_from(MAX_TEXT_LENGTH).unwrap());
    assert_eq!(text.parse::<ConsentString>().unwrap_err().kind().name(), "too_long");
    let raised = DecodeOptions::new().max_text_length(1 << 20);
    assert_eq!(raised.decode(&text).unwrap(), consent);
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
fn messages_name_the_field_and_the_place_and_what_was_expected() {
    let with = |tail: &str| format!("{SECTIONS}{tail}");
    let section = |start: &str| format!("{}{start:A<26}", &SECTIONS[..34]);
    let cases = [
        (String::new(), "sections, base64 at bit 0: empty, expected web-safe base64"),
        (
            with("+"),
            "sections, base64 at bit 360: a character that may not stand here, \
             expected A-Z a-z 0-9 - _",
        ),
        (
            with(".a b"),
            "did, did at bit 8: a character that may not stand here, \
             expected visible ASCII without . and ~",
        ),
        (with("="), "sections, base64 at bit 360: padding, expected web-safe base64 without it"),
        (with("A"), "sections, base64 at bit 366: 61 characters, expected a multiple of four"),
        (with("...."), "too many parts, expected at most 4"),
        (with("~~"), "too many parts, expected at most 2"),
        (with("...~"), "a signature both behind a dot and behind a tilde, expected one"),
        ("DAAA".to_owned(), "sections, version at bit 0: version 3, expected 1 or 2"),
        (
            "BAAA".to_owned(),
            "sections, user_id at bit 6: the bits end too early, expected the rest of this field",
        ),
        (section("M"), "sections, purposes at bit 206: encoding 11, expected 00, 01 or 10"),
        (
            section("CAAO"),
            "sections, purposes at bit 225: status 11 in a bit field, expected 00, 01 or 10",
        ),
        (section("Hw"), "sections, purposes at bit 208: statuses code 1111, which has no meaning"),
        (
            section("HQ"),
            "sections, purposes at bit 208: statuses code 1101, which leaves enabled IDs unlisted \
             and is inferred only",
        ),
    ];
    for (text, message) in cases {
        assert_eq!(text.parse::<ConsentString>().unwrap_err().to_string(), message);
    }
}
