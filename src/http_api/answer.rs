//! Reading an answer: its status, then the fields of its JSON object.

use alloc::string::String;
#[cfg(any(feature = "algonomy", feature = "numeric-ids"))]
use alloc::vec::Vec;
use core::fmt;

use http::{Response, StatusCode};
use serde_json::{Map, Value};

#[cfg(any(feature = "didomi-api", feature = "algonomy"))]
use crate::Secret;
use crate::json::{Object, ObjectError, WrongType};

/// The longest body that is read, in bytes: room for two TC strings of the largest size, and for
/// all that the documented answers have beside one.
const MAX_BODY: usize = 256 * 1024;

/// Why an answer could not be read.
///
/// The message names the HTTP status and the field at fault. It shows nothing of the body, which
/// may hold a secret; the caller still has it, and can look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("HTTP status {}: {kind}", .status.as_u16())]
pub struct AnswerError {
    status: StatusCode,
    kind: AnswerErrorKind,
}

impl AnswerError {
    pub(crate) const fn new(status: StatusCode, kind: AnswerErrorKind) -> Self {
        Self { status, kind }
    }

    /// What is wrong with the answer.
    #[must_use]
    pub const fn kind(&self) -> AnswerErrorKind {
        self.kind
    }

    /// The HTTP status that the answer came with.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }
}

/// The kinds of [`AnswerError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum AnswerErrorKind {
    /// The API documents no answer under this HTTP status, so the body was not read: 502 of a
    /// gateway, 401 for a token that has expired.
    #[error("expected a status that the API documents an answer for")]
    Status,
    /// The body is longer than `limit`.
    #[error("body: expected at most {limit} bytes")]
    TooLong {
        /// The longest body that is read, in bytes.
        limit: usize,
    },
    /// The body is no JSON object: empty, cut short, `[]`, an HTML page.
    #[error("body: expected a JSON object")]
    Json,
    /// A property stands in an object twice, at any depth: which one counts would be a guess.
    #[error("body: expected each property once in its object")]
    Repeated,
    /// A field is missing, or is not what the API documents: `{"token": 5}`.
    #[error("{field}: expected a field as the API documents it")]
    Field {
        /// The field, by its names from the outermost to its own, with dots between.
        field: &'static str,
    },
}

impl AnswerErrorKind {
    /// The kind as a word for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::TooLong { .. } => "too_long",
            Self::Json => "json",
            Self::Repeated => "repeated",
            Self::Field { .. } => "field",
        }
    }
}

/// The properties of an object that are not documented, kept as they came.
///
/// `Debug` shows how many they are, for who knows what they say.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Extra(pub(crate) Map<String, Value>);

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{} more}}", self.0.len())
    }
}

/// The getter that every answer, and every part of one, has for its `extra`.
macro_rules! extra {
    () => {
        /// The properties that are not documented, as they came.
        #[must_use]
        pub const fn extra(&self) -> &serde_json::Map<alloc::string::String, serde_json::Value> {
            &self.extra.0
        }
    };
}
pub(crate) use extra;

/// The object in the body of an answer. Its documented fields are taken one by one, each by its
/// place as in [`Object`]; the rest is [`Extra`].
pub(crate) struct Fields {
    status: StatusCode,
    object: Object,
}

impl Fields {
    /// The body of an answer, under a status for which `accepts` says that it has one.
    pub(crate) fn read(
        response: &Response<impl AsRef<[u8]>>,
        accepts: impl FnOnce(StatusCode) -> bool,
    ) -> Result<Self, AnswerError> {
        let (status, body) = (response.status(), response.body().as_ref());
        let error = |kind| AnswerError::new(status, kind);
        if !accepts(status) {
            return Err(error(AnswerErrorKind::Status));
        }
        if body.len() > MAX_BODY {
            return Err(error(AnswerErrorKind::TooLong { limit: MAX_BODY }));
        }
        let object = Object::parse(body).map_err(|why| match why {
            ObjectError::NotJson | ObjectError::NotObject => error(AnswerErrorKind::Json),
            ObjectError::Repeated => error(AnswerErrorKind::Repeated),
        })?;
        Ok(Self { status, object })
    }

    /// The error that says that `field` is at fault.
    pub(crate) const fn fault(&self, field: &'static str) -> AnswerError {
        AnswerError::new(self.status, AnswerErrorKind::Field { field })
    }

    /// A text that must be there and not be empty.
    pub(crate) fn text(&mut self, field: &'static str) -> Result<String, AnswerError> {
        self.optional_text(field)?.filter(|text| !text.is_empty()).ok_or_else(|| self.fault(field))
    }

    /// A text that must be there, not be empty and not be seen.
    #[cfg(any(feature = "didomi-api", feature = "algonomy"))]
    pub(crate) fn secret(&mut self, field: &'static str) -> Result<Secret, AnswerError> {
        Secret::new(self.text(field)?).map_err(|_| self.fault(field))
    }

    pub(crate) fn optional_text(
        &mut self,
        field: &'static str,
    ) -> Result<Option<String>, AnswerError> {
        self.object.take(field).map_err(|WrongType(field)| self.fault(field))
    }

