//! Whether a vendor may process for a purpose, and on which legal basis.

use super::header::Header;
use super::restriction::RestrictionType;
use super::restrictions::Types;
use super::validity::void_legitimate_interest;
use super::{PurposeId, TcStringRef, VendorId, purposes};

/// A TC string that is valid, which was checked or is assumed: it may be asked what it
/// permits.
///
/// [`valid_at`](super::TcString::valid_at) and
/// [`ValidityRules::valid_at`](super::ValidityRules::valid_at) check it;
/// [`assume_valid`](super::TcString::assume_valid) takes the caller's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Valid<'t, 'b>(TcStringRef<'t, 'b>);

impl<'t, 'b> Valid<'t, 'b> {
    #[inline]
    pub(super) const fn new(consent: TcStringRef<'t, 'b>) -> Self {
        Self(consent)
    }

    /// The string.
    #[must_use]
    pub const fn view(&self) -> TcStringRef<'t, 'b> {
        self.0
    }

    /// Whether a vendor may process for a purpose, by a basis that it declared: on which
    /// basis it may, or the first reason why not.
    ///
    /// Looked at are, in this order:
    ///
    /// 1. **The question**: purpose 1 can't be declared flexible.
    /// 2. **Disclosed vendors**: where the string has the segment, the vendor must be in it.
    ///    A valid string without the segment is from before it was mandatory.
    /// 3. **Publisher restrictions** on vendor and purpose. *Not allowed* is always a refusal.
    ///    One that requires a basis is met by a vendor that declared this basis, and makes a
    ///    flexible one use it; any other vendor is refused. Without a restriction a flexible
    ///    vendor uses the basis that it declared. Inferred: two restrictions that require
    ///    different bases, and one of undefined type, are refusals.
    /// 4. **Purpose 1**: where it was not disclosed (purpose one treatment), the string doesn't
    ///    say whether the vendor may; the publisher's country does.
    /// 5. **Legitimate interest** is no basis for purpose 1 nor, from policy version 4 on, for
    ///    purposes 3 to 6: bits that say otherwise are void.
    /// 6. **The user's choice** on that basis, for the purpose and for the vendor: both.
    ///
    /// Allowed vendors are not looked at: they are about bases from outside the framework.
    /// Special features are no purposes: see
    /// [`special_feature_opt_ins`](super::TcString::special_feature_opt_ins). What a publisher
    /// itself may do is in [`publisher_tc`](super::TcString::publisher_tc).
    ///
    /// A call allocates nothing. It takes the same time for any string of bit fields without a
    /// restriction on the purpose; vendors that are written as ranges, and restrictions where one is
    /// on the purpose, are passed over once: linear in their number, which the length of the
    /// text limits.
    ///
    /// # Errors
    ///
    /// [`Refusal`]: the first reason why the vendor may not.
    ///
    /// ```
    /// use consent_string::tcf::{
    ///     LegalBasis, LegalBasisRules, Refusal, RestrictionType, TcString, VendorId, purposes,
    /// };
    ///
    /// let vendor = VendorId::new(42).unwrap();
    /// let purpose = purposes::SELECT_BASIC_ADS;
    /// let consent = TcString::builder("2025-03-01T00:00:00Z".parse()?)
    ///     .tcf_policy_version(5)
    ///     .is_service_specific(true)
    ///     .purposes_consent([purpose].into())
    ///     .vendors_consent([vendor].into())
    ///     .restrict(purpose, RestrictionType::RequireConsent, [vendor].into())
    ///     .build()?;
    /// let consent = consent.valid_at("2025-03-02T08:00:00Z".parse()?)?;
    /// let rules = LegalBasisRules::new(LegalBasis::LegitimateInterest);
    /// assert_eq!(
    ///     consent.permits(vendor, purpose, rules),
    ///     Err(Refusal::NotFlexible { required: LegalBasis::Consent }),
    /// );
    /// assert_eq!(consent.permits(vendor, purpose, rules.flexible()), Ok(LegalBasis::Consent));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    pub fn permits(
        &self,
        vendor: VendorId,
        purpose: PurposeId,
        rules: LegalBasisRules,
    ) -> Result<LegalBasis, Refusal> {
        if rules.flexible && purpose == purposes::STORE {
            return Err(Refusal::FlexiblePurposeOne);
        }
        let consent = &self.0;
        if consent.disclosed_vendors().is_some_and(|disclosed| !disclosed.contains(vendor)) {
            return Err(Refusal::NotDisclosed);
        }
        let restrictions = consent.checked.restrictions;
        let basis = rules.under(restrictions.types_on(consent.reader(), vendor, purpose))?;
        self.purpose(purpose, basis)?;
        let vendors = match basis {
            LegalBasis::Consent => consent.vendors_consent(),
            LegalBasis::LegitimateInterest => consent.vendors_li(),
        };
        if !vendors.contains(vendor) {
            return Err(Refusal::NoVendorSignal { basis });
        }
        Ok(basis)
    }

    /// What the user says of a purpose on a basis, whoever the vendor: points 4 to 6 above.
    #[inline]
    pub(crate) fn purpose(&self, purpose: PurposeId, basis: LegalBasis) -> Result<(), Refusal> {
        let consent = &self.0;
        if purpose == purposes::STORE && consent.purpose_one_treatment() {
            return Err(Refusal::PurposeOneTreatment);
        }
        let is_set = match basis {
            LegalBasis::Consent => Header::consents_to(consent.reader(), purpose),
            LegalBasis::LegitimateInterest => {
                if void_legitimate_interest(consent.tcf_policy_version()).contains(purpose) {
                    return Err(Refusal::NoLegitimateInterest);
                }
                Header::has_li(consent.reader(), purpose)
            }
        };
        if is_set { Ok(()) } else { Err(Refusal::NoPurposeSignal { basis }) }
    }
}

