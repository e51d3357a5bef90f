//! The object of a string of any format, read from JSON.

use alloc::string::{String, ToString};
use core::fmt;

use serde::de::{Deserialize, DeserializeOwned};
use serde_json::{Map, Value};

use super::Decoded;
use crate::format::Format;
use crate::json::{Object, ObjectError};
use crate::serde_impls::Raw;
#[cfg(feature = "token")]
use crate::token;

/// Why some JSON is no object of a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    kind: JsonErrorKind,
    /// What the reader of the format's object expected; it shows nothing of the input.
    expected: Option<String>,
}

/// What is wrong with some JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum JsonErrorKind {
    /// Not JSON: `"{"`.
    #[error("not JSON")]
    InvalidJson,
    /// JSON, but no object: `"[]"`.
    #[error("not an object")]
    NotObject,
    /// A property is repeated in its object: `{"version": 1, "version": 2}`.
    #[error("a property is repeated in its object")]
    Repeated,
    /// The property `format` names no format that is known here.
    #[error("an unknown format, expected the name of one")]
    UnknownFormat,
    /// The property `format` names another format than the one that was asked for.
    #[error("an object of another format")]
    OtherFormat,
    /// No property `format`, and none that tells one.
    #[error("an object of no format that is known, expected a property \"format\"")]
    NoFormat,
    /// A property that the format's object doesn't have, or a value that no string can have.
    #[error("a value that no string can have")]
    InvalidValue,
}

impl JsonErrorKind {
    /// The kind's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidJson => "invalid_json",
            Self::NotObject => "not_object",
            Self::Repeated => "repeated",
            Self::UnknownFormat => "unknown_format",
            Self::OtherFormat => "other_format",
            Self::NoFormat => "no_format",
            Self::InvalidValue => "invalid_value",
        }
    }
}

impl JsonError {
    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> JsonErrorKind {
        self.kind
    }
}

impl From<JsonErrorKind> for JsonError {
    fn from(kind: JsonErrorKind) -> Self {
        Self { kind, expected: None }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expected {
            Some(expected) => f.write_str(expected),
            None => fmt::Display::fmt(&self.kind, f),
        }
    }
}

impl core::error::Error for JsonError {}

impl Decoded {
    /// Reads the object of a string: of the format that is named, or that its property `format`
    /// names, or that its other properties tell.
    ///
    /// # Errors
    ///
    /// [`JsonError`]; a property that is repeated is refused, and so is one that the format's
    /// object doesn't have.
    pub fn from_json(json: &str, format: Option<Format>) -> Result<Self, JsonError> {
        let mut object = Object::parse(json.as_bytes())
            .map_err(|error| match error {
                ObjectError::NotJson => JsonErrorKind::InvalidJson,
                ObjectError::NotObject => JsonErrorKind::NotObject,
                ObjectError::Repeated => JsonErrorKind::Repeated,
            })?
            .rest();
        let said = match object.remove("format") {
            None => None,
            Some(Value::String(name)) => {
                Some(Format::from_name(&name).ok_or(JsonErrorKind::UnknownFormat)?)
            }
            Some(_) => return Err(JsonErrorKind::UnknownFormat.into()),
        };
        if let (Some(wanted), Some(said)) = (format, said) {
            if wanted != said {
                return Err(JsonErrorKind::OtherFormat.into());
            }
        }
        let format = format.or(said).or_else(|| told(&object));
        match format.ok_or(JsonErrorKind::NoFormat)? {
            Format::Didomi => read(object).map(Self::Didomi),
            #[cfg(feature = "tcf")]
            Format::Tcf => read(object).map(Self::Tcf),
            #[cfg(feature = "gpp")]
            Format::Gpp => read(object).map(Self::Gpp),
            #[cfg(feature = "gpp")]
            Format::UsPrivacy => read(object).map(Self::UsPrivacy),
            #[cfg(feature = "ac")]
            Format::Ac => read(object).map(Self::Ac),
            #[cfg(feature = "token")]
            Format::Token => {
                let token = token::DidomiToken::from_object(object.into());
                token.map(Self::Token).map_err(|error| invalid(&error))
            }
            #[allow(unreachable_patterns, reason = "with every feature there are no others")]
            _ => Err(JsonErrorKind::UnknownFormat.into()),
        }
    }
}

/// The format that an object's properties tell.
fn told(object: &Map<String, Value>) -> Option<Format> {
    let marks = [
        ("user_id", Format::Didomi),
        ("cmp_id", Format::Tcf),
        ("section_ids", Format::Gpp),
        ("opt_out_sale", Format::UsPrivacy),
        ("consented", Format::Ac),
    ];
    marks.into_iter().find(|(name, _)| object.contains_key(*name)).map(|(_, format)| format)
}

/// Reads the object of a format from values as the parts of a GPP string are read from: so each
/// of those readers is compiled once.
fn read<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, JsonError> {
    Raw::deserialize(Value::Object(object))
        .and_then(|object| object.read(true))
        .map_err(|error| invalid(&error))
}

fn invalid(error: &dyn fmt::Display) -> JsonError {
    JsonError { kind: JsonErrorKind::InvalidValue, expected: Some(error.to_string()) }
}
