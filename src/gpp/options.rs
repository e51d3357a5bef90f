//! How GPP strings are read.

use super::{GppString, GppStringRef};
use crate::buffer::Buffer;
use crate::error::DecodeError;
use crate::tcf;
use crate::text::MAX_TEXT_LENGTH;

/// How GPP strings are read.
///
/// Without a leniency, a section that can't be read for sure is an error of that section;
/// what is of the format but against the specification is a [`Finding`](super::Finding).
///
/// ```
/// # use consent_string::gpp::{DecodeOptions, SectionId};
/// // A section of Virginia that says it is of version 27.
/// let text = "DBABRg~bSFgmiU";
/// let read = |options: DecodeOptions| options.decode(text)?.us_section(SectionId::USVA).unwrap();
/// assert_eq!(read(DecodeOptions::new()).unwrap_err().kind().name(), "unsupported_version");
/// assert_eq!(read(DecodeOptions::new().allow_any_version())?.version(), Some(27));
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct DecodeOptions {
    pub(super) max_text_length: u32,
    pub(super) any_version: bool,
    pub(super) first_layout_in_version_two: bool,
    pub(super) tcf: tcf::DecodeOptions,
}

impl DecodeOptions {
    /// The options by which `parse` reads.
    pub const fn new() -> Self {
        Self {
            max_text_length: MAX_TEXT_LENGTH,
            any_version: false,
            first_layout_in_version_two: false,
            tcf: tcf::DecodeOptions::new(),
        }
    }

    /// The longest text to accept, in bytes; a longer one is refused before any other work.
    /// [`MAX_TEXT_LENGTH`] unless said otherwise.
    ///
    /// Capped at 2²⁸, so that bit positions fit 32 bits.
    pub const fn max_text_length(self, bytes: u32) -> Self {
        let max_text_length = if bytes > 1 << 28 { 1 << 28 } else { bytes };
        Self { max_text_length, ..self }
    }

    /// Reads sections of the United States of a version that this crate does not know as if
    /// they were of the last one that it does. Refused unless asked for: a new version may
    /// have a new layout.
    pub const fn allow_any_version(self) -> Self {
        Self { any_version: true, ..self }
    }

    /// Reads a national section that says it is of version 2 and has the 60 bits of version 1
    /// as what its length says. Refused unless asked for: it may as well be cut off.
    pub const fn allow_first_layout_in_version_two(self) -> Self {
        Self { first_layout_in_version_two: true, ..self }
    }

    /// How the TC string of section 2 is read; its limit of length does not count, as the
    /// one of the whole does.
    pub const fn tcf(self, options: tcf::DecodeOptions) -> Self {
        Self { tcf: options, ..self }
    }

    /// Reads a GPP string into a value of its own.
    ///
    /// # Errors
    ///
    /// As [`GppStringRef::parse`].
    pub fn decode(self, text: &str) -> Result<GppString, DecodeError> {
        GppString::decode(text, self)
    }

    /// Reads a GPP string in place.
    ///
    /// # Errors
    ///
    /// As [`GppStringRef::parse`].
    pub fn decode_ref<'t, 'b>(
        self,
        text: &'t str,
        buffer: &'b mut Buffer,
    ) -> Result<GppStringRef<'t, 'b>, DecodeError> {
        GppStringRef::decode(text, buffer, self)
    }
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self::new()
    }
}
