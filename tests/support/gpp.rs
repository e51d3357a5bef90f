//! What a GPP string says, in the shape of the test data: the specification's numbers under
//! its names in `snake_case`.

use consent_string::gpp::{
    CanadaVendorsRef, Consent, MspaAnswer, MspaMode, Notice, OptOut, SensitiveData, TcfCanadaRef,
    UsSection, UsValue,
};
use consent_string::tcf::{SmallId, SmallSet};
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

fn small<I: SmallId>(set: SmallSet<I>) -> Value {
    set.into_iter().map(|id| json!(id.get())).collect()
}

fn vendors(vendors: CanadaVendorsRef<'_>) -> Value {
    let set = vendors.to_set();
    assert_eq!(set.len(), vendors.len());
    assert_eq!(set.is_empty(), vendors.is_empty());
    assert!(set.iter().all(|vendor| vendors.contains(vendor)));
    set.iter().map(|vendor| json!(vendor.get())).collect()
}

/// A TC string of Canada by the specification's own names.
pub(crate) fn canada(canada: &TcfCanadaRef<'_>) -> Map<String, Value> {
    let restrictions = canada.publisher_restrictions().map(|on| {
        json!({
            "key": on.purpose().get(),
            "type": on.restriction_type().number(),
            "ids": vendors(*on.vendors()),
        })
    });
    let mut said = json!({
        "Version": 1,
        "Created": canada.created().to_string(),
        "LastUpdated": canada.last_updated().to_string(),
        "CmpId": canada.cmp_id(),
        "CmpVersion": canada.cmp_version(),
        "ConsentScreen": canada.consent_screen(),
        "ConsentLanguage": canada.consent_language().as_str(),
        "VendorListVersion": canada.vendor_list_version(),
        "TcfPolicyVersion": canada.tcf_policy_version(),
        "UseNonStandardStacks": canada.use_non_standard_stacks(),
        "SpecialFeatureExpressConsent": small(canada.special_feature_opt_ins()),
        "PurposesExpressConsent": small(canada.purposes_express()),
        "PurposesImpliedConsent": small(canada.purposes_implied()),
        "VendorExpressConsent": vendors(canada.vendors_express()),
        "VendorImpliedConsent": vendors(canada.vendors_implied()),
        "PubRestrictions": restrictions.collect::<Vec<_>>(),
    });
    if let Some(disclosed) = canada.disclosed_vendors() {
        said["DisclosedVendors"] = vendors(disclosed);
    }
    if let Some(publisher) = canada.publisher() {
        said["PubPurposesExpressConsent"] = small(publisher.purposes_express());
        said["PubPurposesImpliedConsent"] = small(publisher.purposes_implied());
        said["NumCustomPurposes"] = json!(publisher.custom_purposes_count());
        said["CustomPurposesExpressConsent"] = small(publisher.custom_purposes_express());
        said["CustomPurposesImpliedConsent"] = small(publisher.custom_purposes_implied());
    }
    said.as_object().unwrap().clone()
}
