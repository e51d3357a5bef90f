//! Strings of one person, made for tests of what asks several of them.

#![allow(dead_code, reason = "each test binary uses its own part")]

use consent_string::didomi::{self, ConsentString, Section, Status, Version};
use consent_string::tcf::{self, SmallSet, TcString};
use consent_string::{IdSet, Timestamp};

pub(crate) const NOW: &str = "2026-06-15T12:00:00Z";

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn purposes(numbers: &[u16]) -> SmallSet<tcf::PurposeId> {
    numbers.iter().filter_map(|&number| tcf::PurposeId::new(number)).collect()
}

pub(crate) fn vendors(numbers: &[u16]) -> IdSet<tcf::VendorId> {
    numbers.iter().filter_map(|&number| tcf::VendorId::new(number)).collect()
}

/// A valid string of a day: purposes 1 and 2 on consent, 7 on legitimate interest; vendor 755 on
/// both; disclosed are 755 and 32.
pub(crate) fn tc_builder(day: &str) -> tcf::Builder {
    TcString::builder(time(&format!("{day}T00:00:00Z")))
        .cmp_id(31)
        .vendor_list_version(81)
        .tcf_policy_version(5)
        .is_service_specific(true)
        .special_feature_opt_ins([tcf::special_features::PRECISE_GEOLOCATION].into())
        .purposes_consent(purposes(&[1, 2]))
        .purposes_li(purposes(&[7]))
        .vendors_consent(vendors(&[755]))
        .vendors_li(vendors(&[755]))
        .disclosed_vendors(vendors(&[32, 755]))
}

pub(crate) fn tc(day: &str) -> String {
    tc_builder(day).build().unwrap().into_string()
}

/// Vendor 2 enabled and 3 disabled on consent, 4 enabled on legitimate interest; purpose 5
/// enabled and 6 disabled on consent, 7 enabled on legitimate interest.
pub(crate) fn dcs(updated: &str, user: u128) -> String {
    let vendor = |id| didomi::VendorId::new(id).unwrap();
    let purpose = |id| didomi::PurposeId::new(id).unwrap();
    let (mut vendors, mut vendors_li) = (Section::new(), Section::new());
    vendors.set(vendor(2), Status::Enabled);
    vendors.set(vendor(3), Status::Disabled);
    vendors_li.set(vendor(4), Status::Enabled);
    let (mut purposes, mut purposes_li) = (Section::new(), Section::new());
    purposes.set(purpose(5), Status::Enabled);
    purposes.set(purpose(6), Status::Disabled);
    purposes_li.set(purpose(7), Status::Enabled);
    let updated = time(updated);
    ConsentString::builder(Version::V1)
        .user_id(uuid::Uuid::from_u128(user))
        .created(updated)
        .updated(updated)
        .purposes(purposes)
        .purposes_li(purposes_li)
        .vendors(vendors)
        .vendors_li(vendors_li)
        .build()
        .unwrap()
        .into_string()
}

/// Provider 89 consented to, 91 disclosed.
pub(crate) const AC: &str = "2~89~dv.91";

/// Vendor 755 declares 1 and 2 on consent, 7 on legitimate interest, 2 flexible; special purpose
/// 1, feature 3, special feature 1. Vendor 32 declares nothing; 33 is deleted; 34 declares
/// purpose 2 on both bases.
pub(crate) const LIST: &str = r#"{
    "gvlSpecificationVersion": 3, "vendorListVersion": 81, "tcfPolicyVersion": 5,
    "lastUpdated": "2026-06-01T16:00:00Z",
    "vendors": {
        "32": {"id": 32, "name": "Declares nothing"},
        "33": {"id": 33, "name": "Deleted", "purposes": [1], "deletedDate": "2026-01-01T00:00:00Z"},
        "34": {"id": 34, "name": "Both", "purposes": [2], "legIntPurposes": [2]},
        "755": {"id": 755, "name": "A vendor", "purposes": [1, 2], "legIntPurposes": [7],
                "flexiblePurposes": [2], "specialPurposes": [1], "features": [3],
                "specialFeatures": [1]}
    }
}"#;
