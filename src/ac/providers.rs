//! The IDs of a list that stands in a text.

use alloc::collections::BTreeSet;
use core::fmt;
use core::iter::FusedIterator;

use super::ProviderId;
use super::grammar::{DOT, List, parse_checked};

/// The providers of one of the lists of an AC string, as they stand in its text: checked, and
/// not copied out.
#[derive(Clone, Copy)]
pub struct Providers<'t> {
    text: &'t str,
    count: u32,
    is_rising: bool,
}

impl<'t> Providers<'t> {
    pub(super) fn new(text: &'t str, list: List) -> Self {
        let text = &text[list.start as usize..list.end as usize];
        Self { text, count: list.count, is_rising: list.is_rising }
    }

    /// Whether the list has a provider. Looks at each ID up to it: who asks a string more than
    /// a few times makes a [set](Self::to_set) of it first.
    #[must_use]
    pub fn contains(self, provider: ProviderId) -> bool {
        self.iter().take_while(|&id| !self.is_rising || id <= provider).any(|id| id == provider)
    }

    /// Whether the list is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.count == 0
    }

    /// How many IDs the list has. One that it has twice counts twice, where the options
    /// accepted that.
    #[must_use]
    pub const fn len(self) -> usize {
        self.count as usize
    }

    /// The IDs in the order in which the text has them.
    pub const fn iter(self) -> ProviderIds<'t> {
        ProviderIds { text: self.text, left: self.count }
    }

    /// The set of the IDs, copied out: no more than eight bytes for each byte of text.
    #[must_use]
    pub fn to_set(self) -> BTreeSet<ProviderId> {
        self.iter().collect()
    }
}

/// Shows how many there are: what somebody consented to is personal data.
impl fmt::Debug for Providers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{} providers}}", self.count)
    }
}

impl<'t> IntoIterator for Providers<'t> {
    type Item = ProviderId;
    type IntoIter = ProviderIds<'t>;

    fn into_iter(self) -> ProviderIds<'t> {
        self.iter()
    }
}

/// The IDs of [`Providers`], in the order in which the text has them.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct ProviderIds<'t> {
    /// From the next ID on.
    text: &'t str,
    left: u32,
}

impl Iterator for ProviderIds<'_> {
    type Item = ProviderId;

    #[inline]
    fn next(&mut self) -> Option<ProviderId> {
        self.left = self.left.checked_sub(1)?;
        let (id, rest) = self.text.split_once(DOT).unwrap_or((self.text, ""));
        self.text = rest;
        Some(parse_checked(id))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}

impl ExactSizeIterator for ProviderIds<'_> {}
impl FusedIterator for ProviderIds<'_> {}

/// Shows how many are left.
impl fmt::Debug for ProviderIds<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{} providers}}", self.left)
    }
}
