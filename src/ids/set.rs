//! Sets of IDs, kept as ranges.

mod into_iter;
mod ops;

pub use into_iter::IntoIter;
use into_iter::next_id;

use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;

use smallvec::SmallVec;

use super::{Id, IdRange, Ids};
use crate::bits::{Runs, Span};

/// A set of IDs: sorted, coalesced, inclusive ranges.
///
/// It never holds one entry an ID: a set of the IDs 1 to 65535 is one range, four bytes.
/// Sets of up to six ranges need no allocation. Two sets are equal where they hold the
/// same IDs.
///
/// ```
/// # use consent_string::IdSet;
/// # use consent_string::didomi::VendorId;
/// # let id = |number| VendorId::new(number).unwrap();
/// let mut vendors: IdSet<VendorId> = [id(1), id(2), id(7)].into_iter().collect();
/// vendors.insert_range(id(3)..=id(5));
/// assert!(vendors.contains(id(4)));
/// assert_eq!(vendors.to_string(), "1-5, 7");
/// assert_eq!(vendors.ranges().count(), 2);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdSet<I: Id> {
    /// Rising; between two ranges there is at least one ID that is in neither.
    ranges: SmallVec<[IdRange<I>; INLINE_RANGES]>,
}

/// How many ranges a set holds without an allocation.
pub(crate) const INLINE_RANGES: usize = 6;

