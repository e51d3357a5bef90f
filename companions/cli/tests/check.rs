//! `check`: counts over files of any size.

#[path = "support/command.rs"]
mod command;

use std::io::Write as _;

use command::{DIDOMI, TC, run};

#[test]
fn good_and_bad_lines_are_counted_by_kind() {
    let input = format!("{DIDOMI}\n{TC}\r\nB\n\n{DIDOMI}%7E\n{DIDOMI}");
    let (status, output, errors) = run(&["check", "--json"], &input);
    assert_eq!((status, &*errors), (1, ""));
    let json = r#"{"lines":6,"good":3,"bad":{"empty":1,"invalid_character":1,"invalid_length":1}}"#;
    assert_eq!(output, format!("{json}\n"));
    let (_, page, _) = run(&["check"], &input);
    assert!(page.starts_with("standard input: 6 lines, 3 good, 3 bad\n"), "{page}");
    assert!(page.contains("first bad lines: 3 (invalid_length), 4 (empty), 5 (invalid_character)"));
    assert_eq!(run(&["check"], format!("{DIDOMI}\n")).0, 0);
    assert_eq!(run(&["check", "--cookie"], format!("didomi_dcs={DIDOMI}%7Ec2ln\n")).0, 0);
}

/// Blocks of a file are counted by several threads, and bad lines keep their numbers.
#[test]
fn a_large_file_has_the_counts_of_its_lines() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let lines = 60_000;
    for number in 1..=lines {
        let line = if number % 20_000 == 0 { "B" } else { TC };
        writeln!(file, "{line}").unwrap();
    }
    let path = file.path().to_str().unwrap();
    let (status, output, _) = run(&["check", "--json", path], "");
    assert_eq!(status, 1);
    assert_eq!(output, "{\"lines\":60000,\"good\":59997,\"bad\":{\"invalid_length\":3}}\n");
    let (_, page, _) = run(&["check", "--kind", "tcf", path], "");
    assert!(page.contains("20000 ("), "{page}");
    assert!(page.contains("40000 ("), "{page}");
}

#[test]
fn a_line_without_an_end_is_refused() {
    let long = vec![b'x'; 3 << 20];
    let (status, output, _) = run(&["check", "--json"], [&long[..], b"\n", TC.as_bytes()].concat());
    assert_eq!(status, 1);
    assert_eq!(output, "{\"lines\":2,\"good\":1,\"bad\":{\"too_long\":1}}\n");
    let endless = vec![b'x'; 100 << 20];
    let (status, _, errors) = run(&["inspect"], &endless);
    assert_eq!(status, 2, "{errors}");
    assert!(errors.contains("does not end"), "{errors}");
}

#[test]
fn files_that_cannot_be_read_are_told() {
    for path in ["no/such/file", "/"] {
        let (status, output, errors) = run(&["check", path], "");
        assert_eq!((status, &*output), (2, ""));
        assert!(errors.starts_with(&format!("error: {path}: ")), "{errors}");
        assert_eq!(run(&["inspect", "--file", path], "").0, 2);
    }
}
