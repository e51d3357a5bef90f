//! Two letters, six bits each: a language or a country.

use core::fmt;
use core::str::FromStr;

/// A two-letter code: the language of the consent dialogue (ISO 639-1) or the publisher's
/// country (ISO 3166-1 alpha-2).
///
/// A TC string holds letters without their case; they are shown in upper case. Whether a
/// language or country of that name exists is not looked at: real strings hold `AA` where
/// nothing was set.
///
/// The six bits of a letter could also stand for 26 to 63, which are no letters: a string that
/// has such is refused, unless
/// [`allow_undefined_letters`](super::DecodeOptions::allow_undefined_letters) was asked for.
///
/// ```
/// # use consent_string::tcf::Letters;
/// let country: Letters = "de".parse()?;
/// assert_eq!(country.as_str(), "DE");
/// assert!("D1".parse::<Letters>().is_err());
/// # Ok::<(), consent_string::tcf::InvalidLetters>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Letters([u8; 2]);

/// A text is no [`Letters`]: `"D"`, `"D1"`, `"DEU"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not a two-letter code, expected A-Z twice")]
pub struct InvalidLetters;

impl Letters {
    /// `AA`, which is zero in every bit: nothing was set.
    pub const AA: Self = Self(*b"AA");

    /// The letters of twelve bits: six each, 0 for A to 25 for Z; `None` past that.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn from_field(field: u64) -> Option<Self> {
        let (first, second) = ((field >> 6) as u8, (field & 0x3F) as u8);
        (first <= 25 && second <= 25).then_some(Self([b'A' + first, b'A' + second]))
    }

    /// The letters as twelve bits.
    pub(crate) fn to_field(self) -> u64 {
        let [first, second] = self.0.map(|letter| u64::from(letter - b'A'));
        first << 6 | second
    }

    /// The letters, in upper case.
    #[must_use]
    #[allow(clippy::missing_panics_doc, reason = "both are ASCII letters")]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).expect("both are ASCII letters")
    }
}

impl FromStr for Letters {
    type Err = InvalidLetters;

    /// Reads two ASCII letters of either case.
    fn from_str(text: &str) -> Result<Self, InvalidLetters> {
        match *text.as_bytes() {
            [first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Ok(Self([first, second].map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(InvalidLetters),
        }
    }
}

impl fmt::Display for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letters({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn every_field_is_two_letters_or_refused() {
        for field in 0..1 << 12 {
            let (first, second) = (field / 64, field % 64);
            let letters = Letters::from_field(field);
            if first < 26 && second < 26 {
                let text: alloc::string::String = [first, second]
                    .map(|letter| ('A'..='Z').nth(usize::try_from(letter).unwrap()).unwrap())
                    .iter()
                    .collect();
                let letters = letters.unwrap();
                assert_eq!(letters.to_string(), text);
                assert_eq!(alloc::format!("{letters:?}"), alloc::format!("Letters({text})"));
                assert_eq!(letters.to_field(), field);
                assert_eq!(text.to_lowercase().parse(), Ok(letters));
            } else {
                assert_eq!(letters, None);
            }
        }
        for text in ["", "D", "DEU", "D1", "ÄÄ", " D", "[A"] {
            assert_eq!(text.parse::<Letters>(), Err(InvalidLetters), "{text:?}");
        }
    }
}
