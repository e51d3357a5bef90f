//! The fields of US sections, by the specification's names.

use super::super::values::{Consent, Entries, MspaAnswer, MspaMode, Notice, OptOut};

/// What the bits of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Six bits.
    Number,
    Notice,
    OptOut,
    Consent,
    /// Opt-outs in some sections and consents in the others: the layout says which.
    Sensitive,
    Answer,
    Mode,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident = $name:literal, $kind:ident;)+) => {
        /// A field of a US section.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum UsField {
            $($(#[$doc])* $field,)+
        }

        impl UsField {
            /// All fields, in no order that a section has.
            pub const ALL: &[Self] = &[$(Self::$field),+];

            /// How many there are.
            pub(super) const COUNT: usize = Self::ALL.len();

            /// The specification's name of the field, in `snake_case`.
            ///
            /// Tennessee alone calls `known_child_sensitive_data_consents` by the singular.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$field => $name,)+
                }
            }

            /// The field of a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$field),)+
                    SINGULAR => Some(Self::KnownChildSensitiveDataConsents),
                    _ => None,
                }
            }

            pub(super) const fn kind(self) -> Kind {
                match self {
                    $(Self::$field => Kind::$kind,)+
                }
            }
        }
    };
}

/// What Tennessee's specification calls [`UsField::KnownChildSensitiveDataConsents`].
pub(super) const SINGULAR: &str = "known_child_sensitive_data_consent";

fields! {
    /// The version of the section.
    Version = "version", Number;
    /// The version of the MSPA, which is what the sections from Maryland on start with.
    MspaVersion = "mspa_version", Number;
    /// Notice that personal data is processed.
    ProcessingNotice = "processing_notice", Notice;
    /// Notice that personal data is shared.
    SharingNotice = "sharing_notice", Notice;
    /// Notice of the right to opt out of the sale of personal data.
    SaleOptOutNotice = "sale_opt_out_notice", Notice;
    /// Notice of the right to opt out of the sharing of personal data.
    SharingOptOutNotice = "sharing_opt_out_notice", Notice;
    /// Notice of the right to opt out of targeted advertising.
    TargetedAdvertisingOptOutNotice = "targeted_advertising_opt_out_notice", Notice;
    /// Notice of the right to opt out of the processing of sensitive data.
    SensitiveDataProcessingOptOutNotice = "sensitive_data_processing_opt_out_notice", Notice;
    /// What Iowa calls its notice of the same right.
    SensitiveDataOptOutNotice = "sensitive_data_opt_out_notice", Notice;
    /// Notice of the right to limit the use of sensitive data.
    SensitiveDataLimitUseNotice = "sensitive_data_limit_use_notice", Notice;
    /// Opt-out of the sale of personal data.
    SaleOptOut = "sale_opt_out", OptOut;
    /// Opt-out of the sharing of personal data.
    SharingOptOut = "sharing_opt_out", OptOut;
    /// Opt-out of targeted advertising.
    TargetedAdvertisingOptOut = "targeted_advertising_opt_out", OptOut;
    /// The kinds of sensitive data, each opted out of or consented to.
    SensitiveDataProcessing = "sensitive_data_processing", Sensitive;
    /// Consents to the processing of a child's data.
    KnownChildSensitiveDataConsents = "known_child_sensitive_data_consents", Consent;
    /// Consent to collecting and selling more than was given notice of.
    PersonalDataConsents = "personal_data_consents", Consent;
    /// Consent to processing beyond what was given notice of.
    AdditionalDataProcessingConsent = "additional_data_processing_consent", Consent;
    /// Whether the transaction is one that the MSPA covers.
    MspaCoveredTransaction = "mspa_covered_transaction", Answer;
    /// Whether the publisher runs in the MSPA's opt-out option mode.
    MspaOptOutOptionMode = "mspa_opt_out_option_mode", Answer;
    /// Whether the publisher runs in the MSPA's service provider mode.
    MspaServiceProviderMode = "mspa_service_provider_mode", Answer;
    /// The publisher's mode under the MSPA.
    MspaMode = "mspa_mode", Mode;
}

/// What a field of a US section says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UsValue {
    /// A version, 0 to 63.
    Number(u8),
    /// Of a notice.
    Notice(Notice),
    /// Of an opt-out.
    OptOut(OptOut),
    /// Of a consent.
    Consent(Consent),
    /// Of a field about the MSPA.
    Answer(MspaAnswer),
    /// Of the mode under the MSPA.
    Mode(MspaMode),
    /// Of a list of opt-outs.
    OptOuts(Entries<OptOut>),
    /// Of a list of consents.
    Consents(Entries<Consent>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_fields_go_together() {
        for (index, &field) in UsField::ALL.iter().enumerate() {
            assert_eq!(UsField::from_name(field.name()), Some(field));
            assert_eq!(field as usize, index);
        }
        assert_eq!(UsField::from_name(SINGULAR), Some(UsField::KnownChildSensitiveDataConsents));
        assert_eq!(UsField::from_name("SaleOptOut"), None);
    }
}
