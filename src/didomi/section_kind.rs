//! Which sections a string has.

use core::fmt;

/// One of the four sections, in the order in which they stand in the bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SectionKind {
    /// Purposes, consent (version 2: opt-in).
    Purposes,
    /// Purposes, legitimate interest (version 2: opt-out).
    PurposesLi,
    /// Vendors, consent (version 2: opt-in).
    Vendors,
    /// Vendors, legitimate interest (version 2: opt-out).
    VendorsLi,
}

impl SectionKind {
    /// How many there are.
    pub(super) const COUNT: usize = 4;

    /// All four, in the order in which they stand in the bits.
    pub const ALL: &'static [Self] =
        &[Self::Purposes, Self::PurposesLi, Self::Vendors, Self::VendorsLi];

    /// What its IDs are of.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Purposes | Self::PurposesLi => "purpose",
            Self::Vendors | Self::VendorsLi => "vendor",
        }
    }

    /// The name that Didomi's samples use: `purposes`, `purposes_li`, `vendors`, `vendors_li`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Purposes => "purposes",
            Self::PurposesLi => "purposes_li",
            Self::Vendors => "vendors",
            Self::VendorsLi => "vendors_li",
        }
    }
}

impl fmt::Display for SectionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