impl<I: Id> IdSet<I> {
    /// The empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { ranges: SmallVec::new_const() }
    }

    /// Whether the set has no ID.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// How many IDs the set has, 0 to 65535.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ranges.iter().map(|range| range.len()).sum()
    }

    /// The lowest ID.
    #[must_use]
    pub fn first(&self) -> Option<I> {
        self.ranges.first().map(|range| range.first())
    }

    /// The highest ID.
    #[must_use]
    pub fn last(&self) -> Option<I> {
        self.ranges.last().map(|range| range.last())
    }

    /// Whether the set has the ID. Logarithmic in the number of ranges.
    #[must_use]
    pub fn contains(&self, id: I) -> bool {
        let after = self.ranges.partition_point(|range| range.last() < id);
        self.ranges.get(after).is_some_and(|range| range.first() <= id)
    }

    /// The IDs, rising.
    pub fn iter(&self) -> Iter<'_, I> {
        Iter { ranges: self.ranges.iter(), front: None, back: None, left: self.len() }
    }

    /// The ranges, rising and as long as they can be: no two touch.
    pub fn ranges(&self) -> Ranges<'_, I> {
        Ranges(self.ranges.iter().copied())
    }

    /// Adds an ID; whether it is new.
    pub fn insert(&mut self, id: I) -> bool {
        let new = !self.contains(id);
        self.insert_range(id..=id);
        new
    }

    /// Adds the IDs of a range. As everywhere in Rust, `5..=3` has none.
    pub fn insert_range(&mut self, range: RangeInclusive<I>) {
        let Some(new) = IdRange::new(*range.start(), *range.end()) else { return };
        // All ranges that overlap or touch the new one become one with it.
        let from = self.ranges.partition_point(|old| old.end() < new.start());
        let to = self.ranges.partition_point(|old| old.start() <= new.end());
        let touched = &self.ranges[from..to];
        let (Some(head), Some(tail)) = (touched.first(), touched.last()) else {
            self.ranges.insert(from, new);
            return;
        };
        self.ranges[from] =
            IdRange::spanning(new.first().min(head.first()), new.last().max(tail.last()));
        self.ranges.drain(from + 1..to);
    }

    /// Takes an ID out; whether it was there.
    pub fn remove(&mut self, id: I) -> bool {
        let there = self.contains(id);
        self.remove_range(id..=id);
        there
    }

    /// Takes the IDs of a range out. As everywhere in Rust, `5..=3` has none.
    pub fn remove_range(&mut self, range: RangeInclusive<I>) {
        let Some(gone) = IdRange::new(*range.start(), *range.end()) else { return };
        let from = self.ranges.partition_point(|old| old.last() < gone.first());
        let to = self.ranges.partition_point(|old| old.first() <= gone.last());
        if from >= to {
            return;
        }
        let before = self.ranges[from].before(gone);
        let after = self.ranges[to - 1].after(gone);
        self.ranges.drain(from..to);
        self.ranges.insert_many(from, before.into_iter().chain(after));
    }

    /// Keeps the IDs for which `keep` says so, and takes the others out. It asks for each ID.
    pub fn retain(&mut self, mut keep: impl FnMut(I) -> bool) {
        *self = self.iter().filter(|&id| keep(id)).collect();
    }

    /// Takes all IDs out.
    pub fn clear(&mut self) {
        self.ranges.clear();
    }

    /// Adds a range that starts behind all that the set has, or touches its end.
    #[inline]
    pub(crate) fn push(&mut self, range: IdRange<I>) {
        match self.ranges.last_mut() {
            Some(last) if last.end() >= range.start() => {
                debug_assert!(last.last() < range.first(), "pushed ranges rise");
                *last = IdRange::spanning(last.first(), range.last());
            }
            _ => self.ranges.push(range),
        }
    }

    /// The set of ranges that rise and don't overlap, though they may touch; at most `count`.
    #[inline]
    pub(crate) fn from_rising(count: usize, ranges: impl Iterator<Item = IdRange<I>>) -> Self {
        let mut set = Self::new();
        if count <= INLINE_RANGES {
            Self::for_each_joined(ranges, |range| set.ranges.push(range));
        } else {
            // A plain vector: less to look at for each range.
            let mut all = Vec::with_capacity(count);
            Self::for_each_joined(ranges, |range| all.push(range));
            set.ranges = SmallVec::from_vec(all);
        }
        set
    }

    /// Calls `found` with ranges that rise and don't overlap, those that touch as one.
    #[inline]
    fn for_each_joined(
        ranges: impl Iterator<Item = IdRange<I>>,
        mut found: impl FnMut(IdRange<I>),
    ) {
        let last = ranges.reduce(|before, range| {
            if before.end() >= range.start() {
                return IdRange::spanning(before.first(), range.last());
            }
            found(before);
            range
        });
        last.into_iter().for_each(found);
    }

    /// The IDs that have an entry in a bit field.
    pub(crate) fn of_runs<const WIDTH: u32>(runs: &Runs<'_, WIDTH>, entry: u64) -> Self {
        Self { ranges: SmallVec::from_vec(runs.spans_of(entry, IdRange::of_span)) }
    }

    /// The set of spans that rise and don't touch.
    #[inline]
    pub(crate) fn from_spans(spans: impl Iterator<Item = Span>) -> Self {
        let ranges = spans.map(IdRange::of_span);
        let mut set = Self::new();
        if ranges.size_hint().0 <= INLINE_RANGES {
            set.ranges.extend(ranges);
        } else {
            // A plain vector is filled faster.
            set.ranges = SmallVec::from_vec(ranges.collect());
        }
        set
    }

    /// The set of ranges in any order, overlapping or not.
    pub(crate) fn from_unsorted(mut ranges: Vec<IdRange<I>>) -> Self {
        ranges.sort_unstable();
        let mut set = Self::new();
        for range in ranges {
            match set.ranges.last_mut() {
                Some(last) if last.end() >= range.start() => {
                    *last = IdRange::spanning(last.first(), last.last().max(range.last()));
                }
                _ => set.ranges.push(range),
            }
        }
        set
    }
}

impl<I: Id> Default for IdSet<I> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I: Id> fmt::Debug for IdSet<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{self}}}")
    }
}

impl<I: Id> fmt::Display for IdSet<I> {
    /// The ranges as `1-5, 7`; nothing for the empty set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, range) in self.ranges().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{range}")?;
        }
        Ok(())
    }
}

impl<I: Id> FromIterator<I> for IdSet<I> {
    /// IDs in any order; one said twice is in the set once.
    fn from_iter<T: IntoIterator<Item = I>>(ids: T) -> Self {
        ids.into_iter().map(IdRange::from).collect()
    }
}

impl<I: Id> FromIterator<IdRange<I>> for IdSet<I> {
    /// Ranges in any order, overlapping or not.
    fn from_iter<T: IntoIterator<Item = IdRange<I>>>(ranges: T) -> Self {
        let mut set = Self::new();
        set.extend(ranges);
        set
    }
}

