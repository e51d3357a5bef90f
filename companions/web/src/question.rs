//! May this vendor?

use consent_string::any::StringError;
use consent_string::tcf::{LegalBasis, LegalBasisRules, PurposeId, TcString, VendorId};
use consent_string::{DecodeError, Format, Timestamp, didomi};
use serde::{Deserialize, Serialize};

use crate::problem::Problem;

/// The question, in the words of the command `permits`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Question {
    tc: Option<String>,
    dcs: Option<String>,
    vendor: String,
    purpose: String,
    #[serde(default)]
    basis: Basis,
    #[serde(default)]
    flexible: bool,
}

#[derive(Clone, Copy, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Basis {
    #[default]
    Consent,
    Li,
}

/// Yes, and on which basis; or no, and why.
#[derive(Serialize)]
pub(crate) struct Answer {
    allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<Basis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    decided_by: &'static str,
}

/// Which of the two numberings an ID is of.
#[derive(PartialEq, Eq)]
enum Numbering {
    Iab,
    Didomi,
}

impl Question {
    pub(crate) fn answer(&self, now: Timestamp) -> Result<Answer, Problem> {
        let (vendors, vendor) = id("vendor", &self.vendor)?;
        let (purposes, purpose) = id("purpose", &self.purpose)?;
        if vendors != purposes {
            let expected = "vendor and purpose: expected both of iab or both of didomi";
            return Err(Problem::new(expected, "invalid_question"));
        }
        match vendors {
            Numbering::Iab => self.of_tc_string(vendor, purpose, now),
            Numbering::Didomi => self.of_didomi_string(vendor, purpose),
        }
    }

    fn of_tc_string(&self, vendor: u16, purpose: u16, now: Timestamp) -> Result<Answer, Problem> {
        let Some(tc) = &self.tc else { return Ok(Answer::no("no_string", Format::Tcf)) };
        let tc = tc_string(tc)?;
        let vendor = VendorId::new(vendor).ok_or_else(|| unknown("vendor"))?;
        let purpose = PurposeId::new(purpose).ok_or_else(|| unknown("purpose"))?;
        let mut rules = LegalBasisRules::new(match self.basis {
            Basis::Consent => LegalBasis::Consent,
            Basis::Li => LegalBasis::LegitimateInterest,
        });
        if self.flexible {
            rules = rules.flexible();
        }
        Ok(match tc.valid_at(now) {
            Err(invalid) => Answer::no(invalid.name(), Format::Tcf),
            Ok(valid) => match valid.permits(vendor, purpose, rules) {
                Ok(LegalBasis::Consent) => Answer::yes(Basis::Consent, Format::Tcf),
                Ok(LegalBasis::LegitimateInterest) => Answer::yes(Basis::Li, Format::Tcf),
                Err(refusal) => Answer::no(refusal.name(), Format::Tcf),
            },
        })
    }

    fn of_didomi_string(&self, vendor: u16, purpose: u16) -> Result<Answer, Problem> {
        let Some(dcs) = &self.dcs else { return Ok(Answer::no("no_string", Format::Didomi)) };
        let dcs: didomi::ConsentString = dcs.parse().map_err(refused(Format::Didomi))?;
        let vendor = didomi::VendorId::new(vendor).ok_or_else(|| unknown("vendor"))?;
        let purpose = didomi::PurposeId::new(purpose).ok_or_else(|| unknown("purpose"))?;
        let basis = match self.basis {
            Basis::Consent => didomi::LegalBasis::Consent,
            Basis::Li => didomi::LegalBasis::LegitimateInterest,
        };
        Ok(match dcs.allows(vendor, [purpose], basis) {
            Ok(()) => Answer::yes(self.basis, Format::Didomi),
            Err(refusal) => Answer::no(refusal.name(), Format::Didomi),
        })
    }
}

impl Answer {
    const fn yes(basis: Basis, by: Format) -> Self {
        Self { allowed: true, basis: Some(basis), reason: None, decided_by: by.name() }
    }

    const fn no(reason: &'static str, by: Format) -> Self {
        Self { allowed: false, basis: None, reason: Some(reason), decided_by: by.name() }
    }
}

/// A TC string, and nothing else.
pub(crate) fn tc_string(text: &str) -> Result<TcString, Problem> {
    text.parse().map_err(refused(Format::Tcf))
}

fn refused(format: Format) -> impl Fn(DecodeError) -> Problem {
    move |error| StringError::Refused { format, error: error.into() }.into()
}

/// `iab:755` or `didomi:2`.
fn id(what: &'static str, text: &str) -> Result<(Numbering, u16), Problem> {
    let (numbering, number) = text.split_once(':').ok_or_else(|| unknown(what))?;
    let numbering = match numbering {
        "iab" => Numbering::Iab,
        "didomi" => Numbering::Didomi,
        _ => return Err(unknown(what)),
    };
    Ok((numbering, number.parse().map_err(|_| unknown(what))?))
}

fn unknown(what: &str) -> Problem {
    Problem::new(format!("{what}: expected a form such as iab:755 or didomi:2"), "invalid_question")
}
