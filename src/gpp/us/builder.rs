//! Building a section of the United States.

use super::super::SectionId;
use super::super::values::{
    Consent, Entries, MspaAnswer, MspaMode, Notice, OptOut, SensitiveData, TwoBits,
};
use super::field::{Kind, UsField, UsValue};
use super::layout::{self, Behind, Layout, SENSITIVE_BEHIND, Sensitive};
use super::section::UsSection;
use crate::error::{EncodeError, EncodeErrorKind};

/// The parts of a US section that is being built; see [`UsSection::builder`].
///
/// What is left out is the version that goes with the layout, "not applicable", or absent.
///
/// ```
/// use consent_string::gpp::{GppString, MspaAnswer, Notice, OptOut, SectionId, UsSection};
///
/// let virginia = UsSection::builder(SectionId::USVA)
///     .sale_opt_out_notice(Notice::Given)
///     .sale_opt_out(OptOut::OptedOut)
///     .mspa_covered_transaction(MspaAnswer::No)
///     .build()?;
/// let gpp = GppString::builder().us_section(virginia).build()?;
/// assert_eq!(gpp.as_str(), "DBABRg~BEQAACA");
///
/// // Virginia knows no opt-out of sharing.
/// let error = UsSection::builder(SectionId::USVA).sharing_opt_out(OptOut::OptedOut).build();
/// assert_eq!(error.unwrap_err().field(), "sharing_opt_out");
/// # Ok::<(), consent_string::EncodeError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct UsBuilder {
    id: SectionId,
    layout_version: Option<u8>,
    values: [Option<UsValue>; UsField::COUNT],
    gpc: Option<bool>,
    /// The version in the section's own header, if it is to have one.
    section_header: Option<u8>,
}

/// Setters for fields of one value.
macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident: $field:ident, $variant:ident($value:ty);)+) => {$(
        $(#[$doc])*
        pub fn $name(self, value: $value) -> Self {
            self.set(UsField::$field, UsValue::$variant(value))
        }
    )+};
}

impl UsSection {
    /// A builder for the section of an ID. For the national one it is of version 2 unless
    /// [`UsBuilder::version`] says otherwise.
    pub const fn builder(id: SectionId) -> UsBuilder {
        UsBuilder {
            id,
            layout_version: None,
            values: [None; UsField::COUNT],
            gpc: None,
            section_header: Some(1),
        }
    }
}

impl UsBuilder {
    pub(super) fn of(section: UsSection) -> Self {
        let mut builder = UsSection::builder(section.id())
            .layout_version(section.layout_version())
            .gpc(section.gpc());
        builder.section_header = section.section_header;
        for (_, field, value) in section.fields() {
            builder = builder.set(field, value);
        }
        builder
    }

    /// Sets any field.
    pub fn set(mut self, field: UsField, value: UsValue) -> Self {
        self.values[field as usize] = Some(value);
        self
    }

    /// Which of a national section's layouts to write, 1 or 2: what goes with the version,
    /// unless said otherwise. Some writers put layout 2 under version 1.
    pub const fn layout_version(mut self, layout_version: u8) -> Self {
        self.layout_version = Some(layout_version);
        self
    }

    /// Whether the section has a header of its own, from Maryland on; `true` unless said
    /// otherwise. Older sections never have one.
    pub const fn section_header(mut self, section_header: bool) -> Self {
        self.section_header = if section_header { Some(1) } else { None };
        self
    }

    /// What the subsection for Global Privacy Control says; `None` for a section without it.
    pub fn gpc(mut self, gpc: impl Into<Option<bool>>) -> Self {
        self.gpc = gpc.into();
        self
    }

    /// Consents to the processing of a child's data.
    pub fn known_child_sensitive_data_consents(self, consents: Entries<Consent>) -> Self {
        let value = match (consents.len(), consents.get(1)) {
            (1, Some(consent)) => UsValue::Consent(consent),
            _ => UsValue::Consents(consents),
        };
        self.set(UsField::KnownChildSensitiveDataConsents, value)
    }

    /// What the person chose for each kind of sensitive data.
    pub fn sensitive_data_processing(self, data: SensitiveData) -> Self {
        let value = match data {
            SensitiveData::OptOuts(entries) => UsValue::OptOuts(entries),
            SensitiveData::Consents(entries) => UsValue::Consents(entries),
        };
        self.set(UsField::SensitiveDataProcessing, value)
    }

