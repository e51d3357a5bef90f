//! Reads a Didomi Consent String and a TC string, asks them, changes them and builds new ones.
//!
//! ```text
//! cargo run --example read_change_build
//! ```

use consent_string::Timestamp;
use consent_string::didomi::{ConsentString, LegalBasis, PurposeId, Status, VendorId};
use consent_string::tcf::{self, TcString, purposes};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    didomi()?;
    tc_string()
}

/// Didomi's own vendors and purposes.
fn didomi() -> Result<(), Box<dyn std::error::Error>> {
    const VENDOR: VendorId = VendorId::new(130).unwrap();
    const PURPOSE: PurposeId = PurposeId::new(2).unwrap();

    let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA~c2ln";
    let consent: ConsentString = text.parse()?;
    let answer = consent.allows(VENDOR, [PURPOSE], LegalBasis::Consent);
    println!("vendor {VENDOR}, purpose {PURPOSE}: {answer:?}");

    let mut vendors = consent.vendors().to_section();
    vendors.set(VENDOR, Status::Disabled);
    let changed = consent.to_builder().vendors(vendors).build()?;
    // The signature was made for other bytes.
    assert_eq!(changed.signature(), None);
    match changed.allows(VENDOR, [PURPOSE], LegalBasis::Consent) {
        Ok(()) => println!("still allowed"),
        Err(refusal) => println!("changed: {refusal}"),
    }
    Ok(())
}

/// IAB Europe's vendors and purposes.
fn tc_string() -> Result<(), Box<dyn std::error::Error>> {
    const VENDOR: tcf::VendorId = tcf::VendorId::new(755).unwrap();
    let today: Timestamp = "2026-03-02T00:00:00Z".parse()?;

    let consent = TcString::builder(today)
        .cmp_id(300)
        .vendor_list_version(120)
        .tcf_policy_version(5)
        .is_service_specific(true)
        .purposes_consent([purposes::STORE, purposes::SELECT_BASIC_ADS].into())
        .vendors_consent([VENDOR].into())
        .disclosed_vendors([VENDOR].into())
        .build()?;
    println!("{consent}");

    let rules = tcf::LegalBasisRules::new(tcf::LegalBasis::Consent);
    let valid = consent.valid_at(today)?;
    for purpose in [purposes::SELECT_BASIC_ADS, purposes::CREATE_ADS_PROFILE] {
        match valid.permits(VENDOR, purpose, rules) {
            Ok(basis) => println!("vendor {VENDOR}, purpose {purpose}: yes, on {basis:?}"),
            Err(refusal) => println!("vendor {VENDOR}, purpose {purpose}: no, {refusal}"),
        }
    }
    Ok(())
}
