//! JSON objects that say each thing once.

use alloc::collections::BTreeSet;
use alloc::string::String;
use core::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value, error::Category};

/// Why bytes are no JSON object.
pub(crate) enum ObjectError {
    /// Not JSON, or nested deeper than 128.
    NotJson,
    /// JSON, but no object.
    NotObject,
    /// A property is repeated in its object.
    Repeated,
}

/// Reads an object, up to the nesting of 128 that `serde_json` allows.
///
/// A property that is repeated, at any depth, is refused: parsers differ in which one they keep,
/// and what one of them checks could be another thing than what the next one executes.
pub(crate) fn parse_object(json: &[u8]) -> Result<Map<String, Value>, ObjectError> {
    serde_json::from_slice::<NoRepeats>(json).map_err(|error| match error.classify() {
        Category::Data => ObjectError::Repeated,
        _ => ObjectError::NotJson,
    })?;
    match serde_json::from_slice(json) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(ObjectError::NotObject),
        Err(_) => Err(ObjectError::NotJson),
    }
}

/// Any JSON value, thrown away, whose objects have no property twice.
struct NoRepeats;

impl<'de> Deserialize<'de> for NoRepeats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for NoRepeats {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E: Error>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut properties: A) -> Result<Self, A::Error> {
        let mut names = BTreeSet::new();
        while let Some(name) = properties.next_key::<String>()? {
            if !names.insert(name) {
                return Err(A::Error::custom("repeated property"));
            }
            properties.next_value::<Self>()?;
        }
        Ok(self)
    }
}
