//! Prints consent strings as a person would want to read them, or as JSON.
//!
//! ```text
//! cargo run --all-features --example inspect -- [--json] [--tcf] [STRING...]
//! ```
//!
//! The strings are Didomi Consent Strings or, with `--tcf`, IAB TC strings. Without a STRING it
//! reads one a line from standard input. A bad string gives a line on standard error or, with
//! `--json`, an object in its place; the exit status is then 1.

mod didomi;
#[path = "../support/lines.rs"]
mod lines;
mod tcf;

use std::process::ExitCode;

use lines::{answer_each, arguments};

const USAGE: &str = "usage: inspect [--json] [--tcf] [STRING...]";

fn main() -> std::io::Result<ExitCode> {
    let ([json, tcf], strings) = match arguments(USAGE, ["--json", "--tcf"]) {
        Ok(arguments) => arguments,
        Err(status) => return Ok(status),
    };
    let answer = match (tcf, json) {
        (false, false) => didomi::to_page,
        (false, true) => didomi::to_json,
        (true, false) => tcf::to_page,
        (true, true) => tcf::to_json,
    };
    answer_each(&strings, json, answer)
}
