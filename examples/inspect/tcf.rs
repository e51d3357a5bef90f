//! An IAB TC string, as JSON or as a page to read.

use std::fmt::{Display, Write as _};

use consent_string::tcf::{Letters, RestrictionType, TcString, VendorsRef};

use crate::lines::Problem;

/// The string as one line of JSON.
pub(crate) fn to_json(text: &str) -> Result<String, Problem> {
    let consent: TcString = text.parse()?;
    Ok(serde_json::to_string(&consent.decoded())?)
}

/// The string as a person would want to read it.
pub(crate) fn to_page(text: &str) -> Result<String, Problem> {
    let consent: TcString = text.parse()?;
    let mut page = "TC string, version 2\n".to_owned();
    let mut line = |name: &str, value: String| {
        let _ = writeln!(page, "  {name:<25}{value}");
    };
    line("created", consent.created().to_string());
    line("last updated", consent.last_updated().to_string());
    line("CMP", format!("{}, version {}", consent.cmp_id(), consent.cmp_version()));
    line("consent screen", consent.consent_screen().to_string());
    line("consent language", letters(consent.consent_language()));
    line("publisher's country", letters(consent.publisher_country_code()));
    line("vendor list version", consent.vendor_list_version().to_string());
    line("policy version", consent.tcf_policy_version().to_string());
    line("service-specific", yes(consent.is_service_specific()));
    line("non-standard texts", yes(consent.use_non_standard_texts()));
    line("purpose 1 not asked for", yes(consent.purpose_one_treatment()));
    line("special features", ids(consent.special_feature_opt_ins()));
    line("purposes, consent", ids(consent.purposes_consent()));
    line("purposes, LI", ids(consent.purposes_li()));
    line("vendors, consent", ids(consent.vendors_consent().to_set()));
    line("vendors, LI", ids(consent.vendors_li().to_set()));
    line("disclosed vendors", segment(consent.disclosed_vendors()));
    line("allowed vendors", segment(consent.allowed_vendors()));
    for restriction in consent.publisher_restrictions() {
        let name = match restriction.restriction_type() {
            RestrictionType::NotAllowed => "is not allowed to",
            RestrictionType::RequireConsent => "requires consent of",
            RestrictionType::RequireLegitimateInterest => "requires LI of",
            _ => "is restricted, in an undefined way, for",
        };
        let value = format!(
            "purpose {} {name} {}",
            restriction.purpose(),
            ids(restriction.vendors().to_set())
        );
        line("publisher restriction", value);
    }
    match consent.publisher_tc() {
        Some(publisher) => {
            line("publisher, consent", ids(publisher.purposes_consent()));
            line("publisher, LI", ids(publisher.purposes_li()));
            line("custom purposes", publisher.custom_purposes_count().to_string());
            line("custom, consent", ids(publisher.custom_purposes_consent()));
            line("custom, LI", ids(publisher.custom_purposes_li()));
        }
        None => line("publisher", "no segment".to_owned()),
    }
    Ok(page)
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

fn ids(ids: impl Display) -> String {
    let list = ids.to_string();
    if list.is_empty() { "none".to_owned() } else { list }
}

/// The vendors of a segment that may be absent, which is not the same as empty.
fn segment(vendors: Option<VendorsRef<'_>>) -> String {
    vendors.map_or("no segment".to_owned(), |vendors| ids(vendors.to_set()))
}

fn letters(letters: Option<Letters>) -> String {
    letters.map_or("no letters".to_owned(), |letters| letters.to_string())
}
