//! The US Privacy string: four characters, and what else a request says in so few (feature
//! `gpp`).
//!
//! ```text
//! 1YNN
//! │││└ LSPA: is the transaction covered by that contract?
//! ││└ has the person opted out of the sale of personal data?
//! │└ was notice given, and the chance to opt out?
//! └ version
//! ```
//!
//! The format is deprecated: the sections of the GPP string took its place. It is still sent,
//! by itself and as section 6 of a GPP string.
//!
//! ```
//! use consent_string::us_privacy::{Answer, UsPrivacy};
//!
//! let privacy: UsPrivacy = "1YYN".parse()?;
//! assert_eq!(privacy.opt_out_sale(), Answer::Yes);
//! assert_eq!(privacy.to_string(), "1YYN");
//! // The law does not apply: which is no permission.
//! assert_eq!("1---".parse::<UsPrivacy>()?.opt_out_sale(), Answer::NotApplicable);
//! # Ok::<(), consent_string::DecodeError>(())
//! ```

mod diff;
#[cfg(feature = "serde")]
mod serde;

pub use self::diff::{Difference, FieldChange};
#[cfg(feature = "serde")]
pub use self::serde::Decoded;

use core::fmt;
use core::str::FromStr;

use crate::bits::{Rule, SegmentStart, Sink, Value};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::format::Format;

/// What one character of a US Privacy string answers.
///
/// There are three, and this has them all: to be matched in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// `Y`.
    Yes,
    /// `N`.
    No,
    /// `-`: the law does not apply, or (of the notice and the contract) it is not known.
    NotApplicable,
}

impl Answer {
    /// All answers.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotApplicable];

    /// The answer's name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotApplicable => "not_applicable",
        }
    }

    /// The character that stands for it.
    const fn character(self) -> u8 {
        match self {
            Self::Yes => b'Y',
            Self::No => b'N',
            Self::NotApplicable => b'-',
        }
    }
}

/// A US Privacy string of version 1.
///
/// `Serialize` and `Deserialize` (feature `serde`) are the text; `Decoded` is the object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UsPrivacy {
    notice: Answer,
    opt_out_sale: Answer,
    lspa_covered: Answer,
    /// Whether the letters are lower case, which only [`DecodeOptions`] let pass.
    is_lower: bool,
}

impl UsPrivacy {
    /// The string of three answers.
    #[must_use]
    pub const fn new(notice: Answer, opt_out_sale: Answer, lspa_covered: Answer) -> Self {
        Self { notice, opt_out_sale, lspa_covered, is_lower: false }
    }

    /// Reads a US Privacy string under the default [`DecodeOptions`].
    ///
    /// # Errors
    ///
    /// [`DecodeError`] for any text but `1` and three of `Y`, `N` and `-`: `"1YN"`, `"2YNN"`,
    /// `"1ynn"`.
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode(text)
    }

    /// Whether notice was given, and the chance to opt out of a sale.
    #[must_use]
    pub const fn notice(&self) -> Answer {
        self.notice
    }

    /// Whether the person has opted out of the sale of personal data.
    #[must_use]
    pub const fn opt_out_sale(&self) -> Answer {
        self.opt_out_sale
    }

    /// Whether the transaction is covered by the Limited Service Provider Agreement.
    #[must_use]
    pub const fn lspa_covered(&self) -> Answer {
        self.lspa_covered
    }

    /// Whether the string says that the law applies (it has a letter) and yet nothing of a
    /// sale: `1Y-N`. The specification's text rules that out; no known reader does.
    #[must_use]
    pub fn lacks_sale(&self) -> bool {
        self.opt_out_sale == Answer::NotApplicable
            && [self.notice, self.lspa_covered] != [Answer::NotApplicable; 2]
    }

    /// The four characters.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 4] {
        let [notice, opt_out_sale, lspa_covered] =
            [self.notice, self.opt_out_sale, self.lspa_covered].map(|answer| {
                let character = answer.character();
                if self.is_lower { character.to_ascii_lowercase() } else { character }
            });
        [b'1', notice, opt_out_sale, lspa_covered]
    }
}

impl FromStr for UsPrivacy {
    type Err = DecodeError;

    /// As [`UsPrivacy::parse`].
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text)
    }
}

impl fmt::Display for UsPrivacy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(core::str::from_utf8(&self.to_bytes()).expect("four characters of ASCII"))
    }
}

/// How US Privacy strings are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[must_use]
pub struct DecodeOptions {
    lower_case: bool,
}

impl DecodeOptions {
    /// The options by which `parse` reads: strict.
    pub const fn new() -> Self {
        Self { lower_case: false }
    }

