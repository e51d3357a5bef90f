//! `inspect`: pages, JSON, cookies, detection, and bad input in its place.

#[path = "support/command.rs"]
mod command;

use command::{DIDOMI, TC, run};
use serde_json::{Value, json};

#[test]
fn a_didomi_string_as_a_page() {
    let text = format!("{DIDOMI}..XF229L4wQrauAgOe/AGP0SP7fa7bclNhB0~CAISHAgC");
    let page = "\
Didomi Consent String, version 1
  user ID                   1875afe1-461b-6b9f-9d66-700174abbffc
  created                   2023-04-12 18:10:00 UTC
  updated                   2023-04-12 18:10:00 UTC

Purposes
  consent                   + enabled   1-2, 6-8
                            - disabled  3-4
  legitimate interest       + enabled   1-2, 6-8
                            - disabled  3-4

Vendors
  consent                   + enabled   128-132
                            - disabled  none
  legitimate interest       + enabled   128-132
                            - disabled  none

Tokens
  device ID                 none
  organization user ID      XF229L4wQrauAgOe/AGP0SP7fa7bclNhB0
  signature                 CAISHAgC

Encoding
  purposes                  bit field from 1, 35 bits
  purposes_li               bit field from 1, 35 bits
  vendors                   Fibonacci ranges, 38 bits
  vendors_li                Fibonacci ranges, 38 bits

";
    assert_eq!(run(&["inspect", &text], ""), (0, page.to_owned(), String::new()));
    let (status, twice, _) = run(&["inspect"], format!("{text}\n{text}\r\n"));
    assert_eq!((status, twice), (0, page.repeat(2)), "one a line, with either line end");
}

