//! The example `inspect`, run as a person runs it.

#![cfg(all(feature = "serde", feature = "tcf"))]

#[path = "support/example.rs"]
mod example;
#[path = "support/vectors.rs"]
mod vectors;

use serde::Deserialize;
use serde_json::{Value, json};

const SECTIONS: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";

fn inspect(arguments: &[&str], input: &str) -> example::Run {
    example::run("inspect", arguments, input.as_bytes())
}

#[test]
fn a_published_string_as_a_page() {
    let text = format!(
        "{SECTIONS}..XF229L4wQrauAgOe/AGP0SP7fa7bclNhB0~CAISHAgCEhJnd3NfMjAyMzA0MDYtMF9SQzEaAmVuIAEaBgiAo82hBg"
    );
    let page = "\
Didomi Consent String, version 1
  user ID    1875afe1-461b-6b9f-9d66-700174abbffc
  created    2023-04-12T18:10:00.000Z
  updated    2023-04-12T18:10:00.000Z
  DID        none
  OUID       XF229L4wQrauAgOe/AGP0SP7fa7bclNhB0
  signature  CAISHAgCEhJnd3NfMjAyMzA0MDYtMF9SQzEaAmVuIAEaBgiAo82hBg

  section      encoding            bits  status    IDs
  purposes     bit field from 1      35  enabled   1-2, 6-8
                                         disabled  3-4
  purposes_li  bit field from 1      35  enabled   1-2, 6-8
                                         disabled  3-4
  vendors      Fibonacci ranges      38  enabled   128-132
                                         disabled  none
  vendors_li   Fibonacci ranges      38  enabled   128-132
                                         disabled  none

";
    assert_eq!(inspect(&[&text], ""), (0, page.to_owned(), String::new()));
    let (status, twice, _) = inspect(&[], &format!("{text}\n{text}\n"));
    assert_eq!((status, twice), (0, page.repeat(2)), "from standard input, one a line");
}

#[test]
fn a_page_of_version_2_has_more_and_marks_what_is_inferred() {
    let row = vectors::rows::<Row>("didomi-accepted.jsonl")
        .into_iter()
        .find(|row| row.decoded["version"] == 2 && row.codes.contains(&json!("0101")))
        .unwrap();
    let (status, page, errors) = inspect(&[&row.string], "");
    assert_eq!((status, &*errors), (0, ""));
    assert!(page.starts_with("Didomi Consent String, version 2\n"), "{page}");
    assert!(page.contains("\n  regulation 1 (GDPR)\n  sync       never\n"), "{page}");
    assert!(
        page.contains("\n               code 0101, inferred       disabled  4-5, 12\n"),
        "{page}"
    );
    let row = vectors::rows::<Row>("didomi-accepted.jsonl")
        .into_iter()
        .find(|row| row.decoded["sync"].is_string() && row.decoded["regulation"] == 65535)
        .unwrap();
    let (_, page, _) = inspect(&[&row.string], "");
    let sync = row.decoded["sync"].as_str().unwrap();
    assert!(page.contains(&format!("\n  regulation 65535\n  sync       {sync}\n")), "{page}");
}

#[derive(Deserialize)]
struct Row {
    string: String,
    decoded: Value,
    #[serde(default)]
    codes: Vec<Value>,
}

#[test]
fn every_canonical_string_as_json() {
    for file in ["didomi-published.jsonl", "didomi-canonical.jsonl"] {
        let rows: Vec<Row> = vectors::rows(file);
        let input: String = rows.iter().map(|row| row.string.clone() + "\n").collect();
        let (status, output, errors) = inspect(&["--json"], &input);
        assert_eq!((status, &*errors), (0, ""));
        assert_eq!(output.lines().count(), rows.len());
        for (line, row) in output.lines().zip(rows) {
            assert_eq!(serde_json::from_str::<Value>(line).unwrap(), row.decoded);
        }
    }
}

#[test]
fn the_keys_stand_in_their_order() {
    let (_, output, _) = inspect(&["--json", SECTIONS], "");
    let line = output.strip_suffix('\n').unwrap();
    let keys = [
        "version",
        "user_id",
        "created",
        "updated",
        "regulation",
        "sync",
        "purposes",
        "purposes_li",
        "vendors",
        "vendors_li",
        "did",
        "ouid",
        "signature",
    ];
    let places = keys.map(|key| line.find(&format!("\"{key}\":")).unwrap());
    assert!(places.is_sorted(), "{line}");
    assert_eq!(serde_json::from_str::<Value>(line).unwrap().as_object().unwrap().len(), keys.len());
}

