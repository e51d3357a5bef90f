//! How a section is encoded: in which of the encodings, under which statuses code.

use core::fmt;

use super::statuses_code::StatusesCode;

/// The encoding of a section, in the order in which ties between them are broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Encoding {
    /// Two bits an ID, from ID 1 on. Bits `00`, then 1 for `StartFromOne`.
    BitFieldFromOne,
    /// Two bits an ID, from an ID that the section names. Bits `00`, then 0.
    BitField,
    /// Groups of ranges in 16-bit numbers. Bits `01`.
    Ranges,
    /// Groups of ranges in Fibonacci code words. Bits `10`.
    Fibonacci,
}

impl Encoding {
    /// All that this crate knows, in the order in which ties between them are broken.
    pub const ALL: &'static [Self] =
        &[Self::BitFieldFromOne, Self::BitField, Self::Ranges, Self::Fibonacci];
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::BitFieldFromOne => "bit field from 1",
            Self::BitField => "bit field",
            Self::Ranges => "ranges",
            Self::Fibonacci => "Fibonacci ranges",
        })
    }
}

/// How a section is encoded, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SectionForm {
    pub(super) encoding: Encoding,
    pub(super) statuses: Option<StatusesCode>,
    pub(super) bits: u32,
}

impl SectionForm {
    /// The encoding.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The statuses code; `None` in a bit field, which has none.
    #[must_use]
    pub const fn statuses(&self) -> Option<StatusesCode> {
        self.statuses
    }

    /// The length of the section in bits, with the two bits that name the encoding.
    #[must_use]
    pub const fn bits(&self) -> usize {
        self.bits as usize
    }

    /// Whether the section's meaning rests on an inferred [`StatusesCode`].
    #[must_use]
    pub fn is_inferred(&self) -> bool {
        self.statuses.is_some_and(StatusesCode::is_inferred)
    }
}
