//! Who answers which question: the rules of [`decision`](super), each in a method of its own.

use super::{Allowed, DecidedBy, Purpose, Question, Reason, Refused, Strings, Vendor};
use crate::ac::ProviderId;
use crate::didomi::{self, ConsentStringRef};
#[cfg(feature = "gvl")]
use crate::gvl;
use crate::tcf::{self, LegalBasis, LegalBasisRules, SpecialFeatureId, Valid};

impl<'a> Strings<'a> {
    /// Whether a vendor may act for a purpose: on which basis, and who says so, or the first
    /// reason against.
    ///
    /// Looked at are, in this order: whether there is a string that can be relied on, what
    /// contradicts it, what the vendor declares, and what the user chose.
    ///
    /// # Errors
    ///
    /// [`Refused`]: the first reason against.
    pub fn permits(&self, question: Question) -> Result<Allowed, Refused> {
        let answer = match (question.vendor, question.purpose) {
            (Vendor::Iab(vendor), Purpose::Iab(purpose)) => self.iab(vendor, purpose, question),
            (Vendor::Iab(vendor), purpose @ Purpose::IabSpecialPurpose(_)) => {
                self.special_purpose(vendor, purpose)
            }
            (Vendor::Iab(vendor), feature @ Purpose::IabFeature(_)) => {
                self.feature(vendor, feature)
            }
            (Vendor::Iab(vendor), Purpose::IabSpecialFeature(feature)) => {
                self.special_feature(vendor, feature)
            }
            (Vendor::Google(provider), Purpose::Iab(purpose)) => {
                self.google(provider, purpose, question)
            }
            (Vendor::Didomi(vendor), Purpose::Iab(_) | Purpose::Didomi(_)) => {
                self.custom(vendor, question)
            }
            _ => Err(No { reason: Reason::NoRule, decided_by: None, is_withdrawal: false }),
        };
        answer.map_err(|no| no.about(question.purpose))
    }

    /// Whether a vendor may act for each of some purposes.
    ///
    /// # Errors
    ///
    /// The first reason against, of the first purpose that is refused; without any purpose
    /// [`Reason::NotDeclared`]: a vendor alone may do nothing.
    pub fn permits_all(
        &self,
        vendor: Vendor,
        purposes: impl IntoIterator<Item = Purpose>,
    ) -> Result<(), Refused> {
        let mut asked = false;
        for purpose in purposes {
            asked = true;
            self.permits(Question::new(vendor, purpose))?;
        }
        if asked {
            return Ok(());
        }
        let reason = Reason::NotDeclared;
        Err(Refused { reason, decided_by: None, purpose: None, is_withdrawal: false })
    }

    /// Whether an IAB vendor may act for all purposes that it declares in the list, each on the
    /// basis that it declares. Special purposes and features are not among them.
    ///
    /// # Errors
    ///
    /// The first reason against, by the rising number of the purpose.
    #[cfg(feature = "gvl")]
    pub fn permits_declared(&self, vendor: tcf::VendorId) -> Result<(), Refused> {
        let declared = self.declarations(vendor).map_err(No::about_all)?;
        self.permits_all(
            Vendor::Iab(vendor),
            declared.declared_purposes().into_iter().map(Purpose::Iab),
        )
    }

    /// The TC string, where it can be relied on.
    // By reference: a copy of the string costs as much as a lookup.
    #[inline]
    fn reliable_tcf(&self) -> Result<&Valid<'a, 'a>, No> {
        let consent = self.tcf.as_ref().map_err(|&reason| No::tcf(reason))?;
        if let Ok(didomi) = &self.didomi {
            if consent.view().last_updated().age_at(didomi.updated()) > self.max_lag {
                return Err(No::tcf(Reason::Outdated));
            }
        }
        #[cfg(feature = "gvl")]
        if let Some(list) = self.platforms {
            let platform = list.platform(consent.view().cmp_id());
            if platform.is_some_and(|platform| platform.is_deleted_at(self.now)) {
                return Err(No::tcf(Reason::PlatformDeleted));
            }
        }
        Ok(consent)
    }

    /// The Didomi Consent String, where it can be relied on.
    #[inline]
    fn reliable_didomi(&self) -> Result<&ConsentStringRef<'a, 'a>, No> {
        let consent = self.didomi.as_ref().map_err(|&reason| No::didomi(reason))?;
        match self.user_id {
            Some(user_id) if user_id != consent.user_id() => Err(No::didomi(Reason::UsersDiffer)),
            _ => Ok(consent),
        }
    }

