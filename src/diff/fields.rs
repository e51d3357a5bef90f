//! Changes of the fields of a string's header.

use alloc::string::String;
use core::fmt;

use uuid::Uuid;

use super::{ApplyError, Changed, Presence};
use crate::time::Timestamp;

/// What a field of a header can be.
pub(crate) trait Value: Clone + PartialEq {
    /// Whether it tells who the person is, or may: then a log only hears that it changed.
    const IS_PERSONAL: bool = false;

    /// Whether there is a value.
    fn is_there(&self) -> bool {
        true
    }

    /// The value in a log.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;

    /// The value in JSON.
    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// Values that are shown as they are printed, and have an object of serde's.
macro_rules! shown {
    ($($value:ty),+) => {$(
        impl $crate::diff::Value for $value {
            fn show(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(self, f)
            }

            #[cfg(feature = "serde")]
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(self, serializer)
            }
        }
    )+};
}
pub(crate) use shown;
shown!(u8, u16, bool, Timestamp);

/// Values that only JSON shows, as text.
macro_rules! personal {
    ($($value:ty),+) => {$(
        impl Value for $value {
            const IS_PERSONAL: bool = true;

            fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("not shown")
            }

            #[cfg(feature = "serde")]
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}
personal!(Uuid, String);

impl Value for Presence {
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<T: Value> Value for Option<T> {
    const IS_PERSONAL: bool = T::IS_PERSONAL;

    fn is_there(&self) -> bool {
        self.is_some()
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Some(value) => value.show(f),
            None => f.write_str("none"),
        }
    }

    #[cfg(feature = "serde")]
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.serialize(serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<T> Changed<T> {
    /// The change in a log.
    pub(crate) fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result
    where
        T: Value,
    {
        let Self { from, to } = self;
        if T::IS_PERSONAL {
            return f.write_str(match (from.is_there(), to.is_there()) {
                (false, true) => "added",
                (true, false) => "removed",
                _ => "changed",
            });
        }
        from.show(f)?;
        f.write_str(" -> ")?;
        to.show(f)
    }
}

/// Makes a change in a value, which has to be what the change starts from.
pub(crate) fn put_change<T: Value>(
    value: &mut T,
    change: &Changed<T>,
    field: &'static str,
) -> Result<(), ApplyError> {
    if *value != change.from {
        return Err(ApplyError::OtherStart { field });
    }
    value.clone_from(&change.to);
    Ok(())
}

/// Declares the changes that a header can have: for each field of some parts a variant, with the
/// type of its value, its name and its place in the parts. The order is that of the changes.
macro_rules! field_changes {
    ($(#[$meta:meta])* $name:ident of $parts:ty {
        $($(#[$doc:meta])* $variant:ident($value:ty) = $text:literal, $($place:ident).+;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$doc])* $variant($crate::diff::Changed<$value>),)+
        }

        impl $name {
            /// The field's name in the string's object: stable, for logs.
            #[must_use]
            pub const fn field(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $text,)+
                }
            }

            /// What changes between some parts and others.
            fn between(from: &$parts, to: &$parts) -> alloc::vec::Vec<Self> {
                let changes = [$({
                    let (from, to) = (from.$($place).+.clone(), to.$($place).+.clone());
                    $crate::diff::Changed::between(from, to).map(Self::$variant)
                },)+];
                changes.into_iter().flatten().collect()
            }

            /// Makes the change in some parts.
            #[allow(dead_code, reason = "TC strings of Canada are only ever changed as a whole")]
            fn apply(&self, parts: &mut $parts) -> Result<(), $crate::diff::ApplyError> {
                match self {
                    $(Self::$variant(change) => {
                        $crate::diff::put_change(&mut parts.$($place).+, change, $text)
                    })+
                }
            }
        }

        impl core::fmt::Display for $name {
            /// `updated: 2023-04-12T18:10:00.000Z -> 2023-05-01T00:00:00.000Z`; of what tells who
            /// the person is, only `user_id: changed`.
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{}: ", self.field())?;
                match self {
                    $(Self::$variant(change) => change.show(f),)+
                }
            }
        }

        /// As it is printed.
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{self}")
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $name {
            /// `{"field": "regulation", "from": null, "to": 1}`.
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(change) => change.serialize_as(self.field(), serializer),)+
                }
            }
        }
    };
}
pub(crate) use field_changes;
