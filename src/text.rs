//! Web-safe base64 (RFC 4648 section 5, without padding): the one policy of the crate.
//!
//! A character is six bits, and a text is the bits of its characters one behind the other.
//! Which lengths and which bits behind the last field are allowed is each format's rule.

mod engine;

use alloc::string::String;
use base64::Engine;

use crate::bits::SLACK;
use crate::chunks::as_chunks;
use crate::error::{DecodeError, DecodeErrorKind};

/// The longest text that is read unless an option says otherwise: 128 KiB.
///
/// The longest canonical Didomi Consent String, four full bit fields, needs 88 KiB.
pub const MAX_TEXT_LENGTH: u32 = 128 * 1024;

/// Refuses a text that is longer than `maximum` bytes, before any other work.
#[allow(clippy::cast_possible_truncation)]
pub(crate) fn check_length(text: &str, maximum: u32) -> Result<(), DecodeError> {
    if text.len() > maximum as usize {
        return Err(DecodeError::whole(DecodeErrorKind::TooLong { maximum }));
    }
    Ok(())
}

/// How many bytes a buffer must have to decode a text of `characters` characters.
pub(crate) const fn buffer_len(characters: usize) -> usize {
    characters / 8 * 6 + 6 + SLACK
}

/// Marks a byte that is no character of the alphabet, above the 24 bits of a group.
const INVALID: u32 = 1 << 31;

/// For each place in a group of four characters, each byte's six bits where they belong.
static GROUP: [[u32; 256]; 4] = {
    let alphabet = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut tables = [[INVALID; 256]; 4];
    let mut value = 0;
    while value < 64 {
        let mut place = 0;
        while place < 4 {
            tables[place][alphabet[value as usize] as usize] = value << (18 - 6 * place);
            place += 1;
        }
        value += 1;
    }
    tables
};

/// The six bits of a character of the alphabet.
#[cfg(any(feature = "explain", feature = "gpp"))]
#[inline]
#[allow(clippy::cast_possible_truncation, reason = "six bits")]
pub(crate) fn six_bits(character: u8) -> Option<u8> {
    let bits = GROUP[3][usize::from(character)];
    (bits != INVALID).then_some(bits as u8)
}

/// Bits as web-safe base64, of which only whole characters are written: `bits` of them, from
/// the first byte on, and zeros up to the next character.
#[cfg(feature = "gpp")]
pub(crate) fn encode_bits(bytes: &[u8], bits: usize) -> String {
    let mut text = encode(bytes, 0);
    text.truncate(bits.div_ceil(6));
    text
}

fn group(characters: [u8; 4]) -> u32 {
    let [a, b, c, d] = characters.map(usize::from);
    GROUP[0][a] | GROUP[1][b] | GROUP[2][c] | GROUP[3][d]
}

/// Decodes the longest prefix of `text` that is web-safe base64; how many characters it has.
///
/// Their bits come to stand at the start of `buffer`, followed by at least [`SLACK`] zero
/// bytes. The buffer must be as long as [`buffer_len`] says.
pub(crate) fn decode_prefix(text: &[u8], buffer: &mut [u8]) -> usize {
    debug_assert!(buffer.len() >= buffer_len(text.len()), "the caller checks the buffer");
    let blocks = engine::decode_blocks(text, buffer);
    blocks + decode_groups(&text[blocks..], &mut buffer[blocks / 4 * 3..])
}

/// Does what [`decode_prefix`] says, four characters at a time.
// Not inlined: the loop needs all registers for itself.
#[inline(never)]
fn decode_groups(text: &[u8], buffer: &mut [u8]) -> usize {
    let (groups, _) = as_chunks(text);
    let mut done = 0;
    for characters in groups {
        let bits = group(*characters);
        let Some(room) = buffer.get_mut(done * 3..done * 3 + 4) else { break };
        if bits & INVALID != 0 {
            break;
        }
        // One byte more than the group has: the next group takes its place.
        room.copy_from_slice(&(bits << 8).to_be_bytes());
        done += 1;
    }
    done * 4 + decode_last(&text[done * 4..], &mut buffer[done * 3..])
}

/// Decodes the valid characters, three at the most, behind the last whole group.
fn decode_last(text: &[u8], buffer: &mut [u8]) -> usize {
    let mut bits = 0;
    let mut characters = 0;
    for &byte in text.iter().take(3) {
        let value = GROUP[characters][usize::from(byte)];
        if value == INVALID {
            break;
        }
        bits |= value;
        characters += 1;
    }
    buffer[..4].copy_from_slice(&(bits << 8).to_be_bytes());
    buffer[4..3 + SLACK].fill(0);
    characters
}

/// Bytes as web-safe base64, with room for `more` bytes of text behind.
pub(crate) fn encode(bytes: &[u8], more: usize) -> String {
    let length = base64::encoded_len(bytes.len(), false).unwrap_or_default();
    let mut text = alloc::vec::Vec::with_capacity(length + more);
    text.resize(length, 0);
    // A slice of the right length is always filled, and with ASCII: both checks are the
    // library's, and neither fails.
    let written = engine::engine().encode_slice(bytes, &mut text);
    debug_assert_eq!(written, Ok(length));
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use alloc::vec::Vec;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;

    fn decode(text: &[u8]) -> (usize, Vec<u8>) {
        let mut buffer = vec![0xAA; buffer_len(text.len())];
        let characters = decode_prefix(text, &mut buffer);
        (characters, buffer)
    }

    proptest! {
        #[test]
        fn whole_texts_are_those_of_the_base64_crate(
            bytes in prop::collection::vec(any::<u8>(), 0..400),
        ) {
            let text = URL_SAFE_NO_PAD.encode(&bytes);
            let (characters, buffer) = decode(text.as_bytes());
            prop_assert_eq!(&encode(&bytes, 0), &text);
            prop_assert_eq!(characters, text.len());
            prop_assert_eq!(&buffer[..bytes.len()], &bytes[..]);
            prop_assert!(buffer[bytes.len()..][..SLACK].iter().all(|&byte| byte == 0));
        }

        #[test]
        fn decoding_stops_at_the_first_foreign_byte(text in "[A-Za-z0-9_-]{0,200}", foreign: u8, tail: [u8; 40]) {
            prop_assume!(!foreign.is_ascii_alphanumeric() && foreign != b'-' && foreign != b'_');
            let mut whole = text.clone().into_bytes();
            whole.push(foreign);
            whole.extend(tail);
            let (characters, buffer) = decode(&whole);
            prop_assert_eq!(characters, text.len());
            let alone = decode(text.as_bytes()).1;
            let valid = (6 * text.len()).div_ceil(8) + SLACK;
            prop_assert_eq!(&buffer[..valid], &alone[..valid]);
        }
    }
}
