//! What the tests of the examples share; each uses some of it.

#![allow(dead_code)]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A command that runs an example of this crate, which `cargo test` has built.
pub(crate) fn example_binary(name: &str) -> Command {
    // The test is target/PROFILE/deps/TEST, the example target/PROFILE/examples/NAME.
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(std::path::Path::parent).unwrap();
    let mut path: PathBuf = profile.join("examples").join(name);
    path.set_extension(std::env::consts::EXE_EXTENSION);
    // `cargo test --test NAME` builds no examples: then `cargo build --examples` must come first.
    assert!(path.exists(), "{} is not built", path.display());
    Command::new(path)
}

/// What a run of an example gave: exit status, standard output and standard error.
pub(crate) type Run = (i32, String, String);

/// Runs an example with some arguments on some input.
pub(crate) fn run_example(name: &str, arguments: &[&str], input: &[u8]) -> Run {
    let mut child = example_binary(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // It may stop reading before the input ends, as it does with arguments.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    });
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
