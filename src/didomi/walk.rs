//! The grammar of a section, in the one place where it stands for reading.
//!
//! ```text
//! section    = "00" bit-field | "01" groups of 16-bit ranges | "10" groups of Fibonacci ranges
//! bit-field  = StartFromOne:1, StartID:16 unless StartFromOne, NumberOfIDs:16, status:2 for each
//! status     = "10" enabled | "01" disabled | "00" undefined
//! groups     = EncodedStatuses:4, then for each status that it names:
//!              NumberOfRanges:16, range for each
//! 16-bit     = SingleIdRange:1, RangeStart:16, RangeEnd:16 unless SingleIdRange
//! Fibonacci  = RangeStart, number of IDs: a Fibonacci code word each
//! ```
//!
//! Documented, but for: the bits that name the encodings, the two code words of a Fibonacci
//! range and the plain 16 bits of `NumberOfRanges` (seen in real strings), and most of the
//! statuses codes (inferred, see [`StatusesCode`]).

use super::form::{Encoding, SectionForm, Statuses, StatusesCode};
use super::options::InferredCodes;
use super::section::Status;
use crate::bits::{BitReader, Fibonacci, Flagged, RangeCode, RangeList, Runs, Span};
use crate::error::{DecodeErrorKind, Fault};

/// A range in 16-bit numbers: the flag 1 says that it has a single ID.
pub(super) type SixteenBit = Flagged<1>;

/// The bits of a section that were checked as a whole: what stands where.
#[derive(Debug, Clone, Copy)]
pub(super) struct CheckedSection {
    pub(super) form: SectionForm,
    layout: Layout,
}

/// Where the entries of a section stand. Positions are in bits.
#[derive(Debug, Clone, Copy)]
enum Layout {
    BitField { position: u32, first: u16, count: u16 },
    Groups { groups: [Group; 2], rest: Status, highest: u16 },
}

/// A group of ranges, all of one status.
#[derive(Debug, Clone, Copy)]
struct Group {
    position: u32,
    count: u16,
    status: Status,
}

impl CheckedSection {
    /// Checks the section that starts where `reader` stands, and moves `reader` behind it.
    #[inline]
    pub(super) fn take(reader: &mut BitReader<'_>, inferred: InferredCodes) -> Result<Self, Fault> {
        let start = reader.position();
        let (encoding, statuses, layout) = match field(reader, |reader| reader.take(2))? {
            0b00 => take_bit_field(reader)?,
            0b01 => take_groups::<SixteenBit>(reader, inferred, Encoding::Ranges)?,
            0b10 => take_groups::<Fibonacci>(reader, inferred, Encoding::Fibonacci)?,
            _ => return Err(Fault::new(DecodeErrorKind::UndefinedEncoding, start)),
        };
        let bits = narrow(reader.position() - start);
        Ok(Self { form: SectionForm { encoding, statuses, bits }, layout })
    }

    /// The runs of IDs that share a status, rising. `bits` are those that were checked.
    #[inline]
    pub(super) fn walk<'a>(&self, bits: BitReader<'a>) -> Walk<'a> {
        match self.layout {
            Layout::BitField { position, first, count } => {
                let mut reader = bits.at(position as usize);
                // The bits were checked, so the bit field is there.
                Runs::take(&mut reader, first, count).map_or(Walk::Done, Walk::BitField)
            }
            Layout::Groups { groups, rest, .. } => {
                if self.form.encoding == Encoding::Ranges {
                    Walk::Ranges(GroupWalk::new(bits, groups, rest))
                } else {
                    Walk::Fibonacci(GroupWalk::new(bits, groups, rest))
                }
            }
        }
    }

    /// The status of one ID.
    #[inline]
    pub(super) fn status(&self, bits: BitReader<'_>, id: u16) -> Status {
        match self.layout {
            Layout::BitField { position, first, count } => {
                let mut reader = bits.at(position as usize);
                let entry =
                    Runs::<2>::take(&mut reader, first, count).ok().and_then(|runs| runs.entry(id));
                entry.map_or(Status::Undefined, status_of_entry)
            }
            Layout::Groups { groups, rest, highest } => {
                let listed = groups.into_iter().find(|group| match self.form.encoding {
                    Encoding::Fibonacci => group.lists::<Fibonacci>(bits, id),
                    _ => group.lists::<SixteenBit>(bits, id),
                });
                match listed {
                    Some(group) => group.status,
                    None if id <= highest => rest,
                    None => Status::Undefined,
                }
            }
        }
    }

    /// How many ranges at the most have a status, from what the section itself says of it.
    pub(super) fn ranges_of(&self, status: Status) -> usize {
        match self.layout {
            // Unknown until they were walked.
            Layout::BitField { .. } => 0,
            Layout::Groups { groups, rest, .. } => {
                let listed = groups.iter().filter(|group| group.status == status);
                let between = if rest == status {
                    groups.iter().map(|group| usize::from(group.count)).sum()
                } else {
                    0
                };
                listed.map(|group| usize::from(group.count)).sum::<usize>() + between
            }
        }
    }
}

impl Group {
    fn list<'a, C: RangeCode>(&self, bits: BitReader<'a>) -> RangeList<'a, C> {
        RangeList::new(bits.at(self.position as usize), self.count, true)
    }

    /// Whether an ID is in one of the ranges.
    #[inline]
    fn lists<C: RangeCode>(&self, bits: BitReader<'_>, id: u16) -> bool {
        let mut list = self.list::<C>(bits);
        while let Some(Ok(span)) = list.next() {
            if id <= span.last {
                return span.first <= id;
            }
        }
        false
    }
}

