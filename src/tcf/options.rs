//! What is accepted when a TC string is read.

use crate::text::MAX_TEXT_LENGTH;

/// How TC strings are read.
///
/// Each leniency has a name of its own, since they don't weigh the same.
///
/// | in the text | strict | by default | with |
/// |---|---|---|---|
/// | ranges that overlap or do not rise | refused | accepted | |
/// | a vendor past `MaxVendorId` in a range | refused | accepted | |
/// | restriction type 3 | refused | accepted | |
/// | 24 zero bits or more behind the last field | refused | accepted | |
/// | a last base64 character that completes no byte | refused | accepted | |
/// | one or two `=` behind a segment | refused | refused | [`allow_padding`](Self::allow_padding) |
/// | ones behind the core's last field | refused | refused | [`allow_ones_behind_core`](Self::allow_ones_behind_core) |
/// | a segment of unknown type | refused | refused | [`skip_unknown_segments`](Self::skip_unknown_segments) |
/// | a segment without a character, such as behind a last dot | refused | refused | [`skip_empty_segments`](Self::skip_empty_segments) |
/// | six bits past Z in a language or country | refused | refused | [`allow_undefined_letters`](Self::allow_undefined_letters) |
///
/// Everything else that is not of the format is refused whatever the options: the vendor 0,
/// reversed ranges, restrictions on purposes past 24, a segment that is cut off or there twice,
/// ones behind the last field of a segment other than the core, white space around the text.
///
/// Whatever was accepted stays in the text, which is printed as it is.
///
/// ```
/// # use consent_string::tcf::DecodeOptions;
/// let padded = "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA=";
/// assert_eq!(DecodeOptions::new().decode(padded).unwrap_err().kind().name(), "padding");
/// let consent = DecodeOptions::new().allow_padding().decode(padded)?;
/// assert_eq!(consent.as_str(), padded);
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
#[allow(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct DecodeOptions {
    pub(super) max_text_length: u32,
    pub(super) strict: bool,
    pub(super) padding: bool,
    pub(super) ones_behind_core: bool,
    pub(super) unknown_segments: bool,
    pub(super) empty_segments: bool,
    pub(super) undefined_letters: bool,
}

impl DecodeOptions {
    /// The options by which `parse` reads.
    pub const fn new() -> Self {
        Self {
            max_text_length: MAX_TEXT_LENGTH,
            strict: false,
            padding: false,
            ones_behind_core: false,
            unknown_segments: false,
            empty_segments: false,
            undefined_letters: false,
        }
    }

    /// The longest text to accept, in bytes; a longer one is refused before any other work.
    ///
    /// Capped at 2²⁸, so that bit positions fit 32 bits.
    pub const fn max_text_length(self, bytes: u32) -> Self {
        let max_text_length = if bytes > 1 << 28 { 1 << 28 } else { bytes };
        Self { max_text_length, ..self }
    }

    /// Accepts only what the specification's own encoder rules allow, in the table above.
    ///
    /// Takes back every leniency that was asked for before; one that is asked for afterwards
    /// is an exception from strictness.
    pub const fn strict(self) -> Self {
        Self { max_text_length: self.max_text_length, strict: true, ..Self::new() }
    }

    /// Accepts one or two `=` behind each segment, as an encoder of padded base64 writes them.
    pub const fn allow_padding(self) -> Self {
        Self { padding: true, ..self }
    }

    /// Accepts ones behind the last field of the core. They are not read.
    ///
    /// Other readers do so. **They can hide that a text was cut or changed on its way**: a core
    /// with fewer publisher restrictions than it once had can read well.
    ///
    /// The other segments may have zeros only. Otherwise almost any word behind a dot would
    /// pass for a segment: `extra-segment` would be a publisher TC with 15 purposes.
    pub const fn allow_ones_behind_core(self) -> Self {
        Self { ones_behind_core: true, ..self }
    }

    /// Passes over segments whose type is not known: 0, and 4 to 7.
    ///
    /// The specification has none today. A service that should go on reading strings when it
    /// gets a new one asks for this, as two other readers always do: what the known segments
    /// say is read all the same, and [`skipped_segments`](super::TcString::skipped_segments)
    /// tells that there was more. A second core is refused nevertheless.
    pub const fn skip_unknown_segments(self) -> Self {
        Self { unknown_segments: true, ..self }
    }

    /// Passes over segments behind the core that have no character: `core.` and `core..segment`.
    ///
    /// [`skipped_segments`](super::TcString::skipped_segments) counts them.
    pub const fn skip_empty_segments(self) -> Self {
        Self { empty_segments: true, ..self }
    }

    /// Accepts a language and a country that are no letters: six bits that stand for 26 to 63.
    ///
    /// [`consent_language`](super::TcString::consent_language) and
    /// [`publisher_country_code`](super::TcString::publisher_country_code) are then `None`.
    pub const fn allow_undefined_letters(self) -> Self {
        Self { undefined_letters: true, ..self }
    }
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self::new()
    }
}
