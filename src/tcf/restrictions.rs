//! The publisher restrictions of a string.
//!
//! | field | bits |
//! |---|---|
//! | `NumPubRestrictions` | 12 |
//! | so many times: `PurposeId` | 6 |
//! | `RestrictionType` | 2 |
//! | `NumEntries`, then so many ranges, as a [vendor section](crate::vendor_section) has them | 12, then 17 or 33 each |
//!
//! There is neither a `MaxVendorId` nor a bit field here: the vendors are always ranges.

use super::fields::Fields;
use super::restriction::{Restriction, RestrictionType};
use super::vendors::VendorsRef;
use super::{PurposeId, VendorId};
use crate::bits::{BitReader, BitWriter, RangeList, Sink, TakeFields, Value};
use crate::error::{DecodeError, DecodeErrorKind, Fault};
use crate::vendor_section::{Code, MAX_ENTRIES, Section, put_ranges};

/// How many bits purpose and type of a restriction have together.
const HEAD_BITS: u32 = 8;

/// How many bits count the ranges of a restriction.
const COUNT_BITS: u32 = 12;

/// Where restrictions stand that were checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct RestrictionList {
    /// The bit where the first one starts.
    position: u32,
    /// Which purposes are restricted for some vendor: bit `n` for purpose `n`.
    purposes: u32,
    count: u16,
}

impl RestrictionList {
    /// Reads the restrictions and checks all of them.
    #[inline]
    pub(super) fn take(
        fields: &mut Fields<'_>,
        strict: bool,
        sink: &mut impl Sink,
    ) -> Result<Self, DecodeError> {
        let start = fields.reader.position();
        let count = fields.number("publisher_restrictions", COUNT_BITS, &mut ())?;
        sink.enter("publisher_restrictions");
        let behind = fields.reader.position();
        sink.field("number", start, behind, Value::Count(count, "restriction"));
        sink.enter_list("restrictions", count.into());
        #[allow(clippy::cast_possible_truncation, reason = "a text's bits are fewer than 2³²")]
        let position = fields.reader.position() as u32;
        let mut purposes = 0;
        for _ in 0..count {
            sink.next_entry();
            let (purpose, _, _) = take(&mut fields.reader, strict, sink)
                .map_err(|fault| fields.error("publisher_restrictions", fault))?;
            purposes |= 1 << purpose.get();
        }
        sink.leave();
        sink.leave();
        Ok(Self { position, purposes, count })
    }

