//! What is wrong, as JSON.

use consent_string::EncodeError;
use consent_string::any::{JsonError, StringError};
use serde::Serialize;

/// What is wrong with a string, an object or a question.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Problem {
    error: String,
    kind: &'static str,
    /// The format that a string was read as.
    format: Option<&'static str>,
    segment: Option<&'static str>,
    bit: Option<usize>,
    /// How many characters of the string stand before the wrong one.
    character: Option<usize>,
}

impl Problem {
    /// A problem of a kind that no place goes with.
    pub(crate) fn new(error: impl ToString, kind: &'static str) -> Self {
        let error = error.to_string();
        Self { error, kind, format: None, segment: None, bit: None, character: None }
    }
}

impl From<StringError> for Problem {
    fn from(error: StringError) -> Self {
        Self {
            format: match error {
                StringError::Refused { format, .. } => Some(format.name()),
                _ => None,
            },
            segment: error.segment_name(),
            bit: error.bit_offset(),
            character: error.char_offset(),
            ..Self::new(error, error.kind_name())
        }
    }
}

impl From<JsonError> for Problem {
    fn from(error: JsonError) -> Self {
        let kind = error.kind().name();
        Self::new(error, kind)
    }
}

impl From<EncodeError> for Problem {
    fn from(error: EncodeError) -> Self {
        Self::new(error, error.kind().name())
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::new(error, "invalid_question")
    }
}
