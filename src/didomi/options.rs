//! What to accept when reading, and what to write.

use super::consent_string::ConsentString;
use super::form::{Encoding, SectionKind};
use super::view::ConsentStringRef;
use crate::error::DecodeError;
use crate::text::MAX_TEXT_LENGTH;

/// Which of the [`StatusesCode`](super::StatusesCode)s whose meaning is inferred only are
/// read, or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum InferredCodes {
    /// None of them.
    Refuse,
    /// Those that list the enabled IDs, or that have none: by these no ID can become enabled
    /// without being listed. The default for reading.
    #[default]
    Listed,
    /// All of them, also those by which every ID that is *not* listed is enabled.
    Accept,
}

/// What to accept when reading a Didomi Consent String.
///
/// ```
/// # use consent_string::didomi::{ConsentString, DecodeOptions, InferredCodes};
/// let strict = DecodeOptions::new().inferred_codes(InferredCodes::Refuse).max_text_length(4096);
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// let consent = strict.decode(text)?;
/// assert_eq!(consent.vendors().enabled().to_string(), "128-132");
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct DecodeOptions {
    pub(super) inferred_codes: InferredCodes,
    pub(super) max_text_length: u32,
}

impl DecodeOptions {
    /// The defaults: [`InferredCodes::Listed`] and [`MAX_TEXT_LENGTH`].
    pub const fn new() -> Self {
        Self { inferred_codes: InferredCodes::Listed, max_text_length: MAX_TEXT_LENGTH }
    }

    /// Which of the inferred codes to accept.
    pub const fn inferred_codes(self, inferred_codes: InferredCodes) -> Self {
        Self { inferred_codes, ..self }
    }

    /// The longest text to accept, in bytes; a longer one is refused before any other work.
    ///
    /// Capped at 2²⁸, so that bit positions fit 32 bits.
    pub const fn max_text_length(self, bytes: u32) -> Self {
        let max_text_length = if bytes > 1 << 28 { 1 << 28 } else { bytes };
        Self { max_text_length, ..self }
    }

    /// Reads a string into parts of its own.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the string; see [`DecodeError`].
    pub fn decode(&self, text: &str) -> Result<ConsentString, DecodeError> {
        ConsentString::decode(text, self)
    }

    /// Reads a string on the hot path, into a buffer of the caller's; see
    /// [`ConsentStringRef::parse`].
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the string or the buffer; see [`DecodeError`].
    pub fn decode_ref<'a>(
        &self,
        text: &'a str,
        buffer: &'a mut [u8],
    ) -> Result<ConsentStringRef<'a>, DecodeError> {
        ConsentStringRef::decode(text, buffer, self)
    }
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// How to write a Didomi Consent String.
///
/// The default writes only what is documented or seen in real strings, each section in its
/// smallest form.
///
/// ```
/// # use consent_string::didomi::{ConsentString, EncodeOptions, Encoding, SectionKind};
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// let consent: ConsentString = text.parse()?;
/// let ranges = EncodeOptions::new().force(SectionKind::Vendors, Encoding::Ranges);
/// let longer: ConsentString = consent.encode_with(&ranges)?.parse()?;
/// assert_eq!(longer.form(SectionKind::Vendors).encoding(), Encoding::Ranges);
/// assert_eq!(longer, consent);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct EncodeOptions {
    pub(super) inferred_codes: InferredCodes,
    pub(super) forced: [Option<Encoding>; 4],
}

impl EncodeOptions {
    /// The defaults: no inferred codes, each section in its smallest form.
    pub const fn new() -> Self {
        Self { inferred_codes: InferredCodes::Refuse, forced: [None; 4] }
    }

    /// Which of the inferred codes may be written: they can make a section smaller, or let
    /// a forced encoding hold it, but Didomi's own reader may take them for something else.
    pub const fn inferred_codes(self, inferred_codes: InferredCodes) -> Self {
        Self { inferred_codes, ..self }
    }

    /// Writes a section in an encoding, whether or not it is the smallest.
    pub const fn force(mut self, section: SectionKind, encoding: Encoding) -> Self {
        self.forced[section as usize] = Some(encoding);
        self
    }
}

impl Default for EncodeOptions {
    fn default() -> Self {
        Self::new()
    }
}
