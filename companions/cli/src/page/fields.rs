//! The page of a string whose object tells all: its properties, one a row.

use consent_string::any::Decoded;
use serde_json::{Map, Value};

use super::{BAD, Page, ids, printable};

pub(super) fn write(page: &mut Page, title: &str, decoded: &Decoded) {
    page.title(title);
    // The names of the fields of a GPP string are long.
    page.name = 40;
    let object = serde_json::to_value(decoded).expect("a consent string is plain JSON");
    if let Value::Object(object) = object {
        rows(page, &object);
    }
}

fn rows(page: &mut Page, object: &Map<String, Value>) {
    for (name, value) in object {
        match (name.as_str(), value) {
            ("format", _) => {}
            ("sections", Value::Array(sections)) => {
                sections.iter().filter_map(Value::as_object).for_each(|each| section(page, each));
            }
            ("error", Value::String(error)) => page.styled_row(BAD, "can't be read", error),
            (_, Value::Object(part)) => {
                page.heading(&label(name));
                rows(page, part);
            }
            _ => page.row(&label(name), printable(&text(value))),
        }
    }
}

/// A section of a GPP string: its number and name over its fields.
fn section(page: &mut Page, section: &Map<String, Value>) {
    let field = |name: &str| section.get(name).map(text).unwrap_or_default();
    let name = if section.get("name").is_some_and(Value::is_string) {
        field("name")
    } else {
        "unknown".into()
    };
    page.heading(&format!("Section {}, {name}", field("id")));
    let rest: Map<String, Value> = section
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "id" | "name" | "kind" | "segment" | "bit"))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    rows(page, &rest);
}

/// A property's name as words.
fn label(name: &str) -> String {
    printable(&name.replace('_', " "))
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::Bool(flag) => super::yes(*flag).into(),
        Value::String(text) => text.clone(),
        Value::Array(items) => ids(items.iter().map(text).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
