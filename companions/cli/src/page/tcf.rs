//! The page of a TC string.

use consent_string::Timestamp;
use consent_string::tcf::{Effect, Letters, RestrictionType, TcString, Violation};

use super::{BAD, GOOD, Page, ids, time, yes};

pub(super) fn write(page: &mut Page, consent: &TcString, at: Timestamp) {
    page.title("TC string, version 2");
    validity(page, consent, at);
    page.row("created", time(consent.created()));
    page.row("last updated", time(consent.last_updated()));
    page.row("publisher's country", letters(consent.publisher_country_code()));

    page.heading("Purposes");
    page.allowed("consent", "consent", consent.purposes_consent());
    page.allowed("legitimate interest", "shown", consent.purposes_li());
    page.allowed("special features", "opted in", consent.special_feature_opt_ins());

    page.heading("Vendors");
    page.allowed("consent", "consent", consent.vendors_consent().to_set());
    page.allowed("legitimate interest", "shown", consent.vendors_li().to_set());
    for (name, vendors) in
        [("disclosed", consent.disclosed_vendors()), ("allowed", consent.allowed_vendors())]
    {
        page.row(name, vendors.map_or("no segment".into(), |vendors| ids(vendors.to_set())));
    }
    for restriction in consent.publisher_restrictions() {
        let rule = match restriction.restriction_type() {
            RestrictionType::NotAllowed => "not allowed to",
            RestrictionType::RequireConsent => "needs consent:",
            RestrictionType::RequireLegitimateInterest => "needs legitimate interest:",
            _ => "restricted in an undefined way:",
        };
        let purpose = restriction.purpose();
        let vendors = ids(restriction.vendors().to_set());
        page.row("publisher restriction", format!("purpose {purpose}, {rule} {vendors}"));
    }
    if let Some(publisher) = consent.publisher_tc() {
        page.heading("Publisher");
        page.allowed("purposes", "consent", publisher.purposes_consent());
        page.allowed("purposes", "shown", publisher.purposes_li());
        page.row("custom purposes", publisher.custom_purposes_count());
        page.allowed("custom purposes", "consent", publisher.custom_purposes_consent());
        page.allowed("custom purposes", "shown", publisher.custom_purposes_li());
    }

    page.heading("Made by");
    page.row("platform", format!("{}, version {}", consent.cmp_id(), consent.cmp_version()));
    page.row(
        "screen",
        format!("{}, in {}", consent.consent_screen(), letters(consent.consent_language())),
    );
    page.row("vendor list version", consent.vendor_list_version());
    page.row("policy version", consent.tcf_policy_version());
    page.row("service-specific", yes(consent.is_service_specific()));
    page.row("non-standard texts", yes(consent.use_non_standard_texts()));
    page.row("purpose 1 not asked for", yes(consent.purpose_one_treatment()));
}

/// Whether the string counts, and what speaks against it.
fn validity(page: &mut Page, consent: &TcString, at: Timestamp) {
    let (against, odd): (Vec<Violation>, Vec<Violation>) =
        consent.violations(at).partition(|violation| violation.effect() == Effect::Invalid);
    let name = format!("valid at {}", time(at).get(..10).unwrap_or_default());
    if against.is_empty() {
        page.styled_row(GOOD, &name, "yes");
    } else {
        page.styled_row(BAD, &name, "no: the string permits nothing");
    }
    for violation in against {
        page.styled_row(BAD, "  invalid", &violation.to_string());
    }
    for violation in odd {
        page.row("  suspect", violation);
    }
}

fn letters(letters: Option<Letters>) -> String {
    letters.map_or("no letters".into(), |letters| letters.to_string())
}
