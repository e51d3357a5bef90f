//! Lists of ranges: a number, then as many ranges in one of several codes.

use super::{BitReader, BitWriter, Sink, Value};
use crate::error::{DecodeErrorKind, Fault};

/// The numbers of a range of IDs, both of them in it; rising.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: u16,
    pub(crate) last: u16,
}

/// How one range stands in the bits.
pub(crate) trait RangeCode {
    /// How many bits the shortest range has.
    const LEAST: u32;

    /// Reads a range, which may start with 0: that is for the list to refuse.
    fn take(reader: &mut BitReader<'_>) -> Result<Span, DecodeErrorKind>;

    /// Tells of the parts of a range, which stands from one bit to another.
    fn tell(start: usize, end: usize, span: Span, sink: &mut impl Sink);

    /// How many bits a range needs.
    fn width(span: Span) -> u32;

    /// No more bits than so many rising ranges need, found faster than their widths: by every
    /// sixteenth of them, the first included.
    fn least_width(count: usize, sixteenths: impl Iterator<Item = Span>) -> u32;

    /// Writes a range.
    fn put(span: Span, writer: &mut BitWriter);
}

/// A flag, the first ID in 16 bits and, unless the flag says that it is the only one, the
/// last ID in 16 bits.
///
/// `SINGLE` is the flag of a single ID: 1 in a DCS (`SingleIdRange`), 0 in a TC string
/// (`IsARange`).
pub(crate) struct Flagged<const SINGLE: u64>;

impl<const SINGLE: u64> Flagged<SINGLE> {
    const ONE: u32 = 17;
    const TWO: u32 = 33;
}

impl<const SINGLE: u64> RangeCode for Flagged<SINGLE> {
    const LEAST: u32 = Self::ONE;

    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)]
    fn take(reader: &mut BitReader<'_>) -> Result<Span, DecodeErrorKind> {
        let word = reader.peek();
        let first = (word >> (64 - Self::ONE)) as u16;
        // A branch rather than a selection: the next load need not wait for this one.
        if word >> 63 == SINGLE {
            reader.skip(Self::ONE as usize)?;
            Ok(Span { first, last: first })
        } else {
            reader.skip(Self::TWO as usize)?;
            let last = (word >> (64 - Self::TWO)) as u16;
            match first {
                // Also the list's to refuse; without it the compiler selects, at twice the time.
                0 => Err(DecodeErrorKind::ZeroId),
                _ if last < first => Err(DecodeErrorKind::ReversedRange),
                _ => Ok(Span { first, last }),
            }
        }
    }

    fn tell(start: usize, end: usize, span: Span, sink: &mut impl Sink) {
        let (is_single, first) = (end - start == Self::ONE as usize, start + 1);
        match SINGLE {
            0 => sink.field("is_range", start, first, Value::Flag(!is_single)),
            _ => sink.field("is_single", start, first, Value::Flag(is_single)),
        }
        sink.field("start", first, start + Self::ONE as usize, Value::Id(span.first.into()));
        if !is_single {
            sink.field("end", start + Self::ONE as usize, end, Value::Id(span.last.into()));
        }
    }

    #[inline]
    fn width(span: Span) -> u32 {
        if span.first == span.last { Self::ONE } else { Self::TWO }
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    fn least_width(count: usize, _sixteenths: impl Iterator<Item = Span>) -> u32 {
        Self::ONE * count as u32
    }

    #[inline(always)]
    fn put(span: Span, writer: &mut BitWriter) {
        let first = u64::from(span.first);
        if span.first == span.last {
            writer.put(SINGLE << 16 | first, Self::ONE);
        } else {
            writer.put((1 - SINGLE) << 32 | first << 16 | u64::from(span.last), Self::TWO);
        }
    }
}

/// Walks a list of ranges whose number is known.
///
/// It ends with the first range that is wrong; [`reader`](Self::reader) then stands there.
pub(crate) struct RangeList<'a, C> {
    reader: BitReader<'a>,
    left: u16,
    /// The next range must start behind this: the last ID of the range before where ranges
    /// must rise, and 0 where not.
    floor: u16,
    rising: bool,
    code: core::marker::PhantomData<C>,
}

