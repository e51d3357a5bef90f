//! A section of the United States as a value.

use core::fmt;

use super::super::SectionId;
use super::super::values::{
    Consent, Entries, MspaAnswer, MspaMode, Notice, OptOut, SensitiveData, Value,
};
use super::builder::UsBuilder;
use super::field::{Kind, UsField, UsValue};
use super::layout::{self, Behind, Layout, Place, SENSITIVE_BEHIND, Sensitive};

/// A section of the United States: the national one, or a state's.
///
/// It is a small value of its own, `Copy` and without a borrow. One type for all of them:
/// a getter answers `None` where the section has no such field.
///
/// ```
/// use consent_string::gpp::{Consent, GppString, OptOut, SectionId, SensitiveData};
///
/// let gpp: GppString = "DBABBg~BVqqqqpY.YA".parse()?;
/// let california = gpp.us_section(SectionId::USCA).expect("it is there")?;
/// assert_eq!(california.sale_opt_out(), Some(OptOut::DidNotOptOut));
/// assert_eq!(california.targeted_advertising_opt_out(), None);
/// assert_eq!(california.gpc(), Some(true));
/// // Of sensitive data, Californians opt out; elsewhere people consent.
/// let Some(SensitiveData::OptOuts(kinds)) = california.sensitive_data_processing() else {
///     unreachable!()
/// };
/// assert_eq!(kinds.get(3), Some(OptOut::DidNotOptOut));
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct UsSection {
    /// The place of its layout in the table.
    pub(super) layout: u8,
    /// The version in the section's own header, if it has one.
    pub(super) section_header: Option<u8>,
    /// The core, from the top.
    pub(super) core: u128,
    pub(super) gpc: Option<bool>,
    /// The subsection of sensitive data.
    pub(super) sensitive: Option<u16>,
}

/// Getters for fields of one value.
macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident: $field:ident => $value:ident;)+) => {$(
        $(#[$doc])*
        #[inline]
        #[must_use]
        pub fn $name(&self) -> Option<$value> {
            self.value(UsField::$field)
        }
    )+};
}

