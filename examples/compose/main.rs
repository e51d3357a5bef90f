//! Prints the canonical consent string of each JSON object that `inspect --json` prints.
//!
//! ```text
//! cargo run --example compose -- [--json] < objects
//! ```
//!
//! It reads one object a line from standard input. A bad line gives a line on standard error
//! or, with `--json`, an object in place of the string; the exit status is then 1.

#[path = "../support/lines.rs"]
mod lines;

use std::process::ExitCode;

use consent_string::didomi::ConsentString;
use lines::{Problem, answer_each, arguments};

const USAGE: &str = "usage: compose [--json] [OBJECT...]";

fn main() -> std::io::Result<ExitCode> {
    let ([json], objects) = match arguments(USAGE, ["--json"]) {
        Ok(arguments) => arguments,
        Err(status) => return Ok(status),
    };
    answer_each(&objects, json, didomi)
}

/// The Didomi Consent String of an object.
fn didomi(object: &str) -> Result<String, Problem> {
    let consent: ConsentString = serde_json::from_str(object)?;
    Ok(consent.encode())
}
