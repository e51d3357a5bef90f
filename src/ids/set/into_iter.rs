//! The IDs of a set that is given away.

use core::iter::FusedIterator;

use smallvec::SmallVec;

use super::INLINE_RANGES;
use crate::ids::{Id, IdRange, Ids};

/// The IDs of an [`IdSet`](crate::IdSet) that was given away, rising.
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct IntoIter<I: Id> {
    ranges: smallvec::IntoIter<[IdRange<I>; INLINE_RANGES]>,
    front: Option<Ids<I>>,
    back: Option<Ids<I>>,
    left: usize,
}

impl<I: Id> IntoIter<I> {
    pub(super) fn new(ranges: SmallVec<[IdRange<I>; INLINE_RANGES]>) -> Self {
        let left = ranges.iter().map(|range| range.len()).sum();
        Self { ranges: ranges.into_iter(), front: None, back: None, left }
    }
}

/// The next ID from one end: of the range that is open there, of the ranges between, or of the
/// one that is open at the other end.
pub(super) fn next_id<I: Id>(
    open: &mut Option<Ids<I>>,
    mut between: impl FnMut() -> Option<IdRange<I>>,
    other: &mut Option<Ids<I>>,
    step: impl Fn(&mut Ids<I>) -> Option<I>,
) -> Option<I> {
    loop {
        if let Some(id) = open.as_mut().and_then(&step) {
            return Some(id);
        }
        match between() {
            Some(range) => *open = Some(range.ids()),
            None => return other.as_mut().and_then(&step),
        }
    }
}

impl<I: Id> Iterator for IntoIter<I> {
    type Item = I;

    #[inline]
    fn next(&mut self) -> Option<I> {
        let Self { ranges, front, back, left } = self;
        let id = next_id(front, || ranges.next(), back, Iterator::next)?;
        *left -= 1;
        Some(id)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<I: Id> DoubleEndedIterator for IntoIter<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I> {
        let Self { ranges, front, back, left } = self;
        let id = next_id(back, || ranges.next_back(), front, DoubleEndedIterator::next_back)?;
        *left -= 1;
        Some(id)
    }
}

impl<I: Id> ExactSizeIterator for IntoIter<I> {}
impl<I: Id> FusedIterator for IntoIter<I> {}
