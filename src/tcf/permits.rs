//! Whether a vendor may process for a purpose, and on which legal basis.

use super::parts::Signals;
use super::restriction::RestrictionType;
use super::validity::no_legitimate_interest;
use super::{PurposeId, VendorId};

/// A legal basis of the GDPR that the framework knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LegalBasis {
    /// The user consented.
    Consent,
    /// The vendor has a legitimate interest, which was shown to the user, who did not object.
    LegitimateInterest,
}

/// By which basis a vendor declared a purpose in the Global Vendor List.
///
/// A purpose in the vendor's `purposes` is declared on consent, one in `legIntPurposes` on
/// legitimate interest; one that is in `flexiblePurposes` as well lets the publisher choose
/// the other basis. For a purpose in neither of the first two the vendor may never process,
/// and there are no rules to ask with.
///
/// [`permits`](super::TcString::permits) looks at, in this order:
///
/// 1. **Disclosed vendors**: where the string has the segment, the vendor must be in it.
///    Without the segment nothing is asked here: whether it may be missing is
///    [`validate`](super::TcString::validate)'s to say.
/// 2. **Publisher restrictions** on vendor and purpose. *Not allowed* is always a refusal.
///    One that requires a basis is met by a vendor that declared this basis, and makes a
///    flexible one use it; any other vendor is refused. Without a restriction a flexible
///    vendor uses the basis that it declared. Inferred: two restrictions that require
///    different bases, and one of undefined type, are refusals.
/// 3. **Purpose 1**: where it was not disclosed (purpose one treatment), the string doesn't
///    say whether the vendor may; the publisher's country does.
/// 4. **Legitimate interest** is no basis for purpose 1 nor, from policy version 4 on, for
///    purposes 3 to 6, whatever the string says.
/// 5. **The user's choice** on that basis, for the purpose and for the vendor: both.
///
/// Allowed vendors are not looked at: they are about bases from outside the framework.
/// Special features are no purposes: see
/// [`special_feature_opt_ins`](super::TcString::special_feature_opt_ins).
///
/// ```
/// use consent_string::tcf::{LegalBasis, LegalBasisRules, PurposeId, Refusal, RestrictionType};
/// use consent_string::tcf::{SmallSet, TcString, VendorId};
///
/// let (vendor, purpose) = (VendorId::new(42).unwrap(), PurposeId::new(2).unwrap());
/// let consent = TcString::builder("2026-03-01T00:00:00Z".parse()?)
///     .purposes_consent(SmallSet::ALL)
///     .vendors_consent([vendor].into_iter().collect())
///     .restrict(purpose, RestrictionType::RequireConsent, [vendor].into_iter().collect())
///     .build()?;
/// let rules = LegalBasisRules::new(LegalBasis::LegitimateInterest);
/// assert_eq!(
///     consent.permits(vendor, purpose, rules),
///     Err(Refusal::NotFlexible { required: LegalBasis::Consent }),
/// );
/// assert_eq!(consent.permits(vendor, purpose, rules.flexible()), Ok(LegalBasis::Consent));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct LegalBasisRules {
    declared: LegalBasis,
    flexible: bool,
}

impl LegalBasisRules {
    /// A purpose declared on one basis only.
    pub const fn new(declared: LegalBasis) -> Self {
        Self { declared, flexible: false }
    }

    /// The same, but the publisher may require the other basis.
    pub const fn flexible(self) -> Self {
        Self { flexible: true, ..self }
    }

