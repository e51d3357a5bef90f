//! serde for the values that all formats share: IDs as numbers, sets as rising lists of numbers,
//! timestamps as text (in formats for machines only, as deciseconds).
//!
//! A format is told which type is wanted, so that IDs can be the keys of a map and stand in query
//! strings, and so that formats work that don't describe themselves. The errors say what was
//! expected and never repeat what was found: IDs are personal data. A format that finds a value of
//! another type than it was told says so by an error of its own, which may show the value. So an
//! error that comes before the visitor was asked is not handed on.

mod object;
#[cfg(any(feature = "gpp", feature = "json"))]
mod raw;

pub(crate) use object::object;
#[cfg(feature = "digest")]
pub(crate) use object::open_object;
#[cfg(any(feature = "gpp", feature = "json"))]
pub(crate) use raw::Raw;

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;
use core::convert::Infallible;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::ids::Id;
use crate::ids::IdSet;
use crate::time::Timestamp;

/// The types of values without parts that a format is told to expect.
#[derive(Clone, Copy)]
enum Expected {
    U8,
    U16,
    U32,
    U64,
    #[cfg(feature = "tcf")]
    Flag,
    Text,
}

/// A value without parts, as it was found.
enum Scalar<'a> {
    Number(u64),
    Text(&'a str),
    #[cfg_attr(not(feature = "tcf"), allow(dead_code, reason = "only TC strings have flags"))]
    Flag(bool),
    /// A value of any other kind, a negative or fractional number among them.
    Other,
}

/// Reads a scalar, by `read`, whose error is all that an error says; where the format itself finds
/// that the value is no such scalar, `refusal` is.
fn scalar<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    deserializer: D,
    expected: Expected,
    refusal: impl fmt::Display,
    read: impl FnOnce(Scalar<'_>) -> Result<T, E>,
) -> Result<T, D::Error> {
    struct ScalarVisitor<'a, F> {
        read: F,
        was_asked: &'a Cell<bool>,
    }

    impl<F> ScalarVisitor<'_, F> {
        fn read<T, E, X>(self, value: Scalar<'_>) -> Result<T, X>
        where
            F: FnOnce(Scalar<'_>) -> Result<T, E>,
            E: fmt::Display,
            X: de::Error,
        {
            self.was_asked.set(true);
            (self.read)(value).map_err(X::custom)
        }
    }

    impl<T, E: fmt::Display, F: FnOnce(Scalar<'_>) -> Result<T, E>> Visitor<'_>
        for ScalarVisitor<'_, F>
    {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a single value")
        }

        fn visit_u64<X: de::Error>(self, number: u64) -> Result<T, X> {
            self.read(Scalar::Number(number))
        }

        fn visit_i64<X: de::Error>(self, number: i64) -> Result<T, X> {
            self.read(u64::try_from(number).map_or(Scalar::Other, Scalar::Number))
        }

        fn visit_f64<X: de::Error>(self, _: f64) -> Result<T, X> {
            self.read(Scalar::Other)
        }

        fn visit_bool<X: de::Error>(self, flag: bool) -> Result<T, X> {
            self.read(Scalar::Flag(flag))
        }

        fn visit_str<X: de::Error>(self, text: &str) -> Result<T, X> {
            self.read(Scalar::Text(text))
        }
    }

    let was_asked = Cell::new(false);
    let visitor = ScalarVisitor { read, was_asked: &was_asked };
    let result = match expected {
        Expected::U8 => deserializer.deserialize_u8(visitor),
        Expected::U16 => deserializer.deserialize_u16(visitor),
        Expected::U32 => deserializer.deserialize_u32(visitor),
        Expected::U64 => deserializer.deserialize_u64(visitor),
        #[cfg(feature = "tcf")]
        Expected::Flag => deserializer.deserialize_bool(visitor),
        Expected::Text => deserializer.deserialize_str(visitor),
    };
    handed_on(result, &was_asked, refusal)
}

/// The result of a format, but for an error that came before its visitor was asked.
fn handed_on<T, E: de::Error>(
    result: Result<T, E>,
    was_asked: &Cell<bool>,
    refusal: impl fmt::Display,
) -> Result<T, E> {
    if was_asked.get() { result } else { result.map_err(|_| E::custom(refusal)) }
}

/// Reads a field that must be there: by this function, so that one that is missing is an error that
/// says so.
pub(crate) fn required<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

/// Reads text by `read`, whose error is all that an error says.
pub(crate) fn read_text<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    deserializer: D,
    refusal: &'static str,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    // Of either kind: the error of the type, or that of the text.
    let read = |value: Scalar<'_>| match value {
        Scalar::Text(text) => read(text).map_err(TextError::Read),
        _ => Err(TextError::NoText(refusal)),
    };
    scalar(deserializer, Expected::Text, refusal, read)
}

