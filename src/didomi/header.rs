//! The header: version, user, dates, and in version 2 regulation and sync date.
//!
//! | field | bits | |
//! | --- | --- | --- |
//! | version | 6 | 1 or 2: documented |
//! | `user_id` | 128 | a UUID: documented |
//! | created | 36 | deciseconds since 1970: seen |
//! | updated | 36 | the same |
//! | regulation | 16 | version 2 only: documented; that 1 is GDPR: seen |
//! | sync | 1, or 1 + 36 | version 2 only: documented; the flag 0 is seen, the date behind the flag 1 is inferred |

use core::fmt;

use uuid::Uuid;

use crate::bits::{BitReader, BitWriter, TakeFields};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::time::Timestamp;

/// The version of a Didomi Consent String.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Version {
    /// 1; such a string starts with `B`.
    V1 = 1,
    /// 2, which has a regulation and may have a sync date; such a string starts with `C`.
    V2 = 2,
}

impl Version {
    /// 1 or 2.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The version of a number; `None` unless it is 1 or 2.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::V1),
            2 => Some(Self::V2),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.number(), f)
    }
}

/// Didomi's number for a regulation, 0 to 65535.
///
/// Only one number is known, and that from a real string: 1 is GDPR. The others are not
/// published, so the number is kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Regulation(pub u16);

impl Regulation {
    /// The General Data Protection Regulation. Seen, not documented.
    pub const GDPR: Self = Self(1);
}

impl fmt::Display for Regulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// The header's fields.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Header {
    pub(super) user_id: Uuid,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) edition: Edition,
}

/// What only one of the versions has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Edition {
    V1,
    V2 { regulation: Regulation, sync: Option<Timestamp> },
}

/// Not the user's ID.
impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Header")
            .field("created", &self.created)
            .field("updated", &self.updated)
            .field("edition", &self.edition)
            .finish_non_exhaustive()
    }
}

impl Header {
    pub(super) const fn version(&self) -> Version {
        match self.edition {
            Edition::V1 => Version::V1,
            Edition::V2 { .. } => Version::V2,
        }
    }

    pub(super) const fn regulation(&self) -> Option<Regulation> {
        match self.edition {
            Edition::V1 => None,
            Edition::V2 { regulation, .. } => Some(regulation),
        }
    }

    pub(super) const fn sync(&self) -> Option<Timestamp> {
        match self.edition {
            Edition::V1 => None,
            Edition::V2 { sync, .. } => sync,
        }
    }

    /// Reads a header.
    // Always inlined: at the start of the bits all places are known to the compiler.
    #[inline(always)]
    pub(super) fn take(reader: &mut BitReader<'_>) -> Result<Self, DecodeError> {
        let version = take(reader, "version", |reader| match reader.take(6)? {
            1 => Ok(Version::V1),
            2 => Ok(Version::V2),
            #[allow(clippy::cast_possible_truncation)]
            version => Err(DecodeErrorKind::UnsupportedVersion {
                version: version as u8,
                expected: "1 or 2",
            }),
        })?;
        let user_id = take(reader, "user_id", |reader| {
            let mut quarter = || reader.take(32).map(u128::from);
            Ok(Uuid::from_u128(quarter()? << 96 | quarter()? << 64 | quarter()? << 32 | quarter()?))
        })?;
        let created = take(reader, "created", timestamp)?;
        let updated = take(reader, "updated", timestamp)?;
        let edition = match version {
            Version::V1 => Edition::V1,
            Version::V2 => Edition::V2 {
                regulation: take(reader, "regulation", |reader| reader.take_u16().map(Regulation))?,
                sync: take(reader, "sync", |reader| {
                    if reader.take_flag()? { timestamp(reader).map(Some) } else { Ok(None) }
                })?,
            },
        };
        Ok(Self { user_id, created, updated, edition })
    }

    /// No header needs more bits: that of version 2 with a time of its last synchronization.
    pub(super) const MOST_BITS: usize = 259;

    /// Writes the header.
    pub(super) fn put(&self, writer: &mut BitWriter) {
        writer.put(u64::from(self.version().number()), 6);
        let (high, low) = self.user_id.as_u64_pair();
        writer.put_word(high, 64);
        writer.put_word(low, 64);
        writer.put(self.created.deciseconds(), 36);
        writer.put(self.updated.deciseconds(), 36);
        if let Edition::V2 { regulation, sync } = self.edition {
            writer.put(u64::from(regulation.0), 16);
            writer.put_flag(sync.is_some());
            if let Some(sync) = sync {
                writer.put(sync.deciseconds(), 36);
            }
        }
    }
}

/// Reads one field; an error says its name and where it starts.
#[inline(always)]
fn take<'a, T>(
    reader: &mut BitReader<'a>,
    field: &'static str,
    read: impl FnOnce(&mut BitReader<'a>) -> Result<T, DecodeErrorKind>,
) -> Result<T, DecodeError> {
    let start = reader.position();
    read(reader).map_err(|kind| Fault::new(kind, start).at(Segment::Sections, field))
}

#[inline(always)]
fn timestamp(reader: &mut BitReader<'_>) -> Result<Timestamp, DecodeErrorKind> {
    reader.take(36).map(Timestamp::from_bits)
}

/// The getters of the header's fields, the same for both forms of a string.
macro_rules! header_getters {
    () => {
        /// The version.
        #[must_use]
        pub const fn version(&self) -> Version {
            self.header.version()
        }

        /// Didomi's ID of the user.
        #[must_use]
        pub const fn user_id(&self) -> Uuid {
            self.header.user_id
        }

        /// When the user's choices were first stored.
        #[must_use]
        pub const fn created(&self) -> Timestamp {
            self.header.created
        }

        /// When the user's choices were last changed.
        #[must_use]
        pub const fn updated(&self) -> Timestamp {
            self.header.updated
        }

        /// The regulation; version 1 has none.
        #[must_use]
        pub const fn regulation(&self) -> Option<Regulation> {
            self.header.regulation()
        }

        /// When the choices were last synchronized; version 1 has none. The place of this date in
        /// the bits is inferred: no real string with one is known.
        #[must_use]
        pub const fn sync(&self) -> Option<Timestamp> {
            self.header.sync()
        }
    };
}
pub(super) use header_getters;
