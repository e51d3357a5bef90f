//! What differs between two strings of any one format.

use core::fmt;

use super::AnyString;
use crate::didomi;
use crate::format::Format;
#[cfg(feature = "gpp")]
use crate::gpp;
#[cfg(feature = "tcf")]
use crate::tcf;
#[cfg(feature = "gpp")]
use crate::us_privacy;

/// What differs between two strings of one format, from the first to the second: see
/// [`AnyString::diff`].
///
/// Printed and serialized, it is the difference of its format.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "one at a time, and boxing would hide the changes")]
pub enum Difference {
    /// Of Didomi Consent Strings.
    Didomi(didomi::Difference),
    /// Of TC strings.
    #[cfg(feature = "tcf")]
    Tcf(tcf::Difference),
    /// Of GPP strings.
    #[cfg(feature = "gpp")]
    Gpp(gpp::Difference),
    /// Of US Privacy strings.
    #[cfg(feature = "gpp")]
    UsPrivacy(us_privacy::Difference),
}

/// Why there is no difference of two strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DiffError {
    /// The strings are of two formats.
    #[error(
        "{} and {}, expected two strings of one format",
        formats[0].described(), formats[1].described()
    )]
    DifferentFormats {
        /// The formats, that of the first string first.
        formats: [Format; 2],
    },
    /// Strings of this format are not compared.
    #[error("{}, which is not compared", format.described())]
    NotCompared {
        /// The format.
        format: Format,
    },
}

impl DiffError {
    /// The kind's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::DifferentFormats { .. } => "different_formats",
            Self::NotCompared { .. } => "not_compared",
        }
    }
}

impl AnyString {
    /// What differs between this string and another one of its format: what changes from this one
    /// to the other.
    ///
    /// # Errors
    ///
    /// [`DiffError`] for strings of two formats, and for AC strings and tokens, which are not
    /// compared.
    pub fn diff(&self, to: &Self) -> Result<Difference, DiffError> {
        match (self, to) {
            (Self::Didomi(from), Self::Didomi(to)) => Ok(Difference::Didomi(from.diff(to))),
            #[cfg(feature = "tcf")]
            (Self::Tcf(from), Self::Tcf(to)) => Ok(Difference::Tcf(from.diff(to))),
            #[cfg(feature = "gpp")]
            (Self::Gpp(from), Self::Gpp(to)) => Ok(Difference::Gpp(from.diff(to))),
            #[cfg(feature = "gpp")]
            (Self::UsPrivacy(from), Self::UsPrivacy(to)) => {
                Ok(Difference::UsPrivacy(from.diff(to)))
            }
            #[allow(unreachable_patterns, reason = "without a feature there is one format")]
            _ if self.format() == to.format() => {
                Err(DiffError::NotCompared { format: self.format() })
            }
            #[allow(unreachable_patterns, reason = "without a feature there is one format")]
            _ => Err(DiffError::DifferentFormats { formats: [self.format(), to.format()] }),
        }
    }
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Didomi(difference) => difference.is_empty(),
            #[cfg(feature = "tcf")]
            Self::Tcf(difference) => difference.is_empty(),
            #[cfg(feature = "gpp")]
            Self::Gpp(difference) => difference.is_empty(),
            #[cfg(feature = "gpp")]
            Self::UsPrivacy(difference) => difference.is_empty(),
        }
    }
}

impl fmt::Display for Difference {
    /// One change a line, without a line feed behind the last; nothing where nothing differs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Didomi(difference) => fmt::Display::fmt(difference, f),
            #[cfg(feature = "tcf")]
            Self::Tcf(difference) => fmt::Display::fmt(difference, f),
            #[cfg(feature = "gpp")]
            Self::Gpp(difference) => fmt::Display::fmt(difference, f),
            #[cfg(feature = "gpp")]
            Self::UsPrivacy(difference) => fmt::Display::fmt(difference, f),
        }
    }
}
