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
use super::keep::{Keep, Kept};
use super::options::InferredCodes;
use super::runs::{GroupWalk, Walk};
use super::section::{Section, Status};
use crate::bits::{
    BitReader, Fibonacci, Flagged, RangeCode, RangeList, Runs, Span, TakeFields, Window,
};
use crate::error::{DecodeErrorKind, Fault};
use crate::ids::Id;
use crate::ids::{IdRange, IdSet};

/// A range in 16-bit numbers: the flag 1 says that it has a single ID.
pub(super) type SixteenBit = Flagged<1>;

/// The bits of a section that were checked as a whole: what stands where.
#[derive(Debug, Clone, Copy)]
pub(super) struct CheckedSection {
    pub(super) form: SectionForm,
    /// The groups of ranges, or the statuses of a bit field as the first of them.
    groups: [Group; 2],
    /// The first ID of a bit field, or the highest ID in any group.
    edge: u16,
}

/// Up to so many IDs a bit field is collected run by run.
const SMALL_BIT_FIELD: u16 = 128;

/// A range code that sections have.
pub(super) trait GroupCode: RangeCode {
    const ENCODING: Encoding;
    /// The two bits that name the encoding.
    const BITS: u64;
}

impl GroupCode for SixteenBit {
    const ENCODING: Encoding = Encoding::Ranges;
    const BITS: u64 = 0b01;
}

impl GroupCode for Fibonacci {
    const ENCODING: Encoding = Encoding::Fibonacci;
    const BITS: u64 = 0b10;
}

/// Where some entries stand, in bits, and how many there are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    position: u32,
    count: u16,
}

impl CheckedSection {
    /// The section that the bits are still to be read of.
    pub(super) const UNREAD: Self = Self {
        form: SectionForm { encoding: Encoding::BitFieldFromOne, statuses: None, bits: 0 },
        groups: [Group { position: 0, count: 0 }; 2],
        edge: 1,
    };

    /// Checks the section that starts where `reader` stands, and moves `reader` behind it.
    #[inline(always)]
    pub(super) fn take<K: Keep>(
        reader: &mut BitReader<'_>,
        inferred: InferredCodes,
        keep: &mut K,
    ) -> Result<Self, Fault> {
        let start = reader.position();
        // The fields of fixed width in front of the statuses or ranges are 38 bits at the most.
        let mut head = reader.window();
        let mut section = match field(&mut head, |head| head.take(2))? {
            0b00 => take_bit_field(head, reader)?,
            SixteenBit::BITS => take_groups::<SixteenBit, K>(head, reader, inferred, keep)?,
            Fibonacci::BITS => take_groups::<Fibonacci, K>(head, reader, inferred, keep)?,
            _ => return Err(Fault::new(DecodeErrorKind::UndefinedEncoding, start)),
        };
        section.form.bits = narrow(reader.position() - start);
        Ok(section)
    }

    /// The runs of IDs that share a status, rising. `bits` are those that were checked.
    #[inline]
    pub(super) fn walk<'a>(&self, bits: BitReader<'a>) -> Walk<'a> {
        match (self.form.encoding, self.form.statuses.and_then(StatusesCode::statuses)) {
            (Encoding::Ranges, Some(statuses)) => {
                Walk::Ranges(GroupWalk::new(bits, self.groups, statuses))
            }
            (Encoding::Fibonacci, Some(statuses)) => {
                Walk::Fibonacci(GroupWalk::new(bits, self.groups, statuses))
            }
            _ => Walk::BitField(self.bit_field(bits)),
        }
    }

    /// The status of one ID.
    #[inline]
    pub(super) fn status(&self, bits: BitReader<'_>, id: u16) -> Status {
        let Some(Statuses { groups, rest }) = self.form.statuses.and_then(StatusesCode::statuses)
        else {
            return self.bit_field(bits).entry(id).map_or(Status::Undefined, status_of_entry);
        };
        let listed = self.groups.iter().zip(groups).find(|(group, _)| match self.form.encoding {
            Encoding::Fibonacci => group.lists::<Fibonacci>(bits, id),
            _ => group.lists::<SixteenBit>(bits, id),
        });
        match listed {
            Some((_, status)) => status.unwrap_or(Status::Undefined),
            None if id <= self.edge => rest,
            None => Status::Undefined,
        }
    }

    /// The statuses of a bit field.
    fn bit_field<'a>(&self, bits: BitReader<'a>) -> Runs<'a, 2> {
        let [Group { position, count }, _] = self.groups;
        Runs::of_checked(bits.at(position as usize), self.edge, count)
    }

    /// The section with sets of its own, for which some ranges may have been kept.
    pub(super) fn to_section<I: Id>(self, bits: BitReader<'_>, kept: Kept) -> Section<I> {
        if let Some(enabled) = kept.into_set() {
            return Section::of_disjoint(enabled, IdSet::new());
        }
        match (self.form.encoding, self.form.statuses) {
            (Encoding::Ranges, Some(StatusesCode::ENABLED)) => {
                Section::of_disjoint(self.groups[0].to_set::<SixteenBit, I>(bits), IdSet::new())
            }
            (Encoding::Fibonacci, Some(StatusesCode::ENABLED)) => {
                Section::of_disjoint(self.groups[0].to_set::<Fibonacci, I>(bits), IdSet::new())
            }
            (_, None) if self.groups[0].count <= Runs::<2>::FEW => {
                let runs = self.bit_field(bits);
                let set = |status| IdSet::from_spans(runs.few_spans_of(entry_of_status(status)));
                Section::of_disjoint(set(Status::Enabled), set(Status::Disabled))
            }
            (_, None) if self.groups[0].count > SMALL_BIT_FIELD => {
                let runs = self.bit_field(bits);
                let set = |status| IdSet::of_runs(&runs, entry_of_status(status));
                Section::of_disjoint(set(Status::Enabled), set(Status::Disabled))
            }
            _ => {
                let mut section = Section::new();
                self.walk(bits).for_each(|(span, status)| {
                    if let Some(range) = IdRange::of_checked(span.first, span.last) {
                        section.push(range, status);
                    }
                });
                section
            }
        }
    }
}

