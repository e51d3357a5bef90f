//! The grammar of groups of ranges: a status each, in 16-bit numbers or in Fibonacci code words.
//!
//! ```text
//! groups    = EncodedStatuses:4, then for each status that it names:
//!             NumberOfRanges:16, range for each
//! 16-bit    = SingleIdRange:1, RangeStart:16, RangeEnd:16 unless SingleIdRange
//! Fibonacci = RangeStart, number of IDs: a Fibonacci code word each
//! ```
//!
//! Documented, but for the plain 16 bits of `NumberOfRanges` before Fibonacci ranges (seen in real
//! strings) and what [`StatusesCode`] says of most codes (inferred).

use super::encoding::Encoding;
use super::field::field;
use super::rules;
use super::status::Status;
use super::statuses_code::{InferredCodes, Statuses, StatusesCode};
use crate::bits::{
    BitReader, Fibonacci, Flagged, RangeCode, RangeList, Rule, Sink, Span, TakeFields, Value,
    Window,
};
use crate::error::{DecodeErrorKind, Fault};

/// A range in 16-bit numbers: the flag 1 says that it has a single ID.
pub(super) type SixteenBit = Flagged<1>;

/// A range code that sections have.
pub(super) trait GroupCode: RangeCode {
    const ENCODING: Encoding;
    /// The bits of a section that name the encoding.
    const BITS: u64;
    /// How the ranges are known, and how their number.
    const RULES: [Rule; 2];
}

impl GroupCode for SixteenBit {
    const ENCODING: Encoding = Encoding::Ranges;
    const BITS: u64 = 0b01;
    const RULES: [Rule; 2] = [rules::SIXTEEN_BIT; 2];
}

impl GroupCode for Fibonacci {
    const ENCODING: Encoding = Encoding::Fibonacci;
    const BITS: u64 = 0b10;
    const RULES: [Rule; 2] = [rules::FIBONACCI, rules::FIBONACCI_COUNT];
}

/// Where some entries stand, in bits, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Group {
    position: u32,
    count: u16,
}

impl Group {
    /// The group whose first entry stands at a bit.
    #[allow(clippy::cast_possible_truncation)]
    #[inline(always)]
    pub(super) const fn new(position: usize, count: u16) -> Self {
        // The limits on the text keep positions below 2³².
        Self { position: position as u32, count }
    }

    #[inline(always)]
    pub(super) const fn position(self) -> usize {
        self.position as usize
    }

    #[inline(always)]
    pub(super) const fn count(self) -> u16 {
        self.count
    }

