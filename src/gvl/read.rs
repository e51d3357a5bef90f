//! Reading JSON in one pass, with the place of what is read at hand.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::error::{ListError, ListErrorKind, Place};
use super::track::{Depth, Track};
use crate::ids::{Id, IdSet};
use crate::tcf::{SmallId, SmallSet};
use crate::time::{self, Timestamp, TimestampError};

/// Reads a whole file.
pub(super) fn file<T: Read>(json: &[u8]) -> Result<T, ListError> {
    let track = Track::default();
    // serde_json looks at the text of what is read only, and not of what is passed over.
    let text = core::str::from_utf8(json).map_err(|error| not_utf8(json, error.valid_up_to()))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = T::read(&mut deserializer, &track);
    read.and_then(|value| deserializer.end().map(|()| value)).map_err(|error| {
        let kind = match error.classify() {
            Category::Data => track.kind.get().unwrap_or(ListErrorKind::WrongType),
            Category::Io | Category::Syntax | Category::Eof => ListErrorKind::NotJson,
        };
        // serde_json counts lines from 1, and has none for an error that is not its own.
        let position = (error.line() > 0).then_some((error.line(), error.column()));
        ListError { kind, place: track.place.get(), position }
    })
}

/// The error of a byte that is no part of a text.
#[cold]
fn not_utf8(json: &[u8], at: usize) -> ListError {
    let mut lines = json[..at].rsplit(|&byte| byte == b'\n');
    let column = 1 + lines.next().map_or(0, <[u8]>::len);
    let position = Some((1 + lines.count(), column));
    ListError { kind: ListErrorKind::NotJson, place: Place::default(), position }
}

/// A value that is read with its place at hand.
pub(super) trait Read: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error>;
}

/// [`Read`] as serde wants it for values within values.
pub(super) struct Seed<'t, T>(&'t Track, PhantomData<T>);

pub(super) const fn seed<T: Read>(track: &Track) -> Seed<'_, T> {
    Seed(track, PhantomData)
}

impl<'de, T: Read> DeserializeSeed<'de> for Seed<'_, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::read(deserializer, self.0)
    }
}

macro_rules! read_by_serde {
    ($($type:ty),+) => {$(
        impl Read for $type {
            fn read<'de, D: Deserializer<'de>>(
                deserializer: D,
                _: &Track,
            ) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }
    )+};
}

read_by_serde!(bool, u8, u16, u32, i64, String);

/// A value that may be `null`, which is as if its property weren't there.
impl<T: Read> Read for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        struct OptionVisitor<'t, T>(Seed<'t, T>);

        impl<'de, T: Read> Visitor<'de> for OptionVisitor<'_, T> {
            type Value = Option<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value or null")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_none<E: de::Error>(self) -> Result<Option<T>, E> {
                Ok(None)
            }

            fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Option<T>, D::Error> {
                self.0.deserialize(value).map(Some)
            }
        }

        deserializer.deserialize_option(OptionVisitor(seed(track)))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        struct ListVisitor<'t, T>(&'t Track, PhantomData<T>);

        impl<'de, T: Read> Visitor<'de> for ListVisitor<'_, T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element_seed(seed(self.0))? {
                    values.push(value);
                }
                Ok(values)
            }
        }

        deserializer.deserialize_seq(ListVisitor(track, PhantomData))
    }
}

/// An ID, from a number.
pub(super) struct One<I>(pub(super) I);

impl<I: Id> Read for One<I> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        let number = u64::deserialize(deserializer)?;
        let id = u16::try_from(number).ok().and_then(I::new);
        id.map(One).ok_or_else(|| track.error(ListErrorKind::InvalidId))
    }
}

/// A list of IDs, in any order.
impl<I: Id> Read for IdSet<I> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        read_ids::<I, _, _>(deserializer, track)
    }
}

/// The same of IDs of which there are few.
impl<I: SmallId> Read for SmallSet<I> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        read_ids::<I, _, _>(deserializer, track)
    }
}

fn read_ids<'de, I: Id, T: FromIterator<I>, D: Deserializer<'de>>(
    deserializer: D,
    track: &Track,
) -> Result<T, D::Error> {
    let ids: Vec<One<I>> = Read::read(deserializer, track)?;
    Ok(ids.into_iter().map(|One(id)| id).collect())
}

/// A time, rounded down to the decisecond; or a date alone, which is its first moment.
impl Read for Timestamp {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        struct TimeVisitor<'t>(&'t Track);

        impl Visitor<'_> for TimeVisitor<'_> {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                parse_time(text).map_err(|error| self.0.error(ListErrorKind::Time(error)))
            }
        }

        deserializer.deserialize_str(TimeVisitor(track))
    }
}

