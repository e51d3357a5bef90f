//! Runs the examples as programs.

use std::io::Write;
use std::process::{Command, Stdio};

/// A command that runs an example of this crate, as it was built together with the tests.
///
/// Cargo builds the examples whenever it builds all tests, but tells no test where they are: they
/// lie beside the directory of the test's own executable, `target/PROFILE/deps`.
pub(crate) fn command(name: &str) -> Command {
    let test = std::env::current_exe().expect("the test knows its own path");
    let profile = test.ancestors().nth(2).expect("the test lies in target/PROFILE/deps");
    let path = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "example {name} isn't built: run all tests, or `cargo build --all-features --example {name}` first"
    );
    Command::new(path)
}

/// What a run of an example gave: exit status, standard output and standard error.
pub(crate) type Run = (i32, String, String);

/// Runs an example with some arguments on some input.
pub(crate) fn run(name: &str, arguments: &[&str], input: &[u8]) -> Run {
    let mut child = command(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // It may end before the input does, as it does over bad arguments.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    });
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