    #[inline(always)]
    pub(super) fn list<C: RangeCode>(self, bits: BitReader<'_>) -> RangeList<'_, C> {
        RangeList::new(bits.at(self.position()), self.count, true)
    }

    /// Whether an ID is in one of the ranges.
    #[inline]
    pub(super) fn lists<C: RangeCode>(self, bits: BitReader<'_>, id: u16) -> bool {
        let mut list = self.list::<C>(bits);
        while let Some(Ok(span)) = list.next() {
            if id <= span.last {
                return span.first <= id;
            }
        }
        false
    }
}

/// Groups that were checked.
pub(super) struct Groups {
    pub(super) code: StatusesCode,
    pub(super) ranges: [Group; 2],
    /// The highest ID in any of them, or 0.
    pub(super) highest: u16,
}

impl Groups {
    /// Checks the groups whose code comes next in `head`, and moves `reader` behind them.
    #[inline(always)]
    pub(super) fn take<C: GroupCode, S: Sink>(
        mut head: Window,
        reader: &mut BitReader<'_>,
        inferred: InferredCodes,
        sink: &mut S,
    ) -> Result<Self, Fault> {
        if S::LISTENS {
            tell_code(*reader, head.position(), sink);
        }
        #[allow(clippy::cast_possible_truncation)]
        let (code, statuses) = field(&mut head, |head| {
            head.take(4).and_then(|bits| StatusesCode::accept(bits as u8, inferred))
        })?;
        let mut highest = 0;
        let two = statuses.groups[1].is_some();
        if S::LISTENS && two {
            sink.enter_list("groups", 2);
            sink.next_entry();
        }
        let first = take_group::<C, S>(head, reader, code, &mut highest, sink)?;
        let mut ranges = [first, Group::default()];
        if two {
            sink.next_entry();
            ranges[1] = take_group::<C, S>(reader.window(), reader, code, &mut highest, sink)?;
            sink.leave();
            check_disjoint::<C>(*reader, ranges)?;
        }
        Ok(Self { code, ranges, highest })
    }
}

/// Tells of the four bits of a code, whether or not it has a meaning.
fn tell_code(bits: BitReader<'_>, start: usize, sink: &mut impl Sink) {
    let mut code = bits.at(start);
    if let Ok(bits) = code.take(4) {
        #[allow(clippy::cast_possible_truncation)]
        let code = StatusesCode::of_bits(bits as u8);
        sink.rule(rules::statuses(code));
        sink.field("statuses", start, start + 4, Value::Named(bits, code.described()));
    }
}

/// Checks a group whose number of ranges comes next in `head`, and raises `highest` to its
/// highest ID.
#[inline(always)]
fn take_group<C: GroupCode, S: Sink>(
    mut head: Window,
    reader: &mut BitReader<'_>,
    code: StatusesCode,
    highest: &mut u16,
    sink: &mut S,
) -> Result<Group, Fault> {
    let start = head.position();
    let count = field(&mut head, Window::take_u16)?;
    let [rule, count_rule] = C::RULES;
    sink.rule(count_rule);
    sink.field("number_of_ranges", start, head.position(), Value::Count(count, "range"));
    if count == 0 && code.needs_both_groups() {
        return Err(Fault::new(DecodeErrorKind::EmptyGroup { code: code.bits() }, start));
    }
    let position = head.position();
    let mut list = RangeList::<C>::new(reader.at(position), count, true);
    let mut last = 0;
    sink.rule(rule);
    sink.enter_list("ranges", count.into());
    while let Some(span) = list.next_told(sink) {
        last = span?.last;
    }
    sink.leave();
    *reader = list.reader();
    *highest = last.max(*highest);
    Ok(Group::new(position, count))
}

/// Refuses two groups that have an ID in common.
fn check_disjoint<C: RangeCode>(bits: BitReader<'_>, groups: [Group; 2]) -> Result<(), Fault> {
    let [mut firsts, mut seconds] = groups.map(|group| group.list::<C>(bits));
    let mut behind = firsts.next().transpose()?;
    loop {
        let start = seconds.reader().position();
        let Some(span) = seconds.next().transpose()? else { return Ok(()) };
        while behind.is_some_and(|earlier| earlier.last < span.first) {
            behind = firsts.next().transpose()?;
        }
        if behind.is_some_and(|earlier| earlier.first <= span.last) {
            return Err(Fault::new(DecodeErrorKind::OverlappingGroups, start));
        }
    }
}

/// Merges the two groups of a section that was checked, and what neither lists, into one rising
/// sequence. IDs that are undefined because no group lists them are left out.
pub(super) struct GroupWalk<'a, C> {
    lists: [RangeList<'a, C>; 2],
    heads: [Option<Span>; 2],
    statuses: [Status; 2],
    rest: Status,
    /// The ID behind the last run.
    next: u32,
}

impl<C> Clone for GroupWalk<'_, C> {
    fn clone(&self) -> Self {
        Self { lists: self.lists.clone(), ..*self }
    }
}

impl<'a, C: RangeCode> GroupWalk<'a, C> {
    pub(super) fn new(bits: BitReader<'a>, groups: [Group; 2], statuses: Statuses) -> Self {
        let mut lists = groups.map(|group| group.list(bits));
        let heads = lists.each_mut().map(head);
        let Statuses { groups, rest } = statuses;
        let statuses = groups.map(|status| status.unwrap_or(Status::Undefined));
        Self { lists, heads, statuses, rest, next: 1 }
    }
}

/// The next range of a list that was checked.
#[inline]
fn head<C: RangeCode>(list: &mut RangeList<'_, C>) -> Option<Span> {
    list.next().map(|span| span.unwrap_or_else(|_| unreachable!("the list was checked")))
}

impl<C: RangeCode> Iterator for GroupWalk<'_, C> {
    type Item = (Span, Status);

    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    fn next(&mut self) -> Option<(Span, Status)> {
        let group = match self.heads {
            [Some(first), Some(second)] => usize::from(second.first < first.first),
            [first, _] => usize::from(first.is_none()),
        };
        let span = self.heads[group]?;
        let first = u32::from(span.first);
        if self.rest != Status::Undefined && self.next < first {
            // Below the highest ID, what no group lists has the status of the rest.
            let gap = Span { first: self.next as u16, last: span.first - 1 };
            self.next = first;
            return Some((gap, self.rest));
        }
        self.next = u32::from(span.last) + 1;
        self.heads[group] = head(&mut self.lists[group]);
        Some((span, self.statuses[group]))
    }
}
