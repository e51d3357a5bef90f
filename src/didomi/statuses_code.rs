//! `EncodedStatuses`: which groups of ranges a section has, and what every other ID is.

use core::fmt;

use super::status::Status;
use crate::error::DecodeErrorKind;

/// Which of the [`StatusesCode`]s whose meaning is inferred only are read, or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum InferredCodes {
    /// None of them. The default.
    #[default]
    Refuse,
    /// Those that list the enabled IDs, or that have none: by these no ID can become enabled
    /// without being listed.
    Listed,
    /// All of them, also those by which every ID that is *not* listed is enabled.
    Accept,
}

impl InferredCodes {
    /// All that this crate knows, from the strictest on.
    pub const ALL: &'static [Self] = &[Self::Refuse, Self::Listed, Self::Accept];
}

/// The four bits `EncodedStatuses`: which groups of ranges follow, and what every ID is
/// that no group lists.
///
/// | bits | groups that follow | every other ID, up to the highest listed | known by |
/// | --- | --- | --- | --- |
/// | `0000` | enabled | undefined | real strings |
/// | `1100` | undefined, enabled | disabled | documentation |
/// | `0011` | enabled, undefined | disabled | inference |
/// | `0101`, `1010` | disabled | undefined | inference |
/// | `0001`, `0010` | enabled, disabled | undefined | inference |
/// | `0100`, `1000` | disabled, enabled | undefined | inference |
/// | `1101`, `1110` | undefined, disabled | *enabled* | inference |
/// | `0111`, `1011` | disabled, undefined | *enabled* | inference |
/// | `1111`, `0110`, `1001` | none: an error | | |
///
/// The four bits are a pair of codes of two bits, one for each group, in their order: enabled is
/// `00` and undefined `11` (documented); a code said twice is one group (seen). What is inferred is
/// that disabled is what is left, `01` and `10`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusesCode(u8);

/// What a statuses code says.
#[derive(Clone, Copy)]
pub(super) struct Statuses {
    /// The status of the IDs in each group.
    pub(super) groups: [Option<Status>; 2],
    /// The status of every other ID up to the highest one in any group.
    pub(super) rest: Status,
}

impl StatusesCode {
    pub(super) const ENABLED: Self = Self(0b0000);
    pub(super) const UNDEFINED_ENABLED: Self = Self(0b1100);
    pub(super) const DISABLED: Self = Self(0b0101);
    pub(super) const ENABLED_DISABLED: Self = Self(0b0001);
    pub(super) const UNDEFINED_DISABLED: Self = Self(0b1101);

    /// The code, 0 to 15.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Whether the meaning of the code is inferred only.
    #[must_use]
    pub fn is_inferred(self) -> bool {
        self != Self::ENABLED && self != Self::UNDEFINED_ENABLED
    }

    /// The code of four bits, whether or not it has a meaning.
    pub(super) const fn of_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Which groups follow, and what every other ID is.
    pub(super) const fn described(self) -> &'static str {
        match self.0 {
            0b0000 => "enabled IDs; others undefined",
            0b1100 => "undefined, then enabled IDs; others disabled",
            0b0011 => "enabled, then undefined IDs; others disabled",
            0b0101 | 0b1010 => "disabled IDs; others undefined",
            0b0001 | 0b0010 => "enabled, then disabled IDs; others undefined",
            0b0100 | 0b1000 => "disabled, then enabled IDs; others undefined",
            0b1101 | 0b1110 => "undefined, then disabled IDs; others enabled",
            0b0111 | 0b1011 => "disabled, then undefined IDs; others enabled",
            _ => "no meaning",
        }
    }

    /// Reads a code, if it has a meaning and the options accept that.
    pub(super) fn accept(
        bits: u8,
        inferred: InferredCodes,
    ) -> Result<(Self, Statuses), DecodeErrorKind> {
        let code = Self(bits);
        let statuses = code.statuses().ok_or(DecodeErrorKind::UndefinedStatuses { code: bits })?;
        if code.is_inferred() {
            let unlisted = statuses.rest == Status::Enabled;
            match inferred {
                InferredCodes::Accept => {}
                InferredCodes::Listed if !unlisted => {}
                InferredCodes::Listed => {
                    return Err(DecodeErrorKind::UnlistedEnabled { code: bits });
                }
                InferredCodes::Refuse => {
                    return Err(DecodeErrorKind::InferredStatuses { code: bits });
                }
            }
        }
        Ok((code, statuses))
    }

    /// Whether the code has a group of enabled and one of disabled IDs, both of which must then
    /// list an ID: a writer without one would have used the code of the other alone, and zeros of
    /// the fill could pass for an empty second group.
    #[inline]
    pub(super) const fn needs_both_groups(self) -> bool {
        matches!(self.0, 0b0001 | 0b0010 | 0b0100 | 0b1000)
    }

    /// What the code says, if anything.
    #[inline]
    pub(super) fn statuses(self) -> Option<Statuses> {
        static MEANINGS: [Option<Statuses>; 16] = {
            let mut meanings = [None; 16];
            let mut bits = 0;
            while bits < 16 {
                meanings[bits as usize] = StatusesCode(bits).meaning();
                bits += 1;
            }
            meanings
        };
        MEANINGS[usize::from(self.0 & 0b1111)]
    }

    /// What a code says that was accepted, or chosen.
    #[inline]
    pub(super) fn known(self) -> Statuses {
        self.statuses().expect("a code is only kept where it has a meaning")
    }

    /// What the code says, worked out from its two halves.
    const fn meaning(self) -> Option<Statuses> {
        use Status::{Disabled, Enabled, Undefined};
        let (first, second) = (Self::status(self.0 >> 2), Self::status(self.0 & 0b11));
        let (second, rest) = match (first, second) {
            (Undefined, Undefined) => return None,
            // The two spellings of disabled side by side say nothing.
            (Disabled, Disabled) if self.0 >> 2 != self.0 & 0b11 => return None,
            _ if first as u8 == second as u8 => (None, Undefined),
            (Enabled, Disabled) | (Disabled, Enabled) => (Some(second), Undefined),
            (Enabled, _) | (_, Enabled) => (Some(second), Disabled),
            _ => (Some(second), Enabled),
        };
        Some(Statuses { groups: [Some(first), second], rest })
    }

    /// The status that two bits of the code stand for.
    const fn status(bits: u8) -> Status {
        match bits {
            0b00 => Status::Enabled,
            0b11 => Status::Undefined,
            _ => Status::Disabled,
        }
    }
}