    /// Reads `1ynn` as well, as one service in the wild does. All letters are of one case:
    /// `1Ynn` is refused.
    ///
    /// ```
    /// # use consent_string::us_privacy::{Answer, DecodeOptions};
    /// let privacy = DecodeOptions::new().allow_lower_case().decode("1yyn")?;
    /// assert_eq!(privacy.opt_out_sale(), Answer::Yes);
    /// assert_eq!(privacy.to_string(), "1yyn");
    /// # Ok::<(), consent_string::DecodeError>(())
    /// ```
    pub const fn allow_lower_case(mut self) -> Self {
        self.lower_case = true;
        self
    }

    /// Reads a US Privacy string.
    ///
    /// # Errors
    ///
    /// As [`UsPrivacy::parse`], but for what the options let pass.
    pub fn decode(self, text: &str) -> Result<UsPrivacy, DecodeError> {
        self.read(text, &mut ()).map_err(|error| error.with_hint(text, Format::UsPrivacy))
    }

    /// Reads a US Privacy string for a sink that hears of all its fields.
    #[cfg(feature = "explain")]
    pub(crate) fn tell(self, text: &str, sink: &mut impl Sink) -> Result<UsPrivacy, DecodeError> {
        self.read(text, sink).map_err(|error| error.with_hint(text, Format::UsPrivacy))
    }

    /// Reads the text, without a hint to what may have led to an error.
    pub(crate) fn read(self, text: &str, sink: &mut impl Sink) -> Result<UsPrivacy, DecodeError> {
        let error = |field, place: usize, kind| {
            Err(Fault::new(kind, 8 * place).at(Segment::UsPrivacy, field))
        };
        let &[version, notice, opt_out_sale, lspa_covered] = text.as_bytes() else {
            let characters = u32::try_from(text.len()).unwrap_or(u32::MAX);
            return Err(DecodeError::whole(DecodeErrorKind::NotFourCharacters { characters }));
        };
        sink.segment(SegmentStart {
            segment: Segment::UsPrivacy,
            character: 0,
            characters: 4,
            origin: 0,
        });
        sink.rule(Rule::specified("US Privacy String Format"));
        let number = version.wrapping_sub(b'0');
        sink.field("version", 0, 8, Value::Number(number.into()));
        if version != b'1' {
            let kind = match version {
                b'0'..=b'9' => {
                    DecodeErrorKind::UnsupportedVersion { version: version - b'0', expected: "1" }
                }
                _ => DecodeErrorKind::UnexpectedCharacter { expected: "1" },
            };
            return error("version", 0, kind);
        }
        let has_upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
        let has_lower = text.bytes().any(|byte| byte.is_ascii_lowercase());
        let mut answers = [Answer::NotApplicable; 3];
        let fields =
            [("notice", notice), ("opt_out_sale", opt_out_sale), ("lspa_covered", lspa_covered)];
        for (index, (field, character)) in fields.into_iter().enumerate() {
            let start = 8 * (index + 1);
            answers[index] = match character {
                b'Y' => Answer::Yes,
                b'N' => Answer::No,
                b'-' => Answer::NotApplicable,
                b'y' if self.lower_case && !has_upper => Answer::Yes,
                b'n' if self.lower_case && !has_upper => Answer::No,
                _ => {
                    let kind = DecodeErrorKind::UnexpectedCharacter { expected: "Y, N or -" };
                    sink.field(field, start, start + 8, Value::Unread);
                    return error(field, index + 1, kind);
                }
            };
            sink.field(field, start, start + 8, Value::Name(answers[index].name()));
        }
        let [notice, opt_out_sale, lspa_covered] = answers;
        Ok(UsPrivacy { notice, opt_out_sale, lspa_covered, is_lower: has_lower })
    }
}

/// Whether the value of the header `Sec-GPC` is Global Privacy Control: `1` is, and every
/// other value is as good as none.
///
/// ```
/// # use consent_string::us_privacy::is_gpc;
/// assert!(is_gpc("1"));
/// assert!(!is_gpc("0") && !is_gpc("true") && !is_gpc("1, 1"));
/// ```
#[must_use]
pub fn is_gpc(sec_gpc: &str) -> bool {
    sec_gpc == "1"
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn every_string_of_three_answers_is_read_as_written() {
        for notice in Answer::ALL {
            for opt_out_sale in Answer::ALL {
                for lspa_covered in Answer::ALL {
                    let privacy = UsPrivacy::new(notice, opt_out_sale, lspa_covered);
                    let text = privacy.to_string();
                    assert_eq!(UsPrivacy::parse(&text), Ok(privacy));
                    let lower = text.to_lowercase();
                    let read = DecodeOptions::new().allow_lower_case().decode(&lower).unwrap();
                    assert_eq!(read.to_string(), lower);
                    assert_eq!(read.opt_out_sale(), opt_out_sale);
                    assert_eq!(UsPrivacy::parse(&lower).is_ok(), lower == text);
                    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
                    let lacks_sale = opt_out_sale == Answer::NotApplicable && letters > 0;
                    assert_eq!(privacy.lacks_sale(), lacks_sale);
                }
            }
        }
    }
}