impl UsSection {
    #[inline]
    pub(super) fn layout(&self) -> &'static Layout {
        layout::layout(self.layout)
    }

    /// The bits of a field, at the bottom.
    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "no field has more than 32 bits")]
    fn bits(&self, place: Place) -> u32 {
        let below = u128::BITS - u32::from(place.end());
        (self.core >> below) as u32 & (u32::MAX >> (u32::BITS - u32::from(place.bits)))
    }

    /// Puts the bits of a field.
    pub(super) fn set_bits(&mut self, place: Place, bits: u32) {
        let below = u128::BITS - u32::from(place.end());
        let mask = u128::from(u32::MAX >> (u32::BITS - u32::from(place.bits))) << below;
        self.core = self.core & !mask | u128::from(bits) << below & mask;
    }

    #[inline]
    fn value<V: Value>(&self, field: UsField) -> Option<V> {
        let place = self.layout().place(field)?;
        #[allow(clippy::cast_possible_truncation, reason = "two bits")]
        Some(V::from_bits(self.bits(place) as u8))
    }

    fn entries<V: Value>(&self, field: UsField) -> Option<Entries<V>> {
        let place = self.layout().place(field)?;
        Some(Entries::from_field(self.bits(place), place.count))
    }

    #[allow(clippy::cast_possible_truncation, reason = "six bits")]
    fn number(&self, field: UsField) -> Option<u8> {
        self.layout().place(field).map(|place| self.bits(place) as u8)
    }

    /// Which section it is.
    #[must_use]
    pub fn id(&self) -> SectionId {
        self.layout().id
    }

    /// The section's version, 0 to 63: that in front of its core or, from Maryland on, in its
    /// section header; `None` for those where it was left out.
    #[must_use]
    pub fn version(&self) -> Option<u8> {
        self.number(UsField::Version).or(self.section_header)
    }

    /// Which of the section's layouts was read: 2 for a national section with 16 kinds of
    /// sensitive data, 1 for everything else.
    ///
    /// It isn't always the version: some writers put the second layout under version 1.
    #[must_use]
    pub fn layout_version(&self) -> u8 {
        self.layout().version
    }

    /// Whether the section starts with a header of its own, as the specification asks for
    /// from Maryland on; `None` for the older sections, which never have one.
    #[must_use]
    pub fn has_section_header(&self) -> Option<bool> {
        self.layout().may_have_header().then_some(self.section_header.is_some())
    }

    /// The version of the MSPA, 0 to 63, in the sections from Maryland on.
    #[must_use]
    pub fn mspa_version(&self) -> Option<u8> {
        self.number(UsField::MspaVersion)
    }

    getters! {
        /// Notice that personal data is processed.
        processing_notice: ProcessingNotice => Notice;
        /// Notice that personal data is shared.
        sharing_notice: SharingNotice => Notice;
        /// Notice of the right to opt out of the sale of personal data.
        sale_opt_out_notice: SaleOptOutNotice => Notice;
        /// Notice of the right to opt out of the sharing of personal data.
        sharing_opt_out_notice: SharingOptOutNotice => Notice;
        /// Notice of the right to opt out of targeted advertising.
        targeted_advertising_opt_out_notice: TargetedAdvertisingOptOutNotice => Notice;
        /// Notice of the right to opt out of the processing of sensitive data.
        sensitive_data_processing_opt_out_notice: SensitiveDataProcessingOptOutNotice => Notice;
        /// What Iowa calls its notice of the same right.
        sensitive_data_opt_out_notice: SensitiveDataOptOutNotice => Notice;
        /// Notice of the right to limit the use of sensitive data.
        sensitive_data_limit_use_notice: SensitiveDataLimitUseNotice => Notice;
        /// Opt-out of the sale of personal data.
        sale_opt_out: SaleOptOut => OptOut;
        /// Opt-out of the sharing of personal data.
        sharing_opt_out: SharingOptOut => OptOut;
        /// Opt-out of targeted advertising.
        targeted_advertising_opt_out: TargetedAdvertisingOptOut => OptOut;
        /// Consent to collecting and selling more than was given notice of.
        personal_data_consents: PersonalDataConsents => Consent;
        /// Consent to processing beyond what was given notice of.
        additional_data_processing_consent: AdditionalDataProcessingConsent => Consent;
        /// Whether the transaction is one that the MSPA covers.
        mspa_covered_transaction: MspaCoveredTransaction => MspaAnswer;
        /// Whether the publisher runs in the MSPA's opt-out option mode.
        mspa_opt_out_option_mode: MspaOptOutOptionMode => MspaAnswer;
        /// Whether the publisher runs in the MSPA's service provider mode.
        mspa_service_provider_mode: MspaServiceProviderMode => MspaAnswer;
        /// The publisher's mode under the MSPA, in the sections from Maryland on.
        mspa_mode: MspaMode => MspaMode;
    }

    /// What the person chose for each kind of sensitive data; `None` where the section has
    /// none, or where Indiana, Kentucky or Rhode Island leave the subsection out.
    #[must_use]
    pub fn sensitive_data_processing(&self) -> Option<SensitiveData> {
        if let Some(field) = self.sensitive {
            let entries = Entries::from_field(field.into(), SENSITIVE_BEHIND);
            return Some(SensitiveData::Consents(entries));
        }
        let field = UsField::SensitiveDataProcessing;
        Some(match self.layout().sensitive {
            Sensitive::OptOut => SensitiveData::OptOuts(self.entries(field)?),
            Sensitive::Consent => SensitiveData::Consents(self.entries(field)?),
        })
    }

    /// Consents to the processing of a child's data: one entry, or more by age and use.
    #[must_use]
    pub fn known_child_sensitive_data_consents(&self) -> Option<Entries<Consent>> {
        self.entries(UsField::KnownChildSensitiveDataConsents)
    }

    /// What the subsection for Global Privacy Control says; `None` where the section has no
    /// such subsection, which is not the same as `false`.
    #[must_use]
    pub const fn gpc(&self) -> Option<bool> {
        self.gpc
    }

    /// What any field of the core, or the subsection of sensitive data, says; `None` where the
    /// section has no such field.
    #[must_use]
    pub fn get(&self, field: UsField) -> Option<UsValue> {
        let is_list = self.layout().is_list(field);
        Some(match field.kind() {
            Kind::Number => UsValue::Number(self.number(field)?),
            Kind::Notice => UsValue::Notice(self.value(field)?),
            Kind::OptOut => UsValue::OptOut(self.value(field)?),
            Kind::Consent if is_list => UsValue::Consents(self.entries(field)?),
            Kind::Consent => UsValue::Consent(self.value(field)?),
            Kind::Sensitive => match self.sensitive_data_processing()? {
                SensitiveData::OptOuts(entries) => UsValue::OptOuts(entries),
                SensitiveData::Consents(entries) => UsValue::Consents(entries),
            },
            Kind::Answer => UsValue::Answer(self.value(field)?),
            Kind::Mode => UsValue::Mode(self.value(field)?),
        })
    }

    /// All fields that the section has, in the order of the specification, with the names
    /// that they have in it.
    pub fn fields(&self) -> UsFields<'_> {
        UsFields { section: self, next: 0 }
    }

    /// Whether another section says the same: it is of the same ID and has the same fields,
    /// with or without a section header.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        Self { section_header: other.section_header, ..*self } == *other
    }

    /// The section's parts, to change some and build it again.
    pub fn to_builder(&self) -> UsBuilder {
        UsBuilder::of(*self)
    }

    /// Whether an ID is that of a section of the United States.
    #[cfg(feature = "serde")]
    pub(in crate::gpp) fn is_one(id: SectionId) -> bool {
        layout::index_of(id).is_some()
    }

    /// Whether the section has sensitive data in a subsection, which may be left out.
    #[cfg(feature = "serde")]
    pub(in crate::gpp) fn may_have_sensitive_data(&self) -> bool {
        self.behind() == Behind::SensitiveData
    }

    /// Whether the core may be followed by a subsection, and which.
    pub(super) fn behind(&self) -> Behind {
        self.layout().behind
    }
}

impl fmt::Debug for UsSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_struct("UsSection");
        map.field("id", &self.id()).field("layout_version", &self.layout_version());
        for (name, _, value) in self.fields() {
            map.field(name, &value);
        }
        map.field("gpc", &self.gpc);
        map.field("section_header", &self.has_section_header()).finish_non_exhaustive()
    }
}

/// The fields of a [`UsSection`]: the name in this section, the field, and what it says.
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct UsFields<'a> {
    section: &'a UsSection,
    next: usize,
}

impl Iterator for UsFields<'_> {
    type Item = (&'static str, UsField, UsValue);

    fn next(&mut self) -> Option<Self::Item> {
        let layout = self.section.layout();
        let field = match layout.fields.get(self.next) {
            Some(&(field, _)) => field,
            None if self.next == layout.fields.len() && self.section.sensitive.is_some() => {
                UsField::SensitiveDataProcessing
            }
            None => return None,
        };
        self.next += 1;
        Some((layout.name(field), field, self.section.get(field)?))
    }
}

impl core::iter::FusedIterator for UsFields<'_> {}