    /// The vendor as the list has it.
    #[cfg(feature = "gvl")]
    fn declarations(&self, vendor: tcf::VendorId) -> Result<&'a gvl::Vendor, No> {
        let list = self.list.ok_or(No::list(Reason::DeclarationUnknown))?;
        let vendor = list.vendor(vendor).ok_or(No::list(Reason::UnknownVendor))?;
        if vendor.is_deleted_at(self.now) {
            return Err(No::list(Reason::DeletedVendor));
        }
        Ok(vendor)
    }

    /// Whether the list says that the vendor declares something that needs no basis.
    #[cfg(feature = "gvl")]
    fn declares(&self, vendor: tcf::VendorId, what: Purpose) -> Result<(), No> {
        let vendor = self.declarations(vendor)?;
        let declared = match what {
            Purpose::IabSpecialPurpose(purpose) => vendor.special_purposes().contains(purpose),
            Purpose::IabFeature(feature) => vendor.features().contains(feature),
            Purpose::IabSpecialFeature(feature) => vendor.special_features().contains(feature),
            Purpose::Iab(_) | Purpose::Didomi(_) => false,
        };
        if declared { Ok(()) } else { Err(No::list(Reason::NotDeclared)) }
    }

    /// Without lists nobody says what a vendor declares.
    #[cfg(not(feature = "gvl"))]
    #[allow(clippy::unused_self, reason = "as with lists")]
    fn declares(&self, _: tcf::VendorId, _: Purpose) -> Result<(), No> {
        Err(No::list(Reason::DeclarationUnknown))
    }

    #[cfg_attr(not(feature = "gvl"), allow(clippy::unused_self, reason = "as with lists"))]
    fn rules(
        &self,
        vendor: tcf::VendorId,
        purpose: tcf::PurposeId,
        question: Question,
    ) -> Result<LegalBasisRules, No> {
        let rules = |basis, flexible| {
            let rules = LegalBasisRules::new(basis);
            if flexible { rules.flexible() } else { rules }
        };
        #[cfg(feature = "gvl")]
        if self.list.is_some() {
            let bases = self.declarations(vendor)?.bases(purpose);
            return match (bases.rules(), question.basis) {
                (Some(rules), _) => Ok(rules),
                (None, _) if !bases.consent() => Err(No::list(Reason::NotDeclared)),
                (None, Some(basis)) => Ok(rules(basis, bases.is_flexible())),
                (None, None) => Err(No::list(Reason::AmbiguousBases)),
            };
        }
        let _ = (vendor, purpose);
        let basis = question.basis.ok_or(No::list(Reason::DeclarationUnknown))?;
        Ok(rules(basis, question.flexible))
    }

    fn iab(
        &self,
        vendor: tcf::VendorId,
        purpose: tcf::PurposeId,
        question: Question,
    ) -> Result<Allowed, No> {
        let consent = self.reliable_tcf()?;
        let rules = self.rules(vendor, purpose, question)?;
        let basis = consent.permits(vendor, purpose, rules).map_err(|refusal| No {
            is_withdrawal: match refusal {
                tcf::Refusal::NoPurposeSignal { basis } => basis == LegalBasis::Consent,
                tcf::Refusal::NoVendorSignal { basis } => {
                    basis == LegalBasis::Consent && consent.view().disclosed_vendors().is_some()
                }
                _ => false,
            },
            ..No::tcf(Reason::Tcf(refusal))
        })?;
        #[cfg(feature = "gvl")]
        if self.list.is_some() && question.basis.is_some_and(|asked| asked != basis) {
            return Err(No::list(Reason::OtherBasis { basis }));
        }
        Ok(Allowed { basis: Some(basis), decided_by: DecidedBy::Tcf })
    }

    fn special_purpose(&self, vendor: tcf::VendorId, purpose: Purpose) -> Result<Allowed, No> {
        let consent = self.reliable_tcf()?;
        self.declares(vendor, purpose)?;
        match consent.view().disclosed_vendors() {
            None => Err(No::tcf(Reason::DisclosedVendorsMissing)),
            Some(disclosed) if !disclosed.contains(vendor) => {
                Err(No::tcf(Reason::Tcf(tcf::Refusal::NotDisclosed)))
            }
            Some(_) => Ok(Allowed { basis: None, decided_by: DecidedBy::Tcf }),
        }
    }

    fn feature(&self, vendor: tcf::VendorId, feature: Purpose) -> Result<Allowed, No> {
        self.declares(vendor, feature)?;
        Ok(Allowed { basis: None, decided_by: DecidedBy::VendorList })
    }

    fn special_feature(
        &self,
        vendor: tcf::VendorId,
        feature: SpecialFeatureId,
    ) -> Result<Allowed, No> {
        let consent = self.reliable_tcf()?;
        self.declares(vendor, Purpose::IabSpecialFeature(feature))?;
        let consent = consent.view();
        if consent.disclosed_vendors().is_some_and(|disclosed| !disclosed.contains(vendor)) {
            return Err(No::tcf(Reason::Tcf(tcf::Refusal::NotDisclosed)));
        }
        if !consent.special_feature_opt_ins().contains(feature) {
            return Err(No::tcf(Reason::NoSpecialFeatureOptIn));
        }
        Ok(Allowed { basis: None, decided_by: DecidedBy::Tcf })
    }

    fn google(
        &self,
        provider: ProviderId,
        purpose: tcf::PurposeId,
        question: Question,
    ) -> Result<Allowed, No> {
        let basis = LegalBasis::Consent;
        // An AC string counts only beside a TC string.
        let consent = self.reliable_tcf()?;
        let ac = self.ac.as_ref().map_err(|&reason| No::ac(reason))?;
        if question.basis.is_some_and(|asked| asked != basis) {
            return Err(No::ac(Reason::OtherBasis { basis }));
        }
        if !ac.consented().contains(provider) {
            return Err(if ac.is_disclosed(provider) {
                No { is_withdrawal: true, ..No::ac(Reason::NotConsented) }
            } else {
                No::ac(Reason::NotNamed)
            });
        }
        purpose_by_tcf(consent, purpose, basis)?;
        Ok(Allowed { basis: Some(basis), decided_by: DecidedBy::Ac })
    }

    fn custom(&self, vendor: didomi::VendorId, question: Question) -> Result<Allowed, No> {
        let basis = question.basis.unwrap_or(LegalBasis::Consent);
        let didomi_basis = match basis {
            LegalBasis::Consent => didomi::LegalBasis::Consent,
            LegalBasis::LegitimateInterest => didomi::LegalBasis::LegitimateInterest,
        };
        let consent = self.reliable_didomi()?;
        let purpose = match question.purpose {
            Purpose::Didomi(purpose) => Some(purpose),
            _ => None,
        };
        match consent.allows(vendor, purpose, didomi_basis) {
            // The vendor may, and the purpose is the TC string's to answer.
            Err(didomi::Refusal::NoPurpose) | Ok(()) => {}
            Err(refusal) => {
                let is_withdrawal = refusal.status() == Some(didomi::Status::Disabled);
                return Err(No { is_withdrawal, ..No::didomi(Reason::Didomi(refusal)) });
            }
        }
        if let Purpose::Iab(purpose) = question.purpose {
            purpose_by_tcf(self.reliable_tcf()?, purpose, basis)?;
        }
        Ok(Allowed { basis: Some(basis), decided_by: DecidedBy::Didomi })
    }
}

