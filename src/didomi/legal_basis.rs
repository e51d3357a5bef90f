//! The bases that a vendor can act on, and the section that speaks of each.

use core::fmt;

use super::section_kind::SectionKind;

/// What a vendor's act is based on: it decides which sections are asked.
///
/// All there is in a string: a match need not expect more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LegalBasis {
    /// The person's consent (version 2: opt-in).
    Consent,
    /// A legitimate interest, to which the person did not object (version 2: opt-out).
    LegitimateInterest,
}

impl LegalBasis {
    /// The section of the purposes on this basis.
    #[must_use]
    pub const fn purposes(self) -> SectionKind {
        match self {
            Self::Consent => SectionKind::Purposes,
            Self::LegitimateInterest => SectionKind::PurposesLi,
        }
    }

    /// The section of the vendors on this basis.
    #[must_use]
    pub const fn vendors(self) -> SectionKind {
        match self {
            Self::Consent => SectionKind::Vendors,
            Self::LegitimateInterest => SectionKind::VendorsLi,
        }
    }
}

impl fmt::Display for LegalBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Consent => "consent",
            Self::LegitimateInterest => "legitimate interest",
        })
    }
}
