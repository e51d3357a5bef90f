//! Numbers that stand for purposes and vendors, and sets of them.
//!
//! The kinds of IDs are in the modules of their formats: a number of Didomi's has nothing to
//! do with the same number of IAB Europe's.

mod range;
mod set;
mod side_by_side;

pub use range::{IdRange, Ids};
pub use set::{IdSet, IntoIter, Iter, Ranges};
pub(crate) use side_by_side::side_by_side;

use core::fmt;

mod sealed {
    pub trait Sealed {}
}
pub(crate) use sealed::Sealed;

/// A number from 1 to 65535 that names one kind of thing; sealed.
///
/// [`IdSet`] and the sections are generic over it, so that a set of
/// vendors is never taken for a set of purposes.
pub trait Id: Copy + Ord + core::hash::Hash + fmt::Debug + fmt::Display + Sealed + 'static {
    /// The lowest ID.
    const MIN: Self;
    /// The highest ID.
    const MAX: Self;

    /// The ID of a number; `None` for 0 and, for kinds with a lower limit than 65535, for
    /// a number past it.
    fn new(number: u16) -> Option<Self>;

    /// The number.
    fn get(self) -> u16;
}

/// A number is no ID of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not an ID, expected a number from 1 to {maximum}")]
pub struct InvalidId {
    pub(crate) maximum: u16,
}

/// Declares a kind of ID: a number from 1 to `$max` with its own type.
macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $max:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $name(core::num::NonZeroU16);

        impl $crate::ids::Sealed for $name {}

        impl $crate::ids::Id for $name {
            const MIN: Self = Self::MIN;
            const MAX: Self = Self::MAX;

            #[inline]
            fn new(number: u16) -> Option<Self> {
                Self::new(number)
            }

            #[inline]
            fn get(self) -> u16 {
                self.get()
            }
        }

        impl $name {
            /// The lowest ID, 1.
            pub const MIN: Self = Self(core::num::NonZeroU16::MIN);
            /// The highest ID.
            pub const MAX: Self = Self(core::num::NonZeroU16::new($max).unwrap());

            #[doc = concat!("The ID of a number from 1 to ", stringify!($max), "; `None` outside.")]
            #[inline]
            #[must_use]
            pub const fn new(number: u16) -> Option<Self> {
                match core::num::NonZeroU16::new(number) {
                    Some(number) if number.get() <= Self::MAX.0.get() => Some(Self(number)),
                    _ => None,
                }
            }

            /// The number.
            #[inline]
            #[must_use]
            pub const fn get(self) -> u16 {
                self.0.get()
            }
        }

        $crate::ids::id_conversions!($name);
    };
}

/// The conversions of a kind of ID, all through `new` and `get`.
macro_rules! id_conversions {
    ($name:ident: $($number:ty),+) => {$(
        impl TryFrom<$number> for $name {
            type Error = $crate::InvalidId;

            fn try_from(number: $number) -> Result<Self, $crate::InvalidId> {
                let invalid = $crate::InvalidId { maximum: Self::MAX.get() };
                u16::try_from(number).ok().and_then(Self::new).ok_or(invalid)
            }
        }

        impl From<$name> for $number {
            fn from(id: $name) -> $number {
                id.get().into()
            }
        }
    )+};
    ($name:ident) => {
        $crate::ids::id_conversions!($name: u16, u32, u64, usize, i32, i64);

        impl From<$name> for core::num::NonZeroU16 {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::InvalidId;

            /// Reads decimal digits: `"1"` and `"65535"`, not `"0"`, `"+1"` or `"65536"`.
            fn from_str(text: &str) -> Result<Self, $crate::InvalidId> {
                let digits = text.bytes().all(|byte| byte.is_ascii_digit());
                let number = text.parse().ok().filter(|_| digits);
                number.and_then(Self::new).ok_or($crate::InvalidId { maximum: Self::MAX.get() })
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                core::fmt::Display::fmt(&self.0, f)
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
}
pub(crate) use id_conversions;
pub(crate) use id_type;
