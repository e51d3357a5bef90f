//! GPP strings as text and as objects.

#![cfg(all(feature = "gpp", feature = "serde"))]

use consent_string::gpp::{Decoded, GppString, Padding};
use serde_json::{Value, json};

fn object(text: &str) -> Value {
    serde_json::to_value(text.parse::<GppString>().unwrap().decoded()).unwrap()
}

fn read(object: &Value) -> Result<GppString, String> {
    let decoded: Decoded =
        serde_json::from_str(&object.to_string()).map_err(|error| error.to_string())?;
    decoded.encode().map_err(|error| error.to_string())
}

#[test]
fn a_string_serializes_as_its_text() {
    let gpp: GppString = "DBABL~BVQVAAAAAg".parse().unwrap();
    assert_eq!(serde_json::to_value(&gpp).unwrap(), "DBABL~BVQVAAAAAg");
    assert_eq!(serde_json::to_value(gpp.view()).unwrap(), "DBABL~BVQVAAAAAg");
    assert_eq!(serde_json::from_str::<GppString>(r#""DBABL~BVQVAAAAAg""#).unwrap(), gpp);
    let error = serde_json::from_str::<GppString>(r#""DBABL~Zq7~Zq7""#).unwrap_err();
    assert!(!error.to_string().contains("Zq7"), "{error}");
}

#[test]
fn every_kind_of_section_has_its_object() {
    let sections = [
        (2, "CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA"),
        (5, "BPSG_8APSG_8AAyACAENGdCgf_gfgAfgfgBgABABAAABAB4AACACAAA.fHHHA4444ao"),
        (6, "1YN-"),
        (7, "BVQVAAAAAAGA.YA"),
        (8, "BA"),
        (22, "BVWSSVWA"),
        (24, "YBABY.BVVU.Y"),
        (26, "BVVV"),
        (99, "xyz"),
    ];
    let builder = sections.iter().fold(GppString::builder(), |builder, &(id, text)| {
        builder.section(consent_string::gpp::SectionId::new(id).unwrap(), text)
    });
    let gpp = builder.build().unwrap();
    let object = object(gpp.as_str());
    assert_eq!(object["version"], 1);
    assert_eq!(object["section_ids"], json!([2, 5, 6, 7, 8, 22, 24, 26, 99]));
    let by_id = |id: u16| {
        let all = object["sections"].as_array().unwrap().iter();
        all.clone().find(|section| section["id"] == id).unwrap().clone()
    };
    let tc = by_id(2);
    assert_eq!((&tc["name"], &tc["tc"]["cmp_id"]), (&json!("tcfeuv2"), &json!(31)));
    let canada = by_id(5);
    assert_eq!(canada.get("error"), None);
    assert_eq!(canada["form"], "integer_ranges");
    assert_eq!(canada["tc"]["vendors_express"], json!([12, 24, 48]));
    assert_eq!(canada["tc"]["publisher_tc"]["custom_purposes_implied"], json!([1, 3]));
    assert_eq!(
        by_id(6),
        json!({"id": 6, "name": "uspv1", "text": "1YN-", "notice": "yes", "opt_out_sale": "no",
               "lspa_covered": "not_applicable"})
    );
    let none = vec!["not_applicable"; 16];
    assert_eq!(
        by_id(7),
        json!({
            "id": 7, "name": "usnat", "text": "BVQVAAAAAAGA.YA", "version": 1, "layout": 2,
            "sharing_notice": "given", "sale_opt_out_notice": "given",
            "sharing_opt_out_notice": "given", "targeted_advertising_opt_out_notice": "given",
            "sensitive_data_processing_opt_out_notice": "not_applicable",
            "sensitive_data_limit_use_notice": "not_applicable",
            "sale_opt_out": "opted_out", "sharing_opt_out": "opted_out",
            "targeted_advertising_opt_out": "opted_out",
            "sensitive_data_processing": none,
            "known_child_sensitive_data_consents": none[..3],
            "personal_data_consents": "no_consent", "mspa_covered_transaction": "no",
            "mspa_opt_out_option_mode": "not_applicable",
            "mspa_service_provider_mode": "not_applicable", "gpc": true,
        })
    );
    assert_eq!(
        by_id(8),
        json!({"id": 8, "name": "usca", "text": "BA", "error": {
            "error": "core, sale_opt_out at bit 12 (character 149): the bits end too early, \
                      expected the rest of this field",
            "kind": "truncated", "segment": "usca", "bit": 12,
        }})
    );
    let tennessee = by_id(22);
    assert_eq!(tennessee["known_child_sensitive_data_consent"], "no_consent");
    assert_eq!(tennessee["gpc"], Value::Null);
    let maryland = by_id(24);
    assert_eq!((&maryland["section_header"], &maryland["version"]), (&json!(true), &json!(1)));
    assert_eq!(
        (&maryland["mspa_version"], &maryland["mspa_mode"]),
        (&json!(1), &json!("opt_out_option"))
    );
    assert_eq!(maryland["gpc"], true);
    let kentucky = by_id(26);
    assert_eq!((&kentucky["section_header"], &kentucky["version"]), (&json!(false), &Value::Null));
    assert_eq!(kentucky["sensitive_data_processing"], Value::Null);
    assert_eq!(by_id(99), json!({"id": 99, "name": null, "text": "xyz"}));

    // And back: what could be read is written in the canonical way, the rest stays.
    let again = read(&object).unwrap();
    assert_eq!(
        again.section_ids().map(u16::from).collect::<Vec<_>>(),
        [2, 5, 6, 7, 8, 22, 24, 26, 99]
    );
    for (section, (id, text)) in again.sections().zip(sections) {
        match id {
            // A character that the specification does not fill.
            5 => assert_eq!(section.as_str(), text.replacen("AAA.", "AA.", 1)),
            7 => assert_eq!(section.as_str(), "BVQVAAAAAAGA.Y"),
            22 => assert_eq!(section.as_str(), "BVWSSVW"),
            _ => assert_eq!(section.as_str(), text),
        }
    }
    assert_eq!(again.to_builder().padding(Padding::Characters).build(), Ok(again));
}

#[test]
fn what_may_be_left_out_is_left_out() {
    let mut object = object("DBABL~BVQVAAAAAAGA.YA");
    let section = object["sections"][0].as_object_mut().unwrap();
    for name in ["text", "name", "gpc"] {
        section.remove(name).unwrap();
    }
    assert_eq!(read(&object).unwrap().as_str(), "DBABL~BVQVAAAAAAGA");
    for name in ["section_ids", "version"] {
        object.as_object_mut().unwrap().remove(name).unwrap();
    }
    assert_eq!(read(&object).unwrap().as_str(), "DBABL~BVQVAAAAAAGA");
    // Without a layout, the version decides: 16 kinds of sensitive data don't go with 1.
    object["sections"][0].as_object_mut().unwrap().remove("layout");
    assert!(read(&object).unwrap_err().contains("sensitive_data_processing"));
    // Fields that are left out are not applicable.
    let short = json!({"sections": [{"id": 9, "sale_opt_out": "opted_out"}]});
    assert_eq!(read(&short).unwrap().as_str(), "DBABRg~BAQAAAA");
    // A section header is there unless told otherwise.
    let maryland =
        |header: Value| json!({"sections": [{"id": 24, "section_header": header, "gpc": false}]});
    assert_eq!(read(&maryland(true.into())).unwrap().as_str(), "DBABEY~YBABY.BAAA.Q");
    assert_eq!(read(&maryland(false.into())).unwrap().as_str(), "DBABEY~BAAA.Q");
}

#[test]
fn objects_that_say_nothing_sure_are_refused_without_being_shown() {
    let section = |section: Value| json!({"sections": [section]});
    for (object, expected) in [
        (json!({}), "missing field `sections`"),
        (json!({"sections": {}}), "a list"),
        (json!({"sections": [7]}), "expected a section"),
        (json!({"sections": [], "Zq7": 1}), "an unknown property"),
        (json!({"sections": [], "version": 2}), "not a version of a GPP string"),
        (json!({"sections": [], "section_ids": [7]}), "not those of the sections"),
        (json!({"sections": [{"id": 8, "text": "Zq7"}, {"id": 7, "text": "Zq7"}]}), "do not rise"),
        (json!({"sections": [{"id": 8, "text": "Zq7"}, {"id": 8, "text": "Zq7"}]}), "do not rise"),
        (section(json!({"text": "Zq7"})), "missing field `id`"),
        (section(json!({"id": 0, "text": "Zq7"})), "not an ID"),
        (section(json!({"id": 7, "name": "usca", "text": "Zq7"})), "a name that is not that"),
        (section(json!({"id": 7, "text": 7})), "not a text"),
        (section(json!({"id": 7})), "text: missing"),
        (section(json!({"id": 7, "error": null})), "text: missing"),
        (section(json!({"id": 99, "text": "Zq7", "Zq7": 1})), "an unknown property"),
        (section(json!({"id": 99, "text": "Zq7~"})), "no text of a section"),
        (section(json!({"id": 7, "Zq7": "Zq7"})), "an unknown property"),
        (section(json!({"id": 7, "sale_opt_out": "Zq7"})), "sale_opt_out: not a value"),
        (section(json!({"id": 7, "sale_opt_out": 1})), "sale_opt_out: given, but"),
        (section(json!({"id": 7, "sale_opt_out": ["opted_out"]})), "sale_opt_out: not a value"),
        (section(json!({"id": 9, "sharing_opt_out": "opted_out"})), "sharing_opt_out: given, but"),
        (section(json!({"id": 9, "gpc": true})), "gpc: given, but"),
        (section(json!({"id": 9, "section_header": true})), "an unknown property"),
        (section(json!({"id": 9, "layout": 1})), "an unknown property"),
        (section(json!({"id": 9, "version": 2})), "version: out of range"),
        (section(json!({"id": 8, "sensitive_data_processing": ["consent"]})), "not a value"),
        (section(json!({"id": 9, "sensitive_data_processing": ["consent"]})), "another number"),
        (section(json!({"id": 6, "notice": "yes"})), "missing field `opt_out_sale`"),
        (section(json!({"id": 6, "notice": "Zq7"})), "not an answer"),
        (section(json!({"id": 5, "tc": {}})), "not a version"),
        (section(json!({"id": 2, "tc": "Zq7"})), "not an object"),
    ] {
        let error = read(&object).unwrap_err();
        assert!(error.contains(expected), "{object}: {error}");
        assert!(!error.contains("Zq7"), "{error}");
    }
    let twice =
        r#"{"sections":[{"id":7,"sale_opt_out":"opted_out","sale_opt_out":"did_not_opt_out"}]}"#;
    let error = serde_json::from_str::<Decoded>(twice).unwrap_err();
    assert!(error.to_string().contains("there twice"), "{error}");
    let deep =
        format!(r#"{{"sections":[{{"id":7,"text":{}7{}}}]}}"#, "[".repeat(100), "]".repeat(100));
    let error = serde_json::from_str::<Decoded>(&deep).unwrap_err();
    assert!(error.to_string().contains("within each other"), "{error}");
}

#[test]
fn the_order_of_properties_does_not_matter() {
    let text = "DBABD~BPSG_8APSG_8AAyACAENGdCgf_gfgAfgfgBgABABAAABAB4AACACAAA.fHHHA4444ao";
    let object = object(text);
    // `tc` before `id`, as `serde_json` sorts by name.
    let section = object["sections"][0].as_object().unwrap();
    let reversed: Vec<String> =
        section.iter().rev().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    let reversed = format!(r#"{{"sections":[{{{}}}]}}"#, reversed.join(","));
    let decoded: Decoded = serde_json::from_str(&reversed).unwrap();
    assert_eq!(decoded.encode().unwrap().as_str(), text.replacen("AAA.", "AA.", 1));
}
