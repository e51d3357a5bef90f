//! What may have led to an error.
//!
//! A hint names a class of characters or a format: nothing of it is personal.

use core::fmt;

use crate::format::Format;

/// A usual mistake that would explain why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hint {
    /// White space in the text, or around it.
    WhiteSpace,
    /// A quotation mark: the value of a cookie may still be quoted.
    Quote,
    /// A percent sign: the value of a cookie may still be percent-encoded.
    PercentSign,
    /// `+` or `/`: the standard alphabet of base64, where the web-safe one has `-` and `_`.
    StandardAlphabet,
    /// `=` in the middle: a name and a value, as a cookie has them.
    NameAndValue,
    /// A character beyond ASCII.
    NotAscii,
    /// The end comes too early.
    CutOff,
    /// Something follows behind the end.
    TwoStrings,
    /// The text has the shape of another format.
    LooksLike(Format),
    /// The text has the shape of JSON.
    LooksLikeJson,
    /// The text has the shape of a TC string of version 1, which is no longer in use.
    LooksLikeTcVersionOne,
    /// What the first character of a string of this format can be.
    FirstCharacter(Format),
}

impl Hint {
    /// The hint's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WhiteSpace => "white_space",
            Self::Quote => "quote",
            Self::PercentSign => "percent_sign",
            Self::StandardAlphabet => "standard_alphabet",
            Self::NameAndValue => "name_and_value",
            Self::NotAscii => "not_ascii",
            Self::CutOff => "cut_off",
            Self::TwoStrings => "two_strings",
            Self::LooksLike(_) => "looks_like",
            Self::LooksLikeJson => "looks_like_json",
            Self::LooksLikeTcVersionOne => "looks_like_tc_version_one",
            Self::FirstCharacter(_) => "first_character",
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WhiteSpace => "white space: remove it",
            Self::Quote => "a quotation mark: is the value still quoted?",
            Self::PercentSign => "a percent sign: is the value still percent-encoded?",
            Self::StandardAlphabet => {
                "the standard alphabet of base64: the web-safe one has - for + and _ for /"
            }
            Self::NameAndValue => "an equals sign: is the name of a cookie in front of the value?",
            Self::NotAscii => "a character beyond ASCII: was the text changed on its way?",
            Self::CutOff => "the end comes too early: was the text cut off?",
            Self::TwoStrings => "something follows behind the end: are these two strings in one?",
            Self::LooksLike(format) => {
                return write!(f, "this looks like {}", format.described());
            }
            Self::LooksLikeJson => "this looks like JSON",
            Self::LooksLikeTcVersionOne => {
                "this looks like a TC string of version 1, which is no longer in use"
            }
            Self::FirstCharacter(format) => {
                let first = match format {
                    Format::Didomi => "B or C",
                    Format::Tcf => "C",
                    Format::Gpp => "D",
                    Format::UsPrivacy => "1",
                    Format::Ac => "1 or 2",
                    Format::Token => "e",
                };
                return write!(f, "{} starts with {first}", format.described());
            }
        })
    }
}
