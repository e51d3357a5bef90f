//! The fields at the start of a core, which every TC string has at the same places.
//!
//! | field | bits |
//! |---|---|
//! | Version, always 2 | 6 |
//! | Created, LastUpdated: deciseconds since 1970 | 36 each |
//! | `CmpId`, `CmpVersion` | 12 each |
//! | `ConsentScreen` | 6 |
//! | ConsentLanguage: two letters | 12 |
//! | `VendorListVersion` | 12 |
//! | `TcfPolicyVersion` | 6 |
//! | `IsServiceSpecific`, `UseNonStandardTexts` | 1 each |
//! | `SpecialFeatureOptIns` | 12 |
//! | `PurposesConsent`, `PurposesLITransparency` | 24 each |
//! | `PurposeOneTreatment` | 1 |
//! | PublisherCC: two letters | 12 |

use super::fields::Fields;
use super::ids::SmallId;
use super::{Letters, PurposeId, SmallSet, SpecialFeatureId};
use crate::bits::BitWriter;
use crate::error::{DecodeError, DecodeErrorKind};
use crate::time::Timestamp;

/// The version that this crate reads and writes.
pub(super) const VERSION: u8 = 2;

/// The fixed fields of a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Header {
    pub(super) created: Timestamp,
    pub(super) last_updated: Timestamp,
    pub(super) cmp_id: u16,
    pub(super) cmp_version: u16,
    pub(super) consent_screen: u8,
    pub(super) consent_language: Letters,
    pub(super) vendor_list_version: u16,
    pub(super) tcf_policy_version: u8,
    pub(super) is_service_specific: bool,
    pub(super) use_non_standard_texts: bool,
    pub(super) special_feature_opt_ins: SmallSet<SpecialFeatureId>,
    pub(super) purposes_consent: SmallSet<PurposeId>,
    pub(super) purposes_li: SmallSet<PurposeId>,
    pub(super) purpose_one_treatment: bool,
    pub(super) publisher_country_code: Letters,
}

impl Header {
    /// How many bits a header has.
    pub(super) const BITS: usize = 213;

    /// The header of a string in which nothing but the time is set.
    pub(super) const fn new(created: Timestamp) -> Self {
        Self {
            created,
            last_updated: created,
            cmp_id: 0,
            cmp_version: 0,
            consent_screen: 0,
            consent_language: Letters::AA,
            vendor_list_version: 0,
            tcf_policy_version: 0,
            is_service_specific: false,
            use_non_standard_texts: false,
            special_feature_opt_ins: SmallSet::EMPTY,
            purposes_consent: SmallSet::EMPTY,
            purposes_li: SmallSet::EMPTY,
            purpose_one_treatment: false,
            publisher_country_code: Letters::AA,
        }
    }

    pub(super) fn take(fields: &mut Fields<'_>) -> Result<Self, DecodeError> {
        fields.field("version", |reader| match reader.take(6)? {
            version if version == u64::from(VERSION) => Ok(()),
            #[allow(clippy::cast_possible_truncation)]
            version => {
                Err(DecodeErrorKind::UnsupportedVersion { version: version as u8, expected: "2" })
            }
        })?;
        // The fields of a struct expression are evaluated in the order they are written in.
        Ok(Self {
            created: fields.time("created")?,
            last_updated: fields.time("last_updated")?,
            cmp_id: fields.medium("cmp_id", 12)?,
            cmp_version: fields.medium("cmp_version", 12)?,
            consent_screen: fields.small("consent_screen", 6)?,
            consent_language: fields.letters("consent_language")?,
            vendor_list_version: fields.medium("vendor_list_version", 12)?,
            tcf_policy_version: fields.small("tcf_policy_version", 6)?,
            is_service_specific: fields.flag("is_service_specific")?,
            use_non_standard_texts: fields.flag("use_non_standard_texts")?,
            special_feature_opt_ins: fields
                .set("special_feature_opt_ins", SpecialFeatureId::COUNT)?,
            purposes_consent: fields.set("purposes_consent", PurposeId::COUNT)?,
            purposes_li: fields.set("purposes_li", PurposeId::COUNT)?,
            purpose_one_treatment: fields.flag("purpose_one_treatment")?,
            publisher_country_code: fields.letters("publisher_country_code")?,
        })
    }

