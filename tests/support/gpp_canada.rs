//! What a TC string of Canada says, in the shape of the test data.

use consent_string::gpp::{CanadaVendorsRef, TcfCanadaRef};
use consent_string::tcf::{SmallId, SmallSet};
use serde_json::{Map, Value, json};

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
