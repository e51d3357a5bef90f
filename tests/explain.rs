//! Explanations of all strings of the data files, good and refused.

#![cfg(all(feature = "ac", feature = "gpp", feature = "json", feature = "token", feature = "explain"))]

#[allow(unreachable_pub, dead_code)]
#[path = "../fuzz/src/explain.rs"]
mod laws;
#[path = "support/vectors.rs"]
mod vectors;

use consent_string::Format;
use consent_string::explain::{Explanation, Mark, Options, Span, Value, explain};
use serde_json::{Value as Json, json};

const FILES: [&str; 7] = [
    "didomi-accepted.jsonl",
    "didomi-canonical.jsonl",
    "didomi-published.jsonl",
    "didomi-refused.jsonl",
    "tcf-published.jsonl",
    "gpp-published.jsonl",
    "gpp-us-sections.jsonl",
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
            for at in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
                println!("{text} at {at}");
                laws::laws(text[..at].as_bytes());
                for character in ["A", "_", "8", ".", "~", "=", "\u{e4}"] {
                    let mut changed = text.clone();
                    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
                    changed.replace_range(at..end, character);
                    laws::laws(changed.as_bytes());
                }
            }
        }
    }
}

fn find<'e>(explanation: &'e Explanation, path: &str) -> &'e Span {
    let found = explanation.spans.iter().find(|span| span.path == path);
    found.unwrap_or_else(|| panic!("{path} is among the spans"))
}