impl<C> Clone for RangeList<'_, C> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<'a, C: RangeCode> RangeList<'a, C> {
    /// Reads `count` ranges from where `reader` stands.
    ///
    /// With `rising` each must start behind the one before; without, any order will do.
    #[inline]
    pub(crate) fn new(reader: BitReader<'a>, count: u16, rising: bool) -> Self {
        Self { reader, left: count, floor: 0, rising, code: core::marker::PhantomData }
    }

    /// Where the next range stands; behind the list, once all were read.
    pub(crate) const fn reader(&self) -> BitReader<'a> {
        self.reader
    }

    /// The next range.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Option<Result<Span, Fault>> {
        self.left = self.left.checked_sub(1)?;
        let start = self.reader.position();
        let span = C::take(&mut self.reader).and_then(|span| {
            if span.first <= self.floor {
                let zero = span.first == 0;
                return Err(if zero {
                    DecodeErrorKind::ZeroId
                } else {
                    DecodeErrorKind::UnorderedRanges
                });
            }
            if self.rising {
                self.floor = span.last;
            }
            Ok(span)
        });
        Some(span.map_err(|kind| {
            self.left = 0;
            Fault::new(kind, start)
        }))
    }

    /// The next range, of whose parts, or of which as a whole where it is wrong, is told.
    #[inline(always)]
    pub(crate) fn next_told<S: Sink>(&mut self, sink: &mut S) -> Option<Result<Span, Fault>> {
        let start = self.reader.position();
        let next = self.next()?;
        if S::LISTENS {
            tell_range(start, self.reader.position(), &next, C::tell, sink);
        }
        Some(next)
    }
}

/// Tells of the next range of a list, which stands from one bit to another.
pub(crate) fn tell_range<S: Sink>(
    start: usize,
    end: usize,
    range: &Result<Span, Fault>,
    tell: impl FnOnce(usize, usize, Span, &mut S),
    sink: &mut S,
) {
    sink.next_entry();
    match *range {
        Ok(span) => {
            tell(start, end, span, sink);
            sink.range(span.first.into(), span.last.into());
        }
        Err(_) => sink.field("", start, end, Value::Unread),
    }
}

/// The ranges of a rising list that was checked, those that touch as one.
pub(crate) struct JoinedSpans<'a, C> {
    list: RangeList<'a, C>,
    next: Option<Span>,
}

impl<C> Clone for JoinedSpans<'_, C> {
    fn clone(&self) -> Self {
        Self { list: self.list.clone(), next: self.next }
    }
}

impl<'a, C: RangeCode> JoinedSpans<'a, C> {
    #[inline]
    pub(crate) fn new(mut list: RangeList<'a, C>) -> Self {
        let next = Self::take(&mut list);
        Self { list, next }
    }

    #[inline(always)]
    fn take(list: &mut RangeList<'a, C>) -> Option<Span> {
        list.next().map(|span| span.unwrap_or_else(|_| unreachable!("the list was checked")))
    }
}

