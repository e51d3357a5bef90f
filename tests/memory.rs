//! Memory is bounded by the length of the input, whatever the input says.

#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/limits.rs"]
mod limits;

use allocation_counter::measure;
use consent_string::DecodeErrorKind;
use consent_string::didomi::DecodeOptions;

#[test]
fn hostile_didomi_texts_take_memory_in_proportion_to_their_length() {
    let mut accepted = 0;
    // 1030 and 8200 entries are just past the sizes at which a set doubles.
    for entries in [1, 10, 100, 1030, 8200] {
        for (name, text) in hostile::didomi(entries) {
            println!("{name}, {entries} entries");
            accepted += u32::from(limits::check_didomi(&text));
        }
    }
    assert!(accepted >= 50, "{accepted} texts were accepted");
}

#[test]
fn hostile_tc_strings_take_memory_in_proportion_to_their_length() {
    let mut accepted = 0;
    for entries in [1, 2, 9, 100, 1030, 4095, 8200, 65535] {
        for (name, text) in hostile::tcf(entries) {
            println!("{name}, {entries} entries");
            accepted += u32::from(limits::check_tcf(&text));
        }
    }
    assert!(accepted >= 100, "{accepted} texts were accepted");
}

#[test]
fn texts_past_the_limit_are_refused_before_any_work() {
    for (name, text) in hostile::didomi(1000) {
        let maximum = u32::try_from(text.len() - 1).unwrap();
        let options = DecodeOptions::new().max_text_length(maximum);
        let allocations = measure(|| {
            let error = options.decode(&text).unwrap_err();
            assert_eq!(error.kind(), DecodeErrorKind::TooLong { maximum }, "{name}");
        });
        assert_eq!(allocations.count_total, 0, "{name}");
    }
}
