//! The frame around the sections: device ID, organization user ID and signature.
//!
//! ```text
//! version 1   Sections [ . DID [ . OUID ]] [ ~ Signature ]     documented
//! version 2   Sections . DID . OUID . Signature                seen
//! ```
//!
//! Either version is read in either frame. A token may be empty wherever the frame has a
//! place for one: then it is absent. What the tokens hold is not published (Didomi's own
//! sample of an OUID has a `/` in it), so what would break the frame is refused, `.`, `~`, white
//! space, control and non-ASCII characters, and what [`TokenCharacters`] says.

use alloc::string::String;

use super::rules;
use super::token_characters::TokenCharacters;
use super::version::Version;
use crate::bits::{SegmentStart, Sink, Value};
use crate::chunks::as_chunks;
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};

/// Where the parts of a text stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Frame {
    did: Token,
    ouid: Token,
    signature: Token,
    /// Where the signature's separator stands; the end of a text that has none.
    signed: u32,
}

/// A part of a text, from one byte to another; absent where it is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Token {
    start: u32,
    end: u32,
}

impl Token {
    fn of(self, text: &str) -> Option<&str> {
        let Self { start, end } = self;
        (start < end).then(|| &text[start as usize..end as usize])
    }

    /// The token that stands from one byte to another.
    #[allow(clippy::cast_possible_truncation)]
    const fn between(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }
}

impl Frame {
    /// The frame of a text that has sections only.
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn of_sections(length: usize) -> Self {
        let none = Token::default();
        Self { did: none, ouid: none, signature: none, signed: length as u32 }
    }

    /// Reads what stands behind the sections, which end at `sections`.
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn parse(
        text: &str,
        sections: usize,
        characters: TokenCharacters,
        sink: &mut impl Sink,
    ) -> Result<Self, DecodeError> {
        let bytes = text.as_bytes();
        let mut frame = Self::of_sections(bytes.len());
        let mut at = sections;
        let mut stops = stops(bytes, sections + 1, characters).into_iter();
        let mut dots = 0;
        while let Some(&separator) = bytes.get(at) {
            let (token, segment) = match (separator, dots) {
                (b'.', 0) => (&mut frame.did, Segment::Did),
                (b'.', 1) => (&mut frame.ouid, Segment::Ouid),
                (b'~', _) | (b'.', 2) => (&mut frame.signature, Segment::Signature),
                (other, _) => return Err(not_sections(other, at)),
            };
            dots += u32::from(separator == b'.');
            let start = at + 1;
            let end = stops.next().unwrap_or(bytes.len());
            *token = Token::between(start, end);
            tell(segment, separator, start, end, sink);
            if segment == Segment::Signature {
                frame.signed = at as u32;
            }
            at = end;
            let refused = match (separator, bytes.get(end)) {
                (_, None) => break,
                (b'.', Some(b'.' | b'~')) if dots < 3 => continue,
                (b'.', Some(b'.')) => DecodeErrorKind::TooManySegments { maximum: 4 },
                (b'.', Some(b'~')) => DecodeErrorKind::TwoSignatures,
                (_, Some(b'~')) => DecodeErrorKind::TooManySegments { maximum: 2 },
                _ => DecodeErrorKind::InvalidCharacter { base64: false },
            };
            return Err(in_token(refused, segment, start, end));
        }
        Ok(frame)
    }

    #[inline]
    pub(super) fn did(self, text: &str) -> Option<&str> {
        self.did.of(text)
    }

    #[inline]
    pub(super) fn ouid(self, text: &str) -> Option<&str> {
        self.ouid.of(text)
    }

    #[inline]
    pub(super) fn signature(self, text: &str) -> Option<&str> {
        self.signature.of(text)
    }

    /// The part of the text that a signature covers: all before the signature's separator.
    #[inline]
    pub(super) fn signed_part(self, text: &str) -> &str {
        &text[..self.signed as usize]
    }

    /// For which of some tokens, each empty where it is absent, a version's own frame has a place.
    const fn places(version: Version, [did, ouid, signature]: [&str; 3]) -> [bool; 3] {
        match version {
            Version::V1 => {
                let ouid = !ouid.is_empty();
                [ouid || !did.is_empty(), ouid, !signature.is_empty()]
            }
            Version::V2 => [true; 3],
        }
    }

    /// How many bytes [`put`](Self::put) appends.
    pub(super) fn put_len(version: Version, tokens: [&str; 3]) -> usize {
        let places = Self::places(version, tokens).into_iter().zip(tokens);
        places.map(|(there, token)| if there { 1 + token.len() } else { 0 }).sum()
    }

