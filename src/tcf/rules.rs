//! Which section of the specification (IAB Europe's "Consent string and vendor list formats",
//! version 2) has each rule.

use crate::bits::Rule;

pub(super) const CORE: Rule = Rule::specified("The Core String");
pub(super) const VENDORS: Rule = Rule::specified("The Core String: Vendor Consent Section");
pub(super) const VENDORS_LI: Rule =
    Rule::specified("The Core String: Vendor Legitimate Interest Section");
pub(super) const RESTRICTIONS: Rule = Rule::specified("Publisher Restrictions Section");
pub(super) const DISCLOSED_VENDORS: Rule = Rule::specified("Disclosed Vendors");
pub(super) const ALLOWED_VENDORS: Rule = Rule::specified("Allowed Vendors");
pub(super) const PUBLISHER_TC: Rule =
    Rule::specified("Publisher Purposes Transparency and Consent");
/// That a string may end anywhere in the bits of its last character, and before those of a byte.
pub(super) const FILL: Rule = Rule::specified("Creating a TC String");
