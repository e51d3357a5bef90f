//! A consent string of a format that is told from the text.
//!
//! Two formats may share their first characters: a Didomi Consent String of version 2 and a TC
//! string both start with `C`. So a text is read as a string of each format, and it is one of
//! the format that accepts it; where two do, that is an error.
//!
//! ```
//! use consent_string::any::AnyString;
//!
//! let string: AnyString = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA".parse()?;
//! assert_eq!(string.format().name(), "didomi");
//! # Ok::<(), consent_string::any::StringError>(())
//! ```

#[cfg(feature = "serde")]
mod decoded;
mod error;
mod options;

use core::fmt;
use core::str::FromStr;

#[cfg(feature = "serde")]
pub use decoded::Decoded;
#[cfg(feature = "json")]
pub use decoded::{JsonError, JsonErrorKind};
pub use error::{FormatError, StringError};
pub use options::DecodeOptions;

use crate::didomi;
use crate::format::Format;
#[cfg(feature = "tcf")]
use crate::tcf;

/// A consent string of any format.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AnyString {
    /// A Didomi Consent String.
    Didomi(didomi::ConsentString),
    /// A TC string.
    #[cfg(feature = "tcf")]
    Tcf(tcf::TcString),
}

impl AnyString {
    /// The format.
    #[must_use]
    pub const fn format(&self) -> Format {
        match self {
            Self::Didomi(_) => Format::Didomi,
            #[cfg(feature = "tcf")]
            Self::Tcf(_) => Format::Tcf,
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Didomi(string) => string.as_str(),
            #[cfg(feature = "tcf")]
            Self::Tcf(string) => string.as_str(),
        }
    }
}

impl FromStr for AnyString {
    type Err = StringError;

    /// Reads a string of any format, under the defaults of each.
    fn from_str(text: &str) -> Result<Self, StringError> {
        DecodeOptions::new().decode(text, None)
    }
}

impl fmt::Display for AnyString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