/// A legal basis of the GDPR that the framework knows: one of these two, to be matched in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LegalBasis {
    /// The user consented.
    Consent,
    /// The vendor has a legitimate interest, which was shown to the user, who did not object.
    LegitimateInterest,
}

impl LegalBasis {
    /// The basis's name: stable, for logs and metrics. Legitimate interest is `li`, as in the
    /// names of sections.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::LegitimateInterest => "li",
        }
    }
}

/// By which basis a vendor declared a purpose in the Global Vendor List.
///
/// A purpose in the vendor's `purposes` is declared on consent, one in `legIntPurposes` on
/// legitimate interest; one that is in `flexiblePurposes` as well lets the publisher choose
/// the other basis. For a purpose in neither of the first two the vendor may never process,
/// and there are no rules to ask with.
///
/// [`Valid::permits`] says what is looked at.
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

    /// The basis that applies under some restrictions.
    #[inline]
    fn under(self, types: Types) -> Result<LegalBasis, Refusal> {
        if types.is_empty() {
            return Ok(self.declared);
        }
        if types.contains(RestrictionType::NotAllowed) {
            return Err(Refusal::NotAllowed);
        }
        if types.contains(RestrictionType::Undefined) {
            return Err(Refusal::UndefinedRestriction);
        }
        let consent = types.contains(RestrictionType::RequireConsent);
        let required = match (consent, types.contains(RestrictionType::RequireLegitimateInterest)) {
            (true, true) => return Err(Refusal::ConflictingRestrictions),
            (true, false) => LegalBasis::Consent,
            (false, _) => LegalBasis::LegitimateInterest,
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
    /// The question is about purpose 1 as flexible, which it can't be: the vendor list that
    /// says so is wrong, or was read wrong.
    #[error("purpose 1 declared flexible, which it can't be")]
    FlexiblePurposeOne,
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
            Self::FlexiblePurposeOne => "flexible_purpose_one",
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
