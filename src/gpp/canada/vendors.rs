//! Vendors as they stand in a TC string of Canada.
//!
//! | form | in the bits |
//! |---|---|
//! | integer ranges | the highest ID (16), a flag, then ranges of integers (1) or a bit field (0) |
//! | Fibonacci ranges | the highest ID (16), a flag, then ranges of Fibonacci numbers or a bit field |
//! | specification | a flag, then ranges of Fibonacci numbers, or the highest ID (16) and a bit field |
//!
//! Ranges must rise, and none may go past the highest ID: three forms must be told apart, and
//! what no writer writes speaks against a form.

use super::super::fibonacci_ranges::{self, FibonacciRanges, MAX_RANGES};
use super::super::rules;
use super::CanadaForm;
use crate::bits::{
    BitReader, BitWriter, Entries, FLAGS, Flagged, RangeCode, RangeList, Runs, Sink, Span,
    TakeFields, Value, put_number,
};
use crate::error::{DecodeErrorKind, Fault};
use crate::ids::{IdRange, IdSet};
use crate::tcf::VendorId;

/// Ranges of integers: the flag is 0 for a single ID.
type Integers = Flagged<0>;

/// How a set of vendors is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    BitField,
    Integers,
    Fibonacci,
}

/// Where a set of vendors stands that was checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section {
    /// The bit where the bit field or the first range starts.
    position: u32,
    /// How many bits or ranges there are.
    count: u16,
    code: Code,
}

impl Section {
    /// Reads a set of vendors of a form and checks all of it.
    pub(super) fn take(
        reader: &mut BitReader<'_>,
        form: CanadaForm,
        sink: &mut impl Sink,
    ) -> Result<Self, Fault> {
        let start = reader.position();
        let fault = |kind| Fault::new(kind, start);
        let is_first = form != CanadaForm::Specification;
        sink.rule(if is_first { rules::CANADA_VENDORS } else { rules::CANADA });
        sink.ids_of("vendor");
        let maximum = if is_first { take_maximum(reader, sink).map_err(fault)? } else { u16::MAX };
        let at = reader.position();
        let as_ranges = reader.take_flag().map_err(fault)?;
        sink.field("is_range_encoding", at, reader.position(), Value::Flag(as_ranges));
        match form {
            CanadaForm::IntegerRanges if as_ranges => Self::take_integers(reader, maximum, sink),
            _ if as_ranges => Self::take_fibonacci(reader, maximum, sink),
            _ => {
                let count =
                    if is_first { maximum } else { take_maximum(reader, sink).map_err(fault)? };
                let section = Self::here(*reader, count, Code::BitField);
                let start = reader.position();
                reader.skip(count.into()).map_err(fault)?;
                sink.entries(Entries { name: "bits", start, first: 1, count, names: FLAGS });
                Ok(section)
            }
        }
    }

    /// Reads the vendors of a restriction, which in the form of integers are ranges always.
    pub(super) fn take_restricted(
        reader: &mut BitReader<'_>,
        form: CanadaForm,
        sink: &mut impl Sink,
    ) -> Result<Self, Fault> {
        match form {
            CanadaForm::IntegerRanges => {
                sink.rule(rules::CANADA_VENDORS);
                sink.ids_of("vendor");
                Self::take_integers(reader, u16::MAX, sink)
            }
            _ => Self::take(reader, form, sink),
        }
    }

    fn take_integers(
        reader: &mut BitReader<'_>,
        maximum: u16,
        sink: &mut impl Sink,
    ) -> Result<Self, Fault> {
        let start = reader.position();
        #[allow(clippy::cast_possible_truncation, reason = "12 bits")]
        let count = reader.take(12).map_err(|kind| Fault::new(kind, start))? as u16;
        let section = Self::here(*reader, count, Code::Integers);
        let mut at = reader.position();
        sink.field("number_of_entries", start, at, Value::Count(count, "range"));
        sink.enter_list("ranges", count.into());
        let mut ranges = RangeList::<Integers>::new(*reader, count, true);
        while let Some(span) = ranges.next_told(sink) {
            check_maximum(span?, maximum, at)?;
            at = ranges.reader().position();
        }
        sink.leave();
        *reader = ranges.reader();
        Ok(section)
    }

