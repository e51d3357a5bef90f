//! The base64 of a token: standard alphabet, padding or none.

use alloc::string::String;
use alloc::vec::Vec;

use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, Engine};
use base64::{DecodeError, alphabet};

use super::{TokenError, TokenErrorKind};

/// Writes padding, as browsers do, and reads with it or without.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

pub(super) fn decode(text: &str) -> Result<Vec<u8>, TokenError> {
    ENGINE.decode(text).map_err(|error| match error {
        // What follows padding is found there, too.
        DecodeError::InvalidByte(place, _) => {
            TokenError::at_character(TokenErrorKind::InvalidCharacter, place)
        }
        DecodeError::InvalidLength(_) => TokenError::whole(TokenErrorKind::InvalidLength),
        DecodeError::InvalidLastSymbol { offset, .. } => {
            TokenError::at_character(TokenErrorKind::TrailingBits, offset)
        }
        DecodeError::InvalidPadding => TokenError::whole(TokenErrorKind::Padding),
    })
}

pub(super) fn encode(json: &[u8]) -> String {
    ENGINE.encode(json)
}

/// How many characters the base64 of some bytes has.
pub(super) const fn encoded_len(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}