    /// Whether a vendor may process for a purpose, by the signals of a string.
    pub(super) fn permits(
        self,
        signals: &impl Signals,
        vendor: VendorId,
        purpose: PurposeId,
    ) -> Result<LegalBasis, Refusal> {
        if signals.has_disclosed_vendors() && !signals.discloses(vendor) {
            return Err(Refusal::NotDisclosed);
        }
        let basis = self.under(signals.restrictions_on(vendor, purpose))?;
        let header = signals.header();
        if purpose == PurposeId::MIN && header.purpose_one_treatment {
            return Err(Refusal::PurposeOneTreatment);
        }
        let purposes = match basis {
            LegalBasis::Consent => header.purposes_consent,
            LegalBasis::LegitimateInterest => {
                if purpose == PurposeId::MIN
                    || no_legitimate_interest(header.tcf_policy_version).contains(purpose)
                {
                    return Err(Refusal::NoLegitimateInterest);
                }
                header.purposes_li
            }
        };
        if !purposes.contains(purpose) {
            return Err(Refusal::NoPurposeSignal { basis });
        }
        let has_vendor = match basis {
            LegalBasis::Consent => signals.vendor_consent(vendor),
            LegalBasis::LegitimateInterest => signals.vendor_li(vendor),
        };
        if !has_vendor {
            return Err(Refusal::NoVendorSignal { basis });
        }
        Ok(basis)
    }

    /// The basis that applies under some restrictions.
    fn under(
        self,
        restrictions: impl Iterator<Item = RestrictionType>,
    ) -> Result<LegalBasis, Refusal> {
        let (mut consent, mut legitimate_interest, mut undefined) = (false, false, false);
        for restriction in restrictions {
            match restriction {
                RestrictionType::NotAllowed => return Err(Refusal::NotAllowed),
                RestrictionType::RequireConsent => consent = true,
                RestrictionType::RequireLegitimateInterest => legitimate_interest = true,
                RestrictionType::Undefined => undefined = true,
            }
        }
        let required = match (consent, legitimate_interest) {
            _ if undefined => return Err(Refusal::UndefinedRestriction),
            (true, true) => return Err(Refusal::ConflictingRestrictions),
            (true, false) => LegalBasis::Consent,
            (false, true) => LegalBasis::LegitimateInterest,
            (false, false) => self.declared,
        };
        if required != self.declared && !self.flexible {
            return Err(Refusal::NotFlexible { required });
        }
        Ok(required)
    }
}

/// Why a vendor may not process for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The string says which vendors were disclosed to the user, and this one was not.
    #[error("the vendor was not disclosed to the user")]
    NotDisclosed,
    /// The publisher doesn't allow it.
    #[error("the publisher does not allow the vendor this purpose")]
    NotAllowed,
    /// The publisher requires another basis than the one that the vendor declared, and the
    /// vendor is not flexible.
    #[error("the publisher requires a basis that the vendor did not declare")]
    NotFlexible {
        /// The basis that the publisher requires.
        required: LegalBasis,
    },
    /// The publisher requires both bases, one each in two restrictions.
    #[error("the publisher requires both consent and legitimate interest")]
    ConflictingRestrictions,
    /// The publisher restricts it to something that the specification doesn't define.
    #[error("the publisher restricts the vendor in a way that is not defined")]
    UndefinedRestriction,
    /// Purpose 1 was not disclosed to the user, as the publisher's country may not ask for
    /// consent to it.
    #[error("purpose 1 was not disclosed; the law of the publisher's country decides")]
    PurposeOneTreatment,
    /// Legitimate interest is no basis for this purpose.
    #[error("legitimate interest is no basis for this purpose")]
    NoLegitimateInterest,
    /// The user did not consent to the purpose, or it was not shown or objected to on
    /// legitimate interest.
    #[error("no signal for the purpose on this basis")]
    NoPurposeSignal {
        /// The basis that was looked at.
        basis: LegalBasis,
    },
    /// The user did not consent to the vendor, or it was not shown or objected to on
    /// legitimate interest.
    #[error("no signal for the vendor on this basis")]
    NoVendorSignal {
        /// The basis that was looked at.
        basis: LegalBasis,
    },
}

impl Refusal {
    /// The reason's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotDisclosed => "not_disclosed",
            Self::NotAllowed => "not_allowed",
            Self::NotFlexible { .. } => "not_flexible",
            Self::ConflictingRestrictions => "conflicting_restrictions",
            Self::UndefinedRestriction => "undefined_restriction",
            Self::PurposeOneTreatment => "purpose_one_treatment",
            Self::NoLegitimateInterest => "no_legitimate_interest",
            Self::NoPurposeSignal { .. } => "no_purpose_signal",
            Self::NoVendorSignal { .. } => "no_vendor_signal",
        }
    }
}
