//! The Global Vendor List, and the list of platforms.

use consent_string::gvl::{CmpList, VendorList};
use consent_string::tcf::PurposeId;
use serde_json::Value;

/// Any text: a list that is accepted has what `serde_json`'s own values have, each entry under its
/// number.
pub fn parse(data: &[u8]) {
    if let Ok(list) = VendorList::parse(data) {
        let json: Value = serde_json::from_slice(data).expect("it was read");
        let vendors = json["vendors"].as_object();
        assert_eq!(list.vendors().len(), vendors.map_or(0, serde_json::Map::len));
        let mut before = None;
        for vendor in list.vendors() {
            let id = vendor.id();
            assert!(before < Some(id), "rising");
            before = Some(id);
            assert!(core::ptr::eq(list.vendor(id).expect("it is there"), vendor));
            let declared = &json["vendors"][id.to_string()];
            assert_eq!(declared["name"], vendor.name());
            for number in 1..=24 {
                let purpose = PurposeId::new(number).expect("1 to 24");
                let bases = list.bases(id, purpose).expect("it is there");
                assert_eq!(bases.consent(), has(&declared["purposes"], number));
                assert_eq!(bases.legitimate_interest(), has(&declared["legIntPurposes"], number));
                assert_eq!(bases.is_flexible(), has(&declared["flexiblePurposes"], number));
                let both = bases.consent() == bases.legitimate_interest();
                assert_eq!(bases.rules().is_none(), both);
            }
            for feature in vendor.features() {
                assert!(has(&declared["features"], feature.get()));
            }
            assert_eq!(vendor.deleted_date().is_some(), declared["deletedDate"].is_string());
        }
        for purpose in list.purposes() {
            assert_eq!(json["purposes"][purpose.id().to_string()]["name"], purpose.name());
        }
    }
    if let Ok(list) = CmpList::parse(data) {
        let json: Value = serde_json::from_slice(data).expect("it was read");
        for cmp in list.platforms() {
            assert!(core::ptr::eq(list.platform(cmp.id()).expect("it is there"), cmp));
            assert_eq!(json["cmps"][cmp.id().to_string()]["name"], cmp.name());
        }
    }
    if let Err(error) = VendorList::parse(data) {
        assert!(error.line().is_some() || error.field().is_some(), "{error}");
    }
}

/// Whether a list has a number.
fn has(list: &Value, number: u16) -> bool {
    list.as_array().is_some_and(|items| items.iter().any(|item| *item == number))
}
