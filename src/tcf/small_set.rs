//! Sets of the IDs of which there are few.

use core::fmt;
use core::marker::PhantomData;
use core::ops::{BitAnd, BitOr, Sub};

use super::ids::SmallId;

/// A set of purposes, special features or custom purposes: one word, `Copy`.
///
/// ```
/// # use consent_string::tcf::{PurposeId, SmallSet};
/// # let id = |number| PurposeId::new(number).unwrap();
/// let mut purposes = SmallSet::<PurposeId>::from([id(1), id(7)]);
/// purposes.insert(id(9));
/// assert!(purposes.contains(id(7)));
/// assert_eq!(purposes.to_string(), "1, 7, 9");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SmallSet<I> {
    /// ID `n` is bit `n - 1`, from the lowest. No bit from `I::COUNT` on is set.
    bits: u64,
    kind: PhantomData<I>,
}

impl<I: SmallId> SmallSet<I> {
    /// The empty set.
    pub const EMPTY: Self = Self { bits: 0, kind: PhantomData };

    /// The empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self::EMPTY
    }

    fn bit(id: I) -> u64 {
        1 << (id.get() - 1)
    }

    /// The set of a bit field as it stands in a string, `width` bits with ID 1 at the top,
    /// at most as many as there are IDs.
    #[inline]
    pub(crate) fn from_field(field: u64, width: u32) -> Self {
        debug_assert!(width <= I::COUNT && field >> width == 0, "a bit for each ID");
        // Shifted to the top, ID 1 comes to stand at the bottom of the reversed word.
        let bits = if width == 0 { 0 } else { (field << (64 - width)).reverse_bits() };
        Self { bits, kind: PhantomData }
    }

    /// The bit field of the IDs 1 to `width`, ID 1 at the top.
    pub(crate) fn to_field(self, width: u32) -> u64 {
        if width == 0 { 0 } else { self.bits.reverse_bits() >> (64 - width) }
    }

    /// Whether the set has the ID.
    #[inline]
    #[must_use]
    pub fn contains(self, id: I) -> bool {
        self.bits & Self::bit(id) != 0
    }

    /// Adds an ID; whether it is new.
    pub fn insert(&mut self, id: I) -> bool {
        let new = !self.contains(id);
        self.bits |= Self::bit(id);
        new
    }

    /// Takes an ID out; whether it was there.
    pub fn remove(&mut self, id: I) -> bool {
        let there = self.contains(id);
        self.bits &= !Self::bit(id);
        there
    }

    /// Whether the set has no ID.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// How many IDs the set has.
    #[must_use]
    pub const fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// The highest ID.
    #[must_use]
    pub fn last(self) -> Option<I> {
        self.into_iter().next_back()
    }
}

impl<I: SmallId> Default for SmallSet<I> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<I: SmallId> FromIterator<I> for SmallSet<I> {
    fn from_iter<T: IntoIterator<Item = I>>(ids: T) -> Self {
        let mut set = Self::EMPTY;
        set.extend(ids);
        set
    }
}

impl<I: SmallId, const N: usize> From<[I; N]> for SmallSet<I> {
    fn from(ids: [I; N]) -> Self {
        ids.into_iter().collect()
    }
}

impl<I: SmallId> Extend<I> for SmallSet<I> {
    fn extend<T: IntoIterator<Item = I>>(&mut self, ids: T) {
        for id in ids {
            self.insert(id);
        }
    }
}

impl<I: SmallId> BitOr for SmallSet<I> {
    type Output = Self;

    /// The IDs that are in either set.
    fn bitor(self, other: Self) -> Self {
        Self { bits: self.bits | other.bits, ..self }
    }
}

impl<I: SmallId> BitAnd for SmallSet<I> {
    type Output = Self;

    /// The IDs that are in both sets.
    fn bitand(self, other: Self) -> Self {
        Self { bits: self.bits & other.bits, ..self }
    }
}

impl<I: SmallId> Sub for SmallSet<I> {
    type Output = Self;

    /// The IDs that are in the first set only.
    fn sub(self, other: Self) -> Self {
        Self { bits: self.bits & !other.bits, ..self }
    }
}

impl<I: SmallId> fmt::Display for SmallSet<I> {
    /// The IDs as `1, 7, 9`; nothing for the empty set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, id) in self.into_iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{id}")?;
        }
        Ok(())
    }
}

impl<I: SmallId> fmt::Debug for SmallSet<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{self}}}")
    }
}

impl<I: SmallId> IntoIterator for SmallSet<I> {
    type Item = I;
    type IntoIter = SmallIds<I>;

