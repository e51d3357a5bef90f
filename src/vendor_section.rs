//! The vendor section of the TCF: a set of numbers as it stands in a TC string, and in the `ac`
//! of a `didomi_token`.
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

#[cfg(feature = "tcf")]
use crate::bits::JoinedSpans;
use crate::bits::{
    BitReader, BitWriter, Entries, FLAGS, Flagged, Matches, RangeCode, RangeList, Runs, Sink, Span,
    TakeFields, Value, put_sums,
};
use crate::error::{DecodeErrorKind, Fault};
use crate::ids::{Id, IdRange, IdSet};
#[cfg(feature = "tcf")]
use alloc::vec::Vec;

/// The ranges of the section: the flag is 0 for a single ID.
pub(crate) type Code = Flagged<0>;

/// How many ranges, or restrictions, there can be: what counts them has 12 bits.
pub(crate) const MAX_ENTRIES: u16 = (1 << 12) - 1;

/// Up to so many vendors a bit field is copied out run by run.
const SMALL_BIT_FIELD: u16 = 64;

/// How the set is written.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    BitField,
    /// Each range starts behind the one before.
    RisingRanges,
    Ranges,
}

/// Where a set stands that was checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Section {
    /// The bit where the bit field or the first range starts.
    position: u32,
    /// How many bits or ranges there are.
    count: u16,
    form: Form,
}

impl Section {
    /// Reads a vendor section and checks all of it.
    #[inline]
    pub(crate) fn take(
        reader: &mut BitReader<'_>,
        strict: bool,
        sink: &mut impl Sink,
    ) -> Result<Self, Fault> {
        let start = reader.position();
        let fault = |kind| Fault::new(kind, start);
        let maximum = reader.take_u16().map_err(fault)?;
        sink.field("max_vendor_id", start, start + 16, Value::Number(maximum.into()));
        let is_range_encoding = reader.take_flag().map_err(fault)?;
        let behind = reader.position();
        sink.field("is_range_encoding", start + 16, behind, Value::Flag(is_range_encoding));
        if is_range_encoding {
            let maximum = if strict { maximum } else { u16::MAX };
            return Self::take_ranges(reader, strict, maximum, sink);
        }
        let section = Self::here(*reader, maximum, Form::BitField);
        reader.skip(maximum.into()).map_err(fault)?;
        sink.entries(Entries {
            name: "bits",
            start: behind,
            first: 1,
            count: maximum,
            names: FLAGS,
        });
        Ok(section)
    }

    /// Reads `NumEntries` and the ranges, and checks all of them. No vendor may be past
    /// `maximum`.
    #[inline]
    pub(crate) fn take_ranges(
        reader: &mut BitReader<'_>,
        strict: bool,
        maximum: u16,
        sink: &mut impl Sink,
    ) -> Result<Self, Fault> {
        let start = reader.position();
        let count = reader.take(12).map_err(|kind| Fault::new(kind, start))?;
        #[allow(clippy::cast_possible_truncation)]
        let mut section = Self::here(*reader, count as u16, Form::RisingRanges);
        let position = reader.position();
        sink.field("number_of_entries", start, position, Value::Count(section.count, "range"));
        sink.enter_list("ranges", section.count.into());
        let mut ranges = RangeList::<Code>::new(*reader, section.count, strict);
        let mut floor = 0;
        let mut at = reader.position();
        while let Some(span) = ranges.next_told(sink) {
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
        sink.leave();
        *reader = ranges.reader();
        Ok(section)
    }

    #[allow(clippy::cast_possible_truncation, reason = "a text's bits are fewer than 2³²")]
    fn here(reader: BitReader<'_>, count: u16, form: Form) -> Self {
        Self { position: reader.position() as u32, count, form }
    }

    /// The set; `reader` reads the same bits.
    #[inline]
    pub(crate) fn read(self, reader: BitReader<'_>) -> SectionRef<'_> {
        SectionRef { reader: reader.at(self.position as usize), section: self }
    }
}

/// A set that still stands in the bits of a text: whole and checked, but not copied out.
#[derive(Clone, Copy)]
pub(crate) struct SectionRef<'b> {
    /// Where the bit field or the first range starts.
    reader: BitReader<'b>,
    section: Section,
}

impl<'b> SectionRef<'b> {
    #[cfg(feature = "tcf")]
    #[inline]
    pub(crate) const fn form(&self) -> Form {
        self.section.form
    }

    #[inline]
    fn runs(&self) -> Runs<'b, 1> {
        Runs::of_checked(self.reader, 1, self.section.count)
    }

