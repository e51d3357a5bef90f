//! What the specification asks of a US section beyond its form.

use super::super::findings::FindingKind;
use super::super::values::{Consent, MspaAnswer, MspaMode, Notice, OptOut};
use super::super::{SectionId, SensitiveData};
use super::field::{UsField, UsValue};
use super::section::UsSection;

/// Each opt-out and the notice that must come before it.
const NOTICES: [(UsField, UsField); 3] = [
    (UsField::SaleOptOut, UsField::SaleOptOutNotice),
    (UsField::SharingOptOut, UsField::SharingOptOutNotice),
    (UsField::TargetedAdvertisingOptOut, UsField::TargetedAdvertisingOptOutNotice),
];

/// Tells of what the section says against the specification.
pub(in crate::gpp) fn check(section: &UsSection, found: &mut dyn FnMut(FindingKind, &'static str)) {
    for (name, _, value) in section.fields() {
        if is_undefined(value) {
            found(FindingKind::UndefinedValue, name);
        }
    }
    for (opt_out, notice) in NOTICES {
        let (Some(UsValue::OptOut(choice)), Some(UsValue::Notice(given))) =
            (section.get(opt_out), section.get(notice))
        else {
            continue;
        };
        let is_choice = matches!(choice, OptOut::OptedOut | OptOut::DidNotOptOut);
        if is_choice && matches!(given, Notice::NotApplicable | Notice::NotGiven) {
            found(FindingKind::OptOutWithoutNotice, opt_out.name());
        }
    }
    check_mspa(section, found);
    // The text of California's section alone says so.
    if section.id() == SectionId::USCA
        && section.sensitive_data_limit_use_notice() == Some(Notice::NotApplicable)
    {
        if let Some(SensitiveData::OptOuts(entries)) = section.sensitive_data_processing() {
            if entries.iter().any(|entry| entry != OptOut::NotApplicable) {
                found(
                    FindingKind::SensitiveDataWithoutNotice,
                    UsField::SensitiveDataProcessing.name(),
                );
            }
        }
    }
}

fn check_mspa(section: &UsSection, found: &mut dyn FnMut(FindingKind, &'static str)) {
    let Some(covered) = section.mspa_covered_transaction() else { return };
    if covered == MspaAnswer::NotApplicable {
        let field = UsField::MspaCoveredTransaction;
        found(FindingKind::CoveredTransactionNotSaid, field.name());
    }
    if let Some(mode) = section.mspa_mode() {
        if covered == MspaAnswer::No && mode != MspaMode::NotApplicable {
            found(FindingKind::ModeAgainstCoverage, UsField::MspaMode.name());
        }
    }
    let modes = (section.mspa_opt_out_option_mode(), section.mspa_service_provider_mode());
    let (Some(opt_out_option), Some(service_provider)) = modes else { return };
    let modes = [opt_out_option, service_provider];
    let goes = match covered {
        MspaAnswer::Yes => {
            modes.iter().all(|mode| matches!(mode, MspaAnswer::Yes | MspaAnswer::No))
                && modes != [MspaAnswer::Yes; 2]
        }
        MspaAnswer::No => modes == [MspaAnswer::NotApplicable; 2],
        MspaAnswer::NotApplicable | MspaAnswer::Undefined => true,
    };
    if !goes {
        found(FindingKind::ModeAgainstCoverage, UsField::MspaOptOutOptionMode.name());
    }
}

fn is_undefined(value: UsValue) -> bool {
    match value {
        UsValue::Number(_) => false,
        UsValue::Notice(value) => value == Notice::Undefined,
        UsValue::OptOut(value) => value == OptOut::Undefined,
        UsValue::Consent(value) => value == Consent::Undefined,
        UsValue::Answer(value) => value == MspaAnswer::Undefined,
        UsValue::Mode(value) => value == MspaMode::Undefined,
        UsValue::OptOuts(values) => values.iter().any(|value| value == OptOut::Undefined),
        UsValue::Consents(values) => values.iter().any(|value| value == Consent::Undefined),
    }
}
