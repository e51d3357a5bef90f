//! How strings of each format are read, and which format a text is of.

use super::{AnyString, FormatError, StringError};
#[cfg(feature = "ac")]
use crate::ac;
use crate::buffer::Buffer;
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

/// How strings of each format are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[must_use]
pub struct DecodeOptions {
    didomi: didomi::DecodeOptions,
    #[cfg(feature = "tcf")]
    tcf: tcf::DecodeOptions,
    #[cfg(feature = "gpp")]
    gpp: gpp::DecodeOptions,
    #[cfg(feature = "gpp")]
    us_privacy: us_privacy::DecodeOptions,
}

/// The formats that are tried where none is named, those first that are tried fastest.
const TRIED: &[Format] = &[
    Format::Didomi,
    #[cfg(feature = "tcf")]
    Format::Tcf,
    #[cfg(feature = "gpp")]
    Format::Gpp,
    #[cfg(feature = "gpp")]
    Format::UsPrivacy,
    #[cfg(feature = "ac")]
    Format::Ac,
    #[cfg(feature = "token")]
    Format::Token,
];

impl DecodeOptions {
    /// The defaults of each format.
    pub const fn new() -> Self {
        Self {
            didomi: didomi::DecodeOptions::new(),
            #[cfg(feature = "tcf")]
            tcf: tcf::DecodeOptions::new(),
            #[cfg(feature = "gpp")]
            gpp: gpp::DecodeOptions::new(),
            #[cfg(feature = "gpp")]
            us_privacy: us_privacy::DecodeOptions::new(),
        }
    }

    /// How Didomi Consent Strings are read.
    #[allow(clippy::needless_update, reason = "the other formats come with features")]
    pub const fn didomi(self, didomi: didomi::DecodeOptions) -> Self {
        Self { didomi, ..self }
    }

    /// How TC strings are read.
    #[cfg(feature = "tcf")]
    pub const fn tcf(self, tcf: tcf::DecodeOptions) -> Self {
        Self { tcf, ..self }
    }

    /// How GPP strings are read.
    #[cfg(feature = "gpp")]
    pub const fn gpp(self, gpp: gpp::DecodeOptions) -> Self {
        Self { gpp, ..self }
    }

    /// How US Privacy strings are read.
    #[cfg(feature = "gpp")]
    pub const fn us_privacy(self, us_privacy: us_privacy::DecodeOptions) -> Self {
        Self { us_privacy, ..self }
    }

    /// Reads a string of a format, or of the one format that accepts it.
    ///
    /// # Errors
    ///
    /// [`StringError`]: that of the format; or, where none is named, that of the format that got
    /// furthest, or which two accept the text.
    pub fn decode(&self, text: &str, format: Option<Format>) -> Result<AnyString, StringError> {
        let format = match format {
            Some(format) => format,
            None => self.check(text, None, &mut Buffer::new())?,
        };
        let decoded: Result<AnyString, FormatError> = match format {
            Format::Didomi => {
                self.didomi.decode(text).map(AnyString::Didomi).map_err(FormatError::from)
            }
            #[cfg(feature = "tcf")]
            Format::Tcf => self.tcf.decode(text).map(AnyString::Tcf).map_err(FormatError::from),
            #[cfg(feature = "gpp")]
            Format::Gpp => self.gpp.decode(text).map(AnyString::Gpp).map_err(FormatError::from),
            #[cfg(feature = "gpp")]
            Format::UsPrivacy => {
                self.us_privacy.decode(text).map(AnyString::UsPrivacy).map_err(FormatError::from)
            }
            #[cfg(feature = "ac")]
            Format::Ac => text.parse().map(AnyString::Ac).map_err(FormatError::from),
            #[cfg(feature = "token")]
            Format::Token => text.parse().map(AnyString::Token).map_err(FormatError::from),
            #[allow(unreachable_patterns, reason = "with every feature there are no others")]
            _ => return Err(StringError::NotBuiltIn { format }),
        };
        decoded.map_err(|error| StringError::Refused { format, error })
    }

