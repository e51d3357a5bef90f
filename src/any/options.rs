//! How strings of each format are read, and which format a text is of.

use super::{AnyString, FormatError, StringError};
use crate::buffer::Buffer;
use crate::didomi;
use crate::format::Format;
#[cfg(feature = "tcf")]
use crate::tcf;

/// How strings of each format are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[must_use]
pub struct DecodeOptions {
    didomi: didomi::DecodeOptions,
    #[cfg(feature = "tcf")]
    tcf: tcf::DecodeOptions,
}

/// The formats that are tried where none is named, those first that are tried fastest.
const TRIED: &[Format] = &[
    Format::Didomi,
    #[cfg(feature = "tcf")]
    Format::Tcf,
];

impl DecodeOptions {
    /// The defaults of each format.
    pub const fn new() -> Self {
        Self {
            didomi: didomi::DecodeOptions::new(),
            #[cfg(feature = "tcf")]
            tcf: tcf::DecodeOptions::new(),
        }
    }

    /// How Didomi Consent Strings are read.
    pub const fn didomi(self, didomi: didomi::DecodeOptions) -> Self {
        Self { didomi, ..self }
    }

    /// How TC strings are read.
    #[cfg(feature = "tcf")]
    pub const fn tcf(self, tcf: tcf::DecodeOptions) -> Self {
        Self { tcf, ..self }
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
        let refused = |error| StringError::Refused { format, error };
        match format {
            Format::Didomi => self.didomi.decode(text).map(AnyString::Didomi),
            #[cfg(feature = "tcf")]
            Format::Tcf => self.tcf.decode(text).map(AnyString::Tcf),
            _ => return Err(StringError::NotBuiltIn { format }),
        }
        .map_err(|error| refused(error.into()))
    }

    /// Which format a text is of: the one that is named, or the one that accepts it. Nothing of
    /// the string is kept, and for texts that the buffer has room for nothing is allocated.
    ///
    /// # Errors
    ///
    /// Those of [`decode`](Self::decode).
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

    fn accepts(
        &self,
        text: &str,
        format: Format,
        buffer: &mut Buffer,
    ) -> Result<Result<(), FormatError>, StringError> {
        Ok(match format {
            Format::Didomi => self.didomi.decode_ref(text, buffer).map(drop),
            #[cfg(feature = "tcf")]
            Format::Tcf => self.tcf.decode_ref(text, buffer).map(drop),
            _ => return Err(StringError::NotBuiltIn { format }),
        }
        .map_err(FormatError::from))
    }
}
