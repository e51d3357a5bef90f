//! What a GPP string says against its specification.

use alloc::vec::Vec;

use super::findings::{Finding, FindingKind};
use super::section::SectionRef;
use super::view::GppStringRef;
use super::{SectionId, us};
use crate::buffer::Buffer;

/// All findings of a string, in its order.
pub(super) fn findings(gpp: &GppStringRef<'_, '_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(kind) = gpp.header.check_fill(gpp.bits) {
        findings.push(Finding { section: None, kind, field: None });
    }
    for section in gpp.sections() {
        let id = Some(section.id());
        check_section(&section, &mut |kind, field| {
            findings.push(Finding { section: id, kind, field });
        });
    }
    findings
}

fn check_section(
    section: &SectionRef<'_>,
    found: &mut dyn FnMut(FindingKind, Option<&'static str>),
) {
    // Of a section that can't be read nothing is told: its error says it.
    let mut told = Vec::new();
    if let Some(read) = section.us_telling(&mut |kind| told.push(kind)) {
        let Ok(read) = read else { return };
        for kind in told {
            found(kind, None);
        }
        us::check(&read, &mut |kind, field| found(kind, Some(field)));
    } else if let Some(read) = section.us_privacy() {
        if read.is_ok_and(|privacy| privacy.lacks_sale()) {
            found(FindingKind::SaleNotSaid, Some("opt_out_sale"));
        }
    } else if let Some(read) = section.tcf_canada(&mut Buffer::new()) {
        if let Ok(canada) = read {
            canada.check(found);
        }
    } else if section.id() != SectionId::TCFEUV2 {
        found(FindingKind::UnknownSection, None);
    }
}
