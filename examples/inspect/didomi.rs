//! A Didomi Consent String, as JSON or as a page to read.

use std::fmt::Write as _;

use consent_string::Id;
use consent_string::didomi::{ConsentString, Regulation, SectionKind, SectionRef};

use crate::lines::Problem;

/// The string as one line of JSON.
pub(crate) fn to_json(text: &str) -> Result<String, Problem> {
    let consent: ConsentString = text.parse()?;
    Ok(serde_json::to_string(&consent.decoded())?)
}

/// The string as a person would want to read it.
pub(crate) fn to_page(text: &str) -> Result<String, Problem> {
    let consent: ConsentString = text.parse()?;
    let mut page = format!("Didomi Consent String, version {}\n", consent.version());
    let mut line = |name: &str, value: String| {
        let _ = writeln!(page, "  {name:<11}{value}");
    };
    line("user ID", consent.user_id().to_string());
    line("created", consent.created().to_string());
    line("updated", consent.updated().to_string());
    if let Some(regulation) = consent.regulation() {
        let name = if regulation == Regulation::GDPR { " (GDPR)" } else { "" };
        line("regulation", format!("{regulation}{name}"));
        line("sync", consent.sync().map_or("never".to_owned(), |sync| sync.to_string()));
    }
    for (name, token) in
        [("DID", consent.did()), ("OUID", consent.ouid()), ("signature", consent.signature())]
    {
        line(name, token.unwrap_or("none").to_owned());
    }
    let _ = writeln!(page, "\n  {:<13}{:<18}{:>6}  status    IDs", "section", "encoding", "bits");
    add_section(&mut page, &consent, SectionKind::Purposes, consent.purposes());
    add_section(&mut page, &consent, SectionKind::PurposesLi, consent.purposes_li());
    add_section(&mut page, &consent, SectionKind::Vendors, consent.vendors());
    add_section(&mut page, &consent, SectionKind::VendorsLi, consent.vendors_li());
    Ok(page)
}

/// Two rows of the table: the IDs that a section enables, and those that it disables.
fn add_section<I: Id>(
    page: &mut String,
    consent: &ConsentString,
    kind: SectionKind,
    section: SectionRef<'_, I>,
) {
    let form = consent.form(kind);
    let list = |ids: String| if ids.is_empty() { "none".to_owned() } else { ids };
    let (encoding, bits) = (form.encoding(), form.bits());
    let enabled = list(section.enabled().to_set().to_string());
    let _ = writeln!(page, "  {kind:<13}{encoding:<18}{bits:>6}  enabled   {enabled}");
    let note = match form.statuses() {
        Some(code) if code.is_inferred() => format!("code {code}, inferred"),
        _ => String::new(),
    };
    let disabled = list(section.disabled().to_set().to_string());
    let _ = writeln!(page, "  {:<13}{note:<24}  disabled  {disabled}", "");
}
