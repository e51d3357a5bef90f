//! The fields at the start of a core, which every TC string has at the same places.
//!
//! The constants below are the bit table: names as in this crate's API, which are those of
//! the specification in `snake_case`, but for `purposes_li` (`PurposesLITransparency`) and
//! `publisher_country_code` (`PublisherCC`). Times are deciseconds since 1970.

use super::fields::Fields;
use super::ids::SmallId;
use super::rules;
use super::{Letters, PurposeId, SmallSet, SpecialFeatureId};
use crate::bits::{BitReader, BitWriter, Field, FieldKind, Sink};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Fault};
use crate::time::Timestamp;

/// The version that this crate reads and writes.
pub(super) const VERSION: u8 = 2;

const VERSION_FIELD: Field = Field::first("version", 6);
const CREATED: Field = VERSION_FIELD.then("created", 36).of(FieldKind::Time);
const LAST_UPDATED: Field = CREATED.then("last_updated", 36).of(FieldKind::Time);
const CMP_ID: Field = LAST_UPDATED.then("cmp_id", 12);
const CMP_VERSION: Field = CMP_ID.then("cmp_version", 12);
const CONSENT_SCREEN: Field = CMP_VERSION.then("consent_screen", 6);
const CONSENT_LANGUAGE: Field = CONSENT_SCREEN.then("consent_language", 12).of(FieldKind::Letters);
const VENDOR_LIST_VERSION: Field = CONSENT_LANGUAGE.then("vendor_list_version", 12);
const TCF_POLICY_VERSION: Field = VENDOR_LIST_VERSION.then("tcf_policy_version", 6);
const IS_SERVICE_SPECIFIC: Field =
    TCF_POLICY_VERSION.then("is_service_specific", 1).of(FieldKind::Flag);
const USE_NON_STANDARD_TEXTS: Field =
    IS_SERVICE_SPECIFIC.then("use_non_standard_texts", 1).of(FieldKind::Flag);
const SPECIAL_FEATURES: Field = USE_NON_STANDARD_TEXTS
    .then("special_feature_opt_ins", SpecialFeatureId::COUNT)
    .of(FieldKind::Ids("special feature"));
const PURPOSES_CONSENT: Field =
    SPECIAL_FEATURES.then("purposes_consent", PurposeId::COUNT).of(FieldKind::Ids("purpose"));
const PURPOSES_LI: Field =
    PURPOSES_CONSENT.then("purposes_li", PurposeId::COUNT).of(FieldKind::Ids("purpose"));
const PURPOSE_ONE_TREATMENT: Field =
    PURPOSES_LI.then("purpose_one_treatment", 1).of(FieldKind::Flag);
const PUBLISHER_COUNTRY_CODE: Field =
    PURPOSE_ONE_TREATMENT.then("publisher_country_code", 12).of(FieldKind::Letters);

/// All fields, rising.
const FIELDS: [Field; 16] = [
    VERSION_FIELD,
    CREATED,
    LAST_UPDATED,
    CMP_ID,
    CMP_VERSION,
    CONSENT_SCREEN,
    CONSENT_LANGUAGE,
    VENDOR_LIST_VERSION,
    TCF_POLICY_VERSION,
    IS_SERVICE_SPECIFIC,
    USE_NON_STANDARD_TEXTS,
    SPECIAL_FEATURES,
    PURPOSES_CONSENT,
    PURPOSES_LI,
    PURPOSE_ONE_TREATMENT,
    PUBLISHER_COUNTRY_CODE,
];

