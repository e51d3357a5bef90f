//! `token` and `ac`.

#[path = "support/command.rs"]
mod command;

use command::{DIDOMI, run};
use serde_json::{Value, json};

/// Made by us: a token with both spellings of IDs and milliseconds.
const TOKEN: &str = "eyJ1c2VyX2lkIjoiMTg3NWFmZTEtNDYxYi02YjlmLTlkNjYtNzAwMTc0YWJiZmZjIiwiY3JlYXRlZCI6IjIwMjQtMDgtMjdUMDc6MTU6MDUuNjAwWiIsInVwZGF0ZWQiOiIyMDI0LTA4LTI3VDA3OjE1OjA1LjYxN1oiLCJ2ZXJzaW9uIjoyLCJ2ZW5kb3JzIjp7ImVuYWJsZWQiOlsiZ29vZ2xlIiwiYzpob3RqYXIiXSwiZGlzYWJsZWQiOlsib3RoZXIiXX0sInB1cnBvc2VzIjp7ImVuYWJsZWQiOlsiYWRzIl19fQ==";

struct Tables {
    _directory: tempfile::TempDir,
    arguments: Vec<String>,
}

impl Tables {
    /// Vendors 130 `google` and 131 `hotjar`, purposes 1 `cookies` and 2 `ads`, each table in
    /// two pages.
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let page = |id: &str, name: &str, number: u16, skip: u8| {
            let page = json!({"total": 2, "limit": 1, "skip": skip, "data": [{
                id: name, "numeric_id": number, "organization_id": "o", "created_at": "2020",
            }]});
            let path = directory.path().join(format!("{name}.json"));
            std::fs::write(&path, page.to_string()).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let partner = |name, number, skip| page("metadata_partner_id", name, number, skip);
        let purpose = |name, number, skip| page("metadata_purpose_id", name, number, skip);
        let arguments = vec![
            "--partners".to_owned(),
            partner("google", 130, 0),
            "--partners".to_owned(),
            partner("hotjar", 131, 1),
            "--purposes".to_owned(),
            purpose("cookies", 1, 0),
            "--purposes".to_owned(),
            purpose("ads", 2, 1),
        ];
        Self { _directory: directory, arguments }
    }

    fn run(&self, arguments: &[&str]) -> command::Run {
        let tables = self.arguments.iter().map(String::as_str);
        run(&arguments.iter().copied().chain(tables).collect::<Vec<_>>(), "")
    }
}

/// The object of a string.
fn object(string: &str) -> Value {
    let (status, object, errors) = run(&["inspect", "--json", string.trim_end()], "");
    assert_eq!((status, &*errors), (0, ""));
    serde_json::from_str(&object).unwrap()
}

#[test]
fn a_token_becomes_a_string() {
    let tables = Tables::new();
    let (status, output, errors) = tables.run(&["token", "to-dcs", TOKEN]);
    assert_eq!((status, &*output), (1, ""), "an ID without a number is an error");
    let lines: Vec<_> = errors.lines().collect();
    assert_eq!(lines[0], "error in argument 1: vendors, disabled: no number for other [no_number]");

    let (status, output, errors) = tables.run(&["token", "to-dcs", "--skip-unknown", TOKEN]);
    assert_eq!(status, 0);
    assert_eq!(
        errors,
        "lost in argument 1: vendors, disabled: no number for other; updated: 17 milliseconds\n"
    );
    let string = object(&output);
    assert_eq!((&string["format"], &string["version"]), (&json!("didomi"), &json!(1)));
    assert_eq!(string["user_id"], "1875afe1-461b-6b9f-9d66-700174abbffc");
    assert_eq!(string["updated"], "2024-08-27T07:15:05.600Z");
    assert_eq!(string["vendors"], json!({"enabled": [130, 131], "disabled": []}));
    assert_eq!(string["purposes"], json!({"enabled": [2], "disabled": []}));

    let with = ["token", "to-dcs", "--skip-unknown", "--regulation", "1", TOKEN];
    let string = object(&tables.run(&with).1);
    assert_eq!((&string["version"], &string["regulation"]), (&json!(2), &json!(1)));
}

