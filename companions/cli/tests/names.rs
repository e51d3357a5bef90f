//! Names beside the numbers that `inspect` shows.

#[path = "support/command.rs"]
mod command;

use command::{DIDOMI, TC, run};
use serde_json::{Value, json};

const GVL: &str = "../../tests/data/gvl-v3.json";

struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, content: &Value) -> String {
        let path = self.0.path().join(name);
        std::fs::write(&path, content.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

fn objects(arguments: &[&str]) -> Vec<Value> {
    let (status, output, errors) = run(arguments, "");
    assert_eq!((status, &*errors), (0, ""), "{output}");
    output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_didomi_string_has_names_by_the_apis_answers() {
    let files = Files::new();
    let partners = files.write(
        "partners.json",
        &json!({"total": 3, "limit": 100, "skip": 0, "data": [
            {"metadata_partner_id": "google", "numeric_id": 130, "organization_id": "o"},
            {"metadata_partner_id": "hotjar", "numeric_id": 128, "organization_id": "o"},
            {"metadata_partner_id": "absent", "numeric_id": 7, "organization_id": "o"},
        ]}),
    );
    let purposes = files.write(
        "purposes.json",
        &json!({"total": 2, "limit": 100, "skip": 0, "data": [
            {"metadata_purpose_id": "refused", "numeric_id": 4, "organization_id": "o"},
            {"metadata_purpose_id": "nobody", "numeric_id": 5, "organization_id": "o"},
        ]}),
    );
    let lists = ["--partners", &partners, "--purposes", &purposes];
    let named = objects(&[&["inspect", "--json", DIDOMI][..], &lists].concat());
    let names = json!({
        "purposes": {"4": "refused"},
        "vendors": {"128": "hotjar", "130": "google"},
    });
    assert_eq!(named[0]["names"], names);
    let keys: Vec<_> = named[0].as_object().unwrap().keys().collect();
    assert_eq!((keys[0].as_str(), keys[keys.len() - 1].as_str()), ("format", "names"));
    // All else is as without.
    let mut bare = named[0].clone();
    bare.as_object_mut().unwrap().remove("names");
    assert_eq!(objects(&["inspect", "--json", DIDOMI]), [bare]);

    let (_, page, _) = run(&[&["inspect", DIDOMI][..], &lists].concat(), "");
    assert!(
        page.ends_with(
            "
Names of purposes
  4                         refused

Names of vendors
  128                       hotjar
  130                       google

"
        ),
        "{page}"
    );
    let one = objects(&["inspect", "--json", "--partners", &partners, DIDOMI]);
    assert_eq!(one[0]["names"]["purposes"], json!({}));
}

#[test]
fn a_tc_string_has_names_by_the_vendor_list() {
    let compose = |object: Value| {
        let (status, string, errors) = run(&["compose", &object.to_string()], "");
        assert_eq!((status, &*errors), (0, ""));
        string.trim_end().to_owned()
    };
    let mut object = objects(&["inspect", "--json", TC]).remove(0);
    object["purposes_consent"] = json!([1]);
    object["purposes_li"] = json!([2, 24]);
    object["special_feature_opt_ins"] = json!([1]);
    object["vendors_consent"] = json!([755, 9]);
    object["vendors_li"] = json!([]);
    object["disclosed_vendors"] = json!([8]);
    object["publisher_restrictions"] = json!([
        {"purpose": 2, "type": 0, "vendors": [65535]},
    ]);
    let string = compose(object);
    let named = objects(&["inspect", "--json", "--gvl", GVL, &string]);
    let names = &named[0]["names"];
    assert_eq!(names["purposes"]["2"], "Use limited data to select advertising");
    assert_eq!(names["special_features"], json!({"1": "Precise location"}));
    let vendors: Vec<_> = names["vendors"].as_object().unwrap().keys().collect();
    assert_eq!(vendors, ["8", "755", "65535"], "by rising number, without those not listed");

    let gpp = compose(json!({
        "format": "gpp", "version": 1, "section_ids": [2],
        "sections": [{"id": 2, "name": "tcfeuv2", "text": string}],
    }));
    assert_eq!(objects(&["inspect", "--json", "--gvl", GVL, &gpp])[0]["names"], *names);
}

#[test]
fn strings_without_such_numbers_have_no_names() {
    for string in ["1YNN", "2~1.35~dv.9", DIDOMI] {
        let object = objects(&["inspect", "--json", "--gvl", GVL, string]).remove(0);
        let names = object["names"].as_object().unwrap();
        assert!(names.values().all(|names| *names == json!({})), "{object}");
    }
    let (status, _, errors) = run(&["inspect", "--gvl", "Cargo.toml", "1YNN"], "");
    assert_eq!(status, 2);
    assert!(errors.contains("Cargo.toml: "), "{errors}");
}
