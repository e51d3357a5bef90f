//! What a conversion loses.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::didomi::{PurposeId, SectionKind, Status, VendorId};
use crate::ids::IdSet;

/// Something that the value of the other format lacks.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// IDs of a token that the table has no number for, in the order of the token.
    NoNumber {
        /// Where the token has them.
        section: SectionKind,
        /// What the token says of them.
        status: Status,
        /// The IDs, as they stand there.
        ids: Vec<String>,
    },
    /// Numbers of purposes that the table has no text for.
    NoPurposeText {
        /// Where the string has them.
        section: SectionKind,
        /// What the string says of them.
        status: Status,
        /// The numbers.
        ids: IdSet<PurposeId>,
    },
    /// Numbers of vendors that the table has no text for.
    NoVendorText {
        /// Where the string has them.
        section: SectionKind,
        /// What the string says of them.
        status: Status,
        /// The numbers.
        ids: IdSet<VendorId>,
    },
    /// Milliseconds of a token's time behind a tenth of a second.
    Millis {
        /// The time: `created`, `updated`.
        field: &'static str,
        /// How many, 1 to 99.
        millis: u8,
    },
    /// A part that the other format has no place for.
    NoPlace {
        /// The part, by its name in the format that has it: of a token `ac`, and `version`
        /// where it is `null`; of a string `regulation`, `sync`, `did`, `ouid`, `signature`.
        field: &'static str,
    },
    /// Properties of a token that aren't known.
    UnknownProperties {
        /// In which choices they stand; `None` for those of the token itself.
        section: Option<SectionKind>,
        /// Their names.
        names: Vec<String>,
    },
}

impl Loss {
    /// Whether it is a choice of the person's. Everything else is about the string or the
    /// token: times, other IDs of the user, properties that nobody knows, and Google's
    /// providers, which an AC string has as well.
    #[must_use]
    pub const fn is_choice(&self) -> bool {
        match self {
            Self::NoNumber { .. } | Self::NoPurposeText { .. } | Self::NoVendorText { .. } => true,
            Self::Millis { .. } | Self::NoPlace { .. } | Self::UnknownProperties { .. } => false,
        }
    }

    /// The loss's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NoNumber { .. } => "no_number",
            Self::NoPurposeText { .. } | Self::NoVendorText { .. } => "no_text",
            Self::Millis { .. } => "millis",
            Self::NoPlace { .. } => "no_place",
            Self::UnknownProperties { .. } => "unknown_properties",
        }
    }

    /// The section whose choices are lost, or in which properties are unknown.
    #[must_use]
    pub const fn section(&self) -> Option<SectionKind> {
        match self {
            Self::NoNumber { section, .. }
            | Self::NoPurposeText { section, .. }
            | Self::NoVendorText { section, .. } => Some(*section),
            Self::UnknownProperties { section, .. } => *section,
            Self::Millis { .. } | Self::NoPlace { .. } => None,
        }
    }
}

/// Shows where, and how many: which IDs these are is personal data.
impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let without = |f: &mut fmt::Formatter<'_>, section: &SectionKind, status, count, what| {
            let ids = if count == 1 { "ID" } else { "IDs" };
            write!(f, "{section}, {status}: {count} {ids} without a {what}")
        };
        match self {
            Self::NoNumber { section, status, ids } => {
                without(f, section, status, ids.len(), "number")
            }
            Self::NoPurposeText { section, status, ids } => {
                without(f, section, status, ids.len(), "text")
            }
            Self::NoVendorText { section, status, ids } => {
                without(f, section, status, ids.len(), "text")
            }
            Self::Millis { field, millis: 1 } => write!(f, "{field}: 1 millisecond"),
            Self::Millis { field, millis } => write!(f, "{field}: {millis} milliseconds"),
            Self::NoPlace { field } => write!(f, "{field}: no place for it"),
            Self::UnknownProperties { section, names } => {
                if let Some(section) = section {
                    write!(f, "{section}: ")?;
                }
                let properties = if names.len() == 1 { "property" } else { "properties" };
                write!(f, "{} {properties} not known", names.len())
            }
        }
    }
}

/// As much as [`Display`](fmt::Display) shows.
impl fmt::Debug for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Loss({self})")
    }
}
