//! Runs the binary as people run it.
#![allow(dead_code, reason = "each test file uses some of it")]

use std::io::Write;
use std::process::{Command, Stdio};

/// A published Didomi Consent String, version 1; see tests/data/README.md of the library.
pub(crate) const DIDOMI: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// The example of the specification of TC strings.
pub(crate) const TC: &str =
    "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";

/// Exit status, standard output and standard error.
pub(crate) type Run = (i32, String, String);

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_consent-string"));
    command.args(arguments).env_remove("COLUMNS").env_remove("NO_COLOR").env("COLUMNS", "80");
    command
}

pub(crate) fn run(arguments: &[&str], input: impl AsRef<[u8]>) -> Run {
    finish(&mut command(arguments), input.as_ref())
}

pub(crate) fn finish(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // It may end before the input does.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    });
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}
