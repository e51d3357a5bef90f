//! The page of a Didomi Consent String.

use consent_string::Id;
use consent_string::didomi::{ConsentString, Regulation, SectionKind, SectionRef};

use super::{Page, time};

pub(super) fn write(page: &mut Page, consent: &ConsentString) {
    page.title(&format!("Didomi Consent String, version {}", consent.version()));
    page.row("user ID", consent.user_id());
    page.row("created", time(consent.created()));
    page.row("updated", time(consent.updated()));
    if let Some(regulation) = consent.regulation() {
        let name = if regulation == Regulation::GDPR { " (GDPR)" } else { "" };
        page.row("regulation", format!("{regulation}{name}"));
        page.row("synchronized", consent.sync().map_or("never".into(), time));
    }
    page.heading("Purposes");
    section(page, "consent", &consent.purposes());
    section(page, "legitimate interest", &consent.purposes_li());
    page.heading("Vendors");
    section(page, "consent", &consent.vendors());
    section(page, "legitimate interest", &consent.vendors_li());
    page.heading("Tokens");
    for (name, token) in [
        ("device ID", consent.did()),
        ("organization user ID", consent.ouid()),
        ("signature", consent.signature()),
    ] {
        page.row(name, token.unwrap_or("none"));
    }
    page.heading("Encoding");
    for &kind in SectionKind::ALL {
        let form = consent.form(kind);
        let note = match form.statuses() {
            Some(code) if code.is_inferred() => {
                format!(", by code {code}: its meaning is inferred")
            }
            _ => String::new(),
        };
        page.row(kind.name(), format!("{}, {} bits{note}", form.encoding(), form.bits()));
    }
}

fn section<I: Id>(page: &mut Page, name: &str, section: &SectionRef<'_, I>) {
    let section = section.to_section();
    page.allowed(name, "enabled", section.enabled());
    page.refused("", "disabled", section.disabled());
}
