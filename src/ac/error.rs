//! What can be wrong with an AC string.

use core::fmt;

/// Why a text is no AC string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The text is empty.
    #[error("empty, expected a version")]
    Empty,
    /// The text is longer than the limit of the options.
    #[error("the text is too long, expected at most {maximum} characters")]
    TooLong {
        /// The limit, in bytes of text.
        maximum: u32,
    },
    /// What stands before the first `~` is no known version: `3~1`, `1.35`.
    #[error("an unknown version, expected 1 or 2")]
    UnsupportedVersion,
    /// The text ends before this part: `1`, or `2~1.35`, which lacks its `~dv.`.
    #[error("missing, expected a tilde and the list, which may be empty")]
    MissingPart,
    /// The list of disclosed providers doesn't start with `dv.`: `2~1~9`, `2~1~dv`.
    #[error("not marked, expected dv. before the first ID")]
    MissingMarker,
    /// There is a part that the version doesn't have: `1~1~dv.9`, `2~1~dv.9~`.
    #[error("one part more than the version has, expected the end")]
    ExtraPart,
    /// No digit between two dots, or behind the last: `1~1..35`, `1~1.`.
    #[error("no ID between dots, expected a number")]
    EmptyId,
    /// Neither a digit nor a dot: `1~1, 35`.
    #[error("a character that may not stand here, expected digits and dots")]
    InvalidCharacter,
    /// An ID with a zero in front: `1~035`.
    #[error("an ID with a zero in front, expected a number without")]
    LeadingZero,
    /// The ID 0.
    #[error("ID 0, expected 1 to 4294967295")]
    ZeroId,
    /// An ID past 32 bits: `1~4294967296`.
    #[error("an ID past 4294967295, expected 1 to that")]
    IdTooLarge,
    /// An ID that its list has before, which the options refuse: `1~35.35`.
    #[error("an ID that this list has before, expected each once")]
    DuplicateId,
}

impl ParseErrorKind {
    /// The kind's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::UnsupportedVersion => "unsupported_version",
            Self::MissingPart => "missing_part",
            Self::MissingMarker => "missing_marker",
            Self::ExtraPart => "extra_part",
            Self::EmptyId => "empty_id",
            Self::InvalidCharacter => "invalid_character",
            Self::LeadingZero => "leading_zero",
            Self::ZeroId => "zero_id",
            Self::IdTooLarge => "id_too_large",
            Self::DuplicateId => "duplicate_id",
        }
    }
}

/// A text is no AC string: what is wrong, and where. It never shows the text: what somebody
/// consented to is personal data.
///
/// ```
/// # use consent_string::ac::{AcString, ParseErrorKind};
/// let error = "2~1.35.0~dv.9".parse::<AcString>().unwrap_err();
/// assert_eq!(error.kind(), ParseErrorKind::ZeroId);
/// assert_eq!(error.field(), Some("consented"));
/// assert_eq!(error.char_offset(), Some(7));
/// assert_eq!(error.to_string(), "consented at character 8: ID 0, expected 1 to 4294967295");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ParseError {
    kind: ParseErrorKind,
    place: Option<Place>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Place {
    field: &'static str,
    character: usize,
}

impl ParseError {
    /// An error of the text as a whole.
    pub(super) const fn whole(kind: ParseErrorKind) -> Self {
        Self { kind, place: None }
    }

    /// An error of a part, at a character of the text.
    #[cold]
    pub(super) const fn at(kind: ParseErrorKind, field: &'static str, character: usize) -> Self {
        Self { kind, place: Some(Place { field, character }) }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> ParseErrorKind {
        self.kind
    }

    /// The part that is wrong: `version`, `consented` or `disclosed`; `None` for an error of
    /// the text as a whole.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        self.place.map(|place| place.field)
    }

    /// How many characters of the text stand before the wrong part, ID or character; `None`
    /// for an error of the text as a whole.
    #[must_use]
    pub fn char_offset(&self) -> Option<usize> {
        self.place.map(|place| place.character)
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some(Place { field, character }) => {
                write!(f, "{field} at character {}: {}", character + 1, self.kind)
            }
            None => fmt::Display::fmt(&self.kind, f),
        }
    }
}

impl core::error::Error for ParseError {}
