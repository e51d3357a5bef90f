//! What differs between two strings: the parts that the differences of all formats are made of.
//!
//! `diff` of a string and another one gives the difference from the first to the second:
//! [`didomi::Difference`](crate::didomi::Difference)
#![cfg_attr(feature = "tcf", doc = "and [`tcf::Difference`](crate::tcf::Difference),")]
#![cfg_attr(feature = "gpp", doc = "and [`gpp::Difference`](crate::gpp::Difference),")]
//! with typed changes in a fixed order. Printed, a difference is a list for an audit log, one change
//! a line. It never shows who the person is: of user IDs and tokens it says that they changed, and
//! not into what. Applied to the first string, it gives one that says what the second says.
//!
//! ```
//! use consent_string::didomi::{ConsentString, PurposeId, Status};
//!
//! let before: ConsentString = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA".parse()?;
//! let mut choices = before.decoded();
//! let id = |number| PurposeId::new(number).unwrap();
//! choices.purposes.set_range(id(2)..=id(3), Status::Undefined);
//! choices.updated = "2023-05-01T00:00:00.000Z".parse()?;
//! let after = choices.encode()?;
//!
//! let difference = before.diff(&after);
//! assert_eq!(
//!     difference.to_string(),
//!     "updated: 2023-04-12T18:10:00.000Z -> 2023-05-01T00:00:00.000Z\n\
//!      purposes 2: enabled -> undefined\n\
//!      purposes 3: disabled -> undefined"
//! );
//! assert_eq!(difference.apply_to(&before)?, after);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod fields;
mod rows;
#[cfg(feature = "serde")]
mod serde;

pub(crate) use fields::{Value, field_changes, put_change, shown};
#[cfg(feature = "gpp")]
pub(crate) use rows::Lines;
pub(crate) use rows::{Answer, Row, Said, rows, told_by_rows, write_lines};
#[cfg(all(feature = "gpp", feature = "serde"))]
pub(crate) use serde::List;
#[cfg(feature = "serde")]
pub(crate) use serde::serialize;

use alloc::vec::Vec;
use core::fmt;

use crate::error::EncodeError;
use crate::ids::{Id, IdRange, side_by_side};

/// A value before and after.
///
/// `Debug` shows neither: it may be a user ID.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Changed<T> {
    /// What the first string says.
    pub from: T,
    /// What the second string says.
    pub to: T,
}

impl<T: PartialEq> Changed<T> {
    /// The change from a value to another one; `None` where both are the same.
    pub(crate) fn between(from: T, to: T) -> Option<Self> {
        (from != to).then_some(Self { from, to })
    }
}

impl<T> fmt::Debug for Changed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changed").finish_non_exhaustive()
    }
}

/// What is said of the IDs of a range, before and after: a
/// [`Status`](crate::didomi::Status), or whether they are in a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct IdChange<I: Id, S> {
    /// The IDs. Each of the two strings says one thing of all of them.
    pub ids: IdRange<I>,
    /// What the first string says.
    pub from: S,
    /// What the second string says.
    pub to: S,
}

impl<I: Id, S: fmt::Display> fmt::Display for IdChange<I, S> {
    /// `7-9: undefined -> enabled`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} -> {}", self.ids, self.from, self.to)
    }
}

/// Whether a string has a part that may be absent, such as a segment. An absent one is not the
/// same as an empty one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It has not.
    Absent,
    /// It has.
    Present,
}

impl Presence {
    /// The name in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Present => "present",
        }
    }

    #[cfg(feature = "tcf")]
    pub(crate) const fn of(is_present: bool) -> Self {
        if is_present { Self::Present } else { Self::Absent }
    }
}

impl fmt::Display for Presence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why a difference can't be applied to a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The string says something else than what the difference starts from: it is a difference
    /// from another string. Nothing is guessed then.
    #[error("{field}: not what the difference starts from, expected what its first string says")]
    OtherStart {
        /// The field or section, by its name in the format's documentation.
        field: &'static str,
    },
    /// What would be the result can't be written: a language that is no letters.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl ApplyError {
    /// The kind's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::OtherStart { .. } => "other_start",
            Self::Encode(error) => error.kind().name(),
        }
    }
}

/// What changes from a list of ranges to another one, rising; no two changes can be one. Both lists
/// rise, and are silent of the IDs that they don't have.
pub(crate) fn id_changes<I: Id, S: Said>(
    from: impl IntoIterator<Item = (IdRange<I>, S)>,
    to: impl IntoIterator<Item = (IdRange<I>, S)>,
) -> Vec<IdChange<I, S>> {
    let mut changes: Vec<IdChange<I, S>> = Vec::new();
    for (ids, from, to) in side_by_side(from, to) {
        let (from, to) = (from.unwrap_or(S::SILENT), to.unwrap_or(S::SILENT));
        if from == to {
            continue;
        }
        match changes.last_mut() {
            Some(last) if last.ids.end() == ids.start() && (last.from, last.to) == (from, to) => {
                last.ids = IdRange::spanning(last.ids.first(), ids.last());
            }
            _ => changes.push(IdChange { ids, from, to }),
        }
    }
    changes
}

/// What changes from a set to another one, by their ranges; either may be absent, which is as good
/// as empty here.
#[cfg(feature = "tcf")]
pub(crate) fn set_changes<I: Id>(
    from: impl IntoIterator<Item: IntoIterator<Item = IdRange<I>>>,
    to: impl IntoIterator<Item: IntoIterator<Item = IdRange<I>>>,
) -> Vec<IdChange<I, bool>> {
    id_changes(members(from.into_iter().flatten()), members(to.into_iter().flatten()))
}

/// The ranges of a set, each of which it has.
#[cfg(feature = "tcf")]
pub(crate) fn members<I>(
    ranges: impl IntoIterator<Item = IdRange<I>>,
) -> impl Iterator<Item = (IdRange<I>, bool)> {
    ranges.into_iter().map(|range| (range, true))
}

/// Calls `put` with the ranges of a list after some changes, rising, of which the list then says
/// something. `field` is the list's name.
pub(crate) fn apply_id_changes<I: Id, S: Said>(
    list: impl IntoIterator<Item = (IdRange<I>, S)>,
    changes: &[IdChange<I, S>],
    field: &'static str,
    mut put: impl FnMut(IdRange<I>, S),
) -> Result<(), ApplyError> {
    let changes = changes.iter().map(|change| (change.ids, (change.from, change.to)));
    for (ids, said, change) in side_by_side(list, changes) {
        let said = said.unwrap_or(S::SILENT);
        let to = match change {
            None => said,
            Some((from, to)) if from == said => to,
            Some(_) => return Err(ApplyError::OtherStart { field }),
        };
        if to != S::SILENT {
            put(ids, to);
        }
    }
    Ok(())
}