impl fmt::Display for StatusesCode {
    /// The four bits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04b}", self.0)
    }
}

impl fmt::Debug for StatusesCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatusesCode({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Status::{Disabled, Enabled, Undefined};
    use alloc::borrow::ToOwned;

    #[test]
    fn every_code_means_what_the_table_says() {
        type Meaning = Option<([Option<Status>; 2], Status)>;
        let table: [(&[u8], Meaning); 9] = [
            (&[0b0000], Some(([Some(Enabled), None], Undefined))),
            (&[0b1100], Some(([Some(Undefined), Some(Enabled)], Disabled))),
            (&[0b0011], Some(([Some(Enabled), Some(Undefined)], Disabled))),
            (&[0b0101, 0b1010], Some(([Some(Disabled), None], Undefined))),
            (&[0b0001, 0b0010], Some(([Some(Enabled), Some(Disabled)], Undefined))),
            (&[0b0100, 0b1000], Some(([Some(Disabled), Some(Enabled)], Undefined))),
            (&[0b1101, 0b1110], Some(([Some(Undefined), Some(Disabled)], Enabled))),
            (&[0b0111, 0b1011], Some(([Some(Disabled), Some(Undefined)], Enabled))),
            (&[0b1111, 0b0110, 0b1001], None),
        ];
        let mut seen = 0;
        for (codes, meaning) in table {
            for &bits in codes {
                seen |= 1 << bits;
                let statuses = StatusesCode(bits).statuses();
                assert_eq!(
                    statuses.map(|statuses| (statuses.groups, statuses.rest)),
                    meaning,
                    "{bits:04b}"
                );
                // What each policy makes of it.
                let unlisted = meaning.is_some_and(|(_, rest)| rest == Enabled);
                let known = bits == 0b0000 || bits == 0b1100;
                let accepts =
                    |inferred| StatusesCode::accept(bits, inferred).map(|(code, _)| code.bits());
                let undefined = Err(DecodeErrorKind::UndefinedStatuses { code: bits });
                let ok = if meaning.is_some() { Ok(bits) } else { undefined };
                assert_eq!(accepts(InferredCodes::Accept), ok);
                let listed = if unlisted {
                    Err(DecodeErrorKind::UnlistedEnabled { code: bits })
                } else {
                    ok
                };
                assert_eq!(accepts(InferredCodes::Listed), listed);
                let refused = Err(DecodeErrorKind::InferredStatuses { code: bits });
                let none = if meaning.is_some() && !known { refused } else { ok };
                assert_eq!(accepts(InferredCodes::Refuse), none);
            }
        }
        assert_eq!(seen, 0xFFFF, "all sixteen codes are in the table");
    }

    #[test]
    fn every_code_is_described_as_what_it_means() {
        for code in (0..16).map(StatusesCode) {
            let described = match code.statuses() {
                None => "no meaning".to_owned(),
                Some(Statuses { groups: [Some(one), None], rest }) => {
                    alloc::format!("{one} IDs; others {rest}")
                }
                Some(Statuses { groups: [one, other], rest }) => {
                    let [one, other] = [one, other].map(Option::unwrap);
                    alloc::format!("{one}, then {other} IDs; others {rest}")
                }
            };
            assert_eq!(code.described(), described, "{code}");
        }
    }
}
