//! What is accepted when a TC string is read.

use super::{TcString, TcStringRef};
use crate::error::DecodeError;
use crate::text::MAX_TEXT_LENGTH;

/// How much is forgiven where the specification is silent or strings in the wild differ
/// from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Leniency {
    Strict,
    Default,
    Lenient,
}

/// How TC strings are read.
///
/// | in the text | strict | by default | lenient |
/// |---|---|---|---|
/// | ranges that overlap or do not rise | refused | accepted | accepted |
/// | a vendor past `MaxVendorId` in a range | refused | accepted | accepted |
/// | restriction type 3 | refused | accepted | accepted |
/// | 24 zero bits or more behind the last field | refused | accepted | accepted |
/// | a last base64 character that completes no byte | refused | accepted | accepted |
/// | ones behind the last field | refused | refused | accepted |
/// | one or two `=` behind a segment | refused | refused | accepted |
///
/// Everything else that is not of the format is refused by all three: the vendor 0, reversed
/// ranges, restrictions on purposes past 24, letters past Z, a segment that is cut off, empty,
/// of unknown type or there twice, white space around the text.
///
/// ```
/// # use consent_string::tcf::DecodeOptions;
/// let padded = "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA=";
/// assert_eq!(DecodeOptions::new().decode(padded).unwrap_err().kind().name(), "padding");
/// let consent = DecodeOptions::new().lenient().decode(padded)?;
/// assert_eq!(consent.as_str(), padded);
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct DecodeOptions {
    pub(super) max_text_length: u32,
    pub(super) leniency: Leniency,
}

impl DecodeOptions {
    /// The options by which `parse` reads.
    pub const fn new() -> Self {
        Self { max_text_length: MAX_TEXT_LENGTH, leniency: Leniency::Default }
    }

    /// The longest text to accept, in bytes; a longer one is refused before any other work.
    ///
    /// Capped at 2²⁸, so that bit positions fit 32 bits.
    pub const fn max_text_length(self, bytes: u32) -> Self {
        let max_text_length = if bytes > 1 << 28 { 1 << 28 } else { bytes };
        Self { max_text_length, ..self }
    }

    /// Accepts only what the specification's own encoder rules allow, in the table above.
    /// Undoes [`lenient`](Self::lenient).
    pub const fn strict(self) -> Self {
        Self { leniency: Leniency::Strict, ..self }
    }

    /// Accepts padding and whatever bits stand behind the last field.
    /// Undoes [`strict`](Self::strict).
    pub const fn lenient(self) -> Self {
        Self { leniency: Leniency::Lenient, ..self }
    }

    /// Reads a TC string into a value of its own.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no TC string, or one that the options refuse.
    pub fn decode(self, text: &str) -> Result<TcString, DecodeError> {
        TcString::decode(text, self)
    }

    /// Reads a TC string in place, without an allocation: the bits are decoded into
    /// `buffer`, which must have [`TcStringRef::buffer_len`] bytes.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no TC string, or one that the options refuse, or
    /// where the buffer is too small.
    pub fn decode_ref<'a>(
        self,
        text: &'a str,
        buffer: &'a mut [u8],
    ) -> Result<TcStringRef<'a>, DecodeError> {
        TcStringRef::decode(text, buffer, self)
    }

    pub(super) fn is_strict(self) -> bool {
        self.leniency == Leniency::Strict
    }

    pub(super) fn is_lenient(self) -> bool {
        self.leniency == Leniency::Lenient
    }
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self::new()
    }
}
