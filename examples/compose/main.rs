//! Prints the canonical consent string of each JSON object that `inspect --json` prints.
//!
//! ```text
//! cargo run --all-features --example compose -- [--json] [--tcf] < objects
//! ```
//!
//! The strings are Didomi Consent Strings or, with `--tcf`, IAB TC strings. It reads one object a line from standard input. A bad line gives a line on standard error
//! or, with `--json`, an object in place of the string; the exit status is then 1.

#[path = "../support/lines.rs"]
mod lines;

use std::process::ExitCode;

use consent_string::didomi::Decoded;
use consent_string::tcf;
use lines::{Problem, answer_each, arguments};

const USAGE: &str = "usage: compose [--json] [--tcf] [OBJECT...]";

fn main() -> std::io::Result<ExitCode> {
    let ([json, tcf], objects) = match arguments(USAGE, ["--json", "--tcf"]) {
        Ok(arguments) => arguments,
        Err(status) => return Ok(status),
    };
    answer_each(&objects, json, if tcf { tc_string } else { didomi })
}

/// The Didomi Consent String of an object, without the signature: it may be of other bytes.
fn didomi(object: &str) -> Result<String, Problem> {
    let decoded: Decoded = serde_json::from_str(object)?;
    Ok(decoded.encode()?.into_string())
}

/// The TC string of an object.
fn tc_string(object: &str) -> Result<String, Problem> {
    let decoded: tcf::Decoded = serde_json::from_str(object)?;
    Ok(decoded.encode()?.into_string())
}
