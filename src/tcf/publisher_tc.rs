//! The publisher's own choices of the user: what the publisher itself may process for.
//!
//! | field | bits |
//! |---|---|
//! | `SegmentType`, 3 | 3 |
//! | `PubPurposesConsent`, `PubPurposesLITransparency` | 24 each |
//! | `NumCustomPurposes` | 6 |
//! | `CustomPurposesConsent`, `CustomPurposesLITransparency` | `NumCustomPurposes` each |

use super::fields::Fields;
use super::ids::SmallId;
use super::{CustomPurposeId, PurposeId, SmallSet};
use crate::bits::{BitWriter, Sink};
use crate::error::{DecodeError, EncodeError};

/// The choices that the user made for the publisher itself rather than for vendors.
///
/// ```
/// # use consent_string::tcf::{CustomPurposeId, PublisherTc, SmallSet};
/// let own = SmallSet::from_iter(CustomPurposeId::new(2));
/// let publisher_tc = PublisherTc::default().with_custom_purposes(3, own, SmallSet::EMPTY)?;
/// assert_eq!(publisher_tc.custom_purposes_count(), 3);
/// // Custom purpose 2 is not among the first one.
/// assert!(PublisherTc::default().with_custom_purposes(1, own, SmallSet::EMPTY).is_err());
/// # Ok::<(), consent_string::EncodeError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PublisherTc {
    purposes_consent: SmallSet<PurposeId>,
    purposes_li: SmallSet<PurposeId>,
    custom_purposes_count: u8,
    custom_purposes_consent: SmallSet<CustomPurposeId>,
    custom_purposes_li: SmallSet<CustomPurposeId>,
}

impl PublisherTc {
    /// The choices for the framework's purposes, without custom ones.
    #[must_use]
    pub const fn new(
        purposes_consent: SmallSet<PurposeId>,
        purposes_li: SmallSet<PurposeId>,
    ) -> Self {
        Self {
            purposes_consent,
            purposes_li,
            custom_purposes_count: 0,
            custom_purposes_consent: SmallSet::EMPTY,
            custom_purposes_li: SmallSet::EMPTY,
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
        consent: SmallSet<CustomPurposeId>,
        legitimate_interest: SmallSet<CustomPurposeId>,
    ) -> Result<Self, EncodeError> {
        EncodeError::check("custom_purposes_count", count.into(), CustomPurposeId::MAX.get())?;
        for (name, set) in
            [("custom_purposes_consent", consent), ("custom_purposes_li", legitimate_interest)]
        {
            EncodeError::check(name, set.last().map_or(0, CustomPurposeId::get), count.into())?;
        }
        Ok(Self {
            custom_purposes_count: count,
            custom_purposes_consent: consent,
            custom_purposes_li: legitimate_interest,
            ..self
        })
    }

    /// The purposes that the user consented to.
    #[must_use]
    pub const fn purposes_consent(&self) -> SmallSet<PurposeId> {
        self.purposes_consent
    }

    /// The purposes for which legitimate interest was shown to the user, who did not object.
    #[must_use]
    pub const fn purposes_li(&self) -> SmallSet<PurposeId> {
        self.purposes_li
    }

    /// How many custom purposes the publisher has, 0 to 63.
    #[must_use]
    pub const fn custom_purposes_count(&self) -> u8 {
        self.custom_purposes_count
    }

    /// The custom purposes that the user consented to.
    #[must_use]
    pub const fn custom_purposes_consent(&self) -> SmallSet<CustomPurposeId> {
        self.custom_purposes_consent
    }

    /// The custom purposes for which legitimate interest was shown to the user, who did not
    /// object.
    #[must_use]
    pub const fn custom_purposes_li(&self) -> SmallSet<CustomPurposeId> {
        self.custom_purposes_li
    }

    /// Reads what is behind the segment type.
    // Inlined, so that a check alone does not put the sets together.
    #[inline(always)]
    pub(super) fn take(fields: &mut Fields<'_>, sink: &mut impl Sink) -> Result<Self, DecodeError> {
        sink.ids_of("purpose");
        let purposes_consent = fields.set("purposes_consent", PurposeId::COUNT, sink)?;
        let purposes_li = fields.set("purposes_li", PurposeId::COUNT, sink)?;
        let count = fields.number("custom_purposes_count", 6, sink)?;
        sink.ids_of("custom purpose");
        Ok(Self {
            purposes_consent,
            purposes_li,
            #[allow(clippy::cast_possible_truncation, reason = "six bits")]
            custom_purposes_count: count as u8,
            custom_purposes_consent: fields.set("custom_purposes_consent", count.into(), sink)?,
            custom_purposes_li: fields.set("custom_purposes_li", count.into(), sink)?,
        })
    }

    pub(super) fn put(&self, writer: &mut BitWriter) {
        for purposes in [self.purposes_consent, self.purposes_li] {
            writer.put(purposes.to_field(PurposeId::COUNT), PurposeId::COUNT);
        }
        let count = u32::from(self.custom_purposes_count);
        writer.put(count.into(), 6);
        for purposes in [self.custom_purposes_consent, self.custom_purposes_li] {
            // More than one `put` takes, at most.
            let field = purposes.to_field(count);
            let low = count.min(32);
            writer.put(field >> low, count - low);
            writer.put(field & ((1 << low) - 1), low);
        }
    }
}
