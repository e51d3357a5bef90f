//! Prints consent strings as a person would want to read them, or as JSON.
//!
//! ```text
//! cargo run --example inspect -- [--json] [--tcf] [STRING...]
//! ```
//!
//! Without a STRING it reads one a line from standard input.

#[path = "../support/lines.rs"]
mod lines;

use std::fmt::Write as _;
use std::process::ExitCode;

use consent_string::Id;
use consent_string::didomi::{ConsentString, Section, SectionKind};
use lines::{Problem, answer_each, arguments};

const USAGE: &str = "usage: inspect [--json] [--tcf] [STRING...]";

fn main() -> std::io::Result<ExitCode> {
    let ([json], strings) = match arguments(USAGE, ["--json"]) {
        Ok(arguments) => arguments,
        Err(status) => return Ok(status),
    };
    answer_each(&strings, json, |text| {
        let consent: ConsentString = text.parse()?;
        if json {
            serde_json::to_string(&consent).map_err(|error| Problem::new(error.to_string(), "json"))
        } else {
            Ok(describe(&consent))
        }
    })
}

/// The string as a person would want to read it.
fn describe(consent: &ConsentString) -> String {
    let mut page = format!("Didomi Consent String, version {}\n", consent.version());
    let mut line = |name: &str, value: String| {
        let _ = writeln!(page, "  {name:<11}{value}");
    };
    line("user ID", consent.user_id().to_string());
    line("created", consent.created().to_string());
    line("updated", consent.updated().to_string());
    if let Some(regulation) = consent.regulation() {
        let name = if regulation.0 == 1 { " (GDPR)" } else { "" };
        line("regulation", format!("{regulation}{name}"));
        line("sync", consent.sync().map_or("never".to_owned(), |sync| sync.to_string()));
    }
    for (name, token) in
        [("DID", consent.did()), ("OUID", consent.ouid()), ("signature", consent.signature())]
    {
        line(name, token.unwrap_or("none").to_owned());
    }
    let _ = writeln!(page, "\n  {:<12}{:<17}{:>7}  status    IDs", "section", "encoding", "bits");
    describe_section(&mut page, consent, SectionKind::Purposes, consent.purposes());
    describe_section(&mut page, consent, SectionKind::PurposesLi, consent.purposes_li());
    describe_section(&mut page, consent, SectionKind::Vendors, consent.vendors());
    describe_section(&mut page, consent, SectionKind::VendorsLi, consent.vendors_li());
    page
}

fn describe_section<I: Id>(
    page: &mut String,
    consent: &ConsentString,
    kind: SectionKind,
    section: &Section<I>,
) {
    let form = consent.form(kind);
    let list = |ids: String| if ids.is_empty() { "none".to_owned() } else { ids };
    let (encoding, bits) = (form.encoding().to_string(), form.bits());
    let enabled = list(section.enabled().to_string());
    let _ = writeln!(page, "  {kind:<12}{encoding:<17}{bits:>7}  enabled   {enabled}");
    let note = if form.is_inferred() { "  inferred" } else { "" };
    let disabled = list(section.disabled().to_string());
    let _ = writeln!(page, "{note:<38}  disabled  {disabled}");
}
