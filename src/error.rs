//! What can be wrong with a string that is read, or a value that is written.

mod decode_kind;
mod encode;
mod hint;
mod segment;

pub use decode_kind::DecodeErrorKind;
pub use encode::{EncodeError, EncodeErrorKind};
pub use hint::Hint;
pub use segment::Segment;

use core::fmt;

/// A string was refused: what is wrong with it, and where.
///
/// The message names the field and the place and says what was expected. It never shows
/// the input: the IDs in a consent string are personal data.
///
/// ```
/// # use consent_string::{DecodeErrorKind, Segment, didomi::ConsentString};
/// let error = "DGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCAABAAAgAAQAAA".parse::<ConsentString>().unwrap_err();
/// assert_eq!(error.kind().name(), "unsupported_version");
/// assert_eq!(error.segment(), Some(Segment::Sections));
/// assert_eq!(error.bit_offset(), Some(0));
/// assert_eq!(
///     error.to_string(),
///     "sections, version at bit 0 (character 1): version 3, expected 1 or 2; \
///      a Didomi Consent String starts with B or C",
/// );
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    place: Option<Place>,
    hint: Option<Hint>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    segment: Segment,
    field: &'static str,
    bit: u32,
    /// How many characters of the text stand before it.
    character: u32,
}

impl DecodeError {
    /// An error of the text as a whole.
    #[cold]
    pub(crate) const fn whole(kind: DecodeErrorKind) -> Self {
        Self { kind, place: None, hint: None }
    }

    /// The same error of a segment that starts behind so many characters of the text.
    #[cold]
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) const fn behind(mut self, characters: usize) -> Self {
        if let Some(place) = &mut self.place {
            place.character += characters as u32;
        }
        self
    }

    /// The same error, with what may have led to it.
    #[cold]
    pub(crate) const fn hinting_at(self, hint: Option<Hint>) -> Self {
        Self { hint, ..self }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// The part of the text that is wrong; `None` for an error of the text as a whole.
    #[must_use]
    pub fn segment(&self) -> Option<Segment> {
        self.place.map(|place| place.segment)
    }

    /// The field that is wrong, by its name in the format's documentation; `None` for an
    /// error of the text as a whole.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        self.place.map(|place| place.field)
    }

    /// Where the wrong field, range or character starts, in bits from the start of its
    /// segment: six bits a character in base64, eight in a token. `None` for an error of
    /// the text as a whole.
    #[must_use]
    pub fn bit_offset(&self) -> Option<usize> {
        self.place.map(|place| place.bit as usize)
    }

    /// How many characters of the text stand before the wrong one, or before the one in which
    /// the wrong field starts. `None` for an error of the text as a whole.
    #[must_use]
    pub fn char_offset(&self) -> Option<usize> {
        self.place.map(|place| place.character as usize)
    }

    /// A usual mistake that would explain the error.
    #[must_use]
    pub const fn hint(&self) -> Option<Hint> {
        self.hint
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(Place { segment, field, bit, character }) => {
                let character = character + 1;
                write!(f, "{segment}, {field} at bit {bit} (character {character}): {}", self.kind)
            }
            None => fmt::Display::fmt(&self.kind, f),
        }?;
        match self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for DecodeError {}

/// Why a string could not be read into a buffer of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ParseInError {
    /// The buffer is too small: a mistake of the program, which says nothing of the string.
    #[error("the buffer is too small, expected {required} bytes")]
    BufferTooSmall {
        /// The length that would do, in bytes.
        required: usize,
    },
    /// The string is refused.
    #[error(transparent)]
    Decode(#[from] DecodeError),
}

#[cfg(feature = "request")]
impl ParseInError {
    /// The error of a string that there was room for.
    #[cold]
    pub(crate) fn expect_decode(self) -> DecodeError {
        match self {
            Self::Decode(error) => error,
            Self::BufferTooSmall { .. } => unreachable!("there is as much room as was asked for"),
        }
    }
}

/// A [`DecodeErrorKind`] and the bit where it was found: an error below the level that
/// knows segment and field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) kind: DecodeErrorKind,
    pub(crate) bit: u32,
}

impl Fault {
    #[cold]
    pub(crate) const fn new(kind: DecodeErrorKind, bit: usize) -> Self {
        // Positions stay below 6 bits * the longest text that the limits allow.
        #[allow(clippy::cast_possible_truncation)]
        Self { kind, bit: bit as u32 }
    }

    #[cold]
    pub(crate) const fn at(self, segment: Segment, field: &'static str) -> DecodeError {
        let character = self.bit / segment.bits_per_character();
        let place = Place { segment, field, bit: self.bit, character };
        DecodeError { kind: self.kind, place: Some(place), hint: None }
    }
}