    setters! {
        /// The version of the section: 1, and for the national one 1 or 2.
        version: Version, Number(u8);
        /// The version of the MSPA, from Maryland on; 1 unless said otherwise.
        mspa_version: MspaVersion, Number(u8);
        /// Notice that personal data is processed.
        processing_notice: ProcessingNotice, Notice(Notice);
        /// Notice that personal data is shared.
        sharing_notice: SharingNotice, Notice(Notice);
        /// Notice of the right to opt out of the sale of personal data.
        sale_opt_out_notice: SaleOptOutNotice, Notice(Notice);
        /// Notice of the right to opt out of the sharing of personal data.
        sharing_opt_out_notice: SharingOptOutNotice, Notice(Notice);
        /// Notice of the right to opt out of targeted advertising.
        targeted_advertising_opt_out_notice: TargetedAdvertisingOptOutNotice, Notice(Notice);
        /// Notice of the right to opt out of the processing of sensitive data.
        sensitive_data_processing_opt_out_notice:
            SensitiveDataProcessingOptOutNotice, Notice(Notice);
        /// What Iowa calls its notice of the same right.
        sensitive_data_opt_out_notice: SensitiveDataOptOutNotice, Notice(Notice);
        /// Notice of the right to limit the use of sensitive data.
        sensitive_data_limit_use_notice: SensitiveDataLimitUseNotice, Notice(Notice);
        /// Opt-out of the sale of personal data.
        sale_opt_out: SaleOptOut, OptOut(OptOut);
        /// Opt-out of the sharing of personal data.
        sharing_opt_out: SharingOptOut, OptOut(OptOut);
        /// Opt-out of targeted advertising.
        targeted_advertising_opt_out: TargetedAdvertisingOptOut, OptOut(OptOut);
        /// Consent to collecting and selling more than was given notice of.
        personal_data_consents: PersonalDataConsents, Consent(Consent);
        /// Consent to processing beyond what was given notice of.
        additional_data_processing_consent: AdditionalDataProcessingConsent, Consent(Consent);
        /// Whether the transaction is one that the MSPA covers.
        mspa_covered_transaction: MspaCoveredTransaction, Answer(MspaAnswer);
        /// Whether the publisher runs in the MSPA's opt-out option mode.
        mspa_opt_out_option_mode: MspaOptOutOptionMode, Answer(MspaAnswer);
        /// Whether the publisher runs in the MSPA's service provider mode.
        mspa_service_provider_mode: MspaServiceProviderMode, Answer(MspaAnswer);
        /// The publisher's mode under the MSPA.
        mspa_mode: MspaMode, Mode(MspaMode);
    }

    /// The section of these parts.
    ///
    /// # Errors
    ///
    /// - [`EncodeErrorKind::NotInVersion`] for an ID that is no section of the United States,
    ///   a field that the section does not have, or a value of another kind than the field's:
    ///   an opt-out of sharing in Virginia;
    /// - [`EncodeErrorKind::EntryCount`] for a list of another length than the field's;
    /// - [`EncodeErrorKind::OutOfRange`] for a version that does not go with the layout;
    /// - [`EncodeErrorKind::ReadsOtherwise`] for a section that would be read as another one.
    pub fn build(self) -> Result<UsSection, EncodeError> {
        let error = |field, kind| Err(EncodeError::new(kind, field));
        let Some(first) = layout::index_of(self.id) else {
            return error("section_id", EncodeErrorKind::NotInVersion);
        };
        let index = self.layout_index(first)?;
        let layout = layout::layout(index);
        let mut section = UsSection {
            layout: index,
            section_header: self.section_header.filter(|_| layout.may_have_header()),
            core: 0,
            gpc: self.gpc,
            sensitive: None,
        };
        if section.section_header.is_some_and(|version| version != 1) {
            return error("version", EncodeErrorKind::OutOfRange { maximum: 1 });
        }
        if self.gpc.is_some() && layout.behind != Behind::Gpc {
            return error("gpc", EncodeErrorKind::NotInVersion);
        }
        for &(field, _) in layout.fields.iter().filter(|(field, _)| field.kind() == Kind::Number) {
            self.put_version(field, &mut section)?;
        }
        for &field in UsField::ALL.iter().filter(|field| field.kind() != Kind::Number) {
            if let Some(value) = self.values[field as usize] {
                put(&mut section, field, value)?;
            }
        }
        if section.reads_as_first_layout() {
            return error("layout_version", EncodeErrorKind::ReadsOtherwise);
        }
        if section.section_header.is_none()
            && section.mspa_version() == u8::try_from(self.id.get()).ok()
        {
            return error("section_header", EncodeErrorKind::ReadsOtherwise);
        }
        Ok(section)
    }

