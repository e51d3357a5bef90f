//! Why a text is no string of any format.

use core::fmt;

use crate::error::{DecodeError, Hint, Segment};
use crate::format::Format;

/// Why a text is no string of one format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error(transparent)]
#[non_exhaustive]
pub enum FormatError {
    /// A string of bits: a Didomi Consent String, a TC string.
    Decode(#[from] DecodeError),
}

impl FormatError {
    /// How far into the text a reader came before it refused it, to tell which format it was
    /// meant to be: how many characters stand before the wrong one, and none where the text looks
    /// like another format.
    pub(super) fn reached(&self, text: &str) -> usize {
        match self {
            Self::Decode(error) if matches!(error.hint(), Some(Hint::LooksLike(_))) => 0,
            Self::Decode(error) => error.char_offset().map_or(text.len(), |before| before + 1),
        }
    }
}

/// Why a text was not read: no format accepts it, or two do.
///
/// ```
/// use consent_string::Format;
/// use consent_string::any::{AnyString, StringError};
///
/// let error = "CGHWv4UYba5-dZnABdKu__D6".parse::<AnyString>().unwrap_err();
/// assert!(matches!(error, StringError::Refused { format: Format::Didomi, .. }));
/// assert_eq!(error.kind_name(), "truncated");
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
    const fn decode(&self) -> Option<&DecodeError> {
        match self {
            Self::Refused { error: FormatError::Decode(error), .. } => Some(error),
            _ => None,
        }
    }

    /// The kind's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn kind_name(&self) -> &'static str {
        match self {
            Self::Refused { error: FormatError::Decode(error), .. } => error.kind().name(),
            Self::Ambiguous { .. } => "ambiguous",
            Self::NotBuiltIn { .. } => "not_built_in",
        }
    }

    /// The name of the part of the text that is wrong; `None` where it is not known.
    #[must_use]
    pub fn segment_name(&self) -> Option<&'static str> {
        self.decode()?.segment().map(Segment::name)
    }

    /// Where the wrong field starts, in bits from the start of its segment; `None` where it is
    /// not known.
    #[must_use]
    pub fn bit_offset(&self) -> Option<usize> {
        self.decode()?.bit_offset()
    }

    /// How many characters of the text stand before the wrong one; `None` where it is not known.
    #[must_use]
    pub fn char_offset(&self) -> Option<usize> {
        self.decode()?.char_offset()
    }

    /// A usual mistake that would explain the error.
    #[must_use]
    pub fn hint(&self) -> Option<Hint> {
        self.decode()?.hint()
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
