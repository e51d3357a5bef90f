//! Which part of the specification (the IAB Tech Lab's Global Privacy Platform) has each rule.

use crate::bits::Rule;

pub(super) const HEADER: Rule = Rule::specified("GPP Consent String: Header");
pub(super) const SECTION_HEADER: Rule = Rule::specified("The section: Section Header");
pub(super) const CORE: Rule = Rule::specified("The section: Core Segment");
pub(super) const GPC: Rule = Rule::specified("The section: GPC Sub-section");
pub(super) const SENSITIVE_DATA: Rule = Rule::specified("The section: Sensitive Data Sub-section");
pub(super) const CANADA: Rule = Rule::specified(CANADA_HEADING);
/// Vendors in another form than the specification has.
pub(super) const CANADA_VENDORS: Rule = Rule::seen(CANADA_HEADING);

/// In the repository's `docs/gpp.md`.
const CANADA_HEADING: &str = "Section 5: the TC string of Canada";
