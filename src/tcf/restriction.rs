//! A publisher restriction: what a publisher allows vendors less than, or other than, they
//! declared.

use super::{PurposeId, VendorId};
use crate::ids::IdSet;

/// What a publisher restricts a vendor to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RestrictionType {
    /// 0: the vendor may not process for the purpose at all.
    NotAllowed,
    /// 1: the vendor may process on consent only.
    RequireConsent,
    /// 2: the vendor may process on legitimate interest only.
    RequireLegitimateInterest,
    /// 3, which the specification leaves undefined. It is kept as it is, unless strictness
    /// was asked for; [`permits`](super::Valid::permits) takes it for a refusal.
    Undefined,
}

impl RestrictionType {
    /// All types, by their numbers.
    pub const ALL: &[Self] =
        &[Self::NotAllowed, Self::RequireConsent, Self::RequireLegitimateInterest, Self::Undefined];

    /// The number that stands in a string, 0 to 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The type of a number; `None` from 4 on.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// What the type asks for, in words.
    pub(super) const fn described(self) -> &'static str {
        match self {
            Self::NotAllowed => "not allowed",
            Self::RequireConsent => "require consent",
            Self::RequireLegitimateInterest => "require legitimate interest",
            Self::Undefined => "undefined",
        }
    }

    /// The type of the two bits of a string.
    #[inline]
    pub(super) const fn from_bits(bits: u64) -> Self {
        match bits & 3 {
            0 => Self::NotAllowed,
            1 => Self::RequireConsent,
            2 => Self::RequireLegitimateInterest,
            _ => Self::Undefined,
        }
    }
}

/// A publisher restriction: a purpose, what is asked for, and the vendors it applies to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Restriction {
    purpose: PurposeId,
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    kind: RestrictionType,
    vendors: IdSet<VendorId>,
}

impl Restriction {
    /// A restriction of these parts; see [`Builder::restrict`](super::Builder::restrict).
    #[must_use]
    pub const fn new(
        purpose: PurposeId,
        restriction_type: RestrictionType,
        vendors: IdSet<VendorId>,
    ) -> Self {
        Self { purpose, kind: restriction_type, vendors }
    }

    /// The purpose that is restricted.
    #[must_use]
    pub const fn purpose(&self) -> PurposeId {
        self.purpose
    }

    /// What is asked for.
    #[must_use]
    pub const fn restriction_type(&self) -> RestrictionType {
        self.kind
    }

    /// The vendors that the restriction applies to.
    #[must_use]
    pub const fn vendors(&self) -> &IdSet<VendorId> {
        &self.vendors
    }

    /// Adds vendors that the restriction applies to.
    pub(super) fn extend(&mut self, vendors: &IdSet<VendorId>) {
        self.vendors |= vendors;
    }
}

#[cfg(test)]
mod tests {
    use super::RestrictionType;

    #[test]
    fn every_type_has_its_number() {
        for (number, &kind) in (0..).zip(RestrictionType::ALL) {
            assert_eq!(kind.number(), number);
            assert_eq!(RestrictionType::from_number(number), Some(kind));
            assert_eq!(RestrictionType::from_bits(number.into()), kind);
        }
        assert_eq!(RestrictionType::ALL.len(), 4);
        assert_eq!(RestrictionType::from_number(4), None);
    }
}