/// The fixed fields of a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Header {
    pub(super) created: Timestamp,
    pub(super) last_updated: Timestamp,
    pub(super) cmp_id: u16,
    pub(super) cmp_version: u16,
    pub(super) consent_screen: u8,
    /// `None` where the six bits of a letter stand for none.
    pub(super) consent_language: Option<Letters>,
    pub(super) vendor_list_version: u16,
    pub(super) tcf_policy_version: u8,
    pub(super) is_service_specific: bool,
    pub(super) use_non_standard_texts: bool,
    pub(super) special_feature_opt_ins: SmallSet<SpecialFeatureId>,
    pub(super) purposes_consent: SmallSet<PurposeId>,
    pub(super) purposes_li: SmallSet<PurposeId>,
    pub(super) purpose_one_treatment: bool,
    /// `None` where the six bits of a letter stand for none.
    pub(super) publisher_country_code: Option<Letters>,
}

impl Header {
    /// How many bits a header has.
    pub(super) const BITS: usize = PUBLISHER_COUNTRY_CODE.end();

    /// The header of a string in which nothing but the time is set.
    pub(super) const fn new(created: Timestamp) -> Self {
        Self {
            created,
            last_updated: created,
            cmp_id: 0,
            cmp_version: 0,
            consent_screen: 0,
            consent_language: Some(Letters::AA),
            vendor_list_version: 0,
            tcf_policy_version: 0,
            is_service_specific: false,
            use_non_standard_texts: false,
            special_feature_opt_ins: SmallSet::EMPTY,
            purposes_consent: SmallSet::EMPTY,
            purposes_li: SmallSet::EMPTY,
            purpose_one_treatment: false,
            publisher_country_code: Some(Letters::AA),
        }
    }

    /// Checks the header of a core and passes over it.
    #[inline]
    pub(super) fn check<S: Sink>(
        core: &mut Fields<'_>,
        allow_undefined_letters: bool,
        sink: &mut S,
    ) -> Result<(), DecodeError> {
        if S::LISTENS {
            sink.rule(rules::CORE);
            Field::tell_all(&FIELDS, core.reader, sink);
        }
        let version = |version| match version {
            version if version == u64::from(VERSION) => Ok(()),
            #[allow(clippy::cast_possible_truncation)]
            version => {
                Err(DecodeErrorKind::UnsupportedVersion { version: version as u8, expected: "2" })
            }
        };
        let letters = |field| match Letters::from_field(field) {
            None if !allow_undefined_letters => Err(DecodeErrorKind::UndefinedLetter),
            _ => Ok(()),
        };
        // In any other field every value is allowed.
        Self::check_field(core, VERSION_FIELD, version)?;
        Self::check_field(core, CONSENT_LANGUAGE, letters)?;
        Self::check_field(core, PUBLISHER_COUNTRY_CODE, letters)?;
        core.field("version", |reader| reader.skip(Self::BITS))
    }

    /// Checks a field and that it and all before it are there.
    #[inline]
    fn check_field(
        core: &Fields<'_>,
        field: Field,
        check: impl FnOnce(u64) -> Result<(), DecodeErrorKind>,
    ) -> Result<(), DecodeError> {
        if field.end() > core.reader.left() {
            return Err(Self::cut(core));
        }
        check(field.get(core.reader)).map_err(|kind| Self::error(core, field, kind))
    }

    /// The error of the first field that is not there as a whole.
    #[cold]
    fn cut(core: &Fields<'_>) -> DecodeError {
        let cut = FIELDS.into_iter().find(|field| field.end() > core.reader.left());
        let cut = cut.expect("the field itself is not there, if none before it is missing");
        Self::error(core, cut, DecodeErrorKind::Truncated)
    }

    /// An error at the start of a field.
    #[cold]
    fn error(core: &Fields<'_>, field: Field, kind: DecodeErrorKind) -> DecodeError {
        core.error(field.name, Fault::new(kind, core.reader.position() + field.start))
    }

