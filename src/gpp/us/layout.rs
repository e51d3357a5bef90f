//! The table of US sections: a row for each layout. A new state is a row here, and a name in
//! [`SectionId`].

use super::super::SectionId;
use super::field::{Kind, SINGULAR, UsField};

/// What the entries of `SensitiveDataProcessing` are in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sensitive {
    OptOut,
    Consent,
}

/// What may stand behind the core of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    Nothing,
    /// Two bits that are 1, and a flag.
    Gpc,
    /// `SensitiveDataProcessing`, in two bits each, without a type in front.
    SensitiveData,
}

/// Where a field stands in the core.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) start: u8,
    /// The bits of all of its entries; 0 where the section has no such field.
    pub(super) bits: u8,
    /// How many entries it has.
    pub(super) count: u8,
}

impl Place {
    const NONE: Self = Self { start: 0, bits: 0, count: 0 };

    pub(super) const fn end(self) -> u8 {
        self.start + self.bits
    }
}

/// The layout of a section.
pub(super) struct Layout {
    pub(super) id: SectionId,
    /// The version that has this layout.
    pub(super) version: u8,
    pub(super) sensitive: Sensitive,
    pub(super) behind: Behind,
    /// The fields of the core, in its order, and how many entries each has.
    pub(super) fields: &'static [(UsField, u8)],
    /// How many bits the core has.
    pub(super) bits: u8,
    places: [Place; UsField::COUNT],
}

/// How many kinds of sensitive data the subsection of Indiana, Kentucky and Rhode Island has.
pub(super) const SENSITIVE_BEHIND: u8 = 8;

impl Layout {
    /// Where a field stands in the core; `None` where it has none of the name.
    #[inline]
    pub(super) fn place(&self, field: UsField) -> Option<Place> {
        let place = self.places[field as usize];
        (place.bits > 0).then_some(place)
    }

    /// Whether the section may start with a header of its own, as those do whose core has
    /// no version.
    pub(super) fn may_have_header(&self) -> bool {
        self.place(UsField::Version).is_none()
    }

    /// Whether a field is a list, even if a short one, rather than a single value.
    pub(super) fn is_list(&self, field: UsField) -> bool {
        field.kind() == Kind::Sensitive || self.place(field).is_some_and(|place| place.count > 1)
    }

    /// The name of a field in this section.
    pub(super) fn name(&self, field: UsField) -> &'static str {
        match field {
            UsField::KnownChildSensitiveDataConsents if self.id.get() == 22 => SINGULAR,
            _ => field.name(),
        }
    }
}

/// The layout whose place in the table this is.
#[inline]
pub(super) fn layout(index: u8) -> &'static Layout {
    &LAYOUTS[usize::from(index)]
}

/// The place in the table of a section's first layout; `None` for one that is not here.
#[inline]
pub(super) fn index_of(id: SectionId) -> Option<u8> {
    let index = *FIRST.get(usize::from(id.get()))?;
    (index != u8::MAX).then_some(index)
}

/// For each section ID, its first layout.
#[allow(clippy::cast_possible_truncation, reason = "fewer than 64 layouts")]
static FIRST: [u8; 64] = {
    let mut first = [u8::MAX; 64];
    let mut index = LAYOUTS.len();
    while index > 0 {
        index -= 1;
        first[LAYOUTS[index].id.get() as usize] = index as u8;
    }
    first
};

const fn row(
    id: SectionId,
    version: u8,
    sensitive: Sensitive,
    behind: Behind,
    fields: &'static [(UsField, u8)],
) -> Layout {
    let mut places = [Place::NONE; UsField::COUNT];
    let (mut bits, mut index) = (0, 0);
    while index < fields.len() {
        let (field, count) = fields[index];
        let width = if matches!(field.kind(), Kind::Number) { 6 } else { 2 * count };
        places[field as usize] = Place { start: bits, bits: width, count };
        bits += width;
        index += 1;
    }
    Layout { id, version, sensitive, behind, fields, bits, places }
}

/// The fields of a core: `Name`, or `Name * how many` for a list.
macro_rules! fields {
    (@count) => { 1 };
    (@count $count:literal) => { $count };
    ($($field:ident $(* $count:literal)?),+ $(,)?) => {
        &[$((UsField::$field, fields!(@count $($count)?))),+]
    };
}

