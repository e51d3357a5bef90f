//! The fields at the start of a core, which has them at the same places in every form.

use super::super::rules;
use crate::bits::{BitReader, BitWriter, Field, FieldKind, Sink};
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, Fault, Segment};
use crate::tcf::{Letters, PurposeId, SmallSet, SpecialFeatureId};
use crate::time::Timestamp;

pub(super) const VERSION: u8 = 1;

const VERSION_FIELD: Field = Field::first("version", 6);
const CREATED: Field = VERSION_FIELD.then("created", 36).of(FieldKind::Time);
const LAST_UPDATED: Field = CREATED.then("last_updated", 36).of(FieldKind::Time);
const CMP_ID: Field = LAST_UPDATED.then("cmp_id", 12);
const CMP_VERSION: Field = CMP_ID.then("cmp_version", 12);
const CONSENT_SCREEN: Field = CMP_VERSION.then("consent_screen", 6);
const CONSENT_LANGUAGE: Field = CONSENT_SCREEN.then("consent_language", 12).of(FieldKind::Letters);
const VENDOR_LIST_VERSION: Field = CONSENT_LANGUAGE.then("vendor_list_version", 12);
const TCF_POLICY_VERSION: Field = VENDOR_LIST_VERSION.then("tcf_policy_version", 6);
const USE_NON_STANDARD_STACKS: Field =
    TCF_POLICY_VERSION.then("use_non_standard_stacks", 1).of(FieldKind::Flag);
const SPECIAL_FEATURES: Field = USE_NON_STANDARD_STACKS
    .then("special_feature_opt_ins", 12)
    .of(FieldKind::Ids("special feature"));
const PURPOSES_EXPRESS: Field =
    SPECIAL_FEATURES.then("purposes_express", 24).of(FieldKind::Ids("purpose"));
const PURPOSES_IMPLIED: Field =
    PURPOSES_EXPRESS.then("purposes_implied", 24).of(FieldKind::Ids("purpose"));

/// All fields, rising.
const FIELDS: [Field; 13] = [
    VERSION_FIELD,
    CREATED,
    LAST_UPDATED,
    CMP_ID,
    CMP_VERSION,
    CONSENT_SCREEN,
    CONSENT_LANGUAGE,
    VENDOR_LIST_VERSION,
    TCF_POLICY_VERSION,
    USE_NON_STANDARD_STACKS,
    SPECIAL_FEATURES,
    PURPOSES_EXPRESS,
    PURPOSES_IMPLIED,
];

/// The fields of fixed size of a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) created: Timestamp,
    pub(super) last_updated: Timestamp,
    pub(super) cmp_id: u16,
    pub(super) cmp_version: u16,
    pub(super) consent_screen: u8,
    pub(super) consent_language: Letters,
    pub(super) vendor_list_version: u16,
    pub(super) tcf_policy_version: u8,
    pub(super) use_non_standard_stacks: bool,
    pub(super) special_feature_opt_ins: SmallSet<SpecialFeatureId>,
    pub(super) purposes_express: SmallSet<PurposeId>,
    pub(super) purposes_implied: SmallSet<PurposeId>,
}

impl Header {
    /// How many bits there are.
    pub(super) const BITS: usize = PURPOSES_IMPLIED.end();

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
            use_non_standard_stacks: false,
            special_feature_opt_ins: SmallSet::EMPTY,
            purposes_express: SmallSet::EMPTY,
            purposes_implied: SmallSet::EMPTY,
        }
    }

    /// Tells of the fields of a core that stands at bit 0, as far as they are there.
    pub(super) fn tell(core: BitReader<'_>, sink: &mut impl Sink) {
        sink.rule(rules::CANADA);
        Field::tell_all(&FIELDS, core, sink);
    }

    /// Checks the header of a core that stands at bit 0, and reads it.
    #[allow(clippy::cast_possible_truncation, reason = "as wide as the fields are")]
    pub(super) fn read(core: BitReader<'_>) -> Result<Self, DecodeError> {
        let error =
            |field: Field, kind| Fault::new(kind, field.start).at(Segment::Core, field.name);
        let version = VERSION_FIELD.get(core) as u8;
        if version != VERSION {
            let kind = DecodeErrorKind::UnsupportedVersion { version, expected: "1" };
            return Err(error(VERSION_FIELD, kind));
        }
        if let Some(cut) = FIELDS.into_iter().find(|field| field.end() > core.left()) {
            return Err(error(cut, DecodeErrorKind::Truncated));
        }
        let letters = Letters::from_field(CONSENT_LANGUAGE.get(core));
        Ok(Self {
            created: Timestamp::from_bits(CREATED.get(core)),
            last_updated: Timestamp::from_bits(LAST_UPDATED.get(core)),
            cmp_id: CMP_ID.get(core) as u16,
            cmp_version: CMP_VERSION.get(core) as u16,
            consent_screen: CONSENT_SCREEN.get(core) as u8,
            consent_language: letters
                .ok_or_else(|| error(CONSENT_LANGUAGE, DecodeErrorKind::UndefinedLetter))?,
            vendor_list_version: VENDOR_LIST_VERSION.get(core) as u16,
            tcf_policy_version: TCF_POLICY_VERSION.get(core) as u8,
            use_non_standard_stacks: USE_NON_STANDARD_STACKS.get(core) != 0,
            special_feature_opt_ins: SmallSet::from_field(SPECIAL_FEATURES.get(core), 12),
            purposes_express: SmallSet::from_field(PURPOSES_EXPRESS.get(core), 24),
            purposes_implied: SmallSet::from_field(PURPOSES_IMPLIED.get(core), 24),
        })
    }

    /// Checks that every number fits its field.
    pub(super) fn check(&self) -> Result<(), EncodeError> {
        for (field, value) in [
            (CMP_ID, self.cmp_id),
            (CMP_VERSION, self.cmp_version),
            (CONSENT_SCREEN, self.consent_screen.into()),
            (VENDOR_LIST_VERSION, self.vendor_list_version),
            (TCF_POLICY_VERSION, self.tcf_policy_version.into()),
        ] {
            EncodeError::check(field.name, value, (1 << field.bits) - 1)?;
        }
        Ok(())
    }

    pub(super) fn put(&self, writer: &mut BitWriter) {
        for (field, value) in [
            (VERSION_FIELD, VERSION.into()),
            (CREATED, self.created.deciseconds()),
            (LAST_UPDATED, self.last_updated.deciseconds()),
            (CMP_ID, self.cmp_id.into()),
            (CMP_VERSION, self.cmp_version.into()),
            (CONSENT_SCREEN, self.consent_screen.into()),
            (CONSENT_LANGUAGE, self.consent_language.to_field()),
            (VENDOR_LIST_VERSION, self.vendor_list_version.into()),
            (TCF_POLICY_VERSION, self.tcf_policy_version.into()),
            (USE_NON_STANDARD_STACKS, self.use_non_standard_stacks.into()),
            (SPECIAL_FEATURES, self.special_feature_opt_ins.to_field(12)),
            (PURPOSES_EXPRESS, self.purposes_express.to_field(24)),
            (PURPOSES_IMPLIED, self.purposes_implied.to_field(24)),
        ] {
            debug_assert_eq!(writer.position(), field.start, "each at its place");
            writer.put(value, field.bits);
        }
    }
}