    /// The restrictions; `reader` reads the same bits.
    #[inline]
    pub(super) fn read(self, reader: BitReader<'_>) -> Restrictions<'_> {
        Restrictions { reader: reader.at(self.position as usize), left: self.count }
    }

    /// The types of all restrictions on a vendor and a purpose.
    #[inline]
    pub(super) fn types_on(
        self,
        reader: BitReader<'_>,
        vendor: VendorId,
        purpose: PurposeId,
    ) -> Types {
        if self.purposes >> purpose.get() & 1 == 0 {
            return Types(0);
        }
        self.search(reader, vendor, purpose)
    }

    /// Does what [`types_on`](Self::types_on) says, in one pass over the bits.
    fn search(self, reader: BitReader<'_>, vendor: VendorId, purpose: PurposeId) -> Types {
        let mut reader = reader.at(self.position as usize);
        let mut types = Types(0);
        for _ in 0..self.count {
            let head = checked(reader.take(HEAD_BITS + COUNT_BITS));
            #[allow(clippy::cast_possible_truncation)]
            let count = head as u16 & MAX_ENTRIES;
            let head = head >> COUNT_BITS;
            let mut list = RangeList::<Code>::new(reader, count, false);
            let mut found = false;
            while let Some(span) = list.next() {
                let span = checked(span);
                found |= (span.first..=span.last).contains(&vendor.get());
            }
            reader = list.reader();
            if found && head >> 2 == u64::from(purpose.get()) {
                types.0 |= 1 << (head & 3);
            }
        }
        types
    }
}

/// Some types of restrictions: bit `n` for type `n`.
#[derive(Clone, Copy)]
pub(super) struct Types(u8);

impl Types {
    #[inline]
    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    #[inline]
    pub(super) const fn contains(self, restriction_type: RestrictionType) -> bool {
        self.0 >> restriction_type.number() & 1 == 1
    }
}

/// What is read again of a list that was checked.
#[inline(always)]
fn checked<T, E>(read: Result<T, E>) -> T {
    read.unwrap_or_else(|_| unreachable!("the restrictions were checked"))
}

/// Reads one restriction and checks all of it.
#[inline]
fn take(
    reader: &mut BitReader<'_>,
    strict: bool,
    sink: &mut impl Sink,
) -> Result<(PurposeId, RestrictionType, Section), Fault> {
    let start = reader.position();
    let fault = |kind| Fault::new(kind, start);
    let head = reader.take(HEAD_BITS).map_err(fault)?;
    #[allow(clippy::cast_possible_truncation)]
    let purpose = (head >> 2) as u16;
    sink.ids_of("purpose");
    sink.field("purpose", start, start + 6, Value::Id(purpose.into()));
    let purpose =
        PurposeId::new(purpose).ok_or_else(|| fault(DecodeErrorKind::UndefinedPurpose))?;
    let restriction_type = RestrictionType::from_bits(head);
    let named = Value::Named(head & 3, restriction_type.described());
    sink.field("type", start + 6, reader.position(), named);
    sink.ids_of("vendor");
    if strict && restriction_type == RestrictionType::Undefined {
        return Err(fault(DecodeErrorKind::UndefinedRestrictionType));
    }
    Ok((purpose, restriction_type, Section::take_ranges(reader, strict, u16::MAX, sink)?))
}

/// The publisher restrictions of a string, in its order, read from its bits as the iterator
/// goes.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Restrictions<'b> {
    reader: BitReader<'b>,
    left: u16,
}

impl<'b> Iterator for Restrictions<'b> {
    type Item = RestrictionRef<'b>;

    #[inline]
    fn next(&mut self) -> Option<RestrictionRef<'b>> {
        self.left = self.left.checked_sub(1)?;
        let bits = self.reader;
        // As strictly as was asked for, they were checked before.
        let (purpose, restriction_type, vendors) = checked(take(&mut self.reader, false, &mut ()));
        Some(RestrictionRef {
            purpose,
            restriction_type,
            vendors: VendorsRef::new(vendors.read(bits)),
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left.into(), Some(self.left.into()))
    }
}

impl ExactSizeIterator for Restrictions<'_> {}
impl core::iter::FusedIterator for Restrictions<'_> {}

impl core::fmt::Debug for Restrictions<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// A publisher restriction whose vendors still stand in the bits of a string.
#[derive(Debug, Clone, Copy)]
pub struct RestrictionRef<'b> {
    purpose: PurposeId,
    restriction_type: RestrictionType,
    vendors: VendorsRef<'b>,
}

impl<'b> RestrictionRef<'b> {
    /// The purpose that is restricted.
    #[must_use]
    pub const fn purpose(&self) -> PurposeId {
        self.purpose
    }

    /// What is asked for.
    #[must_use]
    pub const fn restriction_type(&self) -> RestrictionType {
        self.restriction_type
    }

    /// The vendors that the restriction applies to.
    #[must_use]
    pub const fn vendors(&self) -> VendorsRef<'b> {
        self.vendors
    }

    /// The restriction, copied out.
    #[must_use]
    pub fn to_restriction(&self) -> Restriction {
        Restriction::new(self.purpose, self.restriction_type, self.vendors.to_set())
    }
}

/// Writes restrictions, of which there may be [`MAX_ENTRIES`], as may ranges in each.
pub(super) fn put(restrictions: &[Restriction], writer: &mut BitWriter) {
    debug_assert!(restrictions.len() <= MAX_ENTRIES.into());
    writer.put(restrictions.len() as u64, COUNT_BITS);
    for on in restrictions {
        writer.put(on.purpose().get().into(), 6);
        writer.put(on.restriction_type().number().into(), 2);
        put_ranges(on.vendors(), writer);
    }
}