/// What the TC string says of a purpose by itself, for a vendor that is not IAB's.
fn purpose_by_tcf(
    consent: &Valid<'_, '_>,
    purpose: tcf::PurposeId,
    basis: LegalBasis,
) -> Result<(), No> {
    consent.purpose(purpose, basis).map_err(|refusal| No {
        is_withdrawal: refusal == tcf::Refusal::NoPurposeSignal { basis: LegalBasis::Consent },
        ..No::tcf(Reason::Tcf(refusal))
    })
}

/// A no, before it is known about which purpose.
#[derive(Clone, Copy)]
struct No {
    reason: Reason,
    decided_by: Option<DecidedBy>,
    is_withdrawal: bool,
}

impl No {
    const fn by(decided_by: DecidedBy, reason: Reason) -> Self {
        Self { reason, decided_by: Some(decided_by), is_withdrawal: false }
    }

    const fn tcf(reason: Reason) -> Self {
        Self::by(DecidedBy::Tcf, reason)
    }

    const fn didomi(reason: Reason) -> Self {
        Self::by(DecidedBy::Didomi, reason)
    }

    const fn ac(reason: Reason) -> Self {
        Self::by(DecidedBy::Ac, reason)
    }

    const fn list(reason: Reason) -> Self {
        Self::by(DecidedBy::VendorList, reason)
    }

    const fn about(self, purpose: Purpose) -> Refused {
        let Self { reason, decided_by, is_withdrawal } = self;
        Refused { reason, decided_by, purpose: Some(purpose), is_withdrawal }
    }

    #[cfg(feature = "gvl")]
    const fn about_all(self) -> Refused {
        let Self { reason, decided_by, is_withdrawal } = self;
        Refused { reason, decided_by, purpose: None, is_withdrawal }
    }
}
