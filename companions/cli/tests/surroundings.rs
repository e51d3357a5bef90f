//! A full disk, a closed pipe, an interrupt, a terminal, help.
#![cfg(unix)]

#[path = "support/command.rs"]
mod command;

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use command::{DIDOMI, command, run};

#[test]
fn a_full_disk_is_told() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = command(&["inspect", DIDOMI]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("the output can't be written"), "{errors}");
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let mut child = command(&["inspect"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        for _ in 0..10_000 {
            if writeln!(input, "{DIDOMI}").is_err() {
                break;
            }
        }
    });
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.next().unwrap().unwrap().starts_with("Didomi"));
    drop(lines);
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn an_interrupt_ends_it() {
    let mut child =
        command(&["check"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
    assert!(!child.wait().unwrap().success());
}

#[test]
fn every_command_explains_itself_by_an_example() {
    let (status, help, _) = run(&["--help"], "");
    assert_eq!(status, 0);
    for name in [
        "inspect",
        "explain",
        "compose",
        "diff",
        "merge",
        "check",
        "permits",
        "request",
        "token",
        "ac",
        "links",
        "completions",
        "man",
    ] {
        assert!(help.contains(&format!("  {name} ")), "{help}");
    }
    for command in [
        &["inspect"][..],
        &["explain"],
        &["compose"],
        &["diff"],
        &["merge"],
        &["check"],
        &["permits"],
        &["request"],
        &["token", "to-dcs"],
        &["token", "from-dcs"],
        &["ac"],
        &["links", "sign"],
    ] {
        let (_, help, _) = run(&[command, &["--help"]].concat(), "");
        // As it is printed, on a terminal of 80 columns.
        let example = help.split_once("Example:\n").unwrap().1;
        let binary = env!("CARGO_BIN_EXE_consent-string");
        let script = example.replace("consent-string ", &format!("{binary} "));
        let output = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
        // The strings of the example of `diff` differ.
        let expected = i32::from(command == ["diff"]);
        assert_eq!(output.status.code(), Some(expected), "{script}: {output:?}");
    }
}

#[test]
fn completions_and_manual_pages_are_written() {
    for shell in ["bash", "zsh", "fish"] {
        let (status, script, _) = run(&["completions", shell], "");
        assert_eq!(status, 0);
        assert!(script.contains("consent-string"), "{shell}");
    }
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(run(&["man", directory.path().to_str().unwrap()], "").0, 0);
    for page in ["inspect", "ac", "token-to-dcs"] {
        assert!(directory.path().join(format!("consent-string-{page}.1")).is_file(), "{page}");
    }
}
