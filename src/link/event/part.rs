//! What all parts of an event have in common: their properties are read, written and shown by
//! their names, and what isn't known is kept in `other`.

use alloc::string::String;
use core::fmt;

use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::json::{Object, Typed, WrongType};

/// A known property, which may be missing if it is an `Option`.
pub(super) trait Property: Serialize + Sized {
    fn take(object: &mut Object, place: &'static str) -> Result<Self, WrongType>;

    fn is_there(&self) -> bool;
}

impl<T: Typed + Serialize> Property for Option<T> {
    fn take(object: &mut Object, place: &'static str) -> Result<Self, WrongType> {
        object.take(place)
    }

    fn is_there(&self) -> bool {
        self.is_some()
    }
}

/// The ID of a part, which is none without.
impl Property for String {
    fn take(object: &mut Object, place: &'static str) -> Result<Self, WrongType> {
        object.take(place)?.ok_or(WrongType(place))
    }

    fn is_there(&self) -> bool {
        true
    }
}

/// Reads, writes and shows a part of an event, whose properties have the names of its fields. The
/// place is that of the part, with a dot.
macro_rules! part {
    ($part:ident at $place:literal: $($name:ident),+) => {
        impl crate::json::Typed for $part {
            fn read(
                value: serde_json::Value,
                place: &'static str,
            ) -> Result<Self, crate::json::WrongType> {
                let mut object = crate::json::Object::read(value, place)?;
                Ok(Self {
                    $($name: part::Property::take(
                        &mut object,
                        concat!($place, stringify!($name)),
                    )?,)+
                    other: object.rest(),
                })
            }
        }

        impl $part {
            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                part::Writer::new(serializer, &self.other)?
                    $(.known(stringify!($name), &self.$name)?)+
                    .end()
            }
        }

        /// Which properties are there. Logs are no place for values, nor for names that a sender
        /// made up.
        impl core::fmt::Debug for $part {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                let names = [
                    $(part::Property::is_there(&self.$name).then_some(stringify!($name))),+
                ];
                part::show(f, stringify!($part), &names, self.other.len())
            }
        }
    };
}
pub(super) use part;

/// Writes a part, each property of it once.
pub(super) struct Writer<'a, S: Serializer> {
    map: S::SerializeMap,
    other: &'a Map<String, Value>,
}

impl<'a, S: Serializer> Writer<'a, S> {
    pub(super) fn new(serializer: S, other: &'a Map<String, Value>) -> Result<Self, S::Error> {
        Ok(Self { map: serializer.serialize_map(None)?, other })
    }

    pub(super) fn known(
        mut self,
        name: &'static str,
        property: &impl Property,
    ) -> Result<Self, S::Error> {
        if self.other.contains_key(name) {
            return Err(S::Error::custom(format_args!("other has a known property: {name}")));
        }
        if property.is_there() {
            self.map.serialize_entry(name, property)?;
        }
        Ok(self)
    }

    pub(super) fn end(mut self) -> Result<S::Ok, S::Error> {
        for (name, value) in self.other {
            self.map.serialize_entry(name, value)?;
        }
        self.map.end()
    }
}

/// Shows a part: its name, the names of its known properties, and how many others there are.
pub(super) fn show(
    f: &mut fmt::Formatter<'_>,
    part: &str,
    names: &[Option<&str>],
    others: usize,
) -> fmt::Result {
    write!(f, "{part} ")?;
    let mut set = f.debug_set();
    set.entries(names.iter().flatten());
    if others > 0 {
        set.entry(&format_args!("{others} more"));
    }
    set.finish()
}