impl<I: Id> Extend<I> for IdSet<I> {
    /// Adds IDs in any order. Cheapest where they rise from the set's last one on.
    fn extend<T: IntoIterator<Item = I>>(&mut self, ids: T) {
        self.extend(ids.into_iter().map(IdRange::from));
    }
}

impl<'a, I: Id> Extend<&'a I> for IdSet<I> {
    fn extend<T: IntoIterator<Item = &'a I>>(&mut self, ids: T) {
        self.extend(ids.into_iter().copied());
    }
}

impl<I: Id> Extend<IdRange<I>> for IdSet<I> {
    /// Adds ranges in any order, overlapping or not. Cheapest where they rise from the set's
    /// last ID on.
    fn extend<T: IntoIterator<Item = IdRange<I>>>(&mut self, ranges: T) {
        let mut ranges = ranges.into_iter();
        for range in ranges.by_ref() {
            if self.last().is_some_and(|last| range.first() <= last) {
                let mut others: Vec<_> = core::iter::once(range).chain(ranges).collect();
                others.extend_from_slice(&self.ranges);
                *self = Self::from_unsorted(others);
                return;
            }
            self.push(range);
        }
    }
}

impl<I: Id, const N: usize> From<[I; N]> for IdSet<I> {
    fn from(ids: [I; N]) -> Self {
        ids.into_iter().collect()
    }
}

impl<I: Id, const N: usize> From<[IdRange<I>; N]> for IdSet<I> {
    fn from(ranges: [IdRange<I>; N]) -> Self {
        ranges.into_iter().collect()
    }
}

impl<I: Id> From<RangeInclusive<I>> for IdSet<I> {
    /// As everywhere in Rust, `5..=3` has no ID.
    fn from(range: RangeInclusive<I>) -> Self {
        IdRange::new(*range.start(), *range.end()).map(Self::from).unwrap_or_default()
    }
}

impl<I: Id> From<IdRange<I>> for IdSet<I> {
    fn from(range: IdRange<I>) -> Self {
        let mut set = Self::new();
        set.push(range);
        set
    }
}

impl<'a, I: Id> IntoIterator for &'a IdSet<I> {
    type Item = I;
    type IntoIter = Iter<'a, I>;

    fn into_iter(self) -> Iter<'a, I> {
        self.iter()
    }
}

impl<I: Id> IntoIterator for IdSet<I> {
    type Item = I;
    type IntoIter = IntoIter<I>;

    /// The IDs, rising.
    fn into_iter(self) -> IntoIter<I> {
        IntoIter::new(self.ranges)
    }
}

/// The ranges of an [`IdSet`], rising.
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Ranges<'a, I: Id>(core::iter::Copied<core::slice::Iter<'a, IdRange<I>>>);

impl<I: Id> Iterator for Ranges<'_, I> {
    type Item = IdRange<I>;

    #[inline]
    fn next(&mut self) -> Option<IdRange<I>> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<IdRange<I>> {
        self.0.nth(n)
    }
}

impl<I: Id> DoubleEndedIterator for Ranges<'_, I> {
    fn next_back(&mut self) -> Option<IdRange<I>> {
        self.0.next_back()
    }
}

impl<I: Id> ExactSizeIterator for Ranges<'_, I> {}
impl<I: Id> core::iter::FusedIterator for Ranges<'_, I> {}

/// The IDs of an [`IdSet`], rising.
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Iter<'a, I: Id> {
    ranges: core::slice::Iter<'a, IdRange<I>>,
    front: Option<Ids<I>>,
    back: Option<Ids<I>>,
    left: usize,
}

impl<I: Id> Iterator for Iter<'_, I> {
    type Item = I;

    #[inline]
    fn next(&mut self) -> Option<I> {
        let Self { ranges, front, back, left } = self;
        let id = next_id(front, || ranges.next().copied(), back, Iterator::next)?;
        *left -= 1;
        Some(id)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<I: Id> DoubleEndedIterator for Iter<'_, I> {
    #[inline]
    fn next_back(&mut self) -> Option<I> {
        let Self { ranges, front, back, left } = self;
        let between = || ranges.next_back().copied();
        let id = next_id(back, between, front, DoubleEndedIterator::next_back)?;
        *left -= 1;
        Some(id)
    }
}

impl<I: Id> ExactSizeIterator for Iter<'_, I> {}
impl<I: Id> core::iter::FusedIterator for Iter<'_, I> {}
