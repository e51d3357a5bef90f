//! The frame around the sections: device ID, organization user ID and signature.
//!
//! ```text
//! version 1   Sections [ . DID [ . OUID ]] [ ~ Signature ]     documented
//! version 2   Sections . DID . OUID . Signature                seen
//! ```
//!
//! Either version is read in either frame. A token may be empty wherever the frame has a
//! place for one: then it is absent. What the tokens hold is not published (Didomi's own
//! sample of an OUID has a `/` in it), so only what would break the frame is refused: `.`,
//! `~`, white space, control and non-ASCII characters.

use alloc::boxed::Box;
use alloc::string::String;

use super::header::Version;
use crate::chunks::as_chunks;
use crate::error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Fault, Segment};

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
        // Bounds are those of the text that was parsed, at ASCII characters.
        text.get(self.start as usize..self.end as usize).filter(|token| !token.is_empty())
    }
}

impl Frame {
    /// The frame of a text that has sections only.
    #[allow(clippy::cast_possible_truncation)]
    fn of_sections(length: usize) -> Self {
        let none = Token::default();
        Self { did: none, ouid: none, signature: none, signed: length as u32 }
    }

    /// Reads what stands behind the sections, which end at `sections`.
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn parse(text: &str, sections: usize) -> Result<Self, DecodeError> {
        let bytes = text.as_bytes();
        let mut frame = Self::of_sections(bytes.len());
        let mut at = sections;
        let mut stops = stops(bytes, sections + 1).into_iter();
        let mut dots = 0;
        while let Some(&separator) = bytes.get(at) {
            let (token, segment) = match (separator, dots) {
                (b'~', 3) => return Err(DecodeError::whole(DecodeErrorKind::TwoSignatures)),
                (b'.', 0) => (&mut frame.did, Segment::Did),
                (b'.', 1) => (&mut frame.ouid, Segment::Ouid),
                (b'~', _) | (b'.', 2) => (&mut frame.signature, Segment::Signature),
                (b'.', _) => {
                    return Err(DecodeError::whole(DecodeErrorKind::TooManySegments {
                        maximum: 4,
                    }));
                }
                (other, _) => return Err(not_sections(other, at)),
            };
            dots += u32::from(separator == b'.');
            let start = at + 1;
            let end = stops.next().unwrap_or(bytes.len());
            *token = Token { start: start as u32, end: end as u32 };
            if segment == Segment::Signature {
                frame.signed = at as u32;
            }
            match bytes.get(end) {
                None => break,
                Some(b'~') if separator == b'~' => {
                    return Err(DecodeError::whole(DecodeErrorKind::TooManySegments {
                        maximum: 2,
                    }));
                }
                Some(b'~') => {}
                Some(b'.') if separator == b'.' => {}
                Some(_) => {
                    let kind = DecodeErrorKind::InvalidCharacter { base64: false };
                    return Err(Fault::new(kind, (end - start) * 8).at(segment, segment.name()));
                }
            }
            at = end;
        }
        Ok(frame)
    }

    pub(super) fn did(self, text: &str) -> Option<&str> {
        self.did.of(text)
    }

    pub(super) fn ouid(self, text: &str) -> Option<&str> {
        self.ouid.of(text)
    }

    pub(super) fn signature(self, text: &str) -> Option<&str> {
        self.signature.of(text)
    }

    /// The part of the text that a signature covers: all before the signature's separator.
    pub(super) fn signed_part(self, text: &str) -> &str {
        text.get(..self.signed as usize).unwrap_or(text)
    }
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
/// visible ASCII, and the frame's own characters. Behind the last of them, the length.
// Not inlined: the loop needs all registers for itself.
#[inline(never)]
fn stops(bytes: &[u8], from: usize) -> [usize; STOPS] {
    let mut places = [bytes.len(); STOPS];
    let mut room = places.iter_mut();
    let mut put = |start: usize, mut found: u64| {
        while found != 0 {
            let Some(place) = room.next() else { return false };
            *place = start + found.trailing_zeros() as usize / 8;
            found &= found - 1;
        }
        true
    };
    let (words, rest) = as_chunks(bytes.get(from..).unwrap_or_default());
    for (index, word) in words.enumerate() {
        let found = stops_in(u64::from_le_bytes(*word));
        if found != 0 && !put(from + 8 * index, found) {
            return places;
        }
    }
    match bytes.last_chunk() {
        _ if rest.is_empty() => {}
        // The rest is at the end of eight bytes, too.
        Some(last) => {
            let before = 8 - rest.len();
            let found = stops_in(u64::from_le_bytes(*last)) & u64::MAX << (8 * before);
            put(bytes.len() - 8, found);
        }
        None => {
            let word = rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
            put(bytes.len() - rest.len(), stops_in(word) & !(u64::MAX << (8 * rest.len())));
        }
    }
    places
}

/// Which of eight bytes may not stand in a token: the top bit of each is set, all else is not.
#[inline]
const fn stops_in(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xFF;
    const LOW: u64 = EACH * 0x7F;
    // Without their top bits, bytes are added to with no carry into the next one.
    let low = word & LOW;
    let visible = low + EACH * (0x80 - b'!' as u64);
    let past = low + EACH * (0x80 - b'~' as u64);
    let no_dot = (low ^ (EACH * b'.' as u64)) + LOW;
    (past | word | !(visible & no_dot)) & !LOW
}

/// The tokens of an owned string, and the text that they are in: the string's own text as
/// it was read, or one that has no more than the tokens.
#[derive(Clone)]
pub(super) struct Tokens {
    text: Box<str>,
    frame: Frame,
}

impl Tokens {
    /// The tokens of a text that was read.
    pub(super) fn of_text(text: &str, frame: Frame) -> Self {
        Self { text: text.into(), frame }
    }

