//! Prints consent strings as a person would want to read them, or as JSON.
//!
//! ```text
//! cargo run --example inspect -- [--json] [STRING...]
//! ```
//!
//! Without a STRING it reads one a line from standard input. A bad string gives a line on
//! standard error or, with `--json`, an object in its place; the exit status is then 1.

mod didomi;
#[path = "../support/lines.rs"]
mod lines;

use std::process::ExitCode;

use lines::{answer_each, arguments};

const USAGE: &str = "usage: inspect [--json] [STRING...]";

fn main() -> std::io::Result<ExitCode> {
    let ([json], strings) = match arguments(USAGE, ["--json"]) {
        Ok(arguments) => arguments,
        Err(status) => return Ok(status),
    };
    let answer = if json { didomi::to_json } else { didomi::to_page };
    answer_each(&strings, json, answer)
}