    /// Appends the tokens as a version's own frame has them, each empty where it is absent, and
    /// says where they stand.
    pub(super) fn put(
        version: Version,
        [did, ouid, signature]: [&str; 3],
        text: &mut String,
    ) -> Self {
        let mut put = |separator: char, token: &str| {
            text.push(separator);
            let start = text.len();
            text.push_str(token);
            (start - 1, Token::between(start, text.len()))
        };
        let [has_did, has_ouid, has_signature] = Self::places(version, [did, ouid, signature]);
        let did = if has_did { put('.', did).1 } else { Token::default() };
        let ouid = if has_ouid { put('.', ouid).1 } else { Token::default() };
        let separator = if version == Version::V2 { '.' } else { '~' };
        let signed = has_signature.then(|| put(separator, signature));
        let frame = Self { did, ouid, ..Self::of_sections(text.len()) };
        match signed {
            Some((separator, signature)) => frame.with_signature(separator, signature),
            None => frame,
        }
    }

    /// Puts another signature, or an empty one, behind the part of a text that it covers, and says
    /// where everything then stands.
    pub(super) fn replace_signature(self, text: &str, signature: &str) -> (String, Self) {
        let signed = self.signed_part(text);
        let separator = text.as_bytes().get(signed.len()).copied();
        let mut text = String::with_capacity(signed.len() + 1 + signature.len());
        text.push_str(signed);
        // A place between dots stays where it is; one behind a tilde goes with its signature.
        let separator = match separator {
            Some(b'.') => '.',
            _ if signature.is_empty() => {
                let none = Token::default();
                return (text, Self { signature: none, ..self });
            }
            _ => '~',
        };
        text.push(separator);
        let start = text.len();
        text.push_str(signature);
        let frame = self.with_signature(start - 1, Token::between(start, text.len()));
        (text, frame)
    }

    #[allow(clippy::cast_possible_truncation)]
    const fn with_signature(self, separator: usize, signature: Token) -> Self {
        Self { signature, signed: separator as u32, ..self }
    }
}

/// Where the sections of a text end: at the first separator, or with the text.
pub(super) fn sections_len(text: &str) -> usize {
    let separates = |byte: &u8| matches!(byte, b'.' | b'~');
    // Looks at all of a block, for vector instructions.
    let (blocks, _) = as_chunks::<32, _>(text.as_bytes());
    let found = |block: &[u8; 32]| block.iter().fold(false, |found, byte| found | separates(byte));
    let whole = 32 * blocks.take_while(|block| !found(block)).count();
    let rest = &text.as_bytes()[whole..];
    whole + rest.iter().position(separates).unwrap_or(rest.len())
}

/// Whether a token that is given has no other characters than a string that is built may have.
pub(super) fn is_token(token: &str) -> bool {
    stops(token.as_bytes(), 0, TokenCharacters::Cookie)[0] == token.len()
}

/// Tells of a token, which is a segment of its own.
#[inline(always)]
fn tell<S: Sink>(segment: Segment, separator: u8, start: usize, end: usize, sink: &mut S) {
    if S::LISTENS {
        let characters = end - start;
        sink.segment(SegmentStart { segment, character: start, characters, origin: 0 });
        let is_dotted = segment == Segment::Signature && separator == b'.';
        sink.rule(if is_dotted { rules::DOTTED_TOKEN } else { rules::TOKEN });
        sink.field(segment.name(), 0, 8 * characters, Value::Text);
    }
}

/// The error of a character behind a token, which ends there.
#[cold]
fn in_token(kind: DecodeErrorKind, segment: Segment, start: usize, end: usize) -> DecodeError {
    Fault::new(kind, (end - start) * 8).at(segment, segment.name()).behind(start)
}

/// The error for a byte that ends the sections and starts no other part.
#[cold]
fn not_sections(byte: u8, at: usize) -> DecodeError {
    let kind = match byte {
        b'=' => DecodeErrorKind::Padding,
        _ => DecodeErrorKind::InvalidCharacter { base64: true },
    };
    Fault::new(kind, at * 6).at(Segment::Sections, "base64")
}

/// One more than a frame has separators behind the first: the third byte that may not stand in
/// a token is wrong, whichever it is.
const STOPS: usize = 3;

/// The places of the first bytes, from one on, that may not stand in a token, rising: all but
/// visible ASCII, the frame's own characters, and others that `characters` leaves out. Behind the
/// last of them, the length.
fn stops(bytes: &[u8], from: usize, characters: TokenCharacters) -> [usize; STOPS] {
    match characters {
        TokenCharacters::Cookie => stops_by(bytes, from, cookie_stops),
        TokenCharacters::Visible => stops_by(bytes, from, visible_stops),
    }
}

