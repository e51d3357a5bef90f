//! Memory is bounded by the length of the input, whatever the input says.

#![cfg(all(
    feature = "ac",
    feature = "algonomy",
    feature = "didomi-api",
    feature = "gpp",
    feature = "gvl",
    feature = "explain",
    feature = "json",
    feature = "netid",
    feature = "numeric-ids",
    feature = "request",
    feature = "token"
))]

#[path = "support/gpp_hostile.rs"]
mod gpp_hostile;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/hostile_around.rs"]
mod hostile_around;
#[path = "support/hostile_json.rs"]
mod hostile_json;
#[path = "support/limits.rs"]
mod limits;
#[path = "support/vectors.rs"]
mod vectors;

use allocation_counter::measure;
use consent_string::DecodeErrorKind;
use consent_string::didomi::DecodeOptions;
use consent_string::link::{ConsentEvent, ConsentLink, EventError, LinkError};

/// Checks the texts of each number of entries; how many were accepted.
fn accepted(
    sizes: &[usize],
    texts: fn(usize) -> Vec<(String, String)>,
    check: fn(&str) -> bool,
) -> usize {
    let mut accepted = 0;
    for &entries in sizes {
        for (name, text) in texts(entries) {
            println!("{name}, {entries} entries");
            accepted += usize::from(check(&text));
        }
    }
    accepted
}

#[test]
fn hostile_didomi_texts_take_memory_in_proportion_to_their_length() {
    // Sets double just below 34, 67, 1030 and 8200 entries.
    let sizes = [1, 10, 33, 34, 66, 67, 100, 1030, 8200];
    let accepted = accepted(&sizes, hostile::didomi, limits::check_didomi);
    assert!(accepted >= 50, "{accepted} texts were accepted");
}

#[test]
fn hostile_tc_strings_take_memory_in_proportion_to_their_length() {
    let sizes = [1, 2, 9, 100, 1030, 4095, 8200, 65535];
    let accepted = accepted(&sizes, hostile::tcf, limits::check_tcf);
    assert!(accepted >= 100, "{accepted} texts were accepted");
}

#[test]
fn hostile_json_takes_memory_in_proportion_to_its_length() {
    let accepted = accepted(&[1, 12, 200, 1500], hostile_json::texts, limits::check_json);
    assert!(accepted >= 1000, "{accepted} texts were accepted");
}

#[test]
fn hostile_links_take_memory_in_proportion_to_their_length() {
    let accepted = accepted(&[1, 12, 200, 4000, 30_000], hostile_json::links, limits::check_link);
    assert!(accepted >= 80, "{accepted} texts were accepted");
}

#[test]
fn hostile_ac_strings_take_memory_in_proportion_to_their_length() {
    let accepted = accepted(&[1, 2, 12, 200, 4000, 10_000], hostile_around::ac, limits::check_ac);
    assert!(accepted >= 40, "{accepted} texts were accepted");
}

#[test]
fn hostile_tokens_take_memory_in_proportion_to_their_length() {
    let texts = |entries| hostile_around::tokens(entries, &hostile_json::values(entries));
    let accepted = accepted(&[1, 12, 200, 1500, 4095], texts, limits::check_token);
    assert!(accepted >= 100, "{accepted} texts were accepted");
}

#[test]
fn hostile_lists_take_memory_in_proportion_to_their_length() {
    let texts = |entries| hostile_around::lists(entries, &hostile_json::values(entries));
    let accepted = accepted(&[1, 12, 200, 1500, 4095], texts, limits::check_list);
    assert!(accepted >= 100, "{accepted} texts were accepted");
}

/// Some texts of each format.
fn some_of_each(entries: usize) -> Vec<(String, String)> {
    let few = |texts: Vec<(String, String)>| texts.into_iter().step_by(7);
    few(hostile::didomi(entries))
        .chain(few(hostile::tcf(entries)))
        .chain(few(gpp_hostile::gpp(entries)))
        .chain(few(hostile_around::ac(entries)))
        .chain(few(hostile_around::tokens(entries, &hostile_json::values(entries))))
        .collect()
}

#[test]
fn hostile_requests_take_memory_in_proportion_to_their_length() {
    let headers = |entries| hostile_around::requests(entries, &some_of_each(entries));
    let accepted = accepted(&[1, 12, 200, 1500, 4095], headers, limits::check_request);
    assert!(accepted >= 50, "{accepted} headers had a string that was read");
}

#[test]
fn explaining_takes_memory_in_proportion_to_the_text() {
    let accepted = accepted(&[1, 12, 200, 1500, 4095], some_of_each, limits::check_explain);
    assert!(accepted >= 50, "{accepted} texts were accepted");
}

#[test]
fn vectors_take_memory_in_proportion_to_their_length() {
    let files = [
        "didomi-accepted.jsonl",
        "didomi-canonical.jsonl",
        "didomi-many.jsonl",
        "didomi-published.jsonl",
        "didomi-refused.jsonl",
        "tcf-published.jsonl",
    ];
    for file in files {
        for row in vectors::rows::<serde_json::Value>(file) {
            let text = row["string"].as_str().or(row["text"].as_str()).expect("a string");
            println!("{file}: {text}");
            let check =
                if file.starts_with("tcf") { limits::check_tcf } else { limits::check_didomi };
            let accepted = check(text);
            limits::check_json(&row.to_string());
            assert!(accepted || file == "didomi-refused.jsonl");
        }
    }
}

/// Deeper than 128, JSON is refused: what follows its nesting needs no more stack.
#[test]
fn nesting_is_limited() {
    let nested = |open: &str, close: &str, depth: usize| {
        // The object is the first level.
        format!(r#"{{"x":{}0{}}}"#, open.repeat(depth - 1), close.repeat(depth - 1))
    };
    for (open, close) in [("[", "]"), (r#"{"":"#, "}")] {
        let read = |depth| nested(open, close, depth).parse::<ConsentEvent>();
        let deepest = read(127).unwrap();
        assert_eq!(deepest.to_json().unwrap().parse(), Ok(deepest));
        for depth in [128, 129, 50_000] {
            assert_eq!(read(depth).unwrap_err(), EventError::NotJson, "{depth}");
        }
    }
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

#[test]
fn links_past_the_limit_are_refused_before_any_work() {
    let max = ConsentLink::MAX_LEN;
    let link = format!("{}?key={}", ConsentLink::ENDPOINT, "k".repeat(max));
    let allocations = measure(|| {
        let error = link.parse::<ConsentLink>().unwrap_err();
        assert_eq!(error, LinkError::TooLong { max });
    });
    assert_eq!(allocations.count_total, 0);
}
