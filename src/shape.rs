//! What a text looks like that was refused, and which usual mistake that is.

use crate::bits::{BitReader, TakeFields};
use crate::error::{DecodeError, DecodeErrorKind, Hint};
use crate::format::Format;
use crate::text;

/// How many characters have the times of a string of any format.
const LOOKED_AT: usize = 36;

impl DecodeError {
    /// The same error, with what may have led to it: `text` was read as a string of `format`.
    #[cold]
    pub(crate) fn with_hint(self, text: &str, format: Format) -> Self {
        self.hinting_at(hint(&self, text, format))
    }
}

/// What would explain an error of a text that was read as a string of a format.
fn hint(error: &DecodeError, text: &str, format: Format) -> Option<Hint> {
    let shape = Shape::of(text);
    let kind = error.kind();
    let elsewhere = match shape {
        Some(Shape::Json) => Some(Hint::LooksLikeJson),
        Some(Shape::TcVersionOne) => Some(Hint::LooksLikeTcVersionOne),
        Some(Shape::Format(other)) if other != format => Some(Hint::LooksLike(other)),
        Some(Shape::Format(_)) | None => None,
    };
    let wrong = error.char_offset().and_then(|at| text.get(at..)?.chars().next());
    let character = match (kind, wrong) {
        (DecodeErrorKind::InvalidCharacter { .. } | DecodeErrorKind::Padding, Some(wrong)) => {
            of_character(wrong, text)
        }
        _ => None,
    };
    elsewhere.or(character).or(match kind {
        DecodeErrorKind::Truncated | DecodeErrorKind::InvalidLength { .. } => Some(Hint::CutOff),
        DecodeErrorKind::NonZeroFill
        | DecodeErrorKind::ExcessFill { .. }
        | DecodeErrorKind::TooManySegments { .. }
        | DecodeErrorKind::TwoSignatures
        | DecodeErrorKind::SecondCore => Some(Hint::TwoStrings),
        DecodeErrorKind::UnsupportedVersion { .. } => Some(Hint::FirstCharacter(format)),
        _ => None,
    })
}

/// What a character that may not stand where it does is a sign of.
fn of_character(wrong: char, text: &str) -> Option<Hint> {
    Some(match wrong {
        _ if wrong.is_whitespace() => Hint::WhiteSpace,
        '"' | '\'' | '\\' => Hint::Quote,
        '%' => Hint::PercentSign,
        '+' | '/' => Hint::StandardAlphabet,
        '=' if !text.trim_end_matches('=').contains('=') => return None,
        '=' => Hint::NameAndValue,
        _ if !wrong.is_ascii() => Hint::NotAscii,
        _ => return None,
    })
}

/// What a text looks like from outside.
enum Shape {
    Format(Format),
    Json,
    TcVersionOne,
}

impl Shape {
    fn of(text: &str) -> Option<Self> {
        let format = match text.as_bytes() {
            [b'{' | b'[', ..] => return Some(Self::Json),
            [b'1', answers @ ..]
                if answers.len() == 3 && answers.iter().all(|answer| b"YNyn-".contains(answer)) =>
            {
                Format::UsPrivacy
            }
            [b'1' | b'2', b'~', ..] => Format::Ac,
            [b'D', b'B', ..] => Format::Gpp,
            // The base64 of `{"`.
            [b'e', b'y', b'I' | b'J', ..] => Format::Token,
            [b'B', ..] if has_times(text, 6) => return Some(Self::TcVersionOne),
            [b'C', ..] if has_times(text, 6) => Format::Tcf,
            [b'B' | b'C', ..] if has_times(text, 134) => Format::Didomi,
            _ => return None,
        };
        Some(Self::Format(format))
    }
}

/// Whether two times of this century, the second not before the first, stand at a bit of the
/// base64 that a text starts with.
fn has_times(text: &str, bit: usize) -> bool {
    let start = &text.as_bytes()[..text.len().min(LOOKED_AT)];
    let mut buffer = [0; text::buffer_len(LOOKED_AT)];
    let characters = text::decode_prefix(start, &mut buffer);
    let bits = BitReader::new(&buffer, 6 * characters);
    let mut times = bits.at(bit.min(6 * characters));
    let mut next = || times.take(36).ok();
    let (Some(first), Some(second)) = (next(), next()) else { return false };
    // 2015-01-01 and 2100-01-01, in deciseconds.
    let plausible = 14_200_704_000..41_024_448_000;
    first <= second && plausible.contains(&first) && plausible.contains(&second)
}
