//! A section to build with: which of three statuses each purpose or vendor has, as two sets.

use core::iter::FusedIterator;
use core::ops::RangeInclusive;

use super::status::Status;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::ids::{Id, IdRange, IdSet, Ids, Ranges};

/// The statuses of all purposes, or all vendors, under consent or legitimate interest.
///
/// It holds two disjoint sets, enabled and disabled; every other ID is undefined.
///
/// ```
/// # use consent_string::didomi::{Section, Status, VendorId};
/// # let id = |number| VendorId::new(number).unwrap();
/// let mut vendors = Section::new();
/// vendors.set_range(id(1)..=id(100), Status::Disabled);
/// vendors.set(id(7), Status::Enabled);
/// assert_eq!(vendors.status(id(7)), Status::Enabled);
/// assert_eq!(vendors.disabled().to_string(), "1-6, 8-100");
/// assert_eq!(vendors.status(id(101)), Status::Undefined);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Section<I: Id> {
    enabled: IdSet<I>,
    disabled: IdSet<I>,
}

impl<I: Id> Section<I> {
    /// The section that says nothing of any ID.
    #[must_use]
    pub const fn new() -> Self {
        Self { enabled: IdSet::new(), disabled: IdSet::new() }
    }

    /// The section of two sets.
    ///
    /// # Errors
    ///
    /// [`EncodeErrorKind::EnabledAndDisabled`] where the sets have an ID in common.
    pub fn from_sets(enabled: IdSet<I>, disabled: IdSet<I>) -> Result<Self, EncodeError> {
        if !enabled.is_disjoint(&disabled) {
            return Err(EncodeError::new(EncodeErrorKind::EnabledAndDisabled, "section"));
        }
        Ok(Self { enabled, disabled })
    }

    /// The section of two sets that are known to have no ID in common.
    #[inline]
    pub(super) const fn of_disjoint(enabled: IdSet<I>, disabled: IdSet<I>) -> Self {
        Self { enabled, disabled }
    }

    /// The IDs that are enabled.
    #[must_use]
    pub const fn enabled(&self) -> &IdSet<I> {
        &self.enabled
    }

    /// The IDs that are disabled.
    #[must_use]
    pub const fn disabled(&self) -> &IdSet<I> {
        &self.disabled
    }

    /// Whether no ID is enabled or disabled.
    #[must_use]
    pub fn says_nothing(&self) -> bool {
        self.enabled.is_empty() && self.disabled.is_empty()
    }

    /// The status of an ID.
    #[must_use]
    pub fn status(&self, id: I) -> Status {
        if self.enabled.contains(id) {
            Status::Enabled
        } else if self.disabled.contains(id) {
            Status::Disabled
        } else {
            Status::Undefined
        }
    }

    /// The IDs that are enabled or disabled, rising, with their statuses.
    pub fn statuses(&self) -> SectionStatuses<'_, I> {
        SectionStatuses(Flat::new(self.runs()))
    }

    /// The IDs that are enabled or disabled, rising, as ranges with one status each. Ranges of one
    /// status don't touch.
    pub fn runs(&self) -> SectionRuns<'_, I> {
        SectionRuns(self.all_runs())
    }

    /// Gives an ID a status, whatever it had before.
    pub fn set(&mut self, id: I, status: Status) {
        self.set_range(id..=id, status);
    }

    /// Gives the IDs of a range a status, whatever they had before. As everywhere in Rust,
    /// `5..=3` has none.
    pub fn set_range(&mut self, range: RangeInclusive<I>, status: Status) {
        let (to, from) = match status {
            Status::Enabled => (Some(&mut self.enabled), [Some(&mut self.disabled), None]),
            Status::Disabled => (Some(&mut self.disabled), [Some(&mut self.enabled), None]),
            Status::Undefined => (None, [Some(&mut self.enabled), Some(&mut self.disabled)]),
        };
        for set in from.into_iter().flatten() {
            set.remove_range(range.clone());
        }
        if let Some(set) = to {
            set.insert_range(range);
        }
    }

    /// Makes an ID undefined, whatever it was before.
    pub fn unset(&mut self, id: I) {
        self.set(id, Status::Undefined);
    }

    /// Makes the IDs of a range undefined, whatever they were before.
    pub fn unset_range(&mut self, range: RangeInclusive<I>) {
        self.set_range(range, Status::Undefined);
    }

    /// Makes every ID undefined.
    pub fn clear(&mut self) {
        self.enabled.clear();
        self.disabled.clear();
    }

    /// Gives the IDs of a range a status; all that have one so far are before it.
    pub(super) fn push(&mut self, range: IdRange<I>, status: Status) {
        match status {
            Status::Enabled => self.enabled.push(range),
            Status::Disabled => self.disabled.push(range),
            Status::Undefined => {}
        }
    }

    /// The lowest and the highest ID that is enabled or disabled, and the highest's status.
    pub(super) fn bounds(&self) -> Option<(I, I, Status)> {
        let (enabled, disabled) = (&self.enabled, &self.disabled);
        let last = enabled.last().max(disabled.last())?;
        let status = if disabled.last() == Some(last) { Status::Disabled } else { Status::Enabled };
        let first = match (enabled.first(), disabled.first()) {
            (Some(one), Some(other)) => one.min(other),
            (one, other) => one.or(other)?,
        };
        Some((first, last, status))
    }

    /// Every ID from 1 to the highest that is enabled or disabled, rising, as ranges with
    /// one status each.
    pub(super) fn all_runs(&self) -> AllRuns<'_, I> {
        let (mut enabled, mut disabled) = (self.enabled.ranges(), self.disabled.ranges());
        AllRuns {
            next_enabled: enabled.next(),
            next_disabled: disabled.next(),
            enabled,
            disabled,
            next: u32::from(I::MIN.get()),
        }
    }
}

