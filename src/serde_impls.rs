//! serde for the values that all formats share: IDs as numbers, sets as rising lists of
//! numbers, timestamps as text.
//!
//! The errors say what was expected and never repeat what was found: IDs are personal data.
//! That takes a format that describes itself, such as JSON.

mod object;

pub(crate) use object::object;
#[cfg(feature = "digest")]
pub(crate) use object::open_object;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::ids::Id;
use crate::ids::IdSet;
use crate::time::Timestamp;

/// A value without parts, as it was found.
enum Scalar<'a> {
    Number(u64),
    Text(&'a str),
    #[cfg_attr(not(feature = "tcf"), allow(dead_code, reason = "only TC strings have flags"))]
    Flag(bool),
    /// A value of any other kind, a negative or fractional number among them.
    Other,
}

/// Reads a scalar, by `read`, whose error is all that an error says.
fn scalar<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    deserializer: D,
    read: impl FnOnce(Scalar<'_>) -> Result<T, E>,
) -> Result<T, D::Error> {
    struct ScalarVisitor<F>(F);

    impl<T, E: fmt::Display, F: FnOnce(Scalar<'_>) -> Result<T, E>> Visitor<'_> for ScalarVisitor<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a single value")
        }

        fn visit_u64<X: de::Error>(self, number: u64) -> Result<T, X> {
            (self.0)(Scalar::Number(number)).map_err(X::custom)
        }

        fn visit_i64<X: de::Error>(self, number: i64) -> Result<T, X> {
            (self.0)(u64::try_from(number).map_or(Scalar::Other, Scalar::Number)).map_err(X::custom)
        }

        fn visit_f64<X: de::Error>(self, _: f64) -> Result<T, X> {
            (self.0)(Scalar::Other).map_err(X::custom)
        }

        fn visit_bool<X: de::Error>(self, flag: bool) -> Result<T, X> {
            (self.0)(Scalar::Flag(flag)).map_err(X::custom)
        }

        fn visit_str<X: de::Error>(self, text: &str) -> Result<T, X> {
            (self.0)(Scalar::Text(text)).map_err(X::custom)
        }
    }

    deserializer.deserialize_any(ScalarVisitor(read))
}

/// Reads text.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    scalar(deserializer, |value| match value {
        Scalar::Text(text) => Ok(String::from(text)),
        _ => Err("not text"),
    })
}

/// Reads text that is parsed.
pub(crate) fn parsed<'de, D: Deserializer<'de>, T: core::str::FromStr>(
    deserializer: D,
    expected: &'static str,
) -> Result<T, D::Error> {
    scalar(deserializer, |value| match value {
        Scalar::Text(text) => text.parse().map_err(|_| expected),
        _ => Err(expected),
    })
}

/// Reads a number that `read` accepts.
pub(crate) fn number<'de, D: Deserializer<'de>, N: TryFrom<u64>, T>(
    deserializer: D,
    read: impl FnOnce(N) -> Option<T>,
    expected: impl fmt::Display,
) -> Result<T, D::Error> {
    scalar(deserializer, |value| match value {
        Scalar::Number(number) => N::try_from(number).ok().and_then(read).ok_or(expected),
        _ => Err(expected),
    })
}

/// Reads an integer of a type's size.
#[cfg(any(feature = "digest", feature = "tcf"))]
pub(crate) fn integer<'de, D: Deserializer<'de>, N: TryFrom<u64>>(
    deserializer: D,
) -> Result<N, D::Error> {
    let bits = 8 * size_of::<N>();
    number(deserializer, Some, format_args!("not an integer, expected one of {bits} bits"))
}

/// Reads `true` or `false`.
#[cfg(feature = "tcf")]
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    scalar(deserializer, |value| match value {
        Scalar::Flag(flag) => Ok(flag),
        _ => Err("not a flag, expected true or false"),
    })
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(
            deserializer,
            "not a time, expected the form 2023-04-12T18:10:00.000Z, to the decisecond",
        )
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
#[cfg(feature = "tcf")]
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
    struct ListVisitor<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
        type Value = Vec<T>;

        object::refuse_scalars!("a list");

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = list.next_element()? {
                items.push(item);
            }
            Ok(items)
        }
    }

    // Not `deserialize_seq`: formats may refuse other values by themselves, and show them.
    deserializer.deserialize_any(ListVisitor(PhantomData))
}
