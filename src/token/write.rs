//! Writing a token.

use alloc::string::String;
use core::fmt::Display;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::{Choices, DidomiToken, Version, base64};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::text::MAX_TEXT_LENGTH;

impl DidomiToken {
    /// The token as text: base64 with padding.
    ///
    /// # Errors
    ///
    /// [`TooLong`](EncodeErrorKind::TooLong) for a text past
    /// [`MAX_TEXT_LENGTH`](crate::MAX_TEXT_LENGTH), which would not be read back.
    pub fn encode(&self) -> Result<String, EncodeError> {
        let json = self.to_json();
        let maximum = MAX_TEXT_LENGTH;
        if base64::encoded_len(json.len()) > maximum as usize {
            return Err(EncodeError::new(EncodeErrorKind::TooLong { maximum }, "text"));
        }
        Ok(base64::encode(json.as_bytes()))
    }

    /// The JSON object of the token, without white space.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "text keys and finite numbers never fail")]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&Json(self)).expect("a token has text keys and no failing parts")
    }
}

/// Serializes a token as its JSON object.
#[cfg(feature = "serde")]
pub(crate) fn serialize_object<S: Serializer>(
    token: &DidomiToken,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Json(token).serialize(serializer)
}

/// A token as its JSON object.
struct Json<'a>(&'a DidomiToken);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(token) = self;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("user_id", &Text(&token.user_id))?;
        object.serialize_entry("created", &Text(&token.created))?;
        object.serialize_entry("updated", &Text(&token.updated))?;
        object.serialize_entry("version", &token.version.map(Version::number))?;
        for (name, choices) in [
            ("purposes", &token.purposes),
            ("vendors", &token.vendors),
            ("purposes_li", &token.purposes_li),
            ("vendors_li", &token.vendors_li),
        ] {
            if let Some(choices) = choices {
                object.serialize_entry(name, &JsonChoices(choices))?;
            }
        }
        if let Some(providers) = &token.ad_tech_providers {
            object.serialize_entry("ac", &Text(providers))?;
        }
        put_other(&mut object, &token.other)?;
        object.end()
    }
}

struct JsonChoices<'a>(&'a Choices);

impl Serialize for JsonChoices<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(choices) = self;
        let mut object = serializer.serialize_map(None)?;
        for (name, list) in [("enabled", &choices.enabled), ("disabled", &choices.disabled)] {
            if let Some(list) = list {
                object.serialize_entry(name, list)?;
            }
        }
        put_other(&mut object, &choices.other)?;
        object.end()
    }
}

fn put_other<M: SerializeMap>(
    object: &mut M,
    other: &serde_json::Map<String, Value>,
) -> Result<(), M::Error> {
    other.iter().try_for_each(|(name, value)| object.serialize_entry(name, value))
}

/// A value that is written as its text.
struct Text<'a, T>(&'a T);

impl<T: Display> Serialize for Text<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}