#[test]
fn validity_is_asked_at_a_time() {
    let valid = |at: &str| {
        let (_, page, _) = run(&["inspect", "--at", at, TC], "");
        page.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(
        valid("2025-06-04T00:00:00Z"),
        "  valid at 2025-06-04       no: the string permits nothing"
    );
    let (status, _, errors) = run(&["inspect", "--at", "today", TC], "");
    assert_eq!(status, 2, "{errors}");
}

#[test]
fn json_has_its_keys_in_order_and_the_format_in_front() {
    let json = r#"{"format":"tcf","version":2,"created":"2025-06-03T00:00:00.000Z","last_updated":"2025-06-03T00:00:00.000Z","cmp_id":880,"cmp_version":0,"consent_screen":0,"consent_language":"EN","vendor_list_version":48,"tcf_policy_version":2,"is_service_specific":true,"use_non_standard_texts":false,"special_feature_opt_ins":[],"purposes_consent":[],"purposes_li":[],"purpose_one_treatment":false,"publisher_country_code":"DE","vendors_consent":[1,2,3,4],"vendors_li":[],"publisher_restrictions":[],"disclosed_vendors":[1,2,3,4,5,100,404],"allowed_vendors":null,"publisher_tc":{"purposes_consent":[],"purposes_li":[],"custom_purposes_count":0,"custom_purposes_consent":[],"custom_purposes_li":[]}}"#;
    assert_eq!(run(&["inspect", "--json", TC], ""), (0, format!("{json}\n"), String::new()));
    let (_, line, _) = run(&["inspect", "--json", DIDOMI], "");
    assert!(line.starts_with(r#"{"format":"didomi","version":1,"user_id":"#), "{line}");
    assert!(line.ends_with("\"did\":null,\"ouid\":null,\"signature\":null}\n"), "{line}");
}

#[test]
fn each_format_is_told_from_the_text() {
    let formats = |strings: &[&str]| -> Vec<Value> {
        let arguments = [&["inspect", "--json"], strings].concat();
        let (status, lines, errors) = run(&arguments, "");
        assert_eq!((status, &*errors), (0, ""), "{lines}");
        let object = |line| serde_json::from_str::<Value>(line).unwrap()["format"].clone();
        lines.lines().map(object).collect()
    };
    let token = "eyJ1c2VyX2lkIjoiMTg3NWFmZTEtNDYxYi02YjlmLTlkNjYtNzAwMTc0YWJiZmZjIiwiY3JlYXRlZCI6IjIwMjQtMDgtMjdUMDc6MTU6MDUuNjEwWiIsInVwZGF0ZWQiOiIyMDI0LTA4LTI3VDA3OjE1OjA1LjYxMFoiLCJ2ZXJzaW9uIjoyfQ==";
    assert_eq!(
        formats(&[
            DIDOMI,
            TC,
            "DBACLM~BVQqAAAAAgA.QA~BVVVVVVVVWA.AA",
            "1YNN",
            "2~1.35~dv.9",
            token
        ]),
        ["didomi", "tcf", "gpp", "us_privacy", "ac", "token"]
    );
    let (status, answer, _) = run(&["inspect", "--json", "--kind", "tcf", DIDOMI], "");
    assert_eq!(status, 1);
    assert!(answer.contains("this looks like a Didomi Consent String"), "{answer}");
}

#[test]
fn cookies_are_taken_as_they_stand() {
    let header = format!("Cookie: theme=dark; didomi_dcs=%22{DIDOMI}%7Ec2ln%22; euconsent-v2={TC}");
    let (status, lines, _) = run(&["inspect", "--cookie", "--json", &header], "");
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(status, 0);
    assert_eq!(lines.len(), 2, "one answer for each known name");
    assert_eq!((&lines[0]["format"], &lines[0]["signature"]), (&json!("didomi"), &json!("c2ln")));
    assert_eq!(lines[1]["format"], "tcf");
    for value in [format!("{DIDOMI}%7Ec2ln"), format!("\"{DIDOMI}\""), format!("dcs={DIDOMI}")] {
        assert_eq!(run(&["inspect", "--cookie", &value], "").0, 0, "{value}");
        assert_eq!(run(&["inspect", &value], "").0, 1, "only with --cookie: {value}");
    }
    assert_eq!(run(&["inspect", "--cookie", "\"B"], "").0, 1, "a quotation mark on one side");
}

#[test]
fn bad_lines_are_answered_in_place() {
    let input = format!("{DIDOMI}\nDAAA\n\n{DIDOMI}.a b\n{DIDOMI}....\n\u{fc}\n{DIDOMI}");
    let (status, output, errors) = run(&["inspect", "--json", "--kind", "didomi"], &input);
    assert_eq!((status, &*errors), (1, ""));
    let lines: Vec<Value> =
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let problem =
        |line: &Value| (line["kind"].clone(), line["segment"].clone(), line["bit"].clone());
    assert_eq!(lines.len(), 7);
    assert_eq!(problem(&lines[1]), (json!("unsupported_version"), json!("sections"), json!(0)));
    assert_eq!(problem(&lines[2]), (json!("empty"), json!("sections"), json!(0)));
    assert_eq!(problem(&lines[3]), (json!("invalid_character"), json!("did"), json!(8)));
    assert_eq!(lines[4]["kind"], "too_many_segments");
    assert_eq!(lines[5]["kind"], "invalid_character");
    assert_eq!(lines[6]["version"], 1, "the last line needs no line feed");

    let (status, _, errors) = run(&["inspect"], &input);
    assert_eq!(status, 1);
    assert_eq!(errors.lines().count(), 5, "one line each, and no string: {errors}");
    assert!(!errors.contains(&DIDOMI[..20]), "{errors}");
}

#[test]
fn a_caret_stands_under_the_fault_of_an_argument() {
    let (status, output, errors) = run(&["inspect", &format!("{DIDOMI}%7Ec2ln")], "");
    assert_eq!((status, &*output), (1, ""));
    let lines: Vec<&str> = errors.lines().collect();
    assert!(lines[0].starts_with("error in argument 1: "), "{errors}");
    assert!(lines[0].ends_with("[invalid_character]"), "{errors}");
    let caret = lines[3].find('^').unwrap();
    assert_eq!(&lines[2][caret..=caret], "%", "{errors}");
    assert!(lines[4].contains("--cookie"), "{errors}");
}

#[test]
fn the_place_in_a_long_string_is_shown() {
    let long = format!("{DIDOMI}.{}", "x".repeat(300) + " " + &"y".repeat(300));
    let (_, _, errors) = run(&["inspect", &long], "");
    let lines: Vec<&str> = errors.lines().collect();
    assert!(lines[2].chars().count() <= 80, "{errors}");
    let caret = lines[3].find('^').unwrap();
    assert_eq!(&lines[2][caret..=caret], " ", "{errors}");
}

#[test]
fn inferred_codes_are_read_on_request() {
    // Made by us: vendors by the code 0101, which is inferred.
    let file = include_str!("../../../tests/data/didomi-accepted.jsonl");
    let row = file.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let row = row
        .into_iter()
        .find(|row| row["codes"].as_array().is_some_and(|codes| codes.contains(&json!("0101"))));
    let string = row.unwrap()["string"].as_str().unwrap().to_owned();
    assert_eq!(run(&["inspect", "--kind", "didomi", &string], "").0, 1);
    let listed = ["inspect", "--kind", "didomi", "--inferred-codes", "listed", &string];
    let (status, page, _) = run(&listed, "");
    assert_eq!(status, 0);
    assert!(page.contains("by code 0101: its meaning"), "{page}");
}

#[test]
fn pages_fit_the_width() {
    for width in ["40", "80", "120"] {
        let mut command =
            command::command(&["inspect", TC, "1YNN", "DBACLM~BVQqAAAAAgA.QA~BVVVVVVVVWA.AA"]);
        let (_, page, _) = command::finish(command.env("COLUMNS", width), b"");
        let columns: usize = width.parse().unwrap();
        let widest = page.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= columns.max(60), "{width}: {widest}\n{page}");
        assert!(!page.contains('\u{1b}'), "no colour where no terminal is");
    }
}

#[test]
fn odd_input_is_survived() {
    let (status, output, _) = run(&["inspect", "--json"], b"\xFF\xFE\n\0\n");
    assert_eq!((status, output.lines().count()), (1, 2));
    assert!(
        output.starts_with(
            r#"{"error":"not UTF-8, expected text","kind":"not_utf8","segment":null,"bit":null}"#
        ),
        "{output}"
    );
    assert_eq!(run(&["inspect", "--jsn", DIDOMI], "").0, 2);
    assert_eq!(run(&["undo"], "").0, 2, "an unknown command");
    assert_eq!(run(&["inspect", "--json"], ""), (0, String::new(), String::new()));
}

#[test]
fn a_gpp_string_says_first_what_was_opted_out_of() {
    let (status, page, _) = run(&["inspect", "DBABL~BVQVAAAAAg"], "");
    assert_eq!(status, 0);
    let lines: Vec<&str> = page.lines().collect();
    let opted_out = |what: &str| format!("  {what:<42}- opted out");
    let meaning = ["sale of personal data", "its sharing", "targeted advertising"].map(opted_out);
    assert_eq!(lines[..4], ["GPP string", &meaning[0], &meaning[1], &meaning[2]]);
    // The longest name, and a list that says the same twelve times.
    for row in [
        "  sensitive data processing opt out notice  not_applicable",
        "  sensitive data processing                 not_applicable, 12 times",
    ] {
        assert!(lines.contains(&row), "{row}: {page}");
    }
}
