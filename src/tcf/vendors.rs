//! Vendors as they stand in a string.
//!
//! | field | bits |
//! |---|---|
//! | `MaxVendorId` | 16 |
//! | `IsRangeEncoding` | 1 |
//! | where it is 0: one bit for each vendor from 1 to `MaxVendorId` | `MaxVendorId` |
//! | where it is 1: `NumEntries`, then so many ranges | 12, then 17 or 33 each |
//!
//! A range is `IsARange` (1 bit), `StartOrOnlyVendorId` (16 bits) and, where `IsARange` is 1,
//! `EndVendorId` (16 bits).
//!
//! The specification is silent on some of what can stand there. Ranges that overlap or do not
//! rise, and vendors past `MaxVendorId`, are read as what they say (as `@iabtcf/core` does),
//! unless strictness was asked for; the vendor 0 and a range that ends before it starts say
//! nothing, and are always refused.

use super::VendorId;
use crate::bits::{
    BitReader, BitWriter, Flagged, RangeCode, RangeList, Runs, Span, TakeFields, put_sums,
};
use crate::error::{DecodeErrorKind, Fault};
use crate::ids::{IdRange, IdSet};

/// The ranges of a TC string: the flag is 0 for a single ID.
type Code = Flagged<0>;

/// How many ranges, or restrictions, there can be: what counts them has 12 bits.
pub(super) const MAX_ENTRIES: u16 = (1 << 12) - 1;

/// Up to so many vendors a bit field is copied out run by run.
const SMALL_BIT_FIELD: u16 = 64;

/// How a set of vendors is written.
#[derive(Debug, Clone, Copy)]
enum Form {
    BitField,
    /// Each range starts behind the one before.
    RisingRanges,
    Ranges,
}

/// Where a set of vendors stands that was checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section {
    /// The bit where the bit field or the first range starts.
    position: u32,
    /// How many bits or ranges there are.
    count: u16,
    form: Form,
}

impl Section {
    /// Reads a vendor section and checks all of it.
    #[inline]
    pub(super) fn take(reader: &mut BitReader<'_>, strict: bool) -> Result<Self, Fault> {
        let start = reader.position();
        let fault = |kind| Fault::new(kind, start);
        let maximum = reader.take_u16().map_err(fault)?;
        if reader.take_flag().map_err(fault)? {
            return Self::take_ranges(reader, strict, if strict { maximum } else { u16::MAX });
        }
        let section = Self::here(*reader, maximum, Form::BitField);
        reader.skip(maximum.into()).map_err(fault)?;
        Ok(section)
    }

    /// Reads `NumEntries` and the ranges, and checks all of them. No vendor may be past
    /// `maximum`.
    #[inline]
    pub(super) fn take_ranges(
        reader: &mut BitReader<'_>,
        strict: bool,
        maximum: u16,
    ) -> Result<Self, Fault> {
        let start = reader.position();
        let count = reader.take(12).map_err(|kind| Fault::new(kind, start))?;
        #[allow(clippy::cast_possible_truncation)]
        let mut section = Self::here(*reader, count as u16, Form::RisingRanges);
        let mut ranges = RangeList::<Code>::new(*reader, section.count, strict);
        let mut floor = 0;
        let mut at = reader.position();
        while let Some(span) = ranges.next() {
            let Span { first, last } = span?;
            if last > maximum {
                return Err(Fault::new(DecodeErrorKind::PastMaxVendorId, at));
            }
            if first <= floor {
                section.form = Form::Ranges;
            }
            floor = last;
            at = ranges.reader().position();
        }
        *reader = ranges.reader();
        Ok(section)
    }

    #[allow(clippy::cast_possible_truncation, reason = "a text's bits are fewer than 2³²")]
    fn here(reader: BitReader<'_>, count: u16, form: Form) -> Self {
        Self { position: reader.position() as u32, count, form }
    }

    /// The vendors; `reader` reads the same bits.
    #[inline]
    pub(super) fn read(self, reader: BitReader<'_>) -> VendorsRef<'_> {
        VendorsRef { reader: reader.at(self.position as usize), section: self }
    }
}

/// A set of vendors that still stands in the bits of a string: whole and checked, but not
/// copied out.
#[derive(Clone, Copy)]
pub struct VendorsRef<'a> {
    /// Where the bit field or the first range starts.
    reader: BitReader<'a>,
    section: Section,
}

