//! The page of a string whose object tells all: its properties, one a row.

use consent_string::any::AnyString;
use consent_string::gpp::{GppString, OptOutAnswer};
use serde_json::{Map, Value};

use super::{BAD, DIM, GOOD, Page, ids, printable};

pub(super) fn write(page: &mut Page, title: &str, string: &AnyString) {
    page.title(title);
    // The names of the fields of a GPP string are long.
    page.name = 42;
    if let AnyString::Gpp(gpp) = string {
        opt_outs(page, gpp);
    }
    let object = serde_json::to_value(string.decoded()).expect("a consent string is plain JSON");
    if let Value::Object(object) = object {
        rows(page, &object);
    }
}

/// What the sections of the United States mean, before what each of them says.
fn opt_outs(page: &mut Page, gpp: &GppString) {
    let answers = gpp.opt_outs(None);
    let answers = [
        ("sale of personal data", answers.sale()),
        ("its sharing", answers.sharing()),
        ("targeted advertising", answers.targeted_advertising()),
    ];
    if answers.iter().all(|(_, answer)| *answer == OptOutAnswer::NotSaid) {
        return;
    }
    for (name, answer) in answers {
        let (style, text) = match answer {
            OptOutAnswer::OptedOut => (BAD, "- opted out"),
            OptOutAnswer::DidNotOptOut => (GOOD, "+ did not opt out"),
            OptOutAnswer::NotSaid => (DIM, "not said"),
            OptOutAnswer::Unreadable => (BAD, "- unreadable: it may be an opt-out"),
        };
        page.styled_row(style, name, text);
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
        Value::Array(items) => match &items[..] {
            // A field of many entries often says the same in each.
            [first @ Value::String(_), .., last] if items.iter().all(|item| item == last) => {
                format!("{}, {} times", text(first), items.len())
            }
            _ => ids(items.iter().map(text).collect::<Vec<_>>().join(", ")),
        },
        other => other.to_string(),
    }
}
