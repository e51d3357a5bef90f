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
mod diff;
mod error;
mod options;

use core::fmt;
use core::str::FromStr;

#[cfg(feature = "serde")]
pub use decoded::Decoded;
#[cfg(feature = "json")]
pub use decoded::{JsonError, JsonErrorKind};
pub use diff::{DiffError, Difference};
pub use error::{FormatError, StringError};
pub use options::DecodeOptions;

#[cfg(feature = "ac")]
use crate::ac;
use crate::didomi;
use crate::format::Format;
#[cfg(feature = "gpp")]
use crate::gpp;
#[cfg(feature = "tcf")]
use crate::tcf;
#[cfg(feature = "token")]
use crate::token;
#[cfg(feature = "gpp")]
use crate::us_privacy;

/// A consent string of any format.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "one at a time, and boxing would hide the strings")]
pub enum AnyString {
    /// A Didomi Consent String.
    Didomi(didomi::ConsentString),
    /// A TC string.
    #[cfg(feature = "tcf")]
    Tcf(tcf::TcString),
    /// A GPP string.
    #[cfg(feature = "gpp")]
    Gpp(gpp::GppString),
    /// A US Privacy string.
    #[cfg(feature = "gpp")]
    UsPrivacy(us_privacy::UsPrivacy),
    /// Google's Additional Consent string.
    #[cfg(feature = "ac")]
    Ac(ac::AcString),
    /// A `didomi_token`.
    #[cfg(feature = "token")]
    Token(token::DidomiToken),
}

impl AnyString {
    /// The format.
    #[must_use]
    pub const fn format(&self) -> Format {
        match self {
            Self::Didomi(_) => Format::Didomi,
            #[cfg(feature = "tcf")]
            Self::Tcf(_) => Format::Tcf,
            #[cfg(feature = "gpp")]
            Self::Gpp(_) => Format::Gpp,
            #[cfg(feature = "gpp")]
            Self::UsPrivacy(_) => Format::UsPrivacy,
            #[cfg(feature = "ac")]
            Self::Ac(_) => Format::Ac,
            #[cfg(feature = "token")]
            Self::Token(_) => Format::Token,
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
    /// The text; that of a `didomi_token` is written anew, and so may differ from what was read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Didomi(string) => fmt::Display::fmt(string, f),
            #[cfg(feature = "tcf")]
            Self::Tcf(string) => fmt::Display::fmt(string, f),
            #[cfg(feature = "gpp")]
            Self::Gpp(string) => fmt::Display::fmt(string, f),
            #[cfg(feature = "gpp")]
            Self::UsPrivacy(string) => fmt::Display::fmt(string, f),
            #[cfg(feature = "ac")]
            Self::Ac(string) => fmt::Display::fmt(string, f),
            #[cfg(feature = "token")]
            Self::Token(token) => f.pad(&token.encode().map_err(|_| fmt::Error)?),
        }
    }
}
