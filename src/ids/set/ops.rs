//! Set operations, each linear in the number of ranges.

use core::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, BitXorAssign, Sub, SubAssign};

use super::{IdRange, IdSet};
use crate::ids::Id;

impl<I: Id> IdSet<I> {
    /// The IDs that are in either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut ranges = alloc::vec::Vec::with_capacity(self.ranges.len() + other.ranges.len());
        ranges.extend_from_slice(&self.ranges);
        ranges.extend_from_slice(&other.ranges);
        Self::from_unsorted(ranges)
    }

    /// The IDs that are in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut set = Self::new();
        self.for_each_overlap(other, |range| {
            set.push(range);
            true
        });
        set
    }

    /// The IDs that are in this set and not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.intersection(&other.complement())
    }

    /// The IDs that are in one of the sets and not in both.
    #[must_use]
    pub fn symmetric_difference(&self, other: &Self) -> Self {
        self.difference(other).union(&other.difference(self))
    }

    /// The IDs of this kind that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut set = Self::new();
        let mut start = u32::from(I::MIN.get());
        for range in self.ranges() {
            set.ranges.extend(IdRange::between(start, range.start()));
            start = range.end();
        }
        set.ranges.extend(IdRange::between(start, u32::from(I::MAX.get()) + 1));
        set
    }

    /// Whether the sets have no ID in common.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.for_each_overlap(other, |_| false)
    }

    /// Whether all IDs of this set are in the other.
    #[must_use]
    pub fn is_subset(&self, other: &Self) -> bool {
        self.intersection(other) == *self
    }

    /// Whether all IDs of the other set are in this one.
    #[must_use]
    pub fn is_superset(&self, other: &Self) -> bool {
        other.is_subset(self)
    }

    /// Calls `found` with each range that both sets have, rising, until it returns `false`;
    /// whether it never did.
    fn for_each_overlap(&self, other: &Self, mut found: impl FnMut(IdRange<I>) -> bool) -> bool {
        let (mut left, mut right) = (self.ranges().peekable(), other.ranges().peekable());
        while let (Some(a), Some(b)) = (left.peek().copied(), right.peek().copied()) {
            if a.overlap(b).is_some_and(|range| !found(range)) {
                return false;
            }
            if a.last() < b.last() {
                left.next();
            } else {
                right.next();
            }
        }
        true
    }
}

impl<I: Id> BitOr for &IdSet<I> {
    type Output = IdSet<I>;

    fn bitor(self, other: Self) -> IdSet<I> {
        self.union(other)
    }
}

impl<I: Id> BitAnd for &IdSet<I> {
    type Output = IdSet<I>;

    fn bitand(self, other: Self) -> IdSet<I> {
        self.intersection(other)
    }
}

impl<I: Id> BitXor for &IdSet<I> {
    type Output = IdSet<I>;

    fn bitxor(self, other: Self) -> IdSet<I> {
        self.symmetric_difference(other)
    }
}

impl<I: Id> Sub for &IdSet<I> {
    type Output = IdSet<I>;

    fn sub(self, other: Self) -> IdSet<I> {
        self.difference(other)
    }
}

impl<I: Id> BitOrAssign<&Self> for IdSet<I> {
    fn bitor_assign(&mut self, other: &Self) {
        self.extend(other.ranges());
    }
}

impl<I: Id> BitAndAssign<&Self> for IdSet<I> {
    fn bitand_assign(&mut self, other: &Self) {
        *self = self.intersection(other);
    }
}

impl<I: Id> BitXorAssign<&Self> for IdSet<I> {
    fn bitxor_assign(&mut self, other: &Self) {
        *self = self.symmetric_difference(other);
    }
}

impl<I: Id> SubAssign<&Self> for IdSet<I> {
    fn sub_assign(&mut self, other: &Self) {
        *self = self.difference(other);
    }
}
