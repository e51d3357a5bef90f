//! Lists of ranges as the header of a GPP string has them.
//!
//! ```text
//! count (12 bits), then for each range: is_group (1 bit), step, and for a group: more
//! ```
//!
//! `step` is a Fibonacci code word: how far the first ID is from the last one of the range
//! before, or from 0. `more` is one as well: how many IDs follow the first. So IDs rise, and a
//! group has two or more.

use crate::bits::{
    BitReader, BitWriter, Sink, Span, TakeFields, Value, number_width, put_number, take_number,
    tell_range,
};
use crate::error::{DecodeErrorKind, Fault};
use crate::ids::{Id, IdSet};

/// The most ranges that a list can have.
pub(super) const MAX_RANGES: u16 = (1 << 12) - 1;

/// Walks such a list.
///
/// It ends with the first range that is wrong.
#[derive(Clone)]
pub(super) struct FibonacciRanges<'a> {
    reader: BitReader<'a>,
    left: u16,
    /// The last ID of the range before.
    last: u16,
}

impl<'a> FibonacciRanges<'a> {
    /// Reads the count where `reader` stands.
    pub(super) fn take(mut reader: BitReader<'a>) -> Result<Self, Fault> {
        let start = reader.position();
        #[allow(clippy::cast_possible_truncation, reason = "12 bits")]
        let left = reader.take(12).map_err(|kind| Fault::new(kind, start))? as u16;
        Ok(Self::of_count(reader, left))
    }

    /// Reads so many ranges from where `reader` stands.
    #[inline]
    pub(super) const fn of_count(reader: BitReader<'a>, count: u16) -> Self {
        Self { reader, left: count, last: 0 }
    }

    /// Where the next range stands; behind the list, once all were read.
    pub(super) const fn reader(&self) -> BitReader<'a> {
        self.reader
    }

    /// How many ranges are left.
    pub(super) const fn left(&self) -> u16 {
        self.left
    }

    /// The next range.
    #[inline]
    pub(super) fn next(&mut self) -> Option<Result<Span, Fault>> {
        self.left = self.left.checked_sub(1)?;
        let start = self.reader.position();
        Some(self.take_range().map_err(|kind| {
            self.left = 0;
            Fault::new(kind, start)
        }))
    }

    /// Reads the count where `reader` stands, and tells of it; [`next_told`](Self::next_told)
    /// tells of the ranges.
    pub(super) fn take_told(reader: BitReader<'a>, sink: &mut impl Sink) -> Result<Self, Fault> {
        let ranges = Self::take(reader)?;
        let (start, end) = (reader.position(), ranges.reader.position());
        sink.field("number_of_ranges", start, end, Value::Count(ranges.left, "range"));
        sink.enter_list("ranges", ranges.left.into());
        Ok(ranges)
    }

    /// The next range, of whose parts, or of which as a whole where it is wrong, is told.
    #[inline]
    pub(super) fn next_told<S: Sink>(&mut self, sink: &mut S) -> Option<Result<Span, Fault>> {
        let (start, before) = (self.reader.position(), self.last);
        let next = self.next();
        if S::LISTENS {
            let tell = |start: usize, end: usize, Span { first, last }: Span, sink: &mut S| {
                let behind = start + 1 + number_width(first - before);
                sink.field("is_group", start, start + 1, Value::Flag(first != last));
                sink.field("start", start + 1, behind, Value::Id(first.into()));
                if first != last {
                    sink.field("end", behind, end, Value::Id(last.into()));
                }
            };
            match &next {
                Some(range) => tell_range(start, self.reader.position(), range, tell, sink),
                None => sink.leave(),
            }
        }
        next
    }

    fn take_range(&mut self) -> Result<Span, DecodeErrorKind> {
        let is_group = self.reader.take_flag()?;
        let after = |id: u16, step: u16| id.checked_add(step).ok_or(DecodeErrorKind::IdTooLarge);
        let first = after(self.last, take_number(&mut self.reader)?)?;
        self.last = if is_group { after(first, take_number(&mut self.reader)?)? } else { first };
        Ok(Span { first, last: self.last })
    }
}

/// Writes the IDs of a set, which makes no more than [`MAX_RANGES`] ranges.
pub(super) fn put<I: Id>(ids: &IdSet<I>, writer: &mut BitWriter) {
    debug_assert!(ids.ranges().len() <= MAX_RANGES.into());
    writer.put(ids.ranges().len() as u64, 12);
    let mut before = 0;
    for range in ids.ranges() {
        let (first, last) = (range.first().get(), range.last().get());
        writer.put_flag(first != last);
        put_number(first - before, writer);
        if first != last {
            put_number(last - first, writer);
        }
        before = last;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bits::SLACK;
    use crate::gpp::SectionId;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sets_read_back_as_written(
            numbers in prop::collection::vec(prop_oneof![1..40_u16, 1..=u16::MAX], 0..60),
        ) {
            let ids: IdSet<SectionId> = numbers.into_iter().filter_map(SectionId::new).collect();
            let mut writer = BitWriter::with_capacity(0);
            put(&ids, &mut writer);
            let end = writer.position();
            let mut bytes = writer.into_filled(1);
            bytes.resize(bytes.len() + SLACK, 0);
            let mut ranges = FibonacciRanges::take(BitReader::new(&bytes, end)).unwrap();
            let mut read = Vec::new();
            while let Some(span) = ranges.next() {
                let span = span.unwrap();
                read.push((span.first, span.last));
            }
            prop_assert_eq!(ranges.reader().left(), 0);
            let written = ids.ranges().map(|range| (range.first().get(), range.last().get()));
            prop_assert_eq!(read, written.collect::<Vec<_>>());
        }
    }

    #[test]
    fn ids_past_the_last_are_refused() {
        for (steps, expected) in [
            (&[u16::MAX][..], None),
            (&[u16::MAX, 1], Some(DecodeErrorKind::IdTooLarge)),
            (&[40_000, 40_000], Some(DecodeErrorKind::IdTooLarge)),
        ] {
            let mut writer = BitWriter::with_capacity(0);
            writer.put(steps.len() as u64, 12);
            for &step in steps {
                writer.put_flag(false);
                put_number(step, &mut writer);
            }
            let end = writer.position();
            let mut bytes = writer.into_filled(1);
            bytes.resize(bytes.len() + SLACK, 0);
            let mut ranges = FibonacciRanges::take(BitReader::new(&bytes, end)).unwrap();
            let mut error = None;
            while let Some(span) = ranges.next() {
                error = span.err().map(|fault| fault.kind);
            }
            assert_eq!(error, expected);
        }
    }
}
