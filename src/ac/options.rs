//! What a reader of AC strings accepts.

use super::{AcString, AcStringRef, ParseError};
use crate::text::MAX_TEXT_LENGTH;

/// How AC strings are read.
///
/// ```
/// # use consent_string::ac::{ParseErrorKind, ParseOptions};
/// let error = ParseOptions::new().parse_ref("1~35.35").unwrap_err();
/// assert_eq!(error.kind(), ParseErrorKind::DuplicateId);
/// let ac = ParseOptions::new().accept_duplicates().parse_ref("1~35.35")?;
/// assert_eq!(ac.consented().to_set().len(), 1);
/// # Ok::<(), consent_string::ac::ParseError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct ParseOptions {
    pub(super) duplicates: bool,
    pub(super) max_text_length: u32,
}

impl ParseOptions {
    /// No list has an ID twice, and the text has at most [`MAX_TEXT_LENGTH`] bytes.
    pub const fn new() -> Self {
        Self { duplicates: false, max_text_length: MAX_TEXT_LENGTH }
    }

    /// Accepts lists that have an ID more than once; it is in the set once.
    pub const fn accept_duplicates(self) -> Self {
        Self { duplicates: true, ..self }
    }

    /// Refuses texts that are longer than so many bytes, before any other work.
    pub const fn max_text_length(self, maximum: u32) -> Self {
        Self { max_text_length: maximum, ..self }
    }

    /// Reads a text into the owned form.
    ///
    /// # Errors
    ///
    /// See [`ParseErrorKind`](super::ParseErrorKind), which has an example of each.
    pub fn parse(self, text: &str) -> Result<AcString, ParseError> {
        self.parse_ref(text).map(AcStringRef::to_ac_string)
    }

    /// Reads a text without copying it. Nothing is allocated where the IDs of each list rise,
    /// or duplicates are accepted; else eight bytes an ID, for as long as it takes.
    ///
    /// # Errors
    ///
    /// See [`ParseErrorKind`](super::ParseErrorKind), which has an example of each.
    pub fn parse_ref(self, text: &str) -> Result<AcStringRef<'_>, ParseError> {
        AcStringRef::read(text, self)
    }

    /// Reads a text for a sink that hears of all of it.
    #[cfg(feature = "explain")]
    pub(crate) fn tell(
        self,
        text: &str,
        sink: &mut impl crate::bits::Sink,
    ) -> Result<(), ParseError> {
        super::grammar::check(text, self, sink).map(drop)
    }
}

impl Default for ParseOptions {
    fn default() -> Self {
        Self::new()
    }
}
