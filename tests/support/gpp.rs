//! What a section of the United States says, in the shape of the test data: the specification's numbers under
//! its names in `snake_case`.

use consent_string::gpp::{
    Consent, MspaAnswer, MspaMode, Notice, OptOut, SensitiveData, UsSection, UsValue,
};
use serde_json::{Map, Value, json};

/// `SaleOptOut` as `sale_opt_out`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(character.to_ascii_lowercase());
    }
    snake
}

/// The number of a value: its place among all.
#[allow(clippy::needless_pass_by_value, reason = "values are as small as references")]
fn number<V: PartialEq>(all: &[V; 4], value: V) -> Value {
    json!(all.iter().position(|other| *other == value).unwrap())
}

fn value(value: UsValue) -> Value {
    let answers =
        [MspaAnswer::NotApplicable, MspaAnswer::Yes, MspaAnswer::No, MspaAnswer::Undefined];
    let modes = [
        MspaMode::NotApplicable,
        MspaMode::OptOutOption,
        MspaMode::ServiceProvider,
        MspaMode::Undefined,
    ];
    let notices = [Notice::NotApplicable, Notice::Given, Notice::NotGiven, Notice::Undefined];
    let opt_outs =
        [OptOut::NotApplicable, OptOut::OptedOut, OptOut::DidNotOptOut, OptOut::Undefined];
    let consents =
        [Consent::NotApplicable, Consent::NoConsent, Consent::Consent, Consent::Undefined];
    match value {
        UsValue::Number(value) => json!(value),
        UsValue::Notice(value) => number(&notices, value),
        UsValue::OptOut(value) => number(&opt_outs, value),
        UsValue::Consent(value) => number(&consents, value),
        UsValue::Answer(value) => number(&answers, value),
        UsValue::Mode(value) => number(&modes, value),
        UsValue::OptOuts(values) => values.iter().map(|value| number(&opt_outs, value)).collect(),
        UsValue::Consents(values) => values.iter().map(|value| number(&consents, value)).collect(),
        _ => unreachable!("a kind of value that these tests don't know"),
    }
}

/// The fields of a US section, and `gpc` where it has one.
pub(crate) fn us(section: &UsSection) -> Map<String, Value> {
    let fields = section.fields().map(|(name, _, said)| (name.to_owned(), value(said)));
    let mut said: Map<String, Value> = fields.collect();
    if let Some(gpc) = section.gpc() {
        said.insert("gpc".into(), json!(gpc));
    }
    let is_opt_out = matches!(section.sensitive_data_processing(), Some(SensitiveData::OptOuts(_)));
    assert_eq!(is_opt_out, ["usca", "usut", "usia"].contains(&section.id().name().unwrap()));
    said
}
