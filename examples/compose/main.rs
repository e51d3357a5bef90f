//! Prints the canonical consent string of each JSON object that `inspect --json` prints.
//!
//! ```text
//! cargo run --example compose -- [--json] [--tcf] < objects
//! ```
//!
//! It reads one object a line from standard input. A bad line gives a line on standard error
//! or, with `--json`, an object in place of the string.

#[path = "../support/lines.rs"]
mod lines;

use std::process::ExitCode;

use consent_string::didomi::ConsentString;
use lines::{Problem, answer_each, arguments};

const USAGE: &str = "usage: compose [--json] [--tcf] [OBJECT...]";

fn main() -> std::io::Result<ExitCode> {
    let ([json], objects) = match arguments(USAGE, ["--json"]) {
        Ok(arguments) => arguments,
        Err(status) => return Ok(status),
    };
    answer_each(&objects, json, |object| {
        let consent: ConsentString = serde_json::from_str(object).map_err(problem)?;
        Ok(consent.encode())
    })
}

/// What is wrong with an object: text that is no JSON, or a value that no string can have.
fn problem(error: serde_json::Error) -> Problem {
    let kind = if error.is_data() { "invalid_value" } else { "invalid_json" };
    Problem::new(error.to_string(), kind)
}