enum TextError<E> {
    NoText(&'static str),
    Read(E),
}

impl<E: fmt::Display> fmt::Display for TextError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoText(refusal) => f.write_str(refusal),
            Self::Read(error) => error.fmt(f),
        }
    }
}

/// Reads text.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    read_text(deserializer, "not text", |text| Ok::<_, Infallible>(String::from(text)))
}

/// Reads text that is parsed.
pub(crate) fn parsed<'de, D: Deserializer<'de>, T: core::str::FromStr>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error> {
    read_text(deserializer, expected, |text| text.parse().map_err(|_| expected))
}

/// Reads one of some values by its name.
#[cfg(feature = "gpp")]
pub(crate) fn named<'de, D: Deserializer<'de>, T: Copy>(
    deserializer: D,
    values: &[(&str, T)],
    expected: &'static str,
) -> Result<T, D::Error> {
    read_text(deserializer, expected, |text| {
        let found = values.iter().find(|(name, _)| *name == text);
        found.map(|&(_, value)| value).ok_or(expected)
    })
}

/// Reads a number that `read` accepts: as a number or, from a format in which all is text, as its
/// digits.
pub(crate) fn number<'de, D: Deserializer<'de>, N: TryFrom<u64>, T>(
    deserializer: D,
    read: impl FnOnce(N) -> Option<T>,
    expected: impl fmt::Display + Copy,
) -> Result<T, D::Error> {
    let width = match size_of::<N>() {
        1 => Expected::U8,
        2 => Expected::U16,
        4 => Expected::U32,
        _ => Expected::U64,
    };
    scalar(deserializer, width, expected, |value| {
        let number = match value {
            Scalar::Number(number) => Some(number),
            Scalar::Text(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                text.parse().ok()
            }
            _ => None,
        };
        number.and_then(|number| N::try_from(number).ok()).and_then(read).ok_or(expected)
    })
}

/// Reads an integer of a type's size.
#[cfg(any(feature = "digest", feature = "tcf"))]
pub(crate) fn integer<'de, D: Deserializer<'de>, N: TryFrom<u64>>(
    deserializer: D,
) -> Result<N, D::Error> {
    let expected = match size_of::<N>() {
        1 => "not an integer, expected one of 8 bits",
        2 => "not an integer, expected one of 16 bits",
        4 => "not an integer, expected one of 32 bits",
        _ => "not an integer, expected one of 64 bits",
    };
    number(deserializer, Some, expected)
}

/// Reads `true` or `false`.
#[cfg(feature = "tcf")]
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    const EXPECTED: &str = "not a flag, expected true or false";
    scalar(deserializer, Expected::Flag, EXPECTED, |value| match value {
        Scalar::Flag(flag) => Ok(flag),
        _ => Err(EXPECTED),
    })
}

impl Serialize for Timestamp {
    /// Text, such as `2023-04-12T18:10:00.000Z`; in formats for machines only, deciseconds.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_u64(self.deciseconds())
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            parsed(
                deserializer,
                "not a time, expected the form 2023-04-12T18:10:00.000Z, to the decisecond",
            )
        } else {
            let read = |deciseconds| Self::from_deciseconds(deciseconds).ok();
            number(deserializer, read, "not a time, expected deciseconds of 36 bits")
        }
    }
}

/// serde for a kind of ID, as a number.
macro_rules! serde_id {
    ($($name:ty),+) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u16(self.get())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::serde_impls::id(deserializer)
            }
        }
    )+};
}
#[cfg(any(feature = "tcf", feature = "token"))]
pub(crate) use serde_id;

serde_id!(crate::didomi::PurposeId, crate::didomi::VendorId);

/// Reads an ID from a number.
pub(crate) fn id<'de, D: Deserializer<'de>, I: Id>(deserializer: D) -> Result<I, D::Error> {
    number(deserializer, I::new, crate::InvalidId { maximum: I::MAX.get() })
}

impl<I: Id> Serialize for IdSet<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Id::get))
    }
}

impl<'de, I: Id> Deserialize<'de> for IdSet<I> {
    /// Reads numbers in any order; one said twice is in the set once.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number<I>(I);

        impl<'de, I: Id> Deserialize<'de> for Number<I> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                id(deserializer).map(Number)
            }
        }

        let ids: Vec<Number<I>> = list(deserializer)?;
        Ok(ids.into_iter().map(|Number(id)| id).collect())
    }
}

/// Reads a list.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct ListVisitor<'a, T> {
        was_asked: &'a Cell<bool>,
        items: PhantomData<T>,
    }

    impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<'_, T> {
        type Value = Vec<T>;

        object::refuse_scalars!("a list");

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            self.was_asked.set(true);
            let mut items = Vec::new();
            while let Some(item) = list.next_element()? {
                items.push(item);
            }
            Ok(items)
        }
    }

    let was_asked = Cell::new(false);
    let visitor = ListVisitor { was_asked: &was_asked, items: PhantomData };
    handed_on(deserializer.deserialize_seq(visitor), &was_asked, "not a list")
}