#[test]
fn a_string_becomes_a_token() {
    let tables = Tables::new();
    let token = |more: &[&str]| {
        let arguments = [&["token", "from-dcs", "--skip-unknown", DIDOMI], more].concat();
        let (status, output, errors) = tables.run(&arguments);
        assert_eq!(status, 0);
        (object(&output), errors)
    };
    let (bare, errors) = token(&[]);
    assert_eq!(
        errors,
        "lost in argument 1: purposes, enabled: no text for 6-8; purposes, disabled: no text for \
         3-4; purposes_li, enabled: no text for 6-8; purposes_li, disabled: no text for 3-4; \
         vendors, enabled: no text for 128-129, 132; vendors_li, enabled: no text for 128-129, 132\n"
    );
    assert_eq!(bare["created"], "2023-04-12T18:10:00.000Z");
    assert_eq!(bare["purposes"], json!({"enabled": ["cookies", "ads"], "disabled": []}));
    assert_eq!(bare["vendors_li"], json!({"enabled": ["google", "hotjar"], "disabled": []}));
    let (custom, _) = token(&["--custom-prefix", "--didomi-vendor", "google"]);
    assert_eq!(custom["vendors"]["enabled"], json!(["google", "c:hotjar"]));
    let (custom, _) = token(&["--custom-prefix", "--didomi-vendor", "didomi:131"]);
    assert_eq!(custom["vendors"]["enabled"], json!(["c:google", "hotjar"]));

    let (status, output, _) = tables.run(&["token", "from-dcs", "--json", DIDOMI]);
    assert_eq!(status, 1);
    let problem: Value = serde_json::from_str(&output).unwrap();
    assert_eq!((&problem["kind"], &problem["segment"]), (&json!("no_text"), &json!("purposes")));
    assert!(problem["error"].as_str().unwrap().contains("vendors, enabled: no text for 128-129"));
}

#[test]
fn bad_inputs_are_answered_in_place_and_the_rest_goes_on() {
    let tables = Tables::new();
    let skip = ["token", "to-dcs", "--json", "--skip-unknown"];
    let arguments: Vec<_> =
        skip.iter().copied().chain(tables.arguments.iter().map(String::as_str)).collect();
    let input = format!("{TOKEN}\nbm8=\n{DIDOMI}\n{TOKEN}");
    let (status, output, errors) = run(&arguments, input);
    assert_eq!(status, 1);
    let lines: Vec<_> = output.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0], lines[3]);
    assert!(lines[1].contains(r#""kind":"not_json""#), "{output}");
    assert!(lines[2].contains(r#""kind":"invalid_character""#), "{output}");
    assert!(errors.contains("lost in line 4: "), "{errors}");

    // Two spellings of one vendor that contradict each other.
    let both = json!({
        "format": "token", "user_id": "1875afe1-461b-6b9f-9d66-700174abbffc", "version": 2,
        "created": "2024-08-27T07:15:05.600Z", "updated": "2024-08-27T07:15:05.600Z",
        "vendors": {"enabled": ["google"], "disabled": ["c:google"]},
    });
    let (_, token, _) = run(&["compose", &both.to_string()], "");
    let (status, _, errors) = tables.run(&["token", "to-dcs", token.trim_end()]);
    assert_eq!(status, 1);
    assert!(errors.contains("[enabled_and_disabled]"), "{errors}");
    let (_, output, _) = tables.run(&["token", "to-dcs", "--json", token.trim_end()]);
    assert!(output.contains(r#""segment":"vendors""#), "{output}");
}

#[test]
fn a_token_is_taken_as_it_stands_in_a_cookie() {
    let tables = Tables::new();
    let cookie = format!("a=b; didomi_token={}; didomi_dcs=x", TOKEN.replace('=', "%3D"));
    let arguments = ["token", "to-dcs", "--skip-unknown", "--cookie", &cookie];
    let (status, output, _) = tables.run(&arguments);
    assert_eq!((status, output), (0, tables.run(&["token", "to-dcs", "--skip-unknown", TOKEN]).1));
}

#[test]
fn what_makes_no_sense_is_a_usage_error() {
    let tables = Tables::new();
    for arguments in [
        &["token"][..],
        &["token", "to-dcs", "--regulation", "65536", TOKEN],
        &["token", "from-dcs", "--didomi-vendor", "google", DIDOMI],
        &["token", "from-dcs", "--custom-prefix", "--didomi-vendor", "gogle", DIDOMI],
        &["token", "from-dcs", "--custom-prefix", "--didomi-vendor", "iab:755", DIDOMI],
        &["token", "to-dcs", "--partners", "/nowhere", TOKEN],
    ] {
        let (status, output, errors) = tables.run(arguments);
        assert_eq!((status, &*output), (2, ""), "{arguments:?}: {errors}");
    }
}

#[test]
fn ac_is_inspect_of_its_kind() {
    let expected =
        "{\"format\":\"ac\",\"version\":2,\"consented\":[35,41],\"disclosed\":[9,35,41]}\n"
            .to_owned();
    let string = "2~41.35~dv.9";
    assert_eq!(run(&["ac", "--json", string], ""), (0, expected.clone(), String::new()));
    assert_eq!(run(&["inspect", "--kind", "ac", "--json"], string).1, expected);
    let cookie = "euconsent-v2=x; addtl_consent=2%7E35.41%7Edv.9";
    assert_eq!(run(&["ac", "--json", "--cookie", cookie], "").1, expected);
    let page = run(&["ac", string], "").1;
    assert!(page.starts_with("Additional Consent string\n"), "{page}");
    let (status, output, _) = run(&["ac", "--json"], "1~35.35\n1YNN\n1~\n");
    assert_eq!(status, 1);
    let kinds: Vec<_> = output
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["kind"].clone())
        .collect();
    assert_eq!(kinds[0], "duplicate_id");
    assert!(kinds[1].is_string() && kinds[2].is_null(), "{output}");
}