    pub(super) fn put(&self, writer: &mut BitWriter) {
        writer.put(VERSION.into(), 6);
        writer.put(self.created.deciseconds(), 36);
        writer.put(self.last_updated.deciseconds(), 36);
        writer.put(self.cmp_id.into(), 12);
        writer.put(self.cmp_version.into(), 12);
        writer.put(self.consent_screen.into(), 6);
        writer.put(self.consent_language.to_field(), 12);
        writer.put(self.vendor_list_version.into(), 12);
        writer.put(self.tcf_policy_version.into(), 6);
        writer.put_flag(self.is_service_specific);
        writer.put_flag(self.use_non_standard_texts);
        writer.put(self.special_feature_opt_ins.to_field(12), 12);
        writer.put(self.purposes_consent.to_field(24), 24);
        writer.put(self.purposes_li.to_field(24), 24);
        writer.put_flag(self.purpose_one_treatment);
        writer.put(self.publisher_country_code.to_field(), 12);
    }
}

/// The header's getters, for both forms of a TC string: `$header` is where `$self` has it.
macro_rules! header_getters {
    ($self:ident => $header:expr) => {
        /// When the string was first created. From TCF 2.2 on it is the same as
        /// [`last_updated`](Self::last_updated) and midnight UTC; decoding asks for neither.
        #[must_use]
        pub fn created(&$self) -> $crate::Timestamp {
            $header.created
        }

        /// When the string was last changed.
        #[must_use]
        pub fn last_updated(&$self) -> $crate::Timestamp {
            $header.last_updated
        }

        /// The consent management platform's number in IAB Europe's list, 0 to 4095.
        #[must_use]
        pub fn cmp_id(&$self) -> u16 {
            $header.cmp_id
        }

        /// The platform's own version, 0 to 4095.
        #[must_use]
        pub fn cmp_version(&$self) -> u16 {
            $header.cmp_version
        }

        /// The screen on which the user chose, by the platform's own numbers, 0 to 63.
        #[must_use]
        pub fn consent_screen(&$self) -> u8 {
            $header.consent_screen
        }

        /// The language in which the user was asked.
        #[must_use]
        pub fn consent_language(&$self) -> $crate::tcf::Letters {
            $header.consent_language
        }

        /// The version of the Global Vendor List that was used, 0 to 4095.
        #[must_use]
        pub fn vendor_list_version(&$self) -> u16 {
            $header.vendor_list_version
        }

        /// The version of the framework's policies, 0 to 63: 2 for TCF 2.0 and 2.1, 4 from
        /// TCF 2.2 on, 5 for TCF 2.3.
        #[must_use]
        pub fn tcf_policy_version(&$self) -> u8 {
            $header.tcf_policy_version
        }

        /// Whether the choices are for one service or group of services, rather than for all
        /// of the web.
        #[must_use]
        pub fn is_service_specific(&$self) -> bool {
            $header.is_service_specific
        }

        /// Whether the user was shown other texts than the standard ones.
        #[must_use]
        pub fn use_non_standard_texts(&$self) -> bool {
            $header.use_non_standard_texts
        }

        /// The special features that the user opted in to.
        #[must_use]
        pub fn special_feature_opt_ins(
            &$self,
        ) -> $crate::tcf::SmallSet<$crate::tcf::SpecialFeatureId> {
            $header.special_feature_opt_ins
        }

        /// The purposes that the user consented to.
        #[must_use]
        pub fn purposes_consent(&$self) -> $crate::tcf::SmallSet<$crate::tcf::PurposeId> {
            $header.purposes_consent
        }

        /// The purposes for which legitimate interest was shown to the user, who did not
        /// object.
        #[must_use]
        pub fn purposes_li(
            &$self,
        ) -> $crate::tcf::SmallSet<$crate::tcf::PurposeId> {
            $header.purposes_li
        }

        /// Whether purpose 1 was *not* disclosed, because the law of the publisher's country
        /// asks for no consent to it.
        #[must_use]
        pub fn purpose_one_treatment(&$self) -> bool {
            $header.purpose_one_treatment
        }

        /// The country of the publisher's establishment, or of the law that applies.
        #[must_use]
        pub fn publisher_country_code(&$self) -> $crate::tcf::Letters {
            $header.publisher_country_code
        }
    };
}
pub(super) use header_getters;
