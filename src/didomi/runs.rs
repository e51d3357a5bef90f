//! The runs of a checked section: what stands in its bits as one rising sequence.

use super::form::Statuses;
use super::section::Status;
use super::walk::{Group, SixteenBit, status_of_entry};
use crate::bits::{BitReader, Fibonacci, RangeCode, RangeList, Runs, Span};

/// The runs of IDs in a checked section that share a status, rising; those of undefined IDs
/// may be left out.
#[derive(Clone)]
pub(super) enum Walk<'a> {
    BitField(Runs<'a, 2>),
    Ranges(GroupWalk<'a, SixteenBit>),
    Fibonacci(GroupWalk<'a, Fibonacci>),
}

impl Iterator for Walk<'_> {
    type Item = (Span, Status);

    #[inline]
    fn next(&mut self) -> Option<(Span, Status)> {
        match self {
            Self::BitField(runs) => runs.next().map(|(span, entry)| (span, status_of_entry(entry))),
            Self::Ranges(groups) => groups.next(),
            Self::Fibonacci(groups) => groups.next(),
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