impl<'a> VendorsRef<'a> {
    #[inline]
    fn runs(&self) -> Runs<'a, 1> {
        Runs::of_checked(self.reader, 1, self.section.count)
    }

    #[inline]
    fn list(&self) -> RangeList<'a, Code> {
        RangeList::new(self.reader, self.section.count, false)
    }

    /// Whether the vendor is in the set. At once for a bit field, linear in the number of
    /// ranges otherwise.
    #[inline]
    #[must_use]
    pub fn contains(&self, vendor: VendorId) -> bool {
        let is_rising = match self.section.form {
            Form::BitField => return self.runs().entry(vendor.get()) == Some(1),
            Form::RisingRanges => true,
            Form::Ranges => false,
        };
        let mut list = self.list();
        while let Some(Ok(Span { first, last })) = list.next() {
            if (first..=last).contains(&vendor.get()) {
                return true;
            }
            if is_rising && first > vendor.get() {
                break;
            }
        }
        false
    }

    /// Whether no vendor is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges().next().is_none()
    }

    /// The vendors as ranges, in the order in which the string has them: it may have written
    /// them in any order, touching or overlapping.
    pub fn ranges(&self) -> VendorRanges<'a> {
        VendorRanges(match self.section.form {
            Form::BitField => Walk::BitField(self.runs()),
            Form::RisingRanges | Form::Ranges => Walk::Ranges(self.list()),
        })
    }

    /// The set, copied out.
    #[must_use]
    pub fn to_owned(&self) -> IdSet<VendorId> {
        match self.section.form {
            Form::BitField if self.section.count > SMALL_BIT_FIELD => {
                IdSet::of_runs(&self.runs(), 1)
            }
            Form::BitField => {
                let mut set = IdSet::new();
                self.ranges().for_each(|range| set.push(range));
                set
            }
            Form::RisingRanges => {
                let mut list = self.list();
                let ranges = core::iter::from_fn(move || next_range(&mut list));
                IdSet::from_rising(self.section.count.into(), ranges)
            }
            Form::Ranges => self.ranges().collect(),
        }
    }
}

impl core::fmt::Debug for VendorsRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_set().entries(self.ranges()).finish()
    }
}

/// The ranges of a [`VendorsRef`].
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct VendorRanges<'a>(Walk<'a>);

#[derive(Clone)]
enum Walk<'a> {
    BitField(Runs<'a, 1>),
    Ranges(RangeList<'a, Code>),
}

impl Iterator for VendorRanges<'_> {
    type Item = IdRange<VendorId>;

    #[inline]
    fn next(&mut self) -> Option<IdRange<VendorId>> {
        match &mut self.0 {
            Walk::BitField(runs) => {
                let (span, _) = runs.find(|&(_, entry)| entry == 1)?;
                IdRange::of_checked(span.first, span.last)
            }
            Walk::Ranges(list) => next_range(list),
        }
    }
}

/// The next range of a list that was checked when it was read.
#[inline]
fn next_range(list: &mut RangeList<'_, Code>) -> Option<IdRange<VendorId>> {
    let span = list.next()?.ok()?;
    IdRange::of_checked(span.first, span.last)
}

impl core::iter::FusedIterator for VendorRanges<'_> {}

impl core::fmt::Debug for VendorRanges<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

fn spans(vendors: &IdSet<VendorId>) -> impl Iterator<Item = Span> {
    vendors.ranges().map(|range| Span { first: range.first().get(), last: range.last().get() })
}

/// Writes a vendor section in the shorter of its two encodings, as a bit field where both
/// are as long. `MaxVendorId` is the last vendor, or 0.
pub(super) fn put(vendors: &IdSet<VendorId>, writer: &mut BitWriter) {
    let maximum = vendors.last().map_or(0, VendorId::get);
    let ranges: u64 = spans(vendors).map(|span| u64::from(Code::width(span))).sum();
    let as_ranges =
        vendors.ranges().len() <= MAX_ENTRIES.into() && 12 + ranges < u64::from(maximum);
    writer.put(maximum.into(), 16);
    writer.put_flag(as_ranges);
    if as_ranges {
        put_ranges(vendors, writer);
    } else {
        put_bit_field(vendors, maximum, writer);
    }
}

/// Writes `NumEntries` and the ranges, of which there may be [`MAX_ENTRIES`].
pub(super) fn put_ranges(vendors: &IdSet<VendorId>, writer: &mut BitWriter) {
    debug_assert!(vendors.ranges().len() <= MAX_ENTRIES.into());
    writer.put(vendors.ranges().len() as u64, 12);
    for span in spans(vendors) {
        Code::put(span, writer);
    }
}

fn put_bit_field(vendors: &IdSet<VendorId>, maximum: u16, writer: &mut BitWriter) {
    // One more bit than there are: a run may end behind the last.
    let mut changes = alloc::vec![0_u64; usize::from(maximum) / 64 + 1];
    let mut change = |place: u16| changes[usize::from(place) / 64] ^= 1 << (63 - place % 64);
    for Span { first, last } in spans(vendors) {
        change(first - 1);
        change(last);
    }
    put_sums::<1>(changes.into_iter(), maximum, writer);
}
