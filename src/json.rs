//! JSON objects that say each thing once, and what is taken out of them.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
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

/// A property that isn't of its type, by its place: the names from the outermost to its own, with
/// dots between.
pub(crate) struct WrongType(pub(crate) &'static str);

/// What a property can be read as.
pub(crate) trait Typed: Sized {
    fn read(value: Value, place: &'static str) -> Result<Self, WrongType>;
}

/// An object out of which the known properties are taken one by one; the others are left.
pub(crate) struct Object(Map<String, Value>);

impl Object {
    /// Reads an object, up to the nesting of 128 that `serde_json` allows.
    ///
    /// A property that is repeated, at any depth, is refused: parsers differ in which one they
    /// keep, and what one of them checks could be another thing than what the next one executes.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, ObjectError> {
        serde_json::from_slice::<NoRepeats>(json).map_err(|error| match error.classify() {
            Category::Data => ObjectError::Repeated,
            _ => ObjectError::NotJson,
        })?;
        match serde_json::from_slice(json) {
            Ok(Value::Object(object)) => Ok(Self(object)),
            Ok(_) => Err(ObjectError::NotObject),
            Err(_) => Err(ObjectError::NotJson),
        }
    }

    /// Takes the property at a place, whose last part is its name in this object. One that is
    /// `null` counts as missing.
    pub(crate) fn take<T: Typed>(&mut self, place: &'static str) -> Result<Option<T>, WrongType> {
        let name = place.rsplit('.').next().expect("a text has a last part");
        let value = self.0.remove(name).filter(|value| !value.is_null());
        value.map(|value| T::read(value, place)).transpose()
    }

    /// The properties that are left.
    pub(crate) fn rest(self) -> Map<String, Value> {
        self.0
    }
}

impl From<Map<String, Value>> for Object {
    fn from(object: Map<String, Value>) -> Self {
        Self(object)
    }
}

impl Typed for Value {
    fn read(value: Value, _: &'static str) -> Result<Self, WrongType> {
        Ok(value)
    }
}

impl Typed for Object {
    fn read(value: Value, place: &'static str) -> Result<Self, WrongType> {
        match value {
            Value::Object(object) => Ok(Self(object)),
            _ => Err(WrongType(place)),
        }
    }
}

impl Typed for String {
    fn read(value: Value, place: &'static str) -> Result<Self, WrongType> {
        match value {
            Value::String(text) => Ok(text),
            _ => Err(WrongType(place)),
        }
    }
}

impl Typed for u64 {
    fn read(value: Value, place: &'static str) -> Result<Self, WrongType> {
        value.as_u64().ok_or(WrongType(place))
    }
}

impl Typed for bool {
    fn read(value: Value, place: &'static str) -> Result<Self, WrongType> {
        value.as_bool().ok_or(WrongType(place))
    }
}

impl<T: Typed> Typed for Vec<T> {
    fn read(value: Value, place: &'static str) -> Result<Self, WrongType> {
        match value {
            Value::Array(items) => items.into_iter().map(|item| T::read(item, place)).collect(),
            _ => Err(WrongType(place)),
        }
    }
}

impl<T: Typed> Typed for BTreeMap<String, T> {
    fn read(value: Value, place: &'static str) -> Result<Self, WrongType> {
        let Object(object) = Object::read(value, place)?;
        object.into_iter().map(|(name, value)| Ok((name, T::read(value, place)?))).collect()
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
