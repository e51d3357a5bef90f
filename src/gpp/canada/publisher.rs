//! The publisher's own choices of the user, in Canada.
//!
//! | field | bits |
//! |---|---|
//! | `SegmentType`, 3 | 3 |
//! | `PubPurposesExpressConsent`, `PubPurposesImpliedConsent` | 24 each |
//! | `NumCustomPurposes` | 6 |
//! | `CustomPurposesExpressConsent`, `CustomPurposesImpliedConsent` | `NumCustomPurposes` each |

use crate::bits::{BitReader, BitWriter, Entries, FLAGS, Sink, TakeFields, Value};
use crate::error::{DecodeErrorKind, EncodeError, Fault};
use crate::tcf::{CustomPurposeId, PurposeId, SmallId, SmallSet};

/// The choices that the user made for the publisher itself rather than for vendors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct CanadaPublisher {
    purposes_express: SmallSet<PurposeId>,
    purposes_implied: SmallSet<PurposeId>,
    custom_purposes_count: u8,
    custom_purposes_express: SmallSet<CustomPurposeId>,
    custom_purposes_implied: SmallSet<CustomPurposeId>,
}

impl CanadaPublisher {
    /// The choices for the framework's purposes, without custom ones.
    #[must_use]
    pub const fn new(express: SmallSet<PurposeId>, implied: SmallSet<PurposeId>) -> Self {
        Self {
            purposes_express: express,
            purposes_implied: implied,
            custom_purposes_count: 0,
            custom_purposes_express: SmallSet::EMPTY,
            custom_purposes_implied: SmallSet::EMPTY,
        }
    }

    /// The same with choices for the custom purposes 1 to `count`.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] where `count` is past 63, or below a purpose in one of the sets.
    pub fn with_custom_purposes(
        self,
        count: u8,
        express: SmallSet<CustomPurposeId>,
        implied: SmallSet<CustomPurposeId>,
    ) -> Result<Self, EncodeError> {
        EncodeError::check("custom_purposes_count", count.into(), CustomPurposeId::MAX.get())?;
        for (name, set) in
            [("custom_purposes_express", express), ("custom_purposes_implied", implied)]
        {
            EncodeError::check(name, set.last().map_or(0, CustomPurposeId::get), count.into())?;
        }
        Ok(Self {
            custom_purposes_count: count,
            custom_purposes_express: express,
            custom_purposes_implied: implied,
            ..self
        })
    }

    /// The purposes with the user's express consent.
    #[must_use]
    pub const fn purposes_express(&self) -> SmallSet<PurposeId> {
        self.purposes_express
    }

    /// The purposes with the user's implied consent.
    #[must_use]
    pub const fn purposes_implied(&self) -> SmallSet<PurposeId> {
        self.purposes_implied
    }

    /// How many custom purposes the publisher has, 0 to 63.
    #[must_use]
    pub const fn custom_purposes_count(&self) -> u8 {
        self.custom_purposes_count
    }

    /// The custom purposes with the user's express consent.
    #[must_use]
    pub const fn custom_purposes_express(&self) -> SmallSet<CustomPurposeId> {
        self.custom_purposes_express
    }

    /// The custom purposes with the user's implied consent.
    #[must_use]
    pub const fn custom_purposes_implied(&self) -> SmallSet<CustomPurposeId> {
        self.custom_purposes_implied
    }

    /// Reads what is behind the segment type.
    pub(super) fn take(
        reader: &mut BitReader<'_>,
        sink: &mut impl Sink,
    ) -> Result<Self, (&'static str, Fault)> {
        sink.ids_of("purpose");
        let purposes_express = set("purposes_express", reader, PurposeId::COUNT, sink)?;
        let purposes_implied = set("purposes_implied", reader, PurposeId::COUNT, sink)?;
        let start = reader.position();
        #[allow(clippy::cast_possible_truncation, reason = "six bits")]
        let count =
            reader.take(6).map_err(|kind| ("custom_purposes_count", Fault::new(kind, start)))?
                as u8;
        let number = Value::Number(count.into());
        sink.field("custom_purposes_count", start, reader.position(), number);
        sink.ids_of("custom purpose");
        Ok(Self {
            purposes_express,
            purposes_implied,
            custom_purposes_count: count,
            custom_purposes_express: set("custom_purposes_express", reader, count.into(), sink)?,
            custom_purposes_implied: set("custom_purposes_implied", reader, count.into(), sink)?,
        })
    }

    pub(super) fn put(&self, writer: &mut BitWriter) {
        for purposes in [self.purposes_express, self.purposes_implied] {
            writer.put(purposes.to_field(PurposeId::COUNT), PurposeId::COUNT);
        }
        let count = u32::from(self.custom_purposes_count);
        writer.put(count.into(), 6);
        for purposes in [self.custom_purposes_express, self.custom_purposes_implied] {
            // More than one `put` takes, at most.
            let field = purposes.to_field(count);
            let low = count.min(32);
            writer.put(field >> low, count - low);
            writer.put(field & ((1 << low) - 1), low);
        }
    }
}

/// Reads a bit field of the IDs from 1 to `width`, which may be 0.
fn set<I: SmallId>(
    name: &'static str,
    reader: &mut BitReader<'_>,
    width: u32,
    sink: &mut impl Sink,
) -> Result<SmallSet<I>, (&'static str, Fault)> {
    let start = reader.position();
    // One load shows 57 bits, and there can be 63.
    let high = width.saturating_sub(32);
    let mut take = || {
        let mut field = 0;
        for part in [high, width - high] {
            if part > 0 {
                field = field << part | reader.take(part)?;
            }
        }
        Ok(SmallSet::from_field(field, width))
    };
    let set = take().map_err(|kind: DecodeErrorKind| (name, Fault::new(kind, start)))?;
    #[allow(clippy::cast_possible_truncation, reason = "63 at the most")]
    sink.entries(Entries { name, start, first: 1, count: width as u16, names: FLAGS });
    Ok(set)
}
