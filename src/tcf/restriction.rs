//! Publisher restrictions: what a publisher allows vendors less than, or other than, they
//! declared.
//!
//! | field | bits |
//! |---|---|
//! | `NumPubRestrictions` | 12 |
//! | so many times: `PurposeId` | 6 |
//! | `RestrictionType` | 2 |
//! | `NumEntries`, then so many ranges, as [`vendors`](super::vendors) has them | 12, then 17 or 33 each |
//!
//! There is neither a `MaxVendorId` nor a bit field here: the vendors are always ranges.

use super::fields::Fields;
use super::vendors::{self, MAX_ENTRIES, Section, VendorsRef};
use super::{PurposeId, VendorId};
use crate::bits::{BitReader, BitWriter, TakeFields};
use crate::error::{DecodeError, DecodeErrorKind, Fault};
use crate::ids::IdSet;

/// What a publisher restricts a vendor to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RestrictionType {
    /// 0: the vendor may not process for the purpose at all.
    NotAllowed,
    /// 1: the vendor may process on consent only.
    RequireConsent,
    /// 2: the vendor may process on legitimate interest only.
    RequireLegitimateInterest,
    /// 3, which the specification leaves undefined. It is kept as it is, unless strictness
    /// was asked for; [`permits`](super::TcString::permits) takes it for a refusal.
    Undefined,
}

impl RestrictionType {
    /// The number that stands in a string, 0 to 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The type of a number; `None` from 4 on.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::NotAllowed,
            1 => Self::RequireConsent,
            2 => Self::RequireLegitimateInterest,
            3 => Self::Undefined,
            _ => return None,
        })
    }
}

/// A publisher restriction: a purpose, what is asked for, and the vendors it applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Restriction<V = IdSet<VendorId>> {
    pub(super) purpose: PurposeId,
    #[cfg_attr(feature = "serde", serde(rename = "type"))]
    pub(super) kind: RestrictionType,
    pub(super) vendors: V,
}

impl<V> Restriction<V> {
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
    pub const fn vendors(&self) -> &V {
        &self.vendors
    }
}

/// A publisher restriction whose vendors still stand in the bits of a string.
pub type RestrictionRef<'a> = Restriction<VendorsRef<'a>>;

impl<'a> RestrictionRef<'a> {
    /// Reads one restriction and checks all of it.
    #[inline]
    fn take(reader: &mut BitReader<'a>, strict: bool) -> Result<Self, Fault> {
        let start = reader.position();
        let fault = |kind| Fault::new(kind, start);
        let head = reader.take(8).map_err(fault)?;
        #[allow(clippy::cast_possible_truncation)]
        let purpose = PurposeId::new((head >> 2) as u16)
            .ok_or_else(|| fault(DecodeErrorKind::UndefinedPurpose))?;
        let kind = match head & 3 {
            0 => RestrictionType::NotAllowed,
            1 => RestrictionType::RequireConsent,
            2 => RestrictionType::RequireLegitimateInterest,
            _ if strict => return Err(fault(DecodeErrorKind::UndefinedRestrictionType)),
            _ => RestrictionType::Undefined,
        };
        let bits = *reader;
        let vendors = Section::take_ranges(reader, strict, u16::MAX)?.read(bits);
        Ok(Self { purpose, kind, vendors })
    }

    /// The restriction, copied out.
    #[must_use]
    pub fn to_owned(&self) -> Restriction {
        Restriction { purpose: self.purpose, kind: self.kind, vendors: self.vendors.to_owned() }
    }
}

/// The publisher restrictions of a string, in its order, read from its bits as the iterator
/// goes.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct RestrictionsRef<'a> {
    reader: BitReader<'a>,
    left: u16,
}

/// Where restrictions stand that were checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct RestrictionList {
    /// The bit where the first one starts.
    position: u32,
    count: u16,
}

impl RestrictionList {
    /// Reads the restrictions and checks all of them.
    #[inline]
    pub(super) fn take(fields: &mut Fields<'_>, strict: bool) -> Result<Self, DecodeError> {
        let count = fields.number("publisher_restrictions", 12)?;
        #[allow(clippy::cast_possible_truncation, reason = "a text's bits are fewer than 2³²")]
        let position = fields.reader.position() as u32;
        for _ in 0..count {
            RestrictionRef::take(&mut fields.reader, strict)
                .map_err(|fault| fields.error("publisher_restrictions", fault))?;
        }
        Ok(Self { position, count })
    }

    /// The restrictions; `reader` reads the same bits.
    #[inline]
    pub(super) fn read(self, reader: BitReader<'_>) -> RestrictionsRef<'_> {
        RestrictionsRef { reader: reader.at(self.position as usize), left: self.count }
    }
}

impl<'a> Iterator for RestrictionsRef<'a> {
    type Item = RestrictionRef<'a>;

    fn next(&mut self) -> Option<RestrictionRef<'a>> {
        self.left = self.left.checked_sub(1)?;
        // They were checked when they were read, as strictly as was asked for.
        RestrictionRef::take(&mut self.reader, false).ok()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left.into(), Some(self.left.into()))
    }
}

impl ExactSizeIterator for RestrictionsRef<'_> {}
impl core::iter::FusedIterator for RestrictionsRef<'_> {}

impl core::fmt::Debug for RestrictionsRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// Writes restrictions, of which there may be [`MAX_ENTRIES`].
pub(super) fn put(restrictions: &[Restriction], writer: &mut BitWriter) {
    debug_assert!(restrictions.len() <= MAX_ENTRIES.into());
    writer.put(restrictions.len() as u64, 12);
    for Restriction { purpose, kind, vendors } in restrictions {
        writer.put(purpose.get().into(), 6);
        writer.put(kind.number().into(), 2);
        vendors::put_ranges(vendors, writer);
    }
}
