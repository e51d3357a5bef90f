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

use uuid::Uuid;

use super::rules;
use super::version::{Regulation, Version};
use crate::bits::{BitReader, BitWriter, Rule, Sink, TakeFields, Value};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::time::Timestamp;

/// The header's fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) user_id: Uuid,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) edition: Edition,
}

/// What only one of the versions has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edition {
    V1,
    V2 { regulation: Regulation, sync: Option<Timestamp> },
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
    pub(super) fn take(
        reader: &mut BitReader<'_>,
        sink: &mut impl Sink,
    ) -> Result<Self, DecodeError> {
        let number = |version: &Version| Value::Number(version.number().into());
        let version = take(reader, sink, "version", rules::HEADER, number, |reader| match reader
            .take(6)?
        {
            1 => Ok(Version::V1),
            2 => Ok(Version::V2),
            #[allow(clippy::cast_possible_truncation)]
            version => Err(DecodeErrorKind::UnsupportedVersion {
                version: version as u8,
                expected: "1 or 2",
            }),
        })?;
        let user_id = take(
            reader,
            sink,
            "user_id",
            rules::HEADER,
            |id: &Uuid| Value::Uuid(id.as_u128()),
            |reader| {
                let mut quarter = || reader.take(32).map(u128::from);
                Ok(Uuid::from_u128(
                    quarter()? << 96 | quarter()? << 64 | quarter()? << 32 | quarter()?,
                ))
            },
        )?;
        let created = take(reader, sink, "created", rules::TIME, time, timestamp)?;
        let updated = take(reader, sink, "updated", rules::TIME, time, timestamp)?;
        let edition = match version {
            Version::V1 => Edition::V1,
            Version::V2 => Edition::V2 {
                regulation: take(
                    reader,
                    sink,
                    "regulation",
                    rules::HEADER,
                    |&Regulation(number)| match number {
                        1 => Value::Named(1, "GDPR"),
                        other => Value::Number(other.into()),
                    },
                    |reader| reader.take_u16().map(Regulation),
                )?,
                sync: Self::take_sync(reader, sink)?,
            },
        };
        Ok(Self { user_id, created, updated, edition })
    }

    /// Reads the flag and, behind a flag of 1, the time of the last synchronization.
    #[inline(always)]
    fn take_sync<S: Sink>(
        reader: &mut BitReader<'_>,
        sink: &mut S,
    ) -> Result<Option<Timestamp>, DecodeError> {
        let start = reader.position();
        let sync = |reader: &mut BitReader<'_>| {
            if reader.take_flag()? { timestamp(reader).map(Some) } else { Ok(None) }
        };
        let sync = sync(reader).map_err(|kind| fault(kind, start, "sync"));
        if S::LISTENS {
            let end = reader.position();
            let is_set = end > start + 1;
            sink.rule(if is_set { rules::SYNC } else { rules::NO_SYNC });
            sink.field("sync_flag", start, end.min(start + 1), Value::Flag(is_set));
            if let Ok(Some(sync)) = sync {
                sink.field("sync", start + 1, end, time(&sync));
            }
        }
        sync
    }

    /// How many bits the header has.
    pub(super) const fn bits(&self) -> usize {
        let version_1 = 6 + 128 + 36 + 36;
        match self.edition {
            Edition::V1 => version_1,
            Edition::V2 { sync: None, .. } => version_1 + 16 + 1,
            Edition::V2 { sync: Some(_), .. } => version_1 + 16 + 1 + 36,
        }
    }

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
fn take<'a, T, S: Sink>(
    reader: &mut BitReader<'a>,
    sink: &mut S,
    field: &'static str,
    rule: Rule,
    value: impl FnOnce(&T) -> Value,
    read: impl FnOnce(&mut BitReader<'a>) -> Result<T, DecodeErrorKind>,
) -> Result<T, DecodeError> {
    let start = reader.position();
    let read = read(reader).map_err(|kind| fault(kind, start, field));
    if S::LISTENS {
        sink.rule(rule);
        let value = read.as_ref().map_or(Value::Unread, value);
        sink.field(field, start, reader.position(), value);
    }
    read
}

#[cold]
fn fault(kind: DecodeErrorKind, start: usize, field: &'static str) -> DecodeError {
    Fault::new(kind, start).at(Segment::Sections, field)
}

fn time(time: &Timestamp) -> Value {
    Value::Time(time.deciseconds())
}

#[inline(always)]
fn timestamp(reader: &mut BitReader<'_>) -> Result<Timestamp, DecodeErrorKind> {
    reader.take(36).map(Timestamp::from_bits)
}