    /// The numbers of a bit field whose bit is set.
    #[inline]
    pub(crate) fn matches(&self) -> Matches<'b, 1> {
        self.runs().matching(1)
    }

    #[inline]
    fn list(&self) -> RangeList<'b, Code> {
        RangeList::new(self.reader, self.section.count, false)
    }

    /// The ranges of a rising list, those that touch as one.
    #[cfg(feature = "tcf")]
    #[inline]
    pub(crate) fn joined(&self) -> JoinedSpans<'b, Code> {
        JoinedSpans::new(self.list())
    }

    /// Whether the number is in the set. At once for a bit field, linear in the number of
    /// ranges otherwise.
    #[cfg(feature = "tcf")]
    #[inline]
    pub(crate) fn contains(&self, number: u16) -> bool {
        match self.section.form {
            Form::BitField => self.runs().entry(number) == Some(1),
            Form::RisingRanges => self.lists(number, true),
            Form::Ranges => self.lists(number, false),
        }
    }

    /// Whether one of the ranges has the number.
    #[cfg(feature = "tcf")]
    fn lists(&self, number: u16, is_rising: bool) -> bool {
        let mut list = self.list();
        while let Some(span) = next_span(&mut list) {
            if (span.first..=span.last).contains(&number) {
                return true;
            }
            if is_rising && span.first > number {
                break;
            }
        }
        false
    }

    #[cfg(feature = "tcf")]
    pub(crate) fn is_empty(&self) -> bool {
        match self.section.form {
            Form::BitField => self.matches().spans().next().is_none(),
            // No range is empty.
            Form::RisingRanges | Form::Ranges => self.section.count == 0,
        }
    }

    /// The set, copied out; all numbers are IDs of the kind that is asked for.
    pub(crate) fn to_set<I: Id>(self) -> IdSet<I> {
        match self.section.form {
            Form::BitField if self.section.count > SMALL_BIT_FIELD => {
                IdSet::of_runs(&self.runs(), 1)
            }
            Form::BitField => {
                let mut set = IdSet::new();
                self.matches().spans().for_each(|span| set.push(IdRange::of_span(span)));
                set
            }
            Form::RisingRanges => IdSet::from_rising(self.section.count.into(), self.listed()),
            Form::Ranges => self.listed().collect(),
        }
    }

    /// Appends the numbers of the set, rising.
    #[cfg(feature = "tcf")]
    pub(crate) fn put_numbers(self, numbers: &mut Vec<u16>) {
        let mut put = |span: Span| numbers.extend(span.first..=span.last);
        match self.section.form {
            Form::BitField => self.runs().put_ids_of(1, numbers),
            Form::RisingRanges => self.joined().for_each(put),
            Form::Ranges => {
                let set: IdSet<crate::tcf::VendorId> = self.to_set();
                spans(&set).for_each(&mut put);
            }
        }
    }

    /// The ranges of a list as they stand there.
    #[inline]
    fn listed<I: Id>(&self) -> impl Iterator<Item = IdRange<I>> + use<'b, I> {
        let mut list = self.list();
        core::iter::from_fn(move || next_span(&mut list).map(IdRange::of_span))
    }
}

/// The next range of a list that was checked when it was read.
#[inline(always)]
fn next_span(list: &mut RangeList<'_, Code>) -> Option<Span> {
    list.next().map(|span| span.unwrap_or_else(|_| unreachable!("the list was checked")))
}

fn spans<I: Id>(set: &IdSet<I>) -> impl Iterator<Item = Span> {
    set.ranges().map(|range| Span { first: range.first().get(), last: range.last().get() })
}

/// Writes a vendor section in the shorter of its two encodings, as a bit field where both
/// are as long. `MaxVendorId` is the last vendor, or 0.
pub(crate) fn put<I: Id>(set: &IdSet<I>, writer: &mut BitWriter) {
    let maximum = set.last().map_or(0, I::get);
    let ranges: u64 = spans(set).map(|span| u64::from(Code::width(span))).sum();
    let as_ranges = set.ranges().len() <= MAX_ENTRIES.into() && 12 + ranges < u64::from(maximum);
    writer.put(maximum.into(), 16);
    writer.put_flag(as_ranges);
    if as_ranges {
        put_ranges(set, writer);
    } else {
        put_bit_field(set, maximum, writer);
    }
}

/// Writes `NumEntries` and the ranges, of which there may be [`MAX_ENTRIES`].
pub(crate) fn put_ranges<I: Id>(set: &IdSet<I>, writer: &mut BitWriter) {
    debug_assert!(set.ranges().len() <= MAX_ENTRIES.into());
    writer.put(set.ranges().len() as u64, 12);
    for span in spans(set) {
        Code::put(span, writer);
    }
}

fn put_bit_field<I: Id>(set: &IdSet<I>, maximum: u16, writer: &mut BitWriter) {
    // One more bit than there are: a run may end behind the last.
    let mut changes = alloc::vec![0_u64; usize::from(maximum) / 64 + 1];
    let mut change = |place: u16| changes[usize::from(place) / 64] ^= 1 << (63 - place % 64);
    for Span { first, last } in spans(set) {
        change(first - 1);
        change(last);
    }
    put_sums::<1>(changes.into_iter(), maximum, writer);
}
