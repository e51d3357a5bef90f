//! `permits` and `request`.

#[path = "support/command.rs"]
mod command;

use command::{DIDOMI, TC, run};

/// A day on which the specification's example is young.
const AT: &str = "2025-09-15T00:00:00Z";
/// A published TC string that is valid, and a day on which it is young; see tests/data/README.md
/// of the library.
const VALID: &str = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
const SPRING: &str = "2020-04-01T00:00:00Z";

#[test]
fn permits_answers_by_the_string_that_knows() {
    let didomi = |purpose| {
        let arguments = ["permits", "--json", "--vendor", "didomi:130", "--purpose", purpose];
        let (status, output, _) = run(&[&arguments[..], &["--dcs", DIDOMI]].concat(), "");
        (status, output)
    };
    let yes = "{\"allowed\":true,\"basis\":\"consent\",\"decided_by\":\"didomi\"}\n";
    assert_eq!(didomi("didomi:2"), (0, yes.to_owned()));
    let no = "{\"allowed\":false,\"reason\":\"absent\",\"decided_by\":\"tcf\"}\n";
    assert_eq!(didomi("iab:2"), (1, no.to_owned()));

    let tcf = |more: &[&str]| {
        let question = ["permits", "--vendor", "iab:755", "--purpose", "iab:2", "--tc", VALID];
        let (status, output, _) = run(&[&question[..], more].concat(), "");
        assert_eq!(status, 1);
        let reason = output.rsplit_once('[').unwrap().1.to_owned();
        reason.trim_end_matches("]\n").to_owned()
    };
    assert_eq!(tcf(&["--at", SPRING]), "declaration_unknown");
    assert_eq!(tcf(&["--at", SPRING, "--basis", "consent"]), "no_purpose_signal");
    assert_eq!(tcf(&["--at", "2035-01-01T00:00:00Z"]), "expired");
    assert_eq!(tcf(&["--at", "2020-01-01T00:00:00Z"]), "in_future");
    // The specification's own example is of policy version 3.
    let question = ["permits", "--vendor", "iab:755", "--purpose", "iab:1", "--tc", TC, "--at", AT];
    let (_, output, _) = run(&question, "");
    assert!(output.ends_with("[policy_version]\n"), "{output}");
}

