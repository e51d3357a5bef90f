//! Why a text is no string of any format.

use core::fmt;

#[cfg(feature = "ac")]
use crate::ac;
use crate::error::{DecodeError, DecodeErrorKind, Hint, Segment};
use crate::format::Format;
#[cfg(feature = "token")]
use crate::token;

/// Why a text is no string of one format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error(transparent)]
#[non_exhaustive]
pub enum FormatError {
    /// A string of bits, or of answers: Didomi, TC, GPP and US Privacy strings.
    Decode(#[from] DecodeError),
    /// Google's Additional Consent string.
    #[cfg(feature = "ac")]
    Ac(#[from] ac::ParseError),
    /// A `didomi_token`.
    #[cfg(feature = "token")]
    Token(#[from] token::TokenError),
}

impl FormatError {
    /// How far into the text a reader came before it refused it, to tell which format it was
    /// meant to be: how many characters stand before the wrong one, and none where the text looks
    /// like another format.
    pub(super) fn reached(&self, text: &str) -> usize {
        match self {
            Self::Decode(error) if matches!(error.hint(), Some(Hint::LooksLike(_))) => 0,
            // Another length says nothing of a US Privacy string.
            Self::Decode(error)
                if matches!(error.kind(), DecodeErrorKind::NotFourCharacters { .. }) =>
            {
                0
            }
            Self::Decode(error) => error.char_offset().map_or(text.len(), |before| before + 1),
            #[cfg(feature = "ac")]
            Self::Ac(error) => error.char_offset().unwrap_or_default(),
            // What is base64 of something else says nothing of a token.
            #[cfg(feature = "token")]
            Self::Token(error) => match error.kind() {
                token::TokenErrorKind::NotJson => 0,
                _ => error.char_offset().unwrap_or(text.len()),
            },
        }
    }

    const fn kind_name(&self) -> &'static str {
        match self {
            Self::Decode(error) => error.kind().name(),
            #[cfg(feature = "ac")]
            Self::Ac(error) => error.kind().name(),
            #[cfg(feature = "token")]
            Self::Token(error) => error.kind().name(),
        }
    }

    fn segment_name(&self) -> Option<&'static str> {
        match self {
            Self::Decode(error) => error.segment().map(Segment::name),
            #[cfg(feature = "ac")]
            Self::Ac(error) => error.field(),
            #[cfg(feature = "token")]
            Self::Token(error) => error.field(),
        }
    }

    fn field_name(&self) -> Option<&'static str> {
        match self {
            Self::Decode(error) => error.field(),
            #[cfg(feature = "ac")]
            Self::Ac(error) => error.field(),
            #[cfg(feature = "token")]
            Self::Token(error) => error.field(),
        }
    }

    fn bit_offset(&self) -> Option<usize> {
        match self {
            Self::Decode(error) => error.bit_offset(),
            #[cfg(feature = "ac")]
            Self::Ac(error) => error.char_offset().map(|before| 8 * before),
            #[cfg(feature = "token")]
            Self::Token(error) => error.bit_offset(),
        }
    }

    fn char_offset(&self) -> Option<usize> {
        match self {
            Self::Decode(error) => error.char_offset(),
            #[cfg(feature = "ac")]
            Self::Ac(error) => error.char_offset(),
            #[cfg(feature = "token")]
            Self::Token(error) => error.char_offset(),
        }
    }

    const fn hint(&self) -> Option<Hint> {
        match self {
            Self::Decode(error) => error.hint(),
            #[allow(unreachable_patterns, reason = "other errors come with features")]
            _ => None,
        }
    }
}

/// Why a text was not read: no format accepts it, or two do.
///
/// ```
/// use consent_string::Format;
/// use consent_string::any::{DecodeOptions, StringError};
///
/// let half = "BGHWv4UYba5-dZnABdKu__D6";
/// let error = DecodeOptions::new().decode(half, Some(Format::Didomi)).unwrap_err();
/// assert!(matches!(error, StringError::Refused { format: Format::Didomi, .. }));
/// assert_eq!(error.kind_name(), "truncated");
///
/// // Where no format is named, the error is that of the format that got furthest.
/// let wrong = "BGHWv4UYba5!dZnABdKu__D6";
/// let error = DecodeOptions::new().decode(wrong, None).unwrap_err();
/// assert_eq!((error.kind_name(), error.char_offset()), ("invalid_character", Some(11)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StringError {
    /// No format accepts the text, or not the one that was asked for. Where several were tried,
    /// this is the error of the one that got furthest.
    Refused {
        /// The format.
        format: Format,
        /// Why it refuses the text.
        error: FormatError,
    },
    /// Two formats accept the text.
    Ambiguous {
        /// Both of them.
        formats: [Format; 2],
    },
    /// The feature of this format is not on.
    NotBuiltIn {
        /// The format.
        format: Format,
    },
}

impl StringError {
    const fn refused(&self) -> Option<&FormatError> {
        match self {
            Self::Refused { error, .. } => Some(error),
            _ => None,
        }
    }

    /// The kind's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn kind_name(&self) -> &'static str {
        match self {
            Self::Refused { error, .. } => error.kind_name(),
            Self::Ambiguous { .. } => "ambiguous",
            Self::NotBuiltIn { .. } => "not_built_in",
        }
    }

    /// The name of the part of the text that is wrong; `None` where it is not known.
    #[must_use]
    pub fn segment_name(&self) -> Option<&'static str> {
        self.refused()?.segment_name()
    }

    /// The name of the field that is wrong; `None` where it is not known.
    #[must_use]
    pub fn field_name(&self) -> Option<&'static str> {
        self.refused()?.field_name()
    }

    /// Where the wrong field starts, in bits from the start of its segment; `None` where it is
    /// not known.
    #[must_use]
    pub fn bit_offset(&self) -> Option<usize> {
        self.refused()?.bit_offset()
    }

    /// How many characters of the text stand before the wrong one; `None` where it is not known.
    #[must_use]
    pub fn char_offset(&self) -> Option<usize> {
        self.refused()?.char_offset()
    }

    /// A usual mistake that would explain the error.
    #[must_use]
    pub fn hint(&self) -> Option<Hint> {
        self.refused()?.hint()
    }
}

impl fmt::Display for StringError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { error, .. } => fmt::Display::fmt(error, f),
            Self::Ambiguous { formats: [one, other] } => write!(
                f,
                "{} and {} at once, expected one of them to be named",
                one.described(),
                other.described()
            ),
            Self::NotBuiltIn { format } => {
                write!(f, "{}, which needs a feature that is off", format.described())
            }
        }
    }
}

impl core::error::Error for StringError {}