    /// The IDs, rising.
    fn into_iter(self) -> SmallIds<I> {
        SmallIds(self)
    }
}

/// The IDs of a [`SmallSet`], rising.
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct SmallIds<I: SmallId>(SmallSet<I>);

impl<I: SmallId> SmallIds<I> {
    #[allow(clippy::cast_possible_truncation)]
    fn take(&mut self, bit: u32) -> Option<I> {
        let id = I::new(bit as u16 + 1)?;
        self.0.remove(id);
        Some(id)
    }
}

impl<I: SmallId> Iterator for SmallIds<I> {
    type Item = I;

    fn next(&mut self) -> Option<I> {
        self.take(self.0.bits.trailing_zeros())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len(), Some(self.0.len()))
    }
}

impl<I: SmallId> DoubleEndedIterator for SmallIds<I> {
    fn next_back(&mut self) -> Option<I> {
        self.take(self.0.bits.checked_ilog2()?)
    }
}

impl<I: SmallId> ExactSizeIterator for SmallIds<I> {}
impl<I: SmallId> core::iter::FusedIterator for SmallIds<I> {}

#[cfg(test)]
mod tests {
    use super::super::{CustomPurposeId, PurposeId, SpecialFeatureId};
    use super::*;
    use alloc::collections::BTreeSet;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    /// Against a set of the standard library, for any IDs of one kind.
    fn check<I: SmallId>(ids: &[u16], others: &[u16]) -> Result<(), TestCaseError> {
        let pick =
            |ids: &[u16]| ids.iter().filter_map(|&number| I::new(number)).collect::<Vec<I>>();
        let (ids, others) = (pick(ids), pick(others));
        let set: SmallSet<I> = ids.iter().copied().collect();
        let other: SmallSet<I> = others.iter().copied().collect();
        let (model, other_model): (BTreeSet<I>, BTreeSet<I>) =
            (ids.into_iter().collect(), others.into_iter().collect());
        prop_assert!(set.into_iter().eq(model.iter().copied()));
        prop_assert!(set.into_iter().rev().eq(model.iter().rev().copied()));
        prop_assert_eq!(set.len(), model.len());
        prop_assert_eq!(set.is_empty(), model.is_empty());
        prop_assert_eq!(set.last(), model.last().copied());
        prop_assert!((set | other).into_iter().eq(&model | &other_model));
        prop_assert!((set & other).into_iter().eq(&model & &other_model));
        prop_assert!((set - other).into_iter().eq(&model - &other_model));
        prop_assert_eq!(SmallSet::from_field(set.to_field(I::COUNT), I::COUNT), set);
        for number in 1..=I::MAX.get() {
            let id = I::new(number).unwrap();
            prop_assert_eq!(set.contains(id), model.contains(&id));
            let bit = set.to_field(I::COUNT) >> (I::COUNT - u32::from(number)) & 1;
            prop_assert_eq!(bit == 1, model.contains(&id), "ID 1 stands at the top");
        }
        let (mut changed, mut changed_model) = (set, model);
        for &id in &other_model {
            prop_assert_eq!(changed.remove(id), changed_model.remove(&id));
        }
        for id in other_model {
            prop_assert_eq!(changed.insert(id), changed_model.insert(id));
            prop_assert_eq!(changed.insert(id), changed_model.insert(id));
        }
        let (mut left, mut model_left) = (changed.into_iter(), changed_model.iter());
        while model_left.next().is_some() {
            left.next();
            prop_assert_eq!(left.size_hint(), model_left.size_hint());
        }
        prop_assert_eq!(changed, changed_model.into_iter().collect());
        Ok(())
    }

    proptest! {
        #[test]
        fn a_small_set_is_a_set(
            ids in prop::collection::vec(0..70_u16, 0..40),
            others in prop::collection::vec(0..70_u16, 0..40),
        ) {
            check::<PurposeId>(&ids, &others)?;
            check::<SpecialFeatureId>(&ids, &others)?;
            check::<CustomPurposeId>(&ids, &others)?;
        }
    }

    #[test]
    fn all_ids_are_as_many_as_the_highest() {
        fn check<I: SmallId>() {
            assert_eq!(u32::from(I::MAX.get()), I::COUNT);
            let all: SmallSet<I> = (1..=u16::MAX).filter_map(I::new).collect();
            assert_eq!((all.len(), all.last()), (I::COUNT as usize, Some(I::MAX)));
        }
        check::<PurposeId>();
        check::<SpecialFeatureId>();
        check::<CustomPurposeId>();
    }
}