impl Group {
    pub(super) fn list<'a, C: RangeCode>(&self, bits: BitReader<'a>) -> RangeList<'a, C> {
        RangeList::new(bits.at(self.position as usize), self.count, true)
    }

    /// The IDs in the ranges.
    #[inline]
    fn to_set<C: RangeCode, I: Id>(self, bits: BitReader<'_>) -> IdSet<I> {
        let spans = CheckedSpans(self.list::<C>(bits));
        IdSet::from_rising(usize::from(self.count), spans.map(IdRange::of_span))
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

/// The ranges of a list that was checked.
struct CheckedSpans<'a, C>(RangeList<'a, C>);

impl<C: RangeCode> Iterator for CheckedSpans<'_, C> {
    type Item = Span;

    // Always inlined: the list stays in registers while a set is made of it.
    #[inline(always)]
    fn next(&mut self) -> Option<Span> {
        self.0.next().and_then(Result::ok)
    }
}

#[inline(always)]
fn take_bit_field(mut head: Window, reader: &mut BitReader<'_>) -> Result<CheckedSection, Fault> {
    let from_one = field(&mut head, Window::take_flag)?;
    let (encoding, first) = if from_one {
        (Encoding::BitFieldFromOne, 1)
    } else {
        let start = head.position();
        match field(&mut head, Window::take_u16)? {
            0 => return Err(Fault::new(DecodeErrorKind::ZeroId, start)),
            first => (Encoding::BitField, first),
        }
    };
    let start = head.position();
    let count = field(&mut head, Window::take_u16)?;
    let position = head.position();
    *reader = reader.at(position);
    let runs = Runs::<2>::take(reader, first, count).map_err(|kind| Fault::new(kind, start))?;
    if let Some(position) = runs.find_all_ones() {
        return Err(Fault::new(DecodeErrorKind::UndefinedStatus, position));
    }
    Ok(CheckedSection {
        form: SectionForm { encoding, statuses: None, bits: 0 },
        groups: [Group { position: narrow(position), count }, Group::default()],
        edge: first,
    })
}

#[inline(always)]
fn take_groups<C: GroupCode, K: Keep>(
    mut head: Window,
    reader: &mut BitReader<'_>,
    inferred: InferredCodes,
    keep: &mut K,
) -> Result<CheckedSection, Fault> {
    #[allow(clippy::cast_possible_truncation)]
    let (code, statuses) = field(&mut head, |head| {
        head.take(4).and_then(|bits| StatusesCode::accept(bits as u8, inferred))
    })?;
    let mut highest = 0;
    keep.section(code);
    let mut groups = [take_group::<C, K>(head, reader, &mut highest, keep)?, Group::default()];
    if statuses.groups[1].is_some() {
        groups[1] = take_group::<C, K>(reader.window(), reader, &mut highest, keep)?;
        check_disjoint::<C>(*reader, groups)?;
    }
    let form = SectionForm { encoding: C::ENCODING, statuses: Some(code), bits: 0 };
    Ok(CheckedSection { form, groups, edge: highest })
}

/// Checks a group whose number of ranges comes next in `head`, and raises `highest` to its
/// highest ID.
#[inline(always)]
fn take_group<C: RangeCode, K: Keep>(
    mut head: Window,
    reader: &mut BitReader<'_>,
    highest: &mut u16,
    keep: &mut K,
) -> Result<Group, Fault> {
    let count = field(&mut head, Window::take_u16)?;
    let position = narrow(head.position());
    let mut list = RangeList::<C>::new(reader.at(head.position()), count, true);
    // However many there are said to be, there is room for no more than the bits can hold.
    keep.group(usize::from(count).min(list.reader().left() / C::LEAST as usize));
    let mut last = 0;
    while let Some(span) = list.next() {
        let span = span?;
        last = span.last;
        keep.push(span);
    }
    *reader = list.reader();
    *highest = last.max(*highest);
    Ok(Group { position, count })
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

/// Reads one field; an error says where it starts.
#[inline(always)]
fn field<T>(
    head: &mut Window,
    read: impl FnOnce(&mut Window) -> Result<T, DecodeErrorKind>,
) -> Result<T, Fault> {
    let start = head.position();
    read(head).map_err(|kind| Fault::new(kind, start))
}

/// A bit position as it is kept: the limits on the text keep it below 2³².
#[allow(clippy::cast_possible_truncation)]
const fn narrow(position: usize) -> u32 {
    position as u32
}

pub(super) const fn status_of_entry(entry: u64) -> Status {
    match entry {
        0b10 => Status::Enabled,
        0b01 => Status::Disabled,
        _ => Status::Undefined,
    }
}

/// The two bits of a status in a bit field.
pub(super) const fn entry_of_status(status: Status) -> u64 {
    match status {
        Status::Enabled => 0b10,
        Status::Disabled => 0b01,
        Status::Undefined => 0b00,
    }
}
