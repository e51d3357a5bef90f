//! The legal bases that a vendor declares for a purpose.

use crate::tcf::{LegalBasis, LegalBasisRules};

/// The legal bases that a vendor declares for a purpose in the list (documented).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[must_use]
pub struct DeclaredBases {
    pub(super) consent: bool,
    pub(super) legitimate_interest: bool,
    pub(super) flexible: bool,
}

impl DeclaredBases {
    /// Whether the purpose is in the vendor's `purposes`: on consent.
    #[must_use]
    pub const fn consent(self) -> bool {
        self.consent
    }

    /// Whether the purpose is in the vendor's `legIntPurposes`: on legitimate interest.
    #[must_use]
    pub const fn legitimate_interest(self) -> bool {
        self.legitimate_interest
    }

    /// Whether the purpose is in the vendor's `flexiblePurposes`: the publisher may require the
    /// other basis. It says nothing where the purpose is declared on neither.
    #[must_use]
    pub const fn is_flexible(self) -> bool {
        self.flexible
    }

    /// What `permits` of a TC string is asked with. `None` where the vendor declares the
    /// purpose on no basis, and may never process for it; and where it declares both, which the
    /// list's specification rules out: which one it goes by would be a guess (ours).
    #[must_use]
    pub const fn rules(self) -> Option<LegalBasisRules> {
        let basis = match (self.consent, self.legitimate_interest) {
            (true, false) => LegalBasis::Consent,
            (false, true) => LegalBasis::LegitimateInterest,
            _ => return None,
        };
        let rules = LegalBasisRules::new(basis);
        Some(if self.flexible { rules.flexible() } else { rules })
    }
}