    fn layout_index(&self, first: u8) -> Result<u8, EncodeError> {
        let is_national = self.id == SectionId::USNAT;
        let version = match self.values[UsField::Version as usize] {
            Some(UsValue::Number(version)) => Some(version),
            _ => None,
        };
        match self.layout_version.or(version) {
            None | Some(2) if is_national => Ok(first + 1),
            None | Some(1) => Ok(first),
            Some(_) => {
                let maximum = if is_national { 2 } else { 1 };
                let field =
                    if self.layout_version.is_some() { "layout_version" } else { "version" };
                Err(EncodeError::new(EncodeErrorKind::OutOfRange { maximum }, field))
            }
        }
    }

    /// Writes the version that a core starts with.
    fn put_version(&self, field: UsField, section: &mut UsSection) -> Result<(), EncodeError> {
        let layout = section.layout();
        let version = match self.values[field as usize] {
            None if field == UsField::Version => layout.version,
            None => 1,
            Some(UsValue::Number(version)) => version,
            Some(_) => return Err(EncodeError::new(EncodeErrorKind::NotInVersion, field.name())),
        };
        let maximum = if field == UsField::Version { layout.version } else { 63 };
        if version > maximum || field == UsField::Version && version == 0 {
            let kind = EncodeErrorKind::OutOfRange { maximum: maximum.into() };
            return Err(EncodeError::new(kind, field.name()));
        }
        if let Some(place) = layout.place(field) {
            section.set_bits(place, version.into());
        }
        Ok(())
    }
}

/// Writes a field.
fn put(section: &mut UsSection, field: UsField, value: UsValue) -> Result<(), EncodeError> {
    let layout = section.layout();
    let error = |kind| Err(EncodeError::new(kind, layout.name(field)));
    let behind =
        layout.behind == Behind::SensitiveData && field == UsField::SensitiveDataProcessing;
    let count = match layout.place(field) {
        Some(place) => place.count,
        None if behind => SENSITIVE_BEHIND,
        None => return error(EncodeErrorKind::NotInVersion),
    };
    let Some((bits, len)) = bits_of(layout, field, value) else {
        return error(EncodeErrorKind::NotInVersion);
    };
    if len != usize::from(count) {
        return error(EncodeErrorKind::EntryCount { expected: count });
    }
    match layout.place(field) {
        Some(place) => section.set_bits(place, bits),
        #[allow(clippy::cast_possible_truncation, reason = "eight entries of two bits")]
        None => section.sensitive = Some(bits as u16),
    }
    Ok(())
}

/// The bits of a value and how many entries it has, if it is of the field's kind.
fn bits_of(layout: &Layout, field: UsField, value: UsValue) -> Option<(u32, usize)> {
    let one = |bits: u8| Some((bits.into(), 1));
    match (field.kind(), value) {
        (Kind::Notice, UsValue::Notice(value)) => one(value.to_bits()),
        (Kind::OptOut, UsValue::OptOut(value)) => one(value.to_bits()),
        (Kind::Consent, UsValue::Consent(value)) => one(value.to_bits()),
        (Kind::Answer, UsValue::Answer(value)) => one(value.to_bits()),
        (Kind::Mode, UsValue::Mode(value)) => one(value.to_bits()),
        (Kind::Consent, UsValue::Consents(entries)) => Some((entries.to_field(), entries.len())),
        (Kind::Sensitive, UsValue::Consents(entries)) if layout.sensitive == Sensitive::Consent => {
            Some((entries.to_field(), entries.len()))
        }
        (Kind::Sensitive, UsValue::OptOuts(entries)) if layout.sensitive == Sensitive::OptOut => {
            Some((entries.to_field(), entries.len()))
        }
        _ => None,
    }
}