    fn take_fibonacci(
        reader: &mut BitReader<'_>,
        maximum: u16,
        sink: &mut impl Sink,
    ) -> Result<Self, Fault> {
        let mut ranges = FibonacciRanges::take_told(*reader, sink)?;
        let mut at = ranges.reader();
        let section = Self::here(at, ranges.left(), Code::Fibonacci);
        while let Some(span) = ranges.next_told(sink) {
            check_maximum(span?, maximum, at.position())?;
            at = ranges.reader();
        }
        *reader = at;
        Ok(section)
    }

    #[allow(clippy::cast_possible_truncation, reason = "a text's bits are fewer than 2³²")]
    fn here(reader: BitReader<'_>, count: u16, code: Code) -> Self {
        Self { position: reader.position() as u32, count, code }
    }

    /// The vendors; `reader` reads the same bits.
    #[inline]
    pub(super) fn read(self, reader: BitReader<'_>) -> CanadaVendorsRef<'_> {
        CanadaVendorsRef { reader: reader.at(self.position as usize), section: self }
    }
}

/// Reads the highest vendor.
fn take_maximum(reader: &mut BitReader<'_>, sink: &mut impl Sink) -> Result<u16, DecodeErrorKind> {
    let start = reader.position();
    let maximum = reader.take_u16()?;
    sink.field("max_vendor_id", start, reader.position(), Value::Number(maximum.into()));
    Ok(maximum)
}

fn check_maximum(span: Span, maximum: u16, at: usize) -> Result<(), Fault> {
    if span.last > maximum {
        return Err(Fault::new(DecodeErrorKind::PastMaxVendorId, at));
    }
    Ok(())
}

/// A set of vendors that still stands in the bits of a string: whole and checked, but not
/// copied out.
#[derive(Clone, Copy)]
pub struct CanadaVendorsRef<'b> {
    /// Where the bit field or the first range starts.
    reader: BitReader<'b>,
    section: Section,
}

impl<'b> CanadaVendorsRef<'b> {
    fn runs(&self) -> Runs<'b, 1> {
        Runs::of_checked(self.reader, 1, self.section.count)
    }

    /// Whether the vendor is in the set. At once for a bit field, linear in the number of
    /// ranges otherwise.
    #[must_use]
    pub fn contains(&self, vendor: VendorId) -> bool {
        match self.section.code {
            Code::BitField => self.runs().entry(vendor.get()) == Some(1),
            Code::Integers | Code::Fibonacci => self
                .ranges()
                .take_while(|range| range.first() <= vendor)
                .any(|range| range.contains(vendor)),
        }
    }

    /// Whether no vendor is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges().next().is_none()
    }

    /// How many vendors are in the set. Linear in the size of its text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranges().map(IdRange::len).sum()
    }

    /// The vendors as ranges, rising; two may touch.
    pub fn ranges(&self) -> CanadaVendorRanges<'b> {
        CanadaVendorRanges(match self.section.code {
            Code::BitField => Walk::BitField(self.runs()),
            Code::Integers => Walk::Integers(RangeList::new(self.reader, self.section.count, true)),
            Code::Fibonacci => {
                Walk::Fibonacci(FibonacciRanges::of_count(self.reader, self.section.count))
            }
        })
    }

    /// The set, copied out.
    #[must_use]
    pub fn to_set(&self) -> IdSet<VendorId> {
        match self.section.code {
            Code::BitField => IdSet::of_runs(&self.runs(), 1),
            Code::Integers | Code::Fibonacci => {
                IdSet::from_rising(self.section.count.into(), self.ranges())
            }
        }
    }
}

/// How many ranges there are, as which vendors is personal data.
impl core::fmt::Debug for CanadaVendorsRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CanadaVendorsRef").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// The ranges of a [`CanadaVendorsRef`].
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct CanadaVendorRanges<'b>(Walk<'b>);

