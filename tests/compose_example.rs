//! The example `compose`, run as a person runs it: JSON in, canonical strings out.

#![cfg(all(feature = "serde", feature = "tcf"))]

#[path = "support/example.rs"]
mod example;
#[path = "support/vectors.rs"]
mod vectors;

use consent_string::didomi::ConsentString;
use serde::Deserialize;
use serde_json::{Value, json};

fn compose(arguments: &[&str], input: &str) -> example::Run {
    example::run("compose", arguments, input.as_bytes())
}

#[derive(Deserialize)]
struct Row {
    string: String,
    decoded: Value,
}

#[test]
fn every_canonical_string_from_its_json() {
    let mut rows: Vec<Row> = vectors::rows("didomi-published.jsonl");
    rows.extend(vectors::rows::<Row>("didomi-canonical.jsonl"));
    let input: String = rows.iter().map(|row| row.decoded.to_string() + "\n").collect();
    // A signature of unknown bytes is left out.
    let unsigned = |row: &Row| row.string.parse::<ConsentString>().unwrap().without_signature();
    let expected: String = rows.iter().map(|row| unsigned(row).into_string() + "\n").collect();
    assert_eq!(compose(&[], &input), (0, expected, String::new()));
}

#[test]
fn what_inspect_prints_composes_to_the_canonical_string() {
    // Among these are strings in other forms than the canonical one.
    let rows: Vec<Row> = vectors::rows("didomi-accepted.jsonl");
    let input: String = rows.iter().map(|row| row.string.clone() + "\n").collect();
    let (_, objects, _) = example::run("inspect", &["--json"], input.as_bytes());
    let good = |objects: &str| {
        let lines = objects.lines().filter(|line| !line.starts_with(r#"{"error""#));
        lines.flat_map(|line| [line, "\n"]).collect::<String>()
    };
    let objects = good(&objects);
    assert!(objects.lines().count() > 100);
    let (status, strings, errors) = compose(&[], &objects);
    assert_eq!((status, &*errors), (0, ""));
    let (_, again, _) = example::run("inspect", &["--json"], strings.as_bytes());
    let unsigned = |line: &str| {
        let mut object: Value = serde_json::from_str(line).unwrap();
        object["signature"] = Value::Null;
        object
    };
    assert!(again.lines().map(unsigned).eq(objects.lines().map(unsigned)));
    assert!(
        strings.lines().all(|text| text.parse::<ConsentString>().unwrap().signature().is_none())
    );
}

/// The object of a good string, with one property replaced, put in, or (null) taken out.
fn object(version: u8, property: &str, value: Value) -> Value {
    let mut object = json!({
        "version": version,
        "user_id": "1875afe1-461b-6b9f-9d66-700174abbffc",
        "created": "2023-04-12T18:10:00.000Z",
        "updated": "2023-04-12T18:10:00.000Z",
        "regulation": if version == 2 { json!(1) } else { Value::Null },
    });
    object[property] = value;
    object
}

#[test]
fn bad_lines_are_answered_in_place() {
    let good = object(1, "did", json!("D"));
    let bad = [
        object(1, "vendors", json!({"enabled": [3], "disabled": [3]})),
        object(1, "vendors", json!({"enabled": [0]})),
        object(1, "purposes", json!({"disabled": [65536]})),
        object(1, "created", json!("2023-02-30T00:00:00.000Z")),
        object(1, "updated", json!("2023-04-12T18:10:00.001Z")),
        object(1, "regulation", json!(1)),
        object(1, "sync", json!("2023-04-12T18:10:00.000Z")),
        object(2, "regulation", Value::Null),
        object(3, "regulation", json!(1)),
        object(1, "user_id", json!("none")),
        object(1, "did", json!("a.b")),
        object(1, "purpose", json!({})),
        json!([1]),
    ];
    let mut input = format!("{good}\n");
    for object in &bad {
        input.extend([object.to_string(), "\n".to_owned(), good.to_string(), "\n".to_owned()]);
    }
    input += "{\"version\": 1,\n\n";
    let string = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCAABAAAgAAQAAA.D";

    let (status, output, errors) = compose(&["--json"], &input);
    assert_eq!((status, &*errors), (1, ""));
    let lines: Vec<&str> = output.lines().collect();
    assert_eq!(lines.len(), 2 * bad.len() + 3);
    assert_eq!(
        lines[1],
        r#"{"error":"section: an ID that is both enabled and disabled, expected one of them at line 1 column 182","kind":"invalid_value","segment":null,"bit":null}"#
    );
    for (index, line) in lines.iter().enumerate() {
        if index % 2 == 0 && index <= 2 * bad.len() {
            assert_eq!(*line, string, "the good lines between");
            continue;
        }
        let kind = if index > 2 * bad.len() { "invalid_json" } else { "invalid_value" };
        let problem: Value = serde_json::from_str(line).unwrap();
        assert_eq!(problem["kind"], kind, "{line}");
        assert_eq!(problem.as_object().unwrap().len(), 4);
    }

    let (status, output, errors) = compose(&[], &input);
    assert_eq!(status, 1);
    assert_eq!(output, format!("{string}\n").repeat(bad.len() + 1));
    assert_eq!(errors.lines().count(), bad.len() + 2);
    assert!(
        errors.starts_with("error in line 2: section: an ID that is both enabled and disabled")
    );
}

#[test]
fn objects_may_be_arguments() {
    let object = object(2, "ouid", json!("O")).to_string();
    let expected = "CGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsAABEAACAABAAAgAAAA..O.\n";
    let (status, output, errors) = compose(&[&object], "");
    assert_eq!((status, &*errors), (0, ""));
    assert_eq!(output, expected);
    let (status, _, errors) = compose(&["{}"], "");
    assert_eq!(status, 1);
    assert!(errors.starts_with("error in argument 1: missing field `version`"), "{errors}");
    let (status, _, errors) = compose(&["--pretty"], "");
    assert_eq!(status, 2);
    assert!(errors.contains("usage: compose"), "{errors}");
}