/// How many bytes are looked at in one go.
const BLOCK: usize = 16;

/// Does what [`stops`] says, by blocks: `stops_in` gives 1 for each byte that is meant, else 0.
#[inline]
fn stops_by(
    bytes: &[u8],
    from: usize,
    stops_in: impl Fn(&[u8; BLOCK]) -> [u8; BLOCK],
) -> [usize; STOPS] {
    let mut places = [bytes.len(); STOPS];
    let mut room = places.iter_mut();
    // Looks at a block but for its first bytes, behind which it stands at a place of the text;
    // whether there is room.
    let mut look = |block: &[u8; BLOCK], but: usize, at: usize| {
        let mut found = u128::from_le_bytes(stops_in(block));
        if found == 0 {
            return true;
        }
        found &= u128::MAX << (8 * but);
        while found != 0 {
            let Some(place) = room.next() else { return false };
            *place = at + found.trailing_zeros() as usize / 8 - but;
            found &= found - 1;
        }
        true
    };
    let (blocks, rest) = as_chunks(bytes.get(from..).unwrap_or_default());
    let mut at = from;
    for block in blocks {
        if !look(block, 0, at) {
            return places;
        }
        at += BLOCK;
    }
    if rest.is_empty() {
        return places;
    }
    let but = BLOCK - rest.len();
    // The rest is at the end of a whole block of a text that has one.
    let mut alone = [0; BLOCK];
    alone[but..].copy_from_slice(rest);
    look(bytes.last_chunk().unwrap_or(&alone), but, at);
    places
}

/// The visible characters that the value of a cookie can't have as they are, but for space.
const NO_COOKIE: [u8; 5] = *b"%\",;\\";

/// What of a block can't stand in a token that a cookie has.
// Neither of these is inlined: by itself it becomes a few vector instructions.
#[inline(never)]
fn cookie_stops(block: &[u8; BLOCK]) -> [u8; BLOCK] {
    block.map(|byte| {
        NO_COOKIE.iter().fold(visible_stop(byte), |stop, &no| stop | u8::from(byte == no))
    })
}

/// What of a block can't stand in any token.
#[inline(never)]
fn visible_stops(block: &[u8; BLOCK]) -> [u8; BLOCK] {
    block.map(visible_stop)
}

/// 1 for a byte that can't stand in any token, else 0.
#[inline(always)]
fn visible_stop(byte: u8) -> u8 {
    // What is not visible ASCII, and the last that is: the tilde.
    let visible = byte.wrapping_sub(b'!') < b'~' - b'!';
    u8::from(!visible) | u8::from(byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    /// One byte at a time.
    fn naive(bytes: &[u8], from: usize, characters: TokenCharacters) -> Vec<usize> {
        let more: &[u8] = match characters {
            TokenCharacters::Cookie => b"%\",;\\",
            TokenCharacters::Visible => b"",
        };
        let stops = |byte: u8| {
            !byte.is_ascii_graphic() || byte == b'.' || byte == b'~' || more.contains(&byte)
        };
        let places = (from..bytes.len()).filter(|&place| stops(bytes[place]));
        places.chain([bytes.len(); STOPS]).take(STOPS).collect()
    }

    proptest! {
        #[test]
        fn stops_are_those_of_the_naive_scan(
            bytes in prop::collection::vec(prop_oneof![8 => b'!'..=b'~', 1 => any::<u8>()], 0..60),
            from in 0..70_usize,
        ) {
            for &characters in TokenCharacters::ALL {
                let found = stops(&bytes, from, characters).to_vec();
                prop_assert_eq!(found, naive(&bytes, from, characters));
            }
        }
    }

    #[test]
    fn sections_end_at_the_first_separator() {
        for len in 0..100 {
            for first in 0..=len {
                for separator in [b'.', b'~'] {
                    let mut text = alloc::vec![b'A'; len];
                    for place in (first..len).step_by(7) {
                        text[place] = separator;
                    }
                    let text = core::str::from_utf8(&text).unwrap();
                    assert_eq!(sections_len(text), first, "{text}");
                }
            }
        }
    }

    #[test]
    fn every_byte_is_judged_at_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                for fill in [b'a', byte] {
                    let mut bytes = [fill; 20];
                    bytes[place] = byte;
                    for &characters in TokenCharacters::ALL {
                        assert_eq!(
                            stops(&bytes, 0, characters).to_vec(),
                            naive(&bytes, 0, characters),
                            "{byte:#04x} at {place}, {characters:?}"
                        );
                    }
                }
            }
        }
    }
}
