//! What the end-to-end tests share.

use std::process::Command;

/// A command that runs an example of this crate, as it was built together with the tests.
///
/// Cargo builds the examples whenever it builds all tests, but tells no test where they are: they
/// lie beside the directory of the test's own executable, `target/PROFILE/deps`.
pub(crate) fn example_binary(name: &str) -> Command {
    let test = std::env::current_exe().expect("the test knows its own path");
    let profile = test.ancestors().nth(2).expect("the test lies in target/PROFILE/deps");
    let path = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.is_file(),
        "example {name} isn't built: run all tests, or `cargo build --example {name}` first"
    );
    Command::new(path)
}