#[test]
fn permits_takes_lists_and_text_ids() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = directory.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let partners = file(
        "partners.json",
        r#"{"total":1,"limit":100,"skip":0,"data":[{"metadata_partner_id":"hotjar","numeric_id":130,"organization_id":"o"}]}"#,
    );
    let purposes = file(
        "purposes.json",
        r#"{"total":1,"limit":100,"skip":0,"data":[{"metadata_purpose_id":"ads","numeric_id":2,"organization_id":"o"}]}"#,
    );
    let named = ["permits", "--dcs", DIDOMI, "--vendor", "c:hotjar", "--purpose", "ads"];
    let tables = ["--partners", &partners, "--purposes", &purposes];
    let (status, output, errors) = run(&[&named[..], &tables].concat(), "");
    assert_eq!((status, &*output, &*errors), (0, "yes, on consent [didomi]\n", ""));
    let (status, _, errors) = run(&named, "");
    assert_eq!(status, 2);
    assert!(errors.contains("--vendor: a text ID that no table has"), "{errors}");

    let list = file(
        "gvl.json",
        r#"{"gvlSpecificationVersion":3,"vendorListVersion":81,"tcfPolicyVersion":5,
            "lastUpdated":"2025-01-02T16:00:27Z","vendors":{"755":{"id":755,"name":"A"}}}"#,
    );
    let asked = ["permits", "--json", "--tc", VALID, "--at", SPRING, "--gvl", &list];
    let (_, output, _) =
        run(&[&asked[..], &["--vendor", "iab:755", "--purpose", "iab:1"]].concat(), "");
    assert!(output.contains(r#""reason":"not_declared","decided_by":"gvl""#), "{output}");
    let (status, _, errors) =
        run(&["permits", "--vendor", "iab:1", "--purpose", "iab:1", "--gvl", &partners], "");
    assert_eq!(status, 2);
    assert!(errors.contains("partners.json: "), "{errors}");
}

#[test]
fn each_request_is_an_object() {
    let objects = |input: &str, more: &[&str]| -> Vec<serde_json::Value> {
        let (status, output, errors) = run(&[&["request", "--at", AT][..], more].concat(), input);
        assert_eq!((status, &*errors), (0, ""));
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let two = format!("Cookie: euconsent-v2={TC}\nHost: a\nSec-GPC: 1\n\nCookie: usprivacy=1YNN\n");
    let read = objects(&two, &[]);
    assert_eq!(read.len(), 2);
    assert_eq!(read[0]["tcf"]["state"], "read");
    assert_eq!(read[0]["gpc"], true);
    assert_eq!(read[0]["gdpr_applies"], true);
    assert_eq!(read[1]["tcf"]["state"], "absent");
    assert_eq!(read[1]["opted_out"]["sale"], "did_not_opt_out");
    assert_eq!(read[1].get("permits"), None);
    // A header that was there before begins the next request.
    assert_eq!(objects("cookie: a=b\nusprivacy=1YYN\nsec-gpc: 1\nSec-GPC: 0\n", &[]).len(), 3);
    assert_eq!(objects("", &[]).len(), 1);
    assert_eq!(objects("Cookie: a=b\n\n\n", &[]).len(), 1);

    let asked = ["--vendor", "iab:755", "--purpose", "iab:1", "--max-age", "1", "--gdpr", "no"];
    let read = objects(&two, &asked);
    assert_eq!(read[0]["tcf"]["state"], "expired");
    assert_eq!(read[0]["gdpr_applies"], false);
    assert_eq!(read[0]["permits"]["reason"], "expired");
    assert_eq!(run(&["request", "--vendor", "iab:1"], "").0, 2);
    assert_eq!(run(&["request", "--us-state", "California"], "").0, 2);
}

/// The list: what vendor 755 declares, and some vendors with which something is odd.
const LIST: &str = r#"{
    "gvlSpecificationVersion": 3, "vendorListVersion": 81, "tcfPolicyVersion": 5,
    "lastUpdated": "2026-06-01T16:00:00Z",
    "vendors": {
        "32": {"id": 32, "name": "Declares nothing"},
        "33": {"id": 33, "name": "Deleted", "purposes": [1], "deletedDate": "2026-01-01T00:00:00Z"},
        "34": {"id": 34, "name": "Both", "purposes": [2], "legIntPurposes": [2]},
        "755": {"id": 755, "name": "A vendor", "purposes": [1, 2, 4], "legIntPurposes": [7, 9],
                "flexiblePurposes": [2, 7], "specialPurposes": [1], "features": [3],
                "specialFeatures": [1]}
    }
}"#;
const SUMMER: &str = "2026-06-15T12:00:00Z";

/// A TC string of 2026-06-15 with some properties otherwise.
fn composed(changes: &serde_json::Value) -> String {
    let mut object = serde_json::json!({
        "format": "tcf", "version": 2,
        "created": "2026-06-15T00:00:00Z", "last_updated": "2026-06-15T00:00:00Z",
        "cmp_id": 31, "cmp_version": 1, "consent_screen": 1, "consent_language": "EN",
        "vendor_list_version": 81, "tcf_policy_version": 5,
        "is_service_specific": true, "use_non_standard_texts": false,
        "special_feature_opt_ins": [1], "purposes_consent": [1, 2, 7], "purposes_li": [2, 7],
        "purpose_one_treatment": false, "publisher_country_code": "DE",
        "vendors_consent": [755], "vendors_li": [755], "publisher_restrictions": [],
        "disclosed_vendors": [33, 34, 755], "allowed_vendors": null, "publisher_tc": null,
    });
    for (name, value) in changes.as_object().unwrap() {
        object[name] = value.clone();
    }
    let (status, string, errors) = run(&["compose", &object.to_string()], "");
    assert_eq!((status, &*errors), (0, ""));
    string.trim_end().to_owned()
}

#[test]
#[allow(clippy::too_many_lines, reason = "a table")]
fn an_iab_vendor_is_refused_for_the_right_reason() {
    use serde_json::json;

    let directory = tempfile::tempdir().unwrap();
    let list = directory.path().join("gvl.json");
    std::fs::write(&list, LIST).unwrap();
    let with_list = ["--gvl", list.to_str().unwrap()];
    let restricted = |kind: u8| {
        json!({"publisher_restrictions": [
            {"purpose": 2, "type": kind, "vendors": [755]},
            {"purpose": 7, "type": kind, "vendors": [755]},
            {"purpose": 1, "type": kind, "vendors": [755]},
        ]})
    };
    let good = || json!({});
    let days = |day: &str| json!({"created": day, "last_updated": day});

    // What the string has otherwise, the question, and the answer; with the list.
    let rows: &[(serde_json::Value, &str, &str, &str)] = &[
        (good(), "iab:755", "iab:1", "yes consent tcf"),
        (good(), "iab:755", "iab:7", "yes li tcf"),
        (good(), "iab:755", "iab:3", "not_declared gvl"),
        (good(), "iab:755", "iab:4", "no_purpose_signal tcf"),
        (good(), "iab:755", "iab:9", "no_purpose_signal tcf"),
        (good(), "iab:32", "iab:1", "not_declared gvl"),
        (good(), "iab:33", "iab:1", "deleted_vendor gvl"),
        (good(), "iab:34", "iab:2", "ambiguous_bases gvl"),
        (good(), "iab:99", "iab:1", "unknown_vendor gvl"),
        (json!({"vendors_consent": []}), "iab:755", "iab:1", "no_vendor_signal tcf"),
        (json!({"vendors_li": []}), "iab:755", "iab:7", "no_vendor_signal tcf"),
        (json!({"purposes_consent": [2]}), "iab:755", "iab:1", "no_purpose_signal tcf"),
        (json!({"purpose_one_treatment": true}), "iab:755", "iab:1", "purpose_one_treatment tcf"),
        // Not disclosed.
        (json!({"disclosed_vendors": [33]}), "iab:755", "iab:1", "not_disclosed tcf"),
        (
            json!({"disclosed_vendors": [33]}),
            "iab:755",
            "iab:special_purpose:1",
            "not_disclosed tcf",
        ),
        (json!({"disclosed_vendors": null}), "iab:755", "iab:1", "disclosed_vendors_missing tcf"),
        // Restricted: 1 is fixed on consent, 2 is flexible from consent, 7 from the other.
        (restricted(0), "iab:755", "iab:2", "not_allowed tcf"),
        (restricted(1), "iab:755", "iab:2", "yes consent tcf"),
        (restricted(1), "iab:755", "iab:7", "yes consent tcf"),
        (restricted(2), "iab:755", "iab:2", "yes li tcf"),
        (restricted(2), "iab:755", "iab:1", "not_flexible tcf"),
        (restricted(3), "iab:755", "iab:2", "undefined_restriction tcf"),
        // Old, future, invalid.
        (days("2025-05-17T00:00:00Z"), "iab:755", "iab:1", "yes consent tcf"),
        (days("2025-05-16T00:00:00Z"), "iab:755", "iab:1", "expired tcf"),
        (days("2026-06-16T00:00:00Z"), "iab:755", "iab:1", "in_future tcf"),
        (json!({"is_service_specific": false}), "iab:755", "iab:1", "not_service_specific tcf"),
        (json!({"tcf_policy_version": 3}), "iab:755", "iab:1", "policy_version tcf"),
        // What needs no basis.
        (good(), "iab:755", "iab:special_purpose:1", "yes - tcf"),
        (good(), "iab:755", "iab:special_purpose:2", "not_declared gvl"),
        (good(), "iab:755", "iab:feature:3", "yes - gvl"),
        (good(), "iab:755", "iab:special_feature:1", "yes - tcf"),
        (
            json!({"special_feature_opt_ins": []}),
            "iab:755",
            "iab:special_feature:1",
            "no_special_feature_opt_in tcf",
        ),
    ];
    let asked = |tc: &[&str], vendor: &str, purpose: &str, more: &[&str]| -> String {
        let question =
            ["permits", "--json", "--at", SUMMER, "--vendor", vendor, "--purpose", purpose];
        let (status, output, _) = run(&[&question[..], tc, more].concat(), "");
        let answer: serde_json::Value = serde_json::from_str(&output).unwrap();
        let by = answer["decided_by"].as_str().unwrap_or("nobody");
        assert_eq!(status, i32::from(answer["allowed"] == false), "{answer}");
        match answer["reason"].as_str() {
            None => format!("yes {} {by}", answer["basis"].as_str().unwrap_or("-")),
            Some(reason) => format!("{reason} {by}"),
        }
    };
    for (changes, vendor, purpose, expected) in rows {
        let tc = composed(changes);
        assert_eq!(asked(&["--tc", &tc], vendor, purpose, &with_list), *expected, "{changes}");
    }
    // Without a string, with one that can't be read, and without a list.
    assert_eq!(asked(&[], "iab:755", "iab:1", &with_list), "absent tcf");
    assert_eq!(asked(&["--tc", "CPXx"], "iab:755", "iab:1", &with_list), "unreadable tcf");
    let tc = composed(&restricted(1));
    let tc = ["--tc", &tc];
    for (purpose, more, expected) in [
        ("iab:1", &[][..], "declaration_unknown gvl"),
        ("iab:1", &["--basis", "consent"], "yes consent tcf"),
        ("iab:7", &["--basis", "li"], "not_flexible tcf"),
        ("iab:7", &["--basis", "li", "--flexible"], "yes consent tcf"),
        ("iab:1", &["--basis", "consent", "--flexible"], "flexible_purpose_one tcf"),
        ("iab:special_purpose:1", &["--basis", "consent"], "declaration_unknown gvl"),
    ] {
        assert_eq!(asked(&tc, "iab:755", purpose, more), expected, "{purpose} {more:?}");
    }
    // With a list the list is right.
    let on_li = [&with_list[..], &["--basis", "li"]].concat();
    assert_eq!(asked(&tc, "iab:755", "iab:1", &on_li), "other_basis gvl");
}

#[test]
fn a_string_that_cannot_be_read_is_told_why() {
    let question = ["permits", "--vendor", "iab:755", "--purpose", "iab:1", "--tc", "CPXx"];
    let (status, output, errors) = run(&question, "");
    assert_eq!((status, &*output), (1, "no: tcf: the string can't be read [unreadable]\n"));
    assert!(errors.starts_with("error in --tc: "), "{errors}");
    assert!(errors.ends_with("[truncated]\n"), "{errors}");
}