    /// The header of a core that was checked before; `core` stands at its start.
    ///
    /// Inlined, so that who wants one field reads one field.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "as wide as the fields are")]
    pub(super) fn of_checked(core: BitReader<'_>) -> Self {
        let letters = |field: Field| Letters::from_field(field.get(core));
        let purposes = |field: Field| SmallSet::from_field(field.get(core), field.bits);
        Self {
            created: Timestamp::from_bits(CREATED.get(core)),
            last_updated: Timestamp::from_bits(LAST_UPDATED.get(core)),
            cmp_id: CMP_ID.get(core) as u16,
            cmp_version: CMP_VERSION.get(core) as u16,
            consent_screen: CONSENT_SCREEN.get(core) as u8,
            consent_language: letters(CONSENT_LANGUAGE),
            vendor_list_version: VENDOR_LIST_VERSION.get(core) as u16,
            tcf_policy_version: TCF_POLICY_VERSION.get(core) as u8,
            is_service_specific: IS_SERVICE_SPECIFIC.get(core) != 0,
            use_non_standard_texts: USE_NON_STANDARD_TEXTS.get(core) != 0,
            special_feature_opt_ins: SmallSet::from_field(
                SPECIAL_FEATURES.get(core),
                SPECIAL_FEATURES.bits,
            ),
            purposes_consent: purposes(PURPOSES_CONSENT),
            purposes_li: purposes(PURPOSES_LI),
            purpose_one_treatment: PURPOSE_ONE_TREATMENT.get(core) != 0,
            publisher_country_code: letters(PUBLISHER_COUNTRY_CODE),
        }
    }

    /// Whether one purpose is in `purposes_consent`, without the others.
    #[inline]
    pub(super) fn consents_to(core: BitReader<'_>, purpose: PurposeId) -> bool {
        PURPOSES_CONSENT.has(core, purpose.get())
    }

    /// Whether one purpose is in `purposes_li`, without the others.
    #[inline]
    pub(super) fn has_li(core: BitReader<'_>, purpose: PurposeId) -> bool {
        PURPOSES_LI.has(core, purpose.get())
    }

    /// Writes the header.
    pub(super) fn put(&self, writer: &mut BitWriter) -> Result<(), EncodeError> {
        let letters = |field: Field, letters: Option<Letters>| {
            letters
                .map(Letters::to_field)
                .ok_or(EncodeError::new(EncodeErrorKind::Missing, field.name))
        };
        let language = letters(CONSENT_LANGUAGE, self.consent_language)?;
        let country = letters(PUBLISHER_COUNTRY_CODE, self.publisher_country_code)?;
        for (field, value) in [
            (VERSION_FIELD, VERSION.into()),
            (CREATED, self.created.deciseconds()),
            (LAST_UPDATED, self.last_updated.deciseconds()),
            (CMP_ID, self.cmp_id.into()),
            (CMP_VERSION, self.cmp_version.into()),
            (CONSENT_SCREEN, self.consent_screen.into()),
            (CONSENT_LANGUAGE, language),
            (VENDOR_LIST_VERSION, self.vendor_list_version.into()),
            (TCF_POLICY_VERSION, self.tcf_policy_version.into()),
            (IS_SERVICE_SPECIFIC, self.is_service_specific.into()),
            (USE_NON_STANDARD_TEXTS, self.use_non_standard_texts.into()),
            (SPECIAL_FEATURES, self.special_feature_opt_ins.to_field(SPECIAL_FEATURES.bits)),
            (PURPOSES_CONSENT, self.purposes_consent.to_field(PURPOSES_CONSENT.bits)),
            (PURPOSES_LI, self.purposes_li.to_field(PURPOSES_LI.bits)),
            (PURPOSE_ONE_TREATMENT, self.purpose_one_treatment.into()),
            (PUBLISHER_COUNTRY_CODE, country),
        ] {
            debug_assert_eq!(writer.position(), field.start, "each at its place");
            let maximum = (1 << field.bits) - 1;
            if value > maximum {
                let maximum = u16::try_from(maximum).expect("only short fields can be too small");
                return Err(EncodeError::new(EncodeErrorKind::OutOfRange { maximum }, field.name));
            }
            writer.put(value, field.bits);
        }
        Ok(())
    }
}