#[test]
fn bad_lines_are_answered_in_place() {
    let input =
        format!("{SECTIONS}\nDAAA\n\n{SECTIONS}.a b\n{SECTIONS}....\n{SECTIONS}\r\n{SECTIONS}");
    let (status, output, errors) = inspect(&["--json"], &input);
    assert_eq!((status, &*errors), (1, ""));
    let lines: Vec<Value> =
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 7);
    assert_eq!(lines[0]["version"], 1);
    assert_eq!(
        output.lines().nth(1).unwrap(),
        r#"{"error":"sections, version at bit 0: version 3, expected 1 or 2","kind":"unsupported_version","segment":"sections","bit":0}"#
    );
    let problem =
        |line: &Value| (line["kind"].clone(), line["segment"].clone(), line["bit"].clone());
    assert_eq!(problem(&lines[2]), (json!("empty"), json!("sections"), json!(0)));
    assert_eq!(problem(&lines[3]), (json!("invalid_character"), json!("did"), json!(8)));
    assert_eq!(problem(&lines[4]), (json!("too_many_segments"), Value::Null, Value::Null));
    assert_eq!(problem(&lines[5]), (json!("invalid_character"), json!("sections"), json!(360)));
    assert_eq!(lines[6]["version"], 1, "the last line needs no line feed");

    let (status, output, errors) = inspect(&[], &input);
    assert_eq!(status, 1);
    assert_eq!(output.matches("Didomi Consent String, version 1\n").count(), 2);
    let errors: Vec<&str> = errors.lines().collect();
    assert_eq!(errors.len(), 5);
    assert_eq!(
        errors[0],
        "error in line 2: sections, version at bit 0: version 3, expected 1 or 2 [unsupported_version]"
    );
    assert!(errors[4].starts_with("error in line 6: sections, base64 at bit 360: "));
}

#[test]
fn every_bad_string_is_refused() {
    // As an argument, where a line feed is a character like any other; NUL can't be passed.
    let rows: Vec<Refused> = vectors::rows("didomi-refused.jsonl");
    let rows: Vec<&Refused> = rows.iter().filter(|row| row.policy == "listed").collect();
    let strings: Vec<&str> =
        rows.iter().map(|row| &*row.string).filter(|s| !s.contains('\0')).collect();
    let arguments: Vec<&str> =
        ["--json", "--"].into_iter().chain(strings.iter().copied()).collect();
    let (status, output, _) = inspect(&arguments, "");
    assert_eq!((status, output.lines().count()), (1, strings.len()));
    let kinds = rows.iter().filter(|row| !row.string.contains('\0')).map(|row| &row.kind);
    for (line, kind) in output.lines().zip(kinds) {
        assert_eq!(serde_json::from_str::<Value>(line).unwrap()["kind"], **kind);
    }
}

#[derive(Deserialize)]
struct Refused {
    string: String,
    kind: String,
    policy: String,
}

#[test]
fn odd_input_is_survived() {
    let (status, output, _) = example::run("inspect", &["--json"], b"\xFF\xFE\n\0\n");
    assert_eq!((status, output.lines().count()), (1, 2));
    assert!(
        output.starts_with(r#"{"error":"not UTF-8","kind":"not_utf8","segment":null,"bit":null}"#)
    );
    let (status, output, errors) = inspect(&["--jsn", SECTIONS], "");
    assert_eq!((status, &*output), (2, ""));
    assert!(errors.contains("usage: inspect"), "{errors}");
    let (status, output, errors) = inspect(&["--json"], "");
    assert_eq!((status, &*output, &*errors), (0, "", ""), "nothing to do is no error");
}

/// The example of the TC string specification.
const TC_STRING: &str =
    "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";

#[test]
fn a_tc_string_as_json_has_the_keys_in_order_and_composes_back() {
    let json = r#"{"version":2,"created":"2025-06-03T00:00:00.000Z","last_updated":"2025-06-03T00:00:00.000Z","cmp_id":880,"cmp_version":0,"consent_screen":0,"consent_language":"EN","vendor_list_version":48,"tcf_policy_version":2,"is_service_specific":true,"use_non_standard_texts":false,"special_feature_opt_ins":[],"purposes_consent":[],"purposes_li":[],"purpose_one_treatment":false,"publisher_country_code":"DE","vendors_consent":[1,2,3,4],"vendors_li":[],"publisher_restrictions":[],"disclosed_vendors":[1,2,3,4,5,100,404],"allowed_vendors":null,"publisher_tc":{"purposes_consent":[],"purposes_li":[],"custom_purposes_count":0,"custom_purposes_consent":[],"custom_purposes_li":[]}}"#;
    let good = (0, format!("{json}\n"), String::new());
    assert_eq!(inspect(&["--tcf", "--json", TC_STRING], ""), good);
    let composed = example::run("compose", &["--tcf"], json.as_bytes());
    assert_eq!(composed, (0, format!("{TC_STRING}\n"), String::new()));
}

#[test]
fn a_tc_string_as_a_page() {
    let (status, page, errors) =
        inspect(&["--tcf", "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"], "");
    assert_eq!((status, &*errors), (0, ""));
    for line in [
        "TC string, version 2",
        "  CMP                      888, version 1",
        "  vendors, consent         1-10",
        "  disclosed vendors        no segment",
        "  publisher restriction    purpose 7 requires consent of 32",
    ] {
        assert!(page.lines().any(|found| found == line), "{line:?} in {page}");
    }
}

#[test]
fn a_didomi_string_is_no_tc_string_nor_the_other_way_round() {
    let answer = |arguments: &[&str]| -> Value {
        let (status, output, _) = inspect(arguments, "");
        assert_eq!(status, 1);
        serde_json::from_str(&output).unwrap()
    };
    let didomi = answer(&["--tcf", "--json", SECTIONS]);
    assert_eq!(
        (&didomi["kind"], &didomi["segment"]),
        (&json!("unsupported_version"), &json!("core"))
    );
    let tcf = answer(&["--json", TC_STRING]);
    assert_eq!((&tcf["kind"], &tcf["segment"]), (&json!("truncated"), &json!("sections")));
}
