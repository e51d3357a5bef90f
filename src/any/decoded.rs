//! The object of a string of any format, and the way back.

#[cfg(feature = "json")]
mod json;

#[cfg(feature = "json")]
pub use json::{JsonError, JsonErrorKind};

use serde::{Serialize, Serializer};

use super::AnyString;
use crate::didomi;
use crate::error::EncodeError;
use crate::format::Format;
#[cfg(feature = "tcf")]
use crate::tcf;

/// What a string of any format says: the object of its format, with `"format"` in front.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Decoded {
    /// A Didomi Consent String.
    Didomi(didomi::Decoded),
    /// A TC string.
    #[cfg(feature = "tcf")]
    Tcf(tcf::Decoded),
}

impl Decoded {
    /// The format.
    #[must_use]
    pub const fn format(&self) -> Format {
        match self {
            Self::Didomi(_) => Format::Didomi,
            #[cfg(feature = "tcf")]
            Self::Tcf(_) => Format::Tcf,
        }
    }

    /// The canonical string that says this. A signature is left out unless it is known to fit.
    ///
    /// # Errors
    ///
    /// [`EncodeError`], where no string can say that.
    pub fn encode(&self) -> Result<AnyString, EncodeError> {
        Ok(match self {
            Self::Didomi(decoded) => AnyString::Didomi(decoded.encode()?),
            #[cfg(feature = "tcf")]
            Self::Tcf(decoded) => AnyString::Tcf(decoded.encode()?),
        })
    }

    /// The canonical string that says this, with the signature that the object has.
    ///
    /// An object tells no bytes, so nobody knows here whether the signature fits those of the
    /// string: it does where the object is that of a canonical string, and unchanged.
    ///
    /// # Errors
    ///
    /// [`EncodeError`], where no string can say that.
    pub fn encode_with_signature(&self) -> Result<AnyString, EncodeError> {
        match self {
            Self::Didomi(decoded) => {
                let string = decoded.encode()?;
                let signed = match &decoded.signature {
                    Some(signature) => string.with_signature(signature)?,
                    None => string,
                };
                Ok(AnyString::Didomi(signed))
            }
            #[cfg(feature = "tcf")]
            Self::Tcf(_) => self.encode(),
        }
    }
}

impl AnyString {
    /// What the string says, to serialize or to change.
    #[must_use]
    pub fn decoded(&self) -> Decoded {
        match self {
            Self::Didomi(string) => Decoded::Didomi(string.decoded()),
            #[cfg(feature = "tcf")]
            Self::Tcf(string) => Decoded::Tcf(string.decoded()),
        }
    }
}

impl Serialize for AnyString {
    /// The text, as strings of each format serialize.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