    /// Which format a text is of: the one that is named, or the one that accepts it. Nothing of
    /// the string is kept, and for texts that the buffer has room for nothing is allocated.
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
    #[expect(clippy::missing_panics_doc, reason = "at least one format is tried")]
    pub fn check(
        &self,
        text: &str,
        format: Option<Format>,
        buffer: &mut Buffer,
    ) -> Result<Format, StringError> {
        if let Some(format) = format {
            let accepted = self.accepts(text, format, buffer)?;
            return accepted
                .map(|()| format)
                .map_err(|error| StringError::Refused { format, error });
        }
        let mut found = None;
        let mut furthest: Option<(usize, Format, FormatError)> = None;
        for &format in TRIED {
            match self.accepts(text, format, buffer)? {
                Ok(()) => match found {
                    Some(other) => return Err(StringError::Ambiguous { formats: [other, format] }),
                    None => found = Some(format),
                },
                Err(error) => {
                    let reached = error.reached(text);
                    if furthest.is_none_or(|(other, ..)| reached > other) {
                        furthest = Some((reached, format, error));
                    }
                }
            }
        }
        found.ok_or_else(|| {
            let (_, format, error) = furthest.expect("at least one format is tried");
            StringError::Refused { format, error }
        })
    }

    /// Reads a GPP string.
    #[cfg(all(feature = "explain", feature = "gpp"))]
    pub(crate) fn gpp_of<'t, 'b>(
        &self,
        text: &'t str,
        buffer: &'b mut Buffer,
    ) -> Result<gpp::GppStringRef<'t, 'b>, crate::DecodeError> {
        self.gpp.decode_ref(text, buffer)
    }

    /// Reads a text as a string of a format, for a sink that hears of what is in it.
    #[cfg(feature = "explain")]
    pub(crate) fn tell(
        &self,
        text: &str,
        format: Format,
        buffer: &mut Buffer,
        sink: &mut impl crate::bits::Sink,
    ) -> Result<(), FormatError> {
        match format {
            Format::Didomi => self.didomi.tell(text, buffer, sink).map_err(Into::into),
            #[cfg(feature = "tcf")]
            Format::Tcf => self.tcf.tell(text, buffer, sink).map_err(Into::into),
            #[cfg(feature = "gpp")]
            Format::Gpp => self.gpp.tell(text, buffer, sink).map(drop).map_err(Into::into),
            #[cfg(feature = "gpp")]
            Format::UsPrivacy => self.us_privacy.tell(text, sink).map(drop).map_err(Into::into),
            #[cfg(feature = "ac")]
            Format::Ac => ac::ParseOptions::new().tell(text, sink).map_err(Into::into),
            format => {
                let accepted = self.accepts(text, format, buffer);
                accepted.expect("a format that was found is built in")
            }
        }
    }

    fn accepts(
        &self,
        text: &str,
        format: Format,
        buffer: &mut Buffer,
    ) -> Result<Result<(), FormatError>, StringError> {
        Ok(match format {
            Format::Didomi => self.didomi.decode_ref(text, buffer).map(drop).map_err(Into::into),
            #[cfg(feature = "tcf")]
            Format::Tcf => self.tcf.decode_ref(text, buffer).map(drop).map_err(Into::into),
            #[cfg(feature = "gpp")]
            Format::Gpp => self.gpp.decode_ref(text, buffer).map(drop).map_err(Into::into),
            #[cfg(feature = "gpp")]
            Format::UsPrivacy => self.us_privacy.decode(text).map(drop).map_err(Into::into),
            #[cfg(feature = "ac")]
            Format::Ac => ac::AcStringRef::parse(text).map(drop).map_err(Into::into),
            #[cfg(feature = "token")]
            Format::Token => {
                text.parse::<token::DidomiToken>().map(drop).map_err(FormatError::from)
            }
            #[allow(unreachable_patterns, reason = "with every feature there are no others")]
            _ => return Err(StringError::NotBuiltIn { format }),
        })
    }
}