type Taken = (Encoding, Option<StatusesCode>, Layout);

#[inline]
fn take_bit_field(reader: &mut BitReader<'_>) -> Result<Taken, Fault> {
    let from_one = field(reader, BitReader::take_flag)?;
    let (encoding, first) = if from_one {
        (Encoding::BitFieldFromOne, 1)
    } else {
        let start = reader.position();
        match field(reader, BitReader::take_u16)? {
            0 => return Err(Fault::new(DecodeErrorKind::ZeroId, start)),
            first => (Encoding::BitField, first),
        }
    };
    let start = reader.position();
    let count = field(reader, BitReader::take_u16)?;
    let position = reader.position();
    let runs = Runs::<2>::take(reader, first, count).map_err(|kind| Fault::new(kind, start))?;
    if let Some(position) = runs.find_all_ones() {
        return Err(Fault::new(DecodeErrorKind::UndefinedStatus, position));
    }
    Ok((encoding, None, Layout::BitField { position: narrow(position), first, count }))
}

#[inline]
fn take_groups<C: RangeCode>(
    reader: &mut BitReader<'_>,
    inferred: InferredCodes,
    encoding: Encoding,
) -> Result<Taken, Fault> {
    #[allow(clippy::cast_possible_truncation)]
    let (code, statuses) = field(reader, |reader| {
        reader.take(4).and_then(|bits| StatusesCode::accept(bits as u8, inferred))
    })?;
    let Statuses { groups: [first, second], rest } = statuses;
    let mut highest = 0;
    let first = take_group::<C>(reader, first.unwrap_or(Status::Undefined), &mut highest)?;
    let second = match second {
        Some(status) => {
            let second = take_group::<C>(reader, status, &mut highest)?;
            check_disjoint::<C>(*reader, first, second)?;
            second
        }
        None => Group { position: narrow(reader.position()), count: 0, status: Status::Undefined },
    };
    Ok((encoding, Some(code), Layout::Groups { groups: [first, second], rest, highest }))
}

/// Checks a group, and raises `highest` to its highest ID.
#[inline]
fn take_group<C: RangeCode>(
    reader: &mut BitReader<'_>,
    status: Status,
    highest: &mut u16,
) -> Result<Group, Fault> {
    let count = field(reader, BitReader::take_u16)?;
    let position = narrow(reader.position());
    let mut list = RangeList::<C>::new(*reader, count, true);
    let mut last = 0;
    while let Some(span) = list.next() {
        last = span?.last;
    }
    *reader = list.reader();
    *highest = last.max(*highest);
    Ok(Group { position, count, status })
}

/// Refuses two groups that have an ID in common.
fn check_disjoint<C: RangeCode>(
    bits: BitReader<'_>,
    first: Group,
    second: Group,
) -> Result<(), Fault> {
    let (mut firsts, mut seconds) = (first.list::<C>(bits), second.list::<C>(bits));
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

/// Reads one field; an error says where it starts.
#[inline]
fn field<'a, T>(
    reader: &mut BitReader<'a>,
    read: impl FnOnce(&mut BitReader<'a>) -> Result<T, DecodeErrorKind>,
) -> Result<T, Fault> {
    let start = reader.position();
    read(reader).map_err(|kind| Fault::new(kind, start))
}

/// A bit position as it is kept: the limits on the text keep it below 2³².
#[allow(clippy::cast_possible_truncation)]
const fn narrow(position: usize) -> u32 {
    position as u32
}

const fn status_of_entry(entry: u64) -> Status {
    match entry {
        0b10 => Status::Enabled,
        0b01 => Status::Disabled,
        _ => Status::Undefined,
    }
}

/// The runs of IDs in a checked section that share a status, rising; those of undefined IDs
/// may be left out.
#[derive(Clone)]
pub(super) enum Walk<'a> {
    BitField(Runs<'a, 2>),
    Ranges(GroupWalk<'a, SixteenBit>),
    Fibonacci(GroupWalk<'a, Fibonacci>),
    Done,
}

impl Iterator for Walk<'_> {
    type Item = (Span, Status);

    #[inline]
    fn next(&mut self) -> Option<(Span, Status)> {
        match self {
            Self::BitField(runs) => runs.next().map(|(span, entry)| (span, status_of_entry(entry))),
            Self::Ranges(groups) => groups.next(),
            Self::Fibonacci(groups) => groups.next(),
            Self::Done => None,
        }
    }

    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut add: F) -> B {
        match self {
            Self::BitField(runs) => {
                runs.fold(init, |all, (span, entry)| add(all, (span, status_of_entry(entry))))
            }
            Self::Ranges(groups) => groups.fold(init, add),
            Self::Fibonacci(groups) => groups.fold(init, add),
            Self::Done => init,
        }
    }
}

/// Merges the two groups of a section, and what neither lists, into one rising sequence.
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
    fn new(bits: BitReader<'a>, groups: [Group; 2], rest: Status) -> Self {
        let mut lists = groups.map(|group| group.list(bits));
        let heads = lists.each_mut().map(head);
        Self { lists, heads, statuses: groups.map(|group| group.status), rest, next: 1 }
    }
}

/// The next range of a list that was checked.
#[inline]
fn head<C: RangeCode>(list: &mut RangeList<'_, C>) -> Option<Span> {
    list.next().and_then(Result::ok)
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
