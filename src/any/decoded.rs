//! The object of a string of any format, and the way back.

#[cfg(feature = "json")]
mod json;

#[cfg(feature = "json")]
pub use json::{JsonError, JsonErrorKind};

use serde::{Serialize, Serializer};

use super::AnyString;
#[cfg(feature = "ac")]
use crate::ac;
use crate::didomi;
use crate::error::EncodeError;
use crate::format::Format;
#[cfg(feature = "gpp")]
use crate::gpp;
#[cfg(feature = "tcf")]
use crate::tcf;
#[cfg(feature = "token")]
use crate::token;
#[cfg(feature = "gpp")]
use crate::us_privacy;

/// What a string of any format says: the object of its format, with `"format"` in front.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "format", rename_all = "snake_case")]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "it is so where few formats are built only")]
pub enum Decoded {
    /// A Didomi Consent String.
    Didomi(didomi::Decoded),
    /// A TC string.
    #[cfg(feature = "tcf")]
    Tcf(tcf::Decoded),
    /// A GPP string.
    #[cfg(feature = "gpp")]
    Gpp(gpp::Decoded),
    /// A US Privacy string.
    #[cfg(feature = "gpp")]
    UsPrivacy(us_privacy::Decoded),
    /// Google's Additional Consent string.
    #[cfg(feature = "ac")]
    Ac(ac::Decoded),
    /// A `didomi_token`: the object that it is the base64 of.
    #[cfg(feature = "token")]
    Token(#[serde(serialize_with = "token::serialize_object")] token::DidomiToken),
}

impl Decoded {
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
            #[cfg(feature = "gpp")]
            Self::Gpp(decoded) => AnyString::Gpp(decoded.encode()?),
            #[cfg(feature = "gpp")]
            Self::UsPrivacy(decoded) => AnyString::UsPrivacy(decoded.encode()),
            #[cfg(feature = "ac")]
            Self::Ac(decoded) => AnyString::Ac(decoded.encode()?),
            #[cfg(feature = "token")]
            Self::Token(token) => {
                token.encode()?;
                AnyString::Token(token.clone())
            }
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
            #[allow(unreachable_patterns, reason = "other formats come with features")]
            _ => self.encode(),
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
            #[cfg(feature = "gpp")]
            Self::Gpp(string) => Decoded::Gpp(string.decoded()),
            #[cfg(feature = "gpp")]
            Self::UsPrivacy(string) => Decoded::UsPrivacy(string.decoded()),
            #[cfg(feature = "ac")]
            Self::Ac(string) => Decoded::Ac(string.decoded()),
            #[cfg(feature = "token")]
            Self::Token(token) => Decoded::Token(token.clone()),
        }
    }
}

impl Serialize for AnyString {
    /// The text, as strings of each format serialize.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