#[derive(Clone)]
enum Walk<'b> {
    BitField(Runs<'b, 1>),
    Integers(RangeList<'b, Integers>),
    Fibonacci(FibonacciRanges<'b>),
}

impl Iterator for CanadaVendorRanges<'_> {
    type Item = IdRange<VendorId>;

    fn next(&mut self) -> Option<IdRange<VendorId>> {
        let span = match &mut self.0 {
            Walk::BitField(runs) => runs.find(|&(_, entry)| entry == 1)?.0,
            // All lists were checked when they were read.
            Walk::Integers(list) => list.next()?.ok()?,
            Walk::Fibonacci(list) => list.next()?.ok()?,
        };
        IdRange::of_checked(span.first, span.last)
    }
}

impl core::iter::FusedIterator for CanadaVendorRanges<'_> {}

impl core::fmt::Debug for CanadaVendorRanges<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("CanadaVendorRanges").finish_non_exhaustive()
    }
}

fn spans(vendors: &IdSet<VendorId>) -> impl Iterator<Item = Span> {
    vendors.ranges().map(|range| Span { first: range.first().get(), last: range.last().get() })
}

/// Writes a set of vendors in a form: as ranges where those are shorter than a bit field.
pub(super) fn put(vendors: &IdSet<VendorId>, form: CanadaForm, writer: &mut BitWriter) {
    let maximum = vendors.last().map_or(0, VendorId::get);
    let ranges = match form {
        CanadaForm::IntegerRanges => {
            spans(vendors).map(|span| u64::from(Integers::width(span))).sum()
        }
        CanadaForm::FibonacciRanges | CanadaForm::Specification => fibonacci_width(vendors),
    };
    let as_ranges = vendors.ranges().len() <= MAX_RANGES.into() && 12 + ranges < u64::from(maximum);
    if form != CanadaForm::Specification {
        writer.put(maximum.into(), 16);
    }
    writer.put_flag(as_ranges);
    match form {
        CanadaForm::IntegerRanges if as_ranges => put_integers(vendors, writer),
        _ if as_ranges => fibonacci_ranges::put(vendors, writer),
        _ => {
            if form == CanadaForm::Specification {
                writer.put(maximum.into(), 16);
            }
            put_bit_field(vendors, maximum, writer);
        }
    }
}

/// Writes the vendors of a restriction, which in the form of integers may make no more than
/// [`MAX_RANGES`] ranges.
pub(super) fn put_restricted(vendors: &IdSet<VendorId>, form: CanadaForm, writer: &mut BitWriter) {
    match form {
        CanadaForm::IntegerRanges => put_integers(vendors, writer),
        _ => put(vendors, form, writer),
    }
}

fn put_integers(vendors: &IdSet<VendorId>, writer: &mut BitWriter) {
    debug_assert!(vendors.ranges().len() <= MAX_RANGES.into());
    writer.put(vendors.ranges().len() as u64, 12);
    for span in spans(vendors) {
        Integers::put(span, writer);
    }
}

/// How many bits the ranges of Fibonacci numbers have, without their count.
fn fibonacci_width(vendors: &IdSet<VendorId>) -> u64 {
    let width = |number: u16| {
        let mut writer = BitWriter::with_capacity(32);
        put_number(number, &mut writer);
        writer.position() as u64
    };
    let mut before = 0;
    spans(vendors)
        .map(|Span { first, last }| {
            let step = width(first - before);
            before = last;
            1 + step + if first == last { 0 } else { width(last - first) }
        })
        .sum()
}

fn put_bit_field(vendors: &IdSet<VendorId>, maximum: u16, writer: &mut BitWriter) {
    // One more bit than there are: a run may end behind the last.
    let mut changes = alloc::vec![0_u64; usize::from(maximum) / 64 + 1];
    let mut change = |place: u16| changes[usize::from(place) / 64] ^= 1 << (63 - place % 64);
    for Span { first, last } in spans(vendors) {
        change(first - 1);
        change(last);
    }
    crate::bits::put_sums::<1>(changes.into_iter(), maximum, writer);
}
