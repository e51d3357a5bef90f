//! Hostile GPP strings take memory in proportion to their length, whatever they say, and the
//! borrowed form takes none.

#![cfg(all(feature = "gpp", feature = "serde"))]

#[path = "support/gpp_hostile.rs"]
mod hostile;
#[path = "support/gpp_limits.rs"]
mod limits;
#[path = "support/vectors.rs"]
mod vectors;

use allocation_counter::measure;
use consent_string::gpp::{
    DataUse, DecodeOptions, GppString, GppStringRef, OptOutAnswer, SectionId,
};
use consent_string::{Buffer, DecodeErrorKind};

#[test]
fn hostile_strings_take_memory_in_proportion_to_their_length() {
    let mut accepted = 0;
    for entries in [1, 2, 10, 100, 1030, 4095, 20_000] {
        for (name, text) in hostile::gpp(entries) {
            println!("{name}, {entries} entries");
            accepted += usize::from(limits::check_gpp(&text));
        }
    }
    assert!(accepted >= 120, "{accepted} texts were accepted");
}

#[test]
fn published_strings_take_memory_in_proportion_to_their_length() {
    let rows = vectors::rows::<serde_json::Value>("gpp-published.jsonl");
    let texts = rows.iter().map(|row| row["string"].as_str().unwrap());
    let accepted = texts.filter(|text| limits::check_gpp(text)).count();
    assert!(accepted >= 120, "{accepted} texts were accepted");
}

#[test]
fn the_borrowed_form_never_allocates() {
    let texts = [
        ("DBABL~BVQVAAAAAg", OptOutAnswer::OptedOut),
        ("DBABL~BVQqAAAAAg", OptOutAnswer::DidNotOptOut),
        ("DBABLA~CAAAAAAAAAWA.Q", OptOutAnswer::NotSaid),
        ("DBABL~z", OptOutAnswer::Unreadable),
    ];
    let mut buffer = Buffer::new();
    for (text, expected) in texts {
        let allocations = measure(|| {
            let gpp = GppStringRef::parse(text, &mut buffer).unwrap();
            for &what in DataUse::ALL {
                assert_eq!(gpp.opted_out(what, None), expected);
            }
            assert_eq!(gpp.us_section(SectionId::USNAT).unwrap().is_ok(), text.len() > 8);
        });
        assert_eq!(allocations.count_total, 0, "{text}");
    }
    // Nor do texts that are refused, nor bytes of the caller's.
    let mut bytes = [0; GppStringRef::buffer_len(64)];
    for text in ["", "DBABL", "CPXxRf", "DBABL~x~y", "DB\u{e9}", "DBAA"] {
        let allocations = measure(|| {
            let read = GppStringRef::parse(text, &mut buffer).is_ok();
            assert_eq!(read, text == "DBAA");
            assert_eq!(GppStringRef::parse_in(text, &mut bytes).is_ok(), read);
        });
        assert_eq!(allocations.count_total, 0, "{text}");
    }
    let mut short = [0; 4];
    let error = GppStringRef::parse_in("DBABL~BVQVAAAAAg", &mut short).unwrap_err();
    assert!(
        matches!(error, consent_string::ParseInError::BufferTooSmall { required: 14 }),
        "{error:?}"
    );
}

#[test]
fn an_owned_string_takes_two_allocations() {
    let mut read = None;
    let allocations = measure(|| read = Some("DBABL~BVQVAAAAAg".parse::<GppString>().unwrap()));
    assert_eq!((allocations.count_total, allocations.count_current), (2, 2));
    drop(read);
}

#[test]
fn texts_past_the_limit_are_refused_before_any_work() {
    for (name, text) in hostile::gpp(1000) {
        let maximum = u32::try_from(text.len() - 1).unwrap();
        let options = DecodeOptions::new().max_text_length(maximum);
        let allocations = measure(|| {
            let error = options.decode(&text).unwrap_err();
            assert_eq!(error.kind(), DecodeErrorKind::TooLong { maximum }, "{name}");
        });
        assert_eq!(allocations.count_total, 0, "{name}");
    }
}