fn parse_time(text: &str) -> Result<Timestamp, TimestampError> {
    let millis = if text.contains('T') {
        time::parse_millis(text)
    } else {
        time::parse_millis(&[text, "T00:00:00Z"].concat())
    };
    Timestamp::from_unix_millis(millis?)
}

/// The properties of an object, each read where its name says.
pub(super) trait Properties: Default {
    /// The names of those that are known.
    const NAMES: &'static [&'static str];
    /// What the object is a part of.
    const DEPTH: Depth;

    /// Reads the value of a property that is known.
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        name: &'static str,
        value: Property<'_, A>,
    ) -> Result<(), A::Error>;
}

/// A property whose name was read, and whose value comes next.
pub(super) struct Property<'a, A> {
    map: &'a mut A,
    track: &'a Track,
}

impl<'de, A: MapAccess<'de>> Property<'_, A> {
    /// Reads the value into its place, which must be empty.
    pub(super) fn into<T: Read>(self, place: &mut Option<T>) -> Result<(), A::Error> {
        if place.is_some() {
            return Err(self.track.error(ListErrorKind::Repeated));
        }
        *place = Some(self.map.next_value_seed(seed(self.track))?);
        Ok(())
    }
}

/// Reads an object, and passes over properties that aren't known.
pub(super) fn object<'de, P: Properties, D: Deserializer<'de>>(
    deserializer: D,
    track: &Track,
) -> Result<P, D::Error> {
    struct ObjectVisitor<'t, P>(&'t Track, PhantomData<P>);

    impl<'de, P: Properties> Visitor<'de> for ObjectVisitor<'_, P> {
        type Value = P;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<P, A::Error> {
            let Self(track, _) = self;
            let mut properties = P::default();
            while let Some(name) = map.next_key_seed(Name(P::NAMES))? {
                match name {
                    Some(name) => {
                        track.at_field(name, P::DEPTH);
                        properties.take(name, Property { map: &mut map, track })?;
                    }
                    None => {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
            }
            Ok(properties)
        }
    }

    deserializer.deserialize_map(ObjectVisitor(track, PhantomData))
}

/// Reads a name, if it is one of these.
struct Name(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Option<&'static str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Option<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().copied().find(|&known| known == name))
    }
}

/// Declares the known properties of an object, with their types and their names in JSON.
macro_rules! properties {
    ($name:ident, $depth:ident: $($field:ident: $type:ty = $json:literal,)+) => {
        #[derive(Default)]
        struct $name {
            $($field: Option<$type>,)+
        }

        impl $crate::gvl::read::Properties for $name {
            const NAMES: &'static [&'static str] = &[$($json),+];
            const DEPTH: $crate::gvl::track::Depth = $crate::gvl::track::Depth::$depth;

            fn take<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                name: &'static str,
                value: $crate::gvl::read::Property<'_, A>,
            ) -> Result<(), A::Error> {
                match name {
                    $($json => value.into(&mut self.$field),)+
                    _ => unreachable!("only names that are known are taken"),
                }
            }
        }
    };
}
pub(super) use properties;

/// Reads a map from numbers to entries.
pub(super) fn map<'de, K: Id, T: Read, D: Deserializer<'de>>(
    deserializer: D,
    track: &Track,
) -> Result<Vec<(K, T)>, D::Error> {
    struct MapVisitor<'t, K, T>(&'t Track, PhantomData<(K, T)>);

    impl<'de, K: Id, T: Read> Visitor<'de> for MapVisitor<'_, K, T> {
        type Value = Vec<(K, T)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map from numbers")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            match list.next_element::<IgnoredAny>()? {
                None => Ok(Vec::new()),
                Some(_) => Err(self.0.error(ListErrorKind::WrongType)),
            }
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let Self(track, _) = self;
            let outside = track.place.get();
            let mut entries = Vec::new();
            while let Some(One(key)) = map.next_key_seed(Number(track, PhantomData))? {
                track.at_entry(key);
                entries.push((key, map.next_value_seed(seed(track))?));
                track.place.set(outside);
            }
            Ok(entries)
        }
    }

    /// A number as the name of a property.
    struct Number<'t, K>(&'t Track, PhantomData<K>);

    impl<'de, K: Id> DeserializeSeed<'de> for Number<'_, K> {
        type Value = One<K>;

        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<One<K>, D::Error> {
            deserializer.deserialize_identifier(self)
        }
    }

    impl<K: Id> Visitor<'_> for Number<'_, K> {
        type Value = One<K>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<One<K>, E> {
            let digits = text.bytes().all(|byte| byte.is_ascii_digit());
            let number = text.parse().ok().filter(|_| digits && !text.starts_with('0'));
            let id = number.and_then(K::new);
            id.map(One).ok_or_else(|| self.0.error(ListErrorKind::InvalidId))
        }
    }

    // Not `deserialize_map`, which takes no list.
    deserializer.deserialize_any(MapVisitor(track, PhantomData))
}
