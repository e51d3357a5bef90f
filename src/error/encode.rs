//! What can be wrong with a value that is to be written.

/// Why a value can't be written, or built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// The value has no such part, and the format needs one: a version 2 without regulation.
    #[error("missing, expected a value")]
    Missing,
    /// The version has no place for this part: a version 1 with a regulation.
    #[error("given, but this version has no place for it")]
    NotInVersion,
    /// A token with a character that would break the frame, as in `"a.b"` and `"a b"`, or that no
    /// cookie can have as it is, as in `"a%2Eb"`.
    #[error(
        "a character that may not stand here, expected {}",
        super::decode_kind::TOKEN_CHARACTERS
    )]
    InvalidCharacter,
    /// An ID is both enabled and disabled.
    #[error("an ID that is both enabled and disabled, expected one of them")]
    EnabledAndDisabled,
    /// A number that the field has no bits for, or an ID past the last one: a `CmpId` of 4096.
    #[error("out of range, expected at most {maximum}")]
    OutOfRange {
        /// The highest number that fits.
        maximum: u16,
    },
    /// More entries than the field that counts them can say: 4096 publisher restrictions.
    #[error("too many entries, expected at most {maximum}")]
    TooMany {
        /// How many entries there can be.
        maximum: u16,
    },
    /// A list of another length than the field's: three entries where a section has two.
    #[error("another number of entries, expected {expected}")]
    EntryCount {
        /// How many entries the field has.
        expected: u8,
    },
    /// A section of a GPP string whose text can't stand in one: an empty one, or `"a~b"`.
    #[error("no text of a section, expected visible ASCII without ~")]
    InvalidSection,
    /// The text would be longer than what is read back by default.
    #[error("the text would be too long, expected at most {maximum} characters")]
    TooLong {
        /// The limit, in bytes of text.
        maximum: u32,
    },
    /// The encoding that the options force can't hold this section, for example 16-bit
    /// ranges whose highest ID is disabled, without the inferred codes.
    #[error("the encoding asked for can't hold this section without an inferred code")]
    NotEncodable,
    /// The text would be read as something else: a national section of a GPP string in
    /// layout 2 under version 1 that has nothing where the layouts differ.
    #[error("the text would be read as something else")]
    ReadsOtherwise,
}

impl EncodeErrorKind {
    /// The kind's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NotInVersion => "not_in_version",
            Self::InvalidCharacter => "invalid_character",
            Self::EnabledAndDisabled => "enabled_and_disabled",
            Self::OutOfRange { .. } => "out_of_range",
            Self::TooMany { .. } => "too_many",
            Self::EntryCount { .. } => "entry_count",
            Self::InvalidSection => "invalid_section",
            Self::TooLong { .. } => "too_long",
            Self::NotEncodable => "not_encodable",
            Self::ReadsOtherwise => "reads_otherwise",
        }
    }
}

/// A value can't be written, or built: which part of it, and why.
///
/// ```
/// # use consent_string::{EncodeErrorKind, didomi::{ConsentString, Version}};
/// let error = ConsentString::builder(Version::V2).build().unwrap_err();
/// assert_eq!(error.kind(), EncodeErrorKind::Missing);
/// assert_eq!(error.to_string(), "user_id: missing, expected a value");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{field}: {kind}")]
pub struct EncodeError {
    kind: EncodeErrorKind,
    field: &'static str,
}

impl EncodeError {
    pub(crate) const fn new(kind: EncodeErrorKind, field: &'static str) -> Self {
        Self { kind, field }
    }

    /// Refuses a number past the highest that fits.
    #[cfg(feature = "tcf")]
    pub(crate) fn check(field: &'static str, number: u16, maximum: u16) -> Result<(), Self> {
        if number > maximum {
            return Err(Self::new(EncodeErrorKind::OutOfRange { maximum }, field));
        }
        Ok(())
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> EncodeErrorKind {
        self.kind
    }

    /// The part that is wrong, by its name in the format's documentation.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }
}
