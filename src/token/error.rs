//! What can be wrong with a token.

use core::fmt;

use crate::error::DecodeErrorKind;
use crate::json::{self, ObjectError};
use crate::time::TimestampError;

/// Why a text is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TokenErrorKind {
    /// The text is empty.
    #[error("empty, expected base64")]
    Empty,
    /// The text is longer than the limit.
    #[error("the text is too long, expected at most {maximum} characters")]
    TooLong {
        /// The limit, in bytes of text.
        maximum: u32,
    },
    /// A character that the standard alphabet of base64 doesn't have: `-`, `%`, a space; or one
    /// behind the padding.
    #[error("a character that may not stand here, expected A-Z a-z 0-9 + /")]
    InvalidCharacter,
    /// A last character that completes no byte: `eyJ9e`.
    #[error("a last character that completes no byte, expected two, three or none")]
    InvalidLength,
    /// A one among the bits of the last character that are behind the last byte: `e31=`.
    #[error("a one behind the last byte, expected zeros")]
    TrailingBits,
    /// Padding that doesn't fit the text: `e30==`.
    #[error("padding that does not fit, expected as much as base64 has, or less")]
    Padding,
    /// What the base64 holds is not JSON, or nested deeper than 128.
    #[error("not valid JSON")]
    NotJson,
    /// It is JSON, but no object: `W10=`, which is `[]`.
    #[error("no JSON object")]
    NotObject,
    /// A property stands in an object twice, at any depth.
    #[error("a property is repeated in its object")]
    RepeatedProperty,
    /// A property that each token has is missing or `null`: `user_id`, `created`, `updated`.
    #[error("missing, expected a value")]
    Missing,
    /// A property is not of its type: `"vendors": ["google"]`.
    #[error("not of its type")]
    WrongType,
    /// The user ID is no UUID in its usual form, as
    /// `"7faf675d99c04ad2bbbff0fa962587b0"`.
    #[error("no UUID, expected 36 characters in five groups")]
    UserId,
    /// A time that can't be read: `"2024-08-27"`.
    #[error("{0}")]
    Time(TimestampError),
    /// A version other than 2.
    #[error("an unknown version, expected 2 or null")]
    UnsupportedVersion,
    /// An ID is both enabled and disabled.
    #[error("an ID that is both enabled and disabled, expected one of them")]
    EnabledAndDisabled,
    /// The property `ac` is not two sets around a dot: `"AAAA"`.
    #[error("not two parts, expected two around a dot")]
    ProviderParts,
    /// A set of ad tech providers can't be read.
    #[error("{0}")]
    Providers(DecodeErrorKind),
}

impl TokenErrorKind {
    /// The kind's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::InvalidCharacter => "invalid_character",
            Self::InvalidLength => "invalid_length",
            Self::TrailingBits => "trailing_bits",
            Self::Padding => "padding",
            Self::NotJson => "not_json",
            Self::NotObject => "not_object",
            Self::RepeatedProperty => "repeated_property",
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::UserId => "user_id",
            Self::Time(_) => "time",
            Self::UnsupportedVersion => "unsupported_version",
            Self::EnabledAndDisabled => "enabled_and_disabled",
            Self::ProviderParts => "provider_parts",
            Self::Providers(_) => "providers",
        }
    }
}

/// A text is no token: what is wrong, and where. It never shows the text: whose choices these
/// are, and which, is personal data.
///
/// ```
/// # use consent_string::token::{DidomiToken, TokenErrorKind};
/// let error = DidomiToken::from_json(br#"{"user_id": "7faf"}"#).unwrap_err();
/// assert_eq!(error.kind(), TokenErrorKind::UserId);
/// assert_eq!(error.to_string(), "user_id: no UUID, expected 36 characters in five groups");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenError {
    kind: TokenErrorKind,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Whole,
    /// A character of the base64.
    Character(usize),
    Field(&'static str),
    /// A bit of a field that has bits.
    Bit(&'static str, u32),
}

impl TokenError {
    /// An error of the text as a whole.
    pub(super) const fn whole(kind: TokenErrorKind) -> Self {
        Self { kind, place: Place::Whole }
    }

    pub(super) const fn at_character(kind: TokenErrorKind, place: usize) -> Self {
        Self { kind, place: Place::Character(place) }
    }

    pub(super) const fn of(kind: TokenErrorKind, field: &'static str) -> Self {
        Self { kind, place: Place::Field(field) }
    }

    pub(super) const fn at_bit(kind: TokenErrorKind, field: &'static str, bit: u32) -> Self {
        Self { kind, place: Place::Bit(field, bit) }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> TokenErrorKind {
        self.kind
    }

    /// The property that is wrong, by its names from the outermost to its own, with dots
    /// between: `vendors.enabled`. The two sets of `ac` are `ac.consent` and
    /// `ac.legitimate_interest`. `None` where there is no JSON yet, or all of it is wrong.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        match self.place {
            Place::Field(field) | Place::Bit(field, _) => Some(field),
            Place::Whole | Place::Character(_) => None,
        }
    }

    /// How many characters of the base64 stand before the wrong one.
    #[must_use]
    pub const fn char_offset(&self) -> Option<usize> {
        match self.place {
            Place::Character(place) => Some(place),
            _ => None,
        }
    }

    /// Where in a set of ad tech providers the wrong number, range or character starts, in
    /// bits from the start of the set.
    #[must_use]
    pub const fn bit_offset(&self) -> Option<usize> {
        match self.place {
            Place::Bit(_, bit) => Some(bit as usize),
            _ => None,
        }
    }
}

impl From<ObjectError> for TokenError {
    fn from(error: ObjectError) -> Self {
        Self::whole(match error {
            ObjectError::NotJson => TokenErrorKind::NotJson,
            ObjectError::NotObject => TokenErrorKind::NotObject,
            ObjectError::Repeated => TokenErrorKind::RepeatedProperty,
        })
    }
}

impl From<json::WrongType> for TokenError {
    fn from(json::WrongType(field): json::WrongType) -> Self {
        Self::of(TokenErrorKind::WrongType, field)
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Place::Whole => Ok(()),
            Place::Character(place) => write!(f, "character {}: ", place + 1),
            Place::Field(field) => write!(f, "{field}: "),
            Place::Bit(field, bit) => write!(f, "{field} at bit {bit}: "),
        }?;
        fmt::Display::fmt(&self.kind, f)
    }
}

impl core::error::Error for TokenError {}