/// All layouts, by rising section ID and version.
pub(super) static LAYOUTS: &[Layout] = &[
    row(
        SectionId::USNAT,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            SharingNotice,
            SaleOptOutNotice,
            SharingOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SensitiveDataProcessingOptOutNotice,
            SensitiveDataLimitUseNotice,
            SaleOptOut,
            SharingOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 12,
            KnownChildSensitiveDataConsents * 2,
            PersonalDataConsents,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USNAT,
        2,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            SharingNotice,
            SaleOptOutNotice,
            SharingOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SensitiveDataProcessingOptOutNotice,
            SensitiveDataLimitUseNotice,
            SaleOptOut,
            SharingOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 16,
            KnownChildSensitiveDataConsents * 3,
            PersonalDataConsents,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USCA,
        1,
        Sensitive::OptOut,
        Behind::Gpc,
        fields![
            Version,
            SaleOptOutNotice,
            SharingOptOutNotice,
            SensitiveDataLimitUseNotice,
            SaleOptOut,
            SharingOptOut,
            SensitiveDataProcessing * 9,
            KnownChildSensitiveDataConsents * 2,
            PersonalDataConsents,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USVA,
        1,
        Sensitive::Consent,
        Behind::Nothing,
        fields![
            Version,
            SharingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USCO,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            SharingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 7,
            KnownChildSensitiveDataConsents,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USUT,
        1,
        Sensitive::OptOut,
        Behind::Nothing,
        fields![
            Version,
            SharingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SensitiveDataProcessingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USCT,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            SharingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents * 3,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USFL,
        1,
        Sensitive::Consent,
        Behind::Nothing,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents * 3,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USMT,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            SharingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents * 3,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USOR,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 11,
            KnownChildSensitiveDataConsents * 3,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USTX,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USDE,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 9,
            KnownChildSensitiveDataConsents * 5,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USIA,
        1,
        Sensitive::OptOut,
        Behind::Gpc,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SensitiveDataOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USNE,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USNH,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents * 3,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USNJ,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 10,
            KnownChildSensitiveDataConsents * 5,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USTN,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USMN,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            Version,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            SensitiveDataProcessing * 8,
            KnownChildSensitiveDataConsents,
            AdditionalDataProcessingConsent,
            MspaCoveredTransaction,
            MspaOptOutOptionMode,
            MspaServiceProviderMode,
        ],
    ),
    row(
        SectionId::USMD,
        1,
        Sensitive::Consent,
        Behind::Gpc,
        fields![
            MspaVersion,
            MspaCoveredTransaction,
            MspaMode,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            AdditionalDataProcessingConsent,
        ],
    ),
    row(
        SectionId::USIN,
        1,
        Sensitive::Consent,
        Behind::SensitiveData,
        fields![
            MspaVersion,
            MspaCoveredTransaction,
            MspaMode,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            KnownChildSensitiveDataConsents,
            AdditionalDataProcessingConsent,
        ],
    ),
    row(
        SectionId::USKY,
        1,
        Sensitive::Consent,
        Behind::SensitiveData,
        fields![
            MspaVersion,
            MspaCoveredTransaction,
            MspaMode,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            KnownChildSensitiveDataConsents,
            AdditionalDataProcessingConsent,
        ],
    ),
    row(
        SectionId::USRI,
        1,
        Sensitive::Consent,
        Behind::SensitiveData,
        fields![
            MspaVersion,
            MspaCoveredTransaction,
            MspaMode,
            ProcessingNotice,
            SaleOptOutNotice,
            TargetedAdvertisingOptOutNotice,
            SaleOptOut,
            TargetedAdvertisingOptOut,
            KnownChildSensitiveDataConsents,
            AdditionalDataProcessingConsent,
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The bits of each core, by the specification's tables.
    const CORE_BITS: [(u16, u8, u8); 22] = [
        (7, 1, 60),
        (7, 2, 70),
        (8, 1, 46),
        (9, 1, 40),
        (10, 1, 38),
        (11, 1, 42),
        (12, 1, 44),
        (13, 1, 46),
        (14, 1, 46),
        (15, 1, 52),
        (16, 1, 42),
        (17, 1, 52),
        (18, 1, 42),
        (19, 1, 42),
        (20, 1, 46),
        (21, 1, 54),
        (22, 1, 42),
        (23, 1, 42),
        (24, 1, 22),
        (25, 1, 24),
        (26, 1, 24),
        (27, 1, 24),
    ];

    #[test]
    fn cores_are_as_long_as_the_specification_says() {
        assert_eq!(LAYOUTS.len(), CORE_BITS.len());
        for (row, (id, version, bits)) in LAYOUTS.iter().zip(CORE_BITS) {
            assert_eq!((row.id.get(), row.version, row.bits), (id, version, bits));
            let index = index_of(row.id).unwrap();
            assert_eq!(layout(index).id, row.id);
            assert_eq!(layout(index).version, 1);
        }
        for id in [1, 2, 5, 6, 28, 65535] {
            assert_eq!(index_of(SectionId::new(id).unwrap()), None);
        }
    }
}