    /// Tokens that were given, an empty one being absent.
    pub(super) fn new(did: &str, ouid: &str, signature: &str) -> Result<Self, EncodeError> {
        for (token, name) in [(did, "did"), (ouid, "ouid"), (signature, "signature")] {
            if stops(token.as_bytes(), 0)[0] < token.len() {
                return Err(EncodeError::new(EncodeErrorKind::InvalidCharacter, name));
            }
        }
        let mut text = String::with_capacity(3 + did.len() + ouid.len() + signature.len());
        put_frame(Version::V2, [did, ouid, signature], &mut text);
        Ok(Self::of_checked(text, 0))
    }

    pub(super) const fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn did(&self) -> Option<&str> {
        self.frame.did(&self.text)
    }

    pub(super) fn ouid(&self) -> Option<&str> {
        self.frame.ouid(&self.text)
    }

    pub(super) fn signature(&self) -> Option<&str> {
        self.frame.signature(&self.text)
    }

    pub(super) fn signed_part(&self) -> &str {
        self.frame.signed_part(&self.text)
    }

    /// Puts another signature, or none, behind the part of the text that it covers.
    pub(super) fn replace_signature(&mut self, signature: &str) -> Result<(), EncodeError> {
        // Checks the token.
        Self::new("", "", signature)?;
        let signed = self.signed_part();
        let separator =
            self.text.as_bytes().get(signed.len()).map_or('~', |&byte| char::from(byte));
        let mut text = String::from(signed);
        // A place between dots stays where it is; one behind a tilde goes with its signature.
        if !signature.is_empty() || separator == '.' {
            text.push(separator);
            text.push_str(signature);
        }
        *self = Self::of_checked(text, self.sections_end());
        Ok(())
    }

    /// The tokens of a text that is known to be well framed.
    fn of_checked(text: String, sections: usize) -> Self {
        let frame = Frame::parse(&text, sections);
        debug_assert!(frame.is_ok(), "checked tokens in a frame of ours");
        Self { frame: frame.unwrap_or(Frame::of_sections(text.len())), text: text.into() }
    }

    /// Where the first separator stands.
    fn sections_end(&self) -> usize {
        self.text.find(['.', '~']).unwrap_or(self.text.len())
    }
}

/// Appends the tokens as a version's own frame has them.
pub(super) fn put_frame(version: Version, [did, ouid, signature]: [&str; 3], text: &mut String) {
    let put = |separator: char, token: &str, text: &mut String| {
        text.push(separator);
        text.push_str(token);
    };
    let v2 = version == Version::V2;
    if v2 || !did.is_empty() || !ouid.is_empty() {
        put('.', did, text);
    }
    if v2 || !ouid.is_empty() {
        put('.', ouid, text);
    }
    if v2 {
        put('.', signature, text);
    } else if !signature.is_empty() {
        put('~', signature, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    /// One byte at a time.
    fn naive(bytes: &[u8], from: usize) -> Vec<usize> {
        let stops = |byte: u8| !byte.is_ascii_graphic() || byte == b'.' || byte == b'~';
        let places = (from..bytes.len()).filter(|&place| stops(bytes[place]));
        places.chain([bytes.len(); STOPS]).take(STOPS).collect()
    }

    proptest! {
        #[test]
        fn stops_are_those_of_the_naive_scan(
            bytes in prop::collection::vec(prop_oneof![8 => b'!'..=b'~', 1 => any::<u8>()], 0..60),
            from in 0..70_usize,
        ) {
            prop_assert_eq!(stops(&bytes, from).to_vec(), naive(&bytes, from));
        }
    }

    #[test]
    fn every_byte_is_judged_at_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                for fill in [b'a', byte] {
                    let mut bytes = [fill; 20];
                    bytes[place] = byte;
                    assert_eq!(
                        stops(&bytes, 0).to_vec(),
                        naive(&bytes, 0),
                        "{byte:#04x} at {place}"
                    );
                }
            }
        }
    }
}