impl<I: Id> Default for Section<I> {
    fn default() -> Self {
        Self::new()
    }
}

/// See [`Section::all_runs`].
#[derive(Debug, Clone)]
pub(super) struct AllRuns<'a, I: Id> {
    enabled: Ranges<'a, I>,
    disabled: Ranges<'a, I>,
    next_enabled: Option<IdRange<I>>,
    next_disabled: Option<IdRange<I>>,
    /// The number of the next ID.
    next: u32,
}

impl<I: Id> Iterator for AllRuns<'_, I> {
    type Item = (IdRange<I>, Status);

    #[inline]
    fn next(&mut self) -> Option<(IdRange<I>, Status)> {
        let enabled = match (self.next_enabled, self.next_disabled) {
            (Some(enabled), Some(disabled)) => enabled < disabled,
            (enabled, _) => enabled.is_some(),
        };
        let (head, tail, status) = if enabled {
            (&mut self.next_enabled, &mut self.enabled, Status::Enabled)
        } else {
            (&mut self.next_disabled, &mut self.disabled, Status::Disabled)
        };
        let range = (*head)?;
        if let Some(gap) = IdRange::between(self.next, range.start()) {
            self.next = range.start();
            return Some((gap, Status::Undefined));
        }
        *head = tail.next();
        self.next = range.end();
        Some((range, status))
    }
}

/// The ranges of a [`Section`] with their statuses, rising.
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct SectionRuns<'a, I: Id>(AllRuns<'a, I>);

impl<I: Id> Iterator for SectionRuns<'_, I> {
    type Item = (IdRange<I>, Status);

    #[inline]
    fn next(&mut self) -> Option<(IdRange<I>, Status)> {
        self.0.find(|&(_, status)| status != Status::Undefined)
    }
}

impl<I: Id> FusedIterator for SectionRuns<'_, I> {}

/// The IDs of a [`Section`] with their statuses, rising.
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct SectionStatuses<'a, I: Id>(Flat<SectionRuns<'a, I>, I>);

impl<I: Id> Iterator for SectionStatuses<'_, I> {
    type Item = (I, Status);

    #[inline]
    fn next(&mut self) -> Option<(I, Status)> {
        self.0.next()
    }
}

impl<I: Id> FusedIterator for SectionStatuses<'_, I> {}

/// The IDs of runs with a status each.
#[derive(Debug, Clone)]
pub(super) struct Flat<R, I> {
    runs: R,
    current: Option<(Ids<I>, Status)>,
}

impl<R, I> Flat<R, I> {
    pub(super) const fn new(runs: R) -> Self {
        Self { runs, current: None }
    }
}

impl<I: Id, R: Iterator<Item = (IdRange<I>, Status)>> Iterator for Flat<R, I> {
    type Item = (I, Status);

    #[inline]
    fn next(&mut self) -> Option<(I, Status)> {
        loop {
            if let Some((ids, status)) = &mut self.current {
                if let Some(id) = ids.next() {
                    return Some((id, *status));
                }
            }
            let (range, status) = self.runs.next()?;
            self.current = Some((range.ids(), status));
        }
    }
}
