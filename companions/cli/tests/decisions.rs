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
