//! A value of any shape, kept until it is known what it is: some objects say so only in a
//! property that may come last.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};

/// A value as it was found.
pub(crate) enum Raw {
    Null,
    Flag(bool),
    Number(u64),
    Text(String),
    List(Vec<Raw>),
    Object(Vec<(String, Raw)>),
    /// A value of any other kind, a negative or fractional number among them.
    Other,
}

/// How deep lists and objects may be within each other: deeper than any that is known.
const MAX_DEPTH: u8 = 8;

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Seed { depth: 0 }.deserialize(deserializer)
    }
}

#[derive(Clone, Copy)]
struct Seed {
    depth: u8,
}

impl Seed {
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom("lists or objects within each other, deeper than expected"));
        }
        Ok(Self { depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Raw;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Raw, E> {
        Ok(Raw::Flag(flag))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Raw, E> {
        Ok(Raw::Number(number))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Raw, E> {
        Ok(u64::try_from(number).map_or(Raw::Other, Raw::Number))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let deeper = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(deeper)? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let deeper = self.deeper()?;
        let mut entries = Vec::new();
        while let Some(key) = map.next_key()? {
            entries.push((key, map.next_value_seed(deeper)?));
        }
        Ok(Raw::Object(entries))
    }
}

impl Raw {
    /// Reads the value, as it stood in a format for people or in one for machines only.
    pub(crate) fn read<'de, T: Deserialize<'de>, E: de::Error>(
        self,
        is_human_readable: bool,
    ) -> Result<T, E> {
        T::deserialize(RawDeserializer { raw: self, is_human_readable, error: PhantomData })
    }
}

/// Reads a value that was kept.
struct RawDeserializer<E> {
    raw: Raw,
    is_human_readable: bool,
    error: PhantomData<E>,
}

impl<E> RawDeserializer<E> {
    fn of_part(&self) -> impl Fn(Raw) -> Self + use<E> {
        let is_human_readable = self.is_human_readable;
        move |raw| Self { raw, is_human_readable, error: PhantomData }
    }
}

impl<E: de::Error> IntoDeserializer<'_, E> for RawDeserializer<E> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de, E: de::Error> Deserializer<'de> for RawDeserializer<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        let of_part = self.of_part();
        match self.raw {
            Raw::Null => visitor.visit_unit(),
            Raw::Flag(flag) => visitor.visit_bool(flag),
            Raw::Number(number) => visitor.visit_u64(number),
            Raw::Text(text) => visitor.visit_string(text),
            Raw::List(items) => {
                SeqDeserializer::new(items.into_iter().map(of_part)).deserialize_any(visitor)
            }
            Raw::Object(entries) => {
                let entries = entries.into_iter().map(|(name, raw)| (name, of_part(raw)));
                MapDeserializer::new(entries).deserialize_any(visitor)
            }
            // A fraction stands for all that no property is.
            Raw::Other => visitor.visit_f64(0.5),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.raw {
            Raw::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn is_human_readable(&self) -> bool {
        self.is_human_readable
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}