impl<C: RangeCode> Iterator for JoinedSpans<'_, C> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        let mut span = self.next?;
        loop {
            self.next = Self::take(&mut self.list);
            match self.next {
                Some(next) if u32::from(next.first) == u32::from(span.last) + 1 => {
                    span.last = next.last;
                }
                _ => return Some(span),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Fibonacci, SLACK};
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    fn write<C: RangeCode>(spans: &[Span]) -> (Vec<u8>, usize) {
        let mut writer = BitWriter::with_capacity(0);
        for &span in spans {
            let start = writer.position();
            C::put(span, &mut writer);
            assert_eq!(writer.position() - start, C::width(span) as usize, "{span:?}");
        }
        let end = writer.position();
        let mut bytes = writer.into_filled(1);
        bytes.resize(bytes.len() + SLACK, 0);
        (bytes, end)
    }

    fn round_trip<C: RangeCode>(spans: &[Span]) {
        let (bytes, end) = write::<C>(spans);
        let mut list = RangeList::<C>::new(
            BitReader::new(&bytes, end),
            u16::try_from(spans.len()).unwrap(),
            false,
        );
        for &span in spans {
            assert_eq!(list.next().unwrap().unwrap(), span);
        }
        assert!(list.next().is_none());
        assert_eq!(list.reader().position(), end);
        // One bit less, and the last range is cut.
        if let Some(shorter) = end.checked_sub(1) {
            let mut list = RangeList::<C>::new(BitReader::new(&bytes, shorter), u16::MAX, false);
            let fault = core::iter::from_fn(|| list.next()).find_map(Result::err).unwrap();
            let last = C::width(*spans.last().unwrap()) as usize;
            assert_eq!((fault.kind, fault.bit as usize), (DecodeErrorKind::Truncated, end - last));
            assert!(list.next().is_none(), "a list ends with its first fault");
        }
    }

    proptest! {
        #[test]
        fn ranges_read_back_in_every_code(
            spans in prop::collection::vec((1..=u16::MAX, 1..=u16::MAX), 0..40)
        ) {
            let spans: Vec<Span> =
                spans.into_iter().map(|(a, b)| Span { first: a.min(b), last: a.max(b) }).collect();
            round_trip::<Flagged<0>>(&spans);
            round_trip::<Flagged<1>>(&spans);
            round_trip::<Fibonacci>(&spans);
        }
    }

    proptest! {
        #[test]
        fn no_list_is_shorter_than_its_least_width(steps in prop::collection::vec((2..200_u16, 0..3_u16), 0..200)) {
            let spans = steps.iter().scan(0_u16, |last, &(step, more)| {
                let first = last.checked_add(step)?;
                *last = first.checked_add(more)?;
                Some(Span { first, last: *last })
            });
            let spans: Vec<Span> = spans.collect();
            let sixteenths = || spans.iter().copied().step_by(16);
            let least = |least: u32, width: fn(Span) -> u32| least <= spans.iter().copied().map(width).sum();
            prop_assert!(least(Flagged::<1>::least_width(spans.len(), sixteenths()), Flagged::<1>::width));
            prop_assert!(least(Fibonacci::least_width(spans.len(), sixteenths()), Fibonacci::width));
        }
    }

    #[test]
    fn touching_ranges_are_joined() {
        let spans = [(1, 1), (2, 5), (6, 6), (8, 9), (65_535, 65_535)];
        let (bytes, end) = write::<Flagged<1>>(&spans.map(|(first, last)| Span { first, last }));
        let list = RangeList::<Flagged<1>>::new(BitReader::new(&bytes, end), 5, true);
        let joined: Vec<_> = JoinedSpans::new(list).map(|span| (span.first, span.last)).collect();
        assert_eq!(joined, [(1, 6), (8, 9), (65_535, 65_535)]);
    }

    #[test]
    fn the_least_width_of_single_low_ids_is_their_width() {
        let spans = [1, 3].map(|id| Span { first: id, last: id });
        assert_eq!(Flagged::<1>::least_width(2, spans.into_iter().step_by(16)), 34);
        // The second ID counts as if it were the first.
        assert_eq!(Fibonacci::least_width(2, spans.into_iter().step_by(16)), 2 * (2 + 2));
    }

    #[test]
    fn rising_lists_refuse_touching_backwards() {
        let spans = [(5, 9), (9, 9)].map(|(first, last)| Span { first, last });
        let (bytes, end) = write::<Flagged<1>>(&spans);
        let read = |rising| {
            let mut list = RangeList::<Flagged<1>>::new(BitReader::new(&bytes, end), 2, rising);
            core::iter::from_fn(|| list.next())
                .map(|span| span.map_err(|fault| (fault.kind, fault.bit)))
                .last()
        };
        assert_eq!(read(true), Some(Err((DecodeErrorKind::UnorderedRanges, 33))));
        assert_eq!(read(false), Some(Ok(spans[1])));
    }
}
