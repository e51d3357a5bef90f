//! What can be wrong with a list.

use core::fmt;

use crate::time::TimestampError;

/// Why a list can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ListErrorKind {
    /// Not JSON, or cut off; bytes that are not UTF-8, wherever they stand.
    #[error("not valid JSON")]
    NotJson,
    /// A list of a version that isn't known: `"gvlSpecificationVersion": 1`.
    #[error("an unknown version, expected 2 or 3")]
    UnsupportedVersion,
    /// A property that each list, or vendor, has is not there: `{"vendors": {}}`.
    #[error("missing, expected a value")]
    Missing,
    /// A value of another type, or out of range: `"purposes": "1"`.
    #[error("not of its type")]
    WrongType,
    /// A property, or a number of a map, that was there before.
    #[error("there before, expected each once")]
    Repeated,
    /// A number that is no ID of its kind: purpose 0, purpose 25.
    #[error("not an ID, expected one of its kind")]
    InvalidId,
    /// The `id` of an entry is not the number under which it stands.
    #[error("not the number under which the entry stands")]
    OtherId,
    /// A time that can't be read: `"lastUpdated": "yesterday"`.
    #[error("{0}")]
    Time(TimestampError),
}

impl ListErrorKind {
    /// The kind's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotJson => "not_json",
            Self::UnsupportedVersion => "unsupported_version",
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::Repeated => "repeated",
            Self::InvalidId => "invalid_id",
            Self::OtherId => "other_id",
            Self::Time(_) => "time",
        }
    }
}

/// A list can't be read: what is wrong, and where.
///
/// ```
/// # use consent_string::gvl::{CmpList, ListErrorKind};
/// let json = br#"{"lastUpdated": "2025-01-02T16:00:27Z",
///                 "cmps": {"7": {"id": 8, "name": "A platform"}}}"#;
/// let error = CmpList::parse(json).unwrap_err();
/// assert_eq!(error.kind(), ListErrorKind::OtherId);
/// assert_eq!((error.map(), error.entry(), error.field()), (Some("cmps"), Some(7), Some("id")));
/// assert_eq!(
///     error.to_string(),
///     "cmps 7, id (line 2, column 62): not the number under which the entry stands",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListError {
    pub(super) kind: ListErrorKind,
    pub(super) place: Place,
    /// Line and column, from 1, of the last byte that was read.
    pub(super) position: Option<(usize, usize)>,
}

/// Where in a list something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// The map of entries, by its name.
    pub(super) map: Option<&'static str>,
    /// The number of the entry.
    pub(super) entry: Option<u16>,
    /// The property of the entry or, without a map, of the list.
    pub(super) field: Option<&'static str>,
}

impl ListError {
    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> ListErrorKind {
        self.kind
    }

    /// The map in which the error stands, such as `vendors`; `None` where it stands in none.
    #[must_use]
    pub const fn map(&self) -> Option<&'static str> {
        self.place.map
    }

    /// The number of the entry of [`map`](Self::map) in which the error stands.
    #[must_use]
    pub const fn entry(&self) -> Option<u16> {
        self.place.entry
    }

    /// The property of the entry or, without a map, of the list that is wrong; of nested ones
    /// the outermost.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        self.place.field
    }

    /// The line at which reading ended, from 1; `None` where all was read, and the list lacks a
    /// property.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.position.map(|(line, _)| line)
    }

    /// The byte of the line at which reading ended, from 1, or 0 before its first; `None` where
    /// there is no line.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.position.map(|(_, column)| column)
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { map, entry, field } = self.place;
        if let Some(map) = map {
            f.write_str(map)?;
        }
        if let Some(entry) = entry {
            write!(f, " {entry}")?;
        }
        if let Some(field) = field {
            f.write_str(if map.is_some() { ", " } else { "" })?;
            f.write_str(field)?;
        }
        if let Some((line, column)) = self.position {
            let space = if map.or(field).is_some() { " " } else { "" };
            write!(f, "{space}(line {line}, column {column})")?;
        }
        write!(f, ": {}", self.kind)
    }
}

impl core::error::Error for ListError {}
