//! What to accept when reading, and what to write.

use super::encoding::Encoding;
use super::section_kind::SectionKind;
use super::statuses_code::InferredCodes;
use super::token_characters::TokenCharacters;
use crate::text::MAX_TEXT_LENGTH;

/// What to accept when reading a Didomi Consent String.
///
/// ```
/// # use consent_string::didomi::{ConsentString, DecodeOptions, InferredCodes};
/// let options = DecodeOptions::new().inferred_codes(InferredCodes::Listed).max_text_length(4096);
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// let consent = options.decode(text)?;
/// assert_eq!(consent.vendors().to_set().to_string(), "128-132");
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct DecodeOptions {
    pub(super) inferred_codes: InferredCodes,
    pub(super) token_characters: TokenCharacters,
    pub(super) max_text_length: u32,
}

impl DecodeOptions {
    /// The defaults: [`InferredCodes::Refuse`], [`TokenCharacters::Cookie`] and
    /// [`MAX_TEXT_LENGTH`].
    pub const fn new() -> Self {
        Self {
            inferred_codes: InferredCodes::Refuse,
            token_characters: TokenCharacters::Cookie,
            max_text_length: MAX_TEXT_LENGTH,
        }
    }

    /// Which of the inferred codes to accept.
    pub const fn inferred_codes(self, inferred_codes: InferredCodes) -> Self {
        Self { inferred_codes, ..self }
    }

    /// Which characters to accept in the tokens.
    pub const fn token_characters(self, token_characters: TokenCharacters) -> Self {
        Self { token_characters, ..self }
    }

    /// The longest text to accept, in bytes; a longer one is refused before any other work.
    ///
    /// Capped at 2²⁸, so that bit positions fit 32 bits.
    pub const fn max_text_length(self, bytes: u32) -> Self {
        let max_text_length = if bytes > 1 << 28 { 1 << 28 } else { bytes };
        Self { max_text_length, ..self }
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
/// let longer = consent.to_builder().build_with(&ranges)?;
/// assert_eq!(longer.form(SectionKind::Vendors).encoding(), Encoding::Ranges);
/// assert!(longer != consent && longer.says_the_same_as(&consent));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct EncodeOptions {
    pub(super) inferred_codes: InferredCodes,
    pub(super) forced: [Option<Encoding>; SectionKind::COUNT],
}

impl EncodeOptions {
    /// The defaults: no inferred codes, each section in its smallest form.
    pub const fn new() -> Self {
        Self { inferred_codes: InferredCodes::Refuse, forced: [None; SectionKind::COUNT] }
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
