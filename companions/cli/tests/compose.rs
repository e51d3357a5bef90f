//! `compose`: the way back from JSON.

#[path = "support/command.rs"]
mod command;

use command::{DIDOMI, TC, run};

#[test]
fn what_inspect_prints_composes_to_the_same_string() {
    let strings = [
        DIDOMI.to_owned(),
        format!("{DIDOMI}~c2ln"),
        TC.to_owned(),
        "1YNN".to_owned(),
        "2~1.35~dv.9".to_owned(),
        "DBABRg~BCAAAAg".to_owned(),
    ];
    let arguments: Vec<&str> =
        ["inspect", "--json"].into_iter().chain(strings.iter().map(String::as_str)).collect();
    let (_, objects, _) = run(&arguments, "");
    let (status, composed, errors) = run(&["compose"], &objects);
    assert_eq!((status, &*errors), (0, ""));
    assert_eq!(composed.lines().collect::<Vec<_>>(), strings);
}

#[test]
fn canonical_vectors_come_back_byte_for_byte() {
    let file = include_str!("../../../tests/data/didomi-canonical.jsonl");
    let rows: Vec<serde_json::Value> =
        file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let strings: String =
        rows.iter().map(|row| row["string"].as_str().unwrap().to_owned() + "\n").collect();
    let (status, objects, _) = run(&["inspect", "--json", "--kind", "didomi"], &strings);
    assert_eq!(status, 0);
    let (status, composed, _) = run(&["compose"], &objects);
    assert_eq!((status, composed), (0, strings));
    let decoded: String = rows.iter().map(|row| row["decoded"].to_string() + "\n").collect();
    assert_eq!(run(&["compose"], &decoded).0, 0, "the format is told by the properties");
}

#[test]
fn both_names_of_a_part_are_read_and_not_at_once() {
    let part = |name: &str| {
        format!(
            r#"{{"version":2,"user_id":"1875afe1-461b-6b9f-9d66-700174abbffc","created":"2023-04-12T18:10:00.000Z","updated":"2023-04-12T18:10:00.000Z",{name}}}"#
        )
    };
    let documented = part(r#""regulation_id":1,"purposes_optin":{"enabled":[1],"disabled":[]}"#);
    let samples = part(r#""regulation":1,"purposes":{"enabled":[1],"disabled":[]}"#);
    let both = part(r#""regulation":1,"regulation_id":1"#);
    let (status, composed, _) = run(&["compose", &documented, &samples], "");
    let lines: Vec<&str> = composed.lines().collect();
    assert_eq!((status, lines[0]), (0, lines[1]));
    assert_eq!(run(&["compose", &both], "").0, 1);
}

#[test]
fn bad_objects_are_told_without_showing_them() {
    for (object, kind) in [
        ("{", "invalid_json"),
        ("[]", "not_object"),
        (r#"{"version":1,"version":2}"#, "repeated"),
        (r#"{"format":"dcs"}"#, "unknown_format"),
        (r#"{"version":1}"#, "no_format"),
        (r#"{"format":"didomi","Zq7":1}"#, "invalid_value"),
    ] {
        let (status, answer, _) = run(&["compose", "--json", object], "");
        assert_eq!(status, 1);
        assert!(answer.contains(&format!(r#""kind":"{kind}""#)), "{object}: {answer}");
        assert!(!answer.contains("Zq7"), "{answer}");
    }
}

/// A range of a few characters is thousands of numbers in an object.
#[test]
fn an_object_may_be_longer_than_any_string() {
    let (status, object, _) = run(&["inspect", "--json", TC], "");
    assert_eq!(status, 0);
    let vendors: Vec<String> = (1..=60_000).map(|vendor| vendor.to_string()).collect();
    let start = object.find("\"vendors_consent\":[").unwrap();
    let end = start + object[start..].find(']').unwrap();
    let vendors = vendors.join(",");
    let object = format!("{}\"vendors_consent\":[{vendors}{}", &object[..start], &object[end..]);
    assert!(object.len() > 300_000);
    let (status, string, errors) = run(&["compose"], &object);
    assert_eq!((status, errors.as_str()), (0, ""));
    assert!(string.len() < 100, "one range: {} characters", string.len());
    let (_, again, _) = run(&["inspect", "--json"], &string);
    assert_eq!(again, object);
}
