//! `diff` and `merge`.

#[path = "support/command.rs"]
mod command;

use command::{DIDOMI, TC, run};
use serde_json::{Value, json};

/// Composes a string of the object of another one with some changes.
fn changed(string: &str, change: impl FnOnce(&mut Value)) -> String {
    let (_, object, _) = run(&["inspect", "--json", string], "");
    let mut object: Value = serde_json::from_str(&object).unwrap();
    change(&mut object);
    let (status, composed, errors) = run(&["compose", &object.to_string()], "");
    assert_eq!((status, &*errors), (0, ""));
    composed.trim_end().to_owned()
}

/// The sample as it was a month later: vendor 130 refused, 140 new, a device ID.
fn later() -> String {
    changed(DIDOMI, |object| {
        object["updated"] = json!("2023-05-12T18:10:00.000Z");
        object["vendors"] = json!({"enabled": [128, 129, 131, 132, 140], "disabled": [130]});
        object["purposes"] = json!({"enabled": [], "disabled": []});
        object["did"] = json!("Zq7device");
    })
}

fn object(output: &str) -> Value {
    serde_json::from_str(output).unwrap()
}

#[test]
fn diff_tells_what_changed() {
    let later = later();
    let (status, output, errors) = run(&["diff", "--json", DIDOMI, &later], "");
    assert_eq!((status, &*errors), (1, ""));
    assert!(output.starts_with(r#"{"header":[{"field":"updated","from":""#), "{output}");
    let change = |section: &str, ids: &str, from: &str, to: &str| json!({"section": section, "ids": ids, "from": from, "to": to});
    let expected = json!({
        "header": [
            {"field": "updated", "from": "2023-04-12T18:10:00.000Z", "to": "2023-05-12T18:10:00.000Z"},
            {"field": "did", "from": null, "to": "Zq7device"},
        ],
        "sections": [
            change("purposes", "1-2", "enabled", "undefined"),
            change("purposes", "3-4", "disabled", "undefined"),
            change("purposes", "6-8", "enabled", "undefined"),
            change("vendors", "130", "enabled", "disabled"),
            change("vendors", "140", "undefined", "enabled"),
        ],
    });
    assert_eq!(object(&output), expected);

    let (status, output, _) = run(&["diff", DIDOMI, &later], "");
    assert_eq!(status, 1);
    assert!(output.contains("\nvendors 130: enabled -> disabled\n"), "{output}");
    assert!(output.contains("did: added\n") && !output.contains("Zq7"), "{output}");
}

#[test]
fn diff_of_what_says_the_same_is_empty_and_good() {
    let padded = format!("{TC}A");
    for (one, other) in [(DIDOMI, DIDOMI), (TC, &padded)] {
        assert_eq!(run(&["diff", one, other], ""), (0, "no difference\n".into(), String::new()));
        let empty = "{\"header\":[],\"sections\":[]}\n".to_owned();
        assert_eq!(run(&["diff", "--json", one, other], ""), (0, empty, String::new()));
    }
}

#[test]
fn diff_takes_every_format_that_is_compared() {
    let after = changed(TC, |object| {
        object["cmp_id"] = json!(31);
        object["vendors_consent"] = json!([1, 2]);
        object["disclosed_vendors"] = json!(null);
        object["publisher_restrictions"] = json!([{"purpose": 2, "type": 1, "vendors": [7, 8]}]);
    });
    let (status, output, _) = run(&["diff", "--json", TC, &after], "");
    let found = object(&output);
    assert_eq!(status, 1);
    assert_eq!(
        found["header"][0],
        json!({"field": "cmp_id", "from": object_of(TC)["cmp_id"], "to": 31})
    );
    assert_eq!(
        found["header"][1],
        json!({"field": "disclosed_vendors", "from": "present", "to": "absent"})
    );
    assert_eq!(
        found["sections"][0],
        json!({"section": "vendors_consent", "ids": "3-4", "from": true, "to": false})
    );
    let restriction = json!({
        "section": "publisher_restrictions", "purpose": 2, "type": 1,
        "ids": "7-8", "from": false, "to": true,
    });
    assert_eq!(found["sections"][1], restriction);

    let (_, output, _) = run(&["diff", "--json", "1YNN", "1YYN"], "");
    let expected =
        json!({"header": [{"field": "opt_out_sale", "from": "no", "to": "yes"}], "sections": []});
    assert_eq!(object(&output), expected);

    let (_, output, _) =
        run(&["diff", "--json", "DBABL~BVQqAAAAAg", "DBACLM~BVQqAAAAAg.QA~BVVVVVVVVWA"], "");
    let expected = json!({
        "header": [],
        "sections": [
            {
                "section": "usnat", "id": 7, "from": "BVQqAAAAAg", "to": "BVQqAAAAAg.QA",
                "header": [{"field": "gpc", "from": null, "to": false}], "sections": [],
            },
            {
                "section": "usva", "id": 9, "from": null, "to": "BVVVVVVVVWA",
                "header": null, "sections": null,
            },
        ],
    });
    assert_eq!(object(&output), expected);
}

fn object_of(string: &str) -> Value {
    object(&run(&["inspect", "--json", string], "").1)
}

#[test]
fn what_has_no_difference_is_told_in_its_place() {
    let kinds = |one: &str, other: &str| {
        let (status, output, errors) = run(&["diff", "--json", one, other], "");
        assert_eq!((status, &*errors), (1, ""));
        object(&output)["kind"].as_str().unwrap().to_owned()
    };
    assert_eq!(kinds(DIDOMI, TC), "different_formats");
    assert_eq!(kinds("2~1~dv.9", "2~1~dv."), "not_compared");
    assert_eq!(kinds("DAAA", TC), "unsupported_version");
    let (_, _, errors) = run(&["diff", DIDOMI, TC], "");
    assert_eq!(
        errors.lines().next(),
        Some(
            "error in argument 1 and argument 2: a Didomi Consent String and a TC string, expected \
             two strings of one format [different_formats]"
        )
    );
    let (_, _, errors) = run(&["diff", DIDOMI, "1Y N"], "");
    assert!(errors.starts_with("error in argument 2: "), "{errors}");
    assert_eq!(run(&["diff", DIDOMI], "").0, 2, "one argument");
    assert_eq!(run(&["diff", DIDOMI, DIDOMI, DIDOMI], "").0, 2, "three arguments");
}

#[test]
fn pairs_of_lines_are_answered_one_by_one() {
    let lines = format!("{DIDOMI}\n{DIDOMI}\nDAAA\n{TC}\n{TC}\n{TC}A\n1YNN\n1YYN\n1---\n");
    let (status, output, errors) = run(&["diff", "--json"], &lines);
    let answers: Vec<Value> = output.lines().map(object).collect();
    assert_eq!((status, &*errors), (1, ""));
    assert_eq!(answers.len(), 5);
    assert_eq!(answers[1]["kind"], "unsupported_version");
    assert_eq!(answers[3]["header"][0]["field"], "opt_out_sale");
    assert_eq!(answers[4]["kind"], "unpaired");
    assert_eq!(run(&["diff", "--json"], format!("{TC}\n{TC}A\n")).0, 0);
    let (_, _, errors) = run(&["diff"], format!("{DIDOMI}\n{TC}\n"));
    assert!(errors.starts_with("error in line 1 and line 2: "), "{errors}");
}

#[test]
fn cookies_are_compared_as_they_stand() {
    let (one, other) = (format!("\"{DIDOMI}%7Ec2ln\""), format!("didomi_dcs={DIDOMI}"));
    let (status, output, _) = run(&["diff", "--cookie", "--json", &one, &other], "");
    assert_eq!(status, 1);
    let expected = json!([{"field": "signature", "from": "c2ln", "to": null}]);
    assert_eq!(object(&output)["header"], expected);
    let (_, output, _) = run(&["diff", "--cookie", &one, &other], "");
    assert_eq!(output, "signature: removed\n");
    let header = format!("Cookie: didomi_dcs={DIDOMI}; euconsent-v2={TC}");
    let (status, output, _) = run(&["diff", "--cookie", "--json", &header, &other], "");
    assert_eq!((status, object(&output)["kind"].clone()), (1, json!("not_one_cookie")));
}

#[test]
fn merge_makes_one_string_of_two() {
    let later = later();
    let (status, merged, errors) = run(&["merge", DIDOMI, &later], "");
    assert_eq!((status, &*errors), (0, ""));
    assert_eq!(run(&["merge", &later, DIDOMI], "").1, merged);
    let object = object_of(merged.trim_end());
    assert_eq!(object["vendors"], json!({"enabled": [128, 129, 131, 132, 140], "disabled": [130]}));
    assert_eq!(object["purposes"], object_of(DIDOMI)["purposes"]);
    assert_eq!(object["updated"], "2023-05-12T18:10:00.000Z");
    assert_eq!(object["created"], "2023-04-12T18:10:00.000Z");
    assert_eq!(object["did"], "Zq7device");
    assert_eq!(run(&["merge", DIDOMI, DIDOMI], "").1, format!("{DIDOMI}\n"));
}

#[test]
fn merge_says_what_it_leaves_out() {
    let phone = changed(DIDOMI, |object| object["did"] = json!("phone"));
    let laptop = changed(DIDOMI, |object| object["did"] = json!("laptop")) + "~c2ln";
    let (status, merged, errors) = run(&["merge", &phone, &laptop], "");
    assert_eq!((status, &*merged), (0, &*format!("{DIDOMI}\n")));
    let expected = "\
note: the merged string has no signature: those of the two cover other bytes
note: the merged string has no device ID: both were updated at the same time
";
    assert_eq!(errors, expected);
}

#[test]
fn merge_refuses_strings_of_two_people_and_rules() {
    let change = |name: &str, value: Value| changed(DIDOMI, |object| object[name] = value);
    let other_user = change("user_id", json!("5a713700-52d7-4bd4-9e3f-0f6d3a4c2b18"));
    let [one, other] = ["a", "b"].map(|ouid| change("ouid", json!(ouid)));
    let version_2 = |regulation: u16| {
        changed(DIDOMI, |object| {
            object["version"] = json!(2);
            object["regulation"] = json!(regulation);
        })
    };
    let cases = [
        (DIDOMI.to_owned(), other_user, "different_users"),
        (one, other, "different_organization_users"),
        (DIDOMI.to_owned(), version_2(1), "different_versions"),
        (version_2(1), version_2(2), "different_regulations"),
        (DIDOMI.to_owned(), TC.to_owned(), "truncated"),
    ];
    for (one, other, kind) in cases {
        let (status, output, errors) = run(&["merge", "--json", &one, &other], "");
        assert_eq!((status, &*errors), (1, ""));
        assert_eq!(object(&output)["kind"], kind, "{output}");
        assert!(!output.contains("5a713700"), "{output}");
        let (status, output, errors) = run(&["merge", &one, &other], "");
        assert_eq!((status, &*output), (1, ""));
        assert!(errors.lines().next().unwrap().ends_with(&format!("[{kind}]")), "{errors}");
    }
}
