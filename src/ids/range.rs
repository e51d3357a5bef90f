//! One range of IDs.

use core::fmt;
use core::ops::RangeInclusive;

use crate::bits::Span;
use crate::ids::Id;

/// The IDs from a first to a last one, both of them in it; never empty.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdRange<I> {
    first: I,
    last: I,
}

impl<I: Id> IdRange<I> {
    /// The range from `first` to `last`; `None` where `last` is below `first`.
    #[inline]
    #[must_use]
    pub fn new(first: I, last: I) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The range between two IDs that are known to rise.
    #[inline]
    pub(crate) fn spanning(first: I, last: I) -> Self {
        debug_assert!(first <= last, "the caller knows that they rise");
        Self { first, last }
    }

    /// The range of two numbers that are known to rise and to be IDs.
    #[inline]
    pub(crate) fn of_checked(first: u16, last: u16) -> Option<Self> {
        Self::new(I::new(first)?, I::new(last)?)
    }

    /// The range of a span, which has IDs of this kind only.
    #[inline]
    pub(crate) fn of_span(span: Span) -> Self {
        let id = |number| I::new(number).expect("a checked span has IDs of its kind");
        Self::spanning(id(span.first), id(span.last))
    }

    /// The lowest ID.
    #[inline]
    #[must_use]
    pub const fn first(self) -> I {
        self.first
    }

    /// The highest ID.
    #[inline]
    #[must_use]
    pub const fn last(self) -> I {
        self.last
    }

    /// How many IDs, 1 to 65535.
    #[allow(clippy::len_without_is_empty)]
    #[inline]
    #[must_use]
    pub fn len(self) -> usize {
        (self.end() - self.start()) as usize
    }

    /// Whether the ID is in the range.
    #[inline]
    #[must_use]
    pub fn contains(self, id: I) -> bool {
        self.first <= id && id <= self.last
    }

    /// The IDs, rising.
    pub fn ids(self) -> Ids<I> {
        Ids { numbers: self.start()..self.end(), kind: core::marker::PhantomData }
    }

    /// The number of the first ID.
    #[inline]
    pub(crate) fn start(self) -> u32 {
        u32::from(self.first.get())
    }

    /// One more than the number of the last ID.
    #[inline]
    pub(crate) fn end(self) -> u32 {
        u32::from(self.last.get()) + 1
    }

    /// The range between two numbers, the second exclusive; `None` where no ID is between.
    #[inline]
    pub(crate) fn between(start: u32, end: u32) -> Option<Self> {
        let first = u16::try_from(start).ok()?;
        let last = u16::try_from(end.checked_sub(1)?).ok()?;
        Self::of_checked(first, last)
    }

    /// What of this range lies before the other.
    pub(crate) fn before(self, other: Self) -> Option<Self> {
        Self::between(self.start(), self.end().min(other.start()))
    }

    /// What of this range lies behind the other.
    pub(crate) fn after(self, other: Self) -> Option<Self> {
        Self::between(self.start().max(other.end()), self.end())
    }

    /// What both ranges have.
    pub(crate) fn overlap(self, other: Self) -> Option<Self> {
        Self::between(self.start().max(other.start()), self.end().min(other.end()))
    }
}

impl<I: Id> From<I> for IdRange<I> {
    #[inline]
    fn from(id: I) -> Self {
        Self { first: id, last: id }
    }
}

impl<I: Id> From<IdRange<I>> for RangeInclusive<I> {
    fn from(range: IdRange<I>) -> Self {
        range.first..=range.last
    }
}

impl<I: Id> fmt::Display for IdRange<I> {
    /// `128-132`, or `7` for a single ID.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.last > self.first {
            write!(f, "-{}", self.last)?;
        }
        Ok(())
    }
}

impl<I: Id> fmt::Debug for IdRange<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The IDs of an [`IdRange`], rising.
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Ids<I> {
    numbers: core::ops::Range<u32>,
    kind: core::marker::PhantomData<I>,
}

impl<I: Id> Ids<I> {
    fn id(number: u32) -> Option<I> {
        u16::try_from(number).ok().and_then(I::new)
    }
}

impl<I: Id> Iterator for Ids<I> {
    type Item = I;

    #[inline]
    fn next(&mut self) -> Option<I> {
        self.numbers.next().and_then(Self::id)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.numbers.size_hint()
    }
}

impl<I: Id> DoubleEndedIterator for Ids<I> {
    fn next_back(&mut self) -> Option<I> {
        self.numbers.next_back().and_then(Self::id)
    }
}

impl<I: Id> ExactSizeIterator for Ids<I> {
    fn len(&self) -> usize {
        self.numbers.len()
    }
}

impl<I: Id> core::iter::FusedIterator for Ids<I> {}
