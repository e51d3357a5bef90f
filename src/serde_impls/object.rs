//! Objects of which an error never repeats a part.
//!
//! The errors that serde derives show the value or the name that did not fit: here they
//! would show somebody's choices. So a derived `Deserialize` gets its input through the
//! adapters of this file, which refuse first whatever it would show.

use core::cell::Cell;
use core::fmt;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};

use super::handed_on;

/// Reads a struct by its derived `Deserialize`, from an object only, without unknown fields.
pub(crate) fn object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::deserialize(Object { deserializer, is_open: false })
}

/// The same, with unknown fields passed over.
#[cfg(feature = "digest")]
pub(crate) fn open_object<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::deserialize(Object { deserializer, is_open: true })
}

/// The methods of a [`Visitor`] that wants nothing without parts: they say what was
/// expected, as `expecting` does, and not what was found.
macro_rules! refuse_scalars {
    ($expected:literal) => {
        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str($expected)
        }

        fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Self::Value, E> {
            Err(E::custom(concat!("not ", $expected)))
        }

        fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Self::Value, E> {
            Err(E::custom(concat!("not ", $expected)))
        }

        fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Self::Value, E> {
            Err(E::custom(concat!("not ", $expected)))
        }

        fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Self::Value, E> {
            Err(E::custom(concat!("not ", $expected)))
        }

        fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Self::Value, E> {
            Err(E::custom(concat!("not ", $expected)))
        }
    };
}
pub(crate) use refuse_scalars;

/// The deserializer of an object.
struct Object<D> {
    deserializer: D,
    /// Whether it may have unknown fields.
    is_open: bool,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Object<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let was_asked = Cell::new(false);
        let visitor = ObjectVisitor {
            fields,
            visitor,
            is_open: self.is_open,
            is_list: !self.deserializer.is_human_readable(),
            was_asked: &was_asked,
        };
        let result = self.deserializer.deserialize_struct(name, fields, visitor);
        handed_on(result, &was_asked, "not an object")
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserializer.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier
        ignored_any
    }
}

struct ObjectVisitor<'a, V> {
    fields: &'static [&'static str],
    visitor: V,
    is_open: bool,
    /// Whether it may be a list of its fields, without their names, as formats for machines have
    /// it.
    is_list: bool,
    was_asked: &'a Cell<bool>,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for ObjectVisitor<'_, V> {
    type Value = V::Value;

    refuse_scalars!("an object");

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        self.was_asked.set(true);
        if self.is_list {
            return self.visitor.visit_seq(list);
        }
        Err(A::Error::custom("not an object"))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.was_asked.set(true);
        if self.is_open {
            return self.visitor.visit_map(map);
        }
        self.visitor.visit_map(KnownFields { fields: self.fields, map })
    }
}

/// The entries of an object, of which every name is a field's.
struct KnownFields<A> {
    fields: &'static [&'static str],
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for KnownFields<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        key: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let field = self.map.next_key_seed(KnownField(self.fields))?;
        field.map(|field| key.deserialize(de::value::StrDeserializer::new(field))).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, value: S) -> Result<S::Value, A::Error> {
        self.map.next_value_seed(value)
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint()
    }
}

/// Reads the name of one of some fields.
struct KnownField(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for KnownField {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KnownField {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<&'static str, E> {
        let known = self.0.iter().find(|&&field| field == name);
        known.copied().ok_or_else(|| {
            E::custom(format_args!("an unknown property, expected one of: {}", self.0.join(", ")))
        })
    }
}
