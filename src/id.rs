//! Numbers that stand for purposes and vendors.

use core::fmt;

mod sealed {
    pub trait Sealed {}
}
pub(crate) use sealed::Sealed;

/// A number from 1 to 65535 that names one kind of thing; sealed.
///
/// [`IdSet`](crate::IdSet) and the sections are generic over it, so that a set of
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

        impl $crate::id::Sealed for $name {}

        impl $crate::id::Id for $name {
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

        $crate::id::id_conversions!($name);
    };
}

/// The conversions of a kind of ID, all through `new` and `get`.
macro_rules! id_conversions {
    ($name:ident) => {
        impl TryFrom<u16> for $name {
            type Error = $crate::InvalidId;

            fn try_from(number: u16) -> Result<Self, $crate::InvalidId> {
                Self::new(number).ok_or($crate::InvalidId { maximum: Self::MAX.get() })
            }
        }

        impl From<$name> for u16 {
            fn from(id: $name) -> u16 {
                id.get()
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
#[cfg(feature = "tcf")]
pub(crate) use id_type;

id_type! {
    /// Didomi's number for a purpose, 1 to 65535.
    ///
    /// ```
    /// # use consent_string::PurposeId;
    /// assert_eq!(PurposeId::new(4).map(PurposeId::get), Some(4));
    /// assert_eq!(PurposeId::new(0), None);
    /// assert!("65536".parse::<PurposeId>().is_err());
    /// ```
    PurposeId, 65535
}

id_type! {
    /// Didomi's number for a vendor, 1 to 65535.
    ///
    /// It is not the vendor's number in IAB Europe's Global Vendor List: that is
    /// `tcf::VendorId`, another type.
    VendorId, 65535
}