    #[cfg(feature = "algonomy")]
    pub(crate) fn optional_texts(
        &mut self,
        field: &'static str,
    ) -> Result<Option<Vec<String>>, AnswerError> {
        self.object.take(field).map_err(|WrongType(field)| self.fault(field))
    }

    #[cfg(feature = "netid")]
    pub(crate) fn optional_object(
        &mut self,
        field: &'static str,
    ) -> Result<Option<Self>, AnswerError> {
        let object =
            self.object.take::<Object>(field).map_err(|WrongType(field)| self.fault(field))?;
        Ok(object.map(|object| Self { status: self.status, object }))
    }

    #[cfg(feature = "didomi-api")]
    pub(crate) fn optional_value(
        &mut self,
        field: &'static str,
    ) -> Result<Option<Value>, AnswerError> {
        self.object.take(field).map_err(|WrongType(field)| self.fault(field))
    }

    /// A number that must be there.
    #[cfg(feature = "numeric-ids")]
    pub(crate) fn number(&mut self, field: &'static str) -> Result<u64, AnswerError> {
        let number = self.object.take(field).map_err(|WrongType(field)| self.fault(field))?;
        number.ok_or_else(|| self.fault(field))
    }

    /// A list of objects that must be there.
    #[cfg(feature = "numeric-ids")]
    pub(crate) fn objects(&mut self, field: &'static str) -> Result<Vec<Self>, AnswerError> {
        let objects: Option<Vec<Object>> =
            self.object.take(field).map_err(|WrongType(field)| self.fault(field))?;
        let objects = objects.ok_or_else(|| self.fault(field))?;
        Ok(objects.into_iter().map(|object| Self { status: self.status, object }).collect())
    }

    /// What no one has taken.
    pub(crate) fn rest(self) -> Extra {
        Extra(self.object.rest())
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    fn read(status: u16, body: &[u8]) -> Result<Fields, AnswerError> {
        let response = Response::builder().status(status).body(body).unwrap();
        Fields::read(&response, |status| status.is_success())
    }

    fn kind(status: u16, body: &[u8]) -> AnswerErrorKind {
        read(status, body).err().unwrap().kind()
    }

    #[test]
    fn what_is_no_documented_object_is_refused() {
        assert_eq!(kind(401, b"{}"), AnswerErrorKind::Status);
        for body in ["", " ", "[]", "null", "{\"a\":1", "{} {}", "<html>"] {
            assert_eq!(kind(200, body.as_bytes()), AnswerErrorKind::Json, "{body:?}");
        }
        assert_eq!(kind(200, b"{\"a\":\"\xff\"}"), AnswerErrorKind::Json);
        for body in [r#"{"a": 1, "a": 1}"#, r#"{"b": [{"a": 1, "\u0061": null}]}"#] {
            assert_eq!(kind(200, body.as_bytes()), AnswerErrorKind::Repeated, "{body}");
        }
        // Nesting is cut off by the JSON crate before it can overflow the stack.
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(kind(200, deep.as_bytes()), AnswerErrorKind::Json);
    }

    #[test]
    fn a_body_is_read_up_to_the_limit() {
        let mut body = b"{}".to_vec();
        body.resize(MAX_BODY, b' ');
        assert!(read(200, &body).is_ok());
        body.push(b' ');
        assert_eq!(kind(200, &body), AnswerErrorKind::TooLong { limit: MAX_BODY });
    }

    #[test]
    fn a_field_is_taken_by_the_last_part_of_its_path() {
        let mut fields = read(200, br#"{"id": "a", "empty": "", "null": null, "n": 1}"#).unwrap();
        let fault = |field| AnswerErrorKind::Field { field };
        assert_eq!(fields.text("outer.id").as_deref(), Ok("a"));
        assert_eq!(fields.text("outer.id").unwrap_err().kind(), fault("outer.id"));
        assert_eq!(fields.text("empty").unwrap_err().kind(), fault("empty"));
        assert_eq!(fields.optional_text("null"), Ok(None));
        assert_eq!(fields.optional_text("absent"), Ok(None));
        assert_eq!(fields.optional_text("n").unwrap_err().kind(), fault("n"));
        assert!(fields.rest().0.is_empty());
    }

    #[test]
    fn a_message_shows_the_place_and_nothing_of_the_body() {
        let body = br#"{"token": ["s3cr3t"]}"#;
        let error = read(201, body).unwrap().text("token").unwrap_err();
        assert_eq!(error.status(), StatusCode::CREATED);
        assert_eq!(error.kind().name(), "field");
        assert_eq!(
            error.to_string(),
            "HTTP status 201: token: expected a field as the API documents it"
        );
        let error = read(502, body).err().unwrap();
        assert_eq!(
            error.to_string(),
            "HTTP status 502: expected a status that the API documents an answer for"
        );
    }

    #[test]
    fn debug_of_extra_properties_shows_how_many_they_are() {
        let fields = read(200, br#"{"refresh_token": "s3cr3t"}"#).unwrap();
        assert_eq!(format!("{:?}", fields.rest()), "{1 more}");
    }

    proptest! {
        #[test]
        fn no_body_panics(status in 100_u16..1000, body: Vec<u8>) {
            if let Ok(mut fields) = read(status, &body) {
                prop_assert!((200..300).contains(&status));
                let _ = fields.text("a");
            }
        }
    }
}
