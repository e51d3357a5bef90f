//! The versions of a Didomi Consent String, and the regulation that version 2 names.

use core::fmt;

/// The version of a Didomi Consent String.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Version {
    /// 1; such a string starts with `B`.
    V1 = 1,
    /// 2, which has a regulation and may have a sync date; such a string starts with `C`.
    V2 = 2,
}

impl Version {
    /// All that this crate knows, rising.
    pub const ALL: &'static [Self] = &[Self::V1, Self::V2];

    /// 1 or 2.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The version of a number; `None` unless it is 1 or 2.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        match number {
            1 => Some(Self::V1),
            2 => Some(Self::V2),
            _ => None,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.number(), f)
    }
}

/// Didomi's number for a regulation, 0 to 65535.
///
/// Only one number is known, and that from a real string: 1 is GDPR. The others are not
/// published, so the number is kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Regulation(pub u16);

impl Regulation {
    /// The General Data Protection Regulation. Seen, not documented.
    pub const GDPR: Self = Self(1);
}

impl fmt::Display for Regulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
