//! The list of consent management platforms.

use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use serde::Deserializer;

use super::ListError;
use super::deletion::Deletion;
use super::read::{self, Read, properties};
use super::table::{Entries, Table};
use super::track::{Depth, Track};
use crate::time::Timestamp;

mod number {
    crate::ids::id_type! {
        /// A platform's number, 1 to 4095: a TC string has twelve bits for it.
        CmpNumber, 4095
    }
}
use number::CmpNumber;

/// IAB Europe's list of consent management platforms: who the `CmpId` of a TC string is.
///
/// A TC string of a platform is to be discarded from the platform's `deletedDate` on, and one
/// whose `CmpId` isn't in the list is suspect (documented).
///
/// ```
/// use consent_string::gvl::CmpList;
///
/// let list = CmpList::parse(br#"{"lastUpdated": "2025-01-02T16:00:27Z", "cmps": {
///     "31": {"id": 31, "name": "A platform", "isCommercial": true, "environments": ["Web"],
///            "deletedDate": "2024-06-01T00:00:00Z"}
/// }}"#)?;
/// let platform = list.platform(31).unwrap();
/// assert!(platform.is_deleted_at("2024-06-01T00:00:00Z".parse().unwrap()));
/// assert!(list.platform(32).is_none());
/// # Ok::<(), consent_string::gvl::ListError>(())
/// ```
#[derive(Debug, Clone)]
pub struct CmpList {
    last_updated: Option<Timestamp>,
    cmps: Table<CmpNumber, Cmp>,
}

impl CmpList {
    /// Reads a list, in time and memory that grow with its length.
    ///
    /// # Errors
    ///
    /// See [`ListErrorKind`](super::ListErrorKind), which has an example of each.
    pub fn parse(json: impl AsRef<[u8]>) -> Result<Self, ListError> {
        read::file(json.as_ref())
    }

    /// When the list was published, if it says so.
    #[must_use]
    pub const fn last_updated(&self) -> Option<Timestamp> {
        self.last_updated
    }

    /// A platform by its `CmpId`, deleted ones among them: see [`Cmp::is_deleted_at`].
    #[must_use]
    pub fn platform(&self, id: u16) -> Option<&Cmp> {
        self.cmps.get(CmpNumber::new(id)?)
    }

    /// All platforms, deleted ones among them.
    pub fn platforms(&self) -> Entries<'_, Cmp> {
        self.cmps.iter()
    }
}

impl FromStr for CmpList {
    type Err = ListError;

    /// Does what [`parse`](Self::parse) does.
    fn from_str(json: &str) -> Result<Self, ListError> {
        Self::parse(json)
    }
}

properties! { ListProperties, List:
    last_updated: Option<Timestamp> = "lastUpdated",
    cmps: Table<CmpNumber, Cmp> = "cmps",
}

impl Read for CmpList {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        let list: ListProperties = read::object(deserializer, track)?;
        Ok(Self {
            last_updated: list.last_updated.flatten(),
            cmps: track.required(list.cmps, "cmps", Depth::List)?,
        })
    }
}

/// A consent management platform.
#[derive(Debug, Clone)]
pub struct Cmp {
    id: CmpNumber,
    name: String,
    is_commercial: Option<bool>,
    environments: Vec<String>,
    deletion: Deletion,
}

impl Cmp {
    /// The platform's number, the `CmpId` of its TC strings: 1 to 4095.
    #[must_use]
    pub const fn id(&self) -> u16 {
        self.id.get()
    }

    /// The platform's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the platform is sold to publishers.
    #[must_use]
    pub const fn is_commercial(&self) -> Option<bool> {
        self.is_commercial
    }

    /// Where the platform runs: `Web`, `Mobile`.
    #[must_use]
    pub fn environments(&self) -> &[String] {
        &self.environments
    }

    /// From when on the platform is deleted, if it is.
    #[must_use]
    pub const fn deleted_date(&self) -> Option<Timestamp> {
        self.deletion.date()
    }

    /// Whether the platform is deleted at a time: from its `deletedDate` on.
    #[must_use]
    pub fn is_deleted_at(&self, now: Timestamp) -> bool {
        self.deletion.has_happened_at(now)
    }
}

properties! { CmpProperties, Entry:
    id: u16 = "id",
    name: String = "name",
    is_commercial: Option<bool> = "isCommercial",
    environments: Vec<String> = "environments",
    deleted: Option<Timestamp> = "deletedDate",
}

impl Read for Cmp {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        let properties: CmpProperties = read::object(deserializer, track)?;
        Ok(Self {
            id: track.entry_id(properties.id)?,
            name: track.required(properties.name, "name", Depth::Entry)?,
            is_commercial: properties.is_commercial.flatten(),
            environments: properties.environments.unwrap_or_default(),
            deletion: Deletion::new(properties.deleted.flatten()),
        })
    }
}
