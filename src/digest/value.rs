//! A digest: bytes of its algorithm's own length.

use core::fmt;

use subtle::{Choice, ConstantTimeEq};

use super::Algorithm;

/// Length of the longest digest, in bytes.
const MAX_LEN: usize = 32;

/// A digest, and the algorithm that it is of.
///
/// `Display` gives the hexadecimal text in lower case. `Debug` shows the algorithm alone: whoever
/// reads a digest in a log can act as its user.
///
/// There is no `PartialEq`: a comparison that stops at the first difference tells an attacker how
/// much of a digest was right, and so does `==` between texts or bytes of digests. To check a
/// digest that was received, use a [`Verifier`](super::Verifier), or [`matches`](Self::matches).
#[derive(Clone, Copy)]
#[must_use]
pub struct Digest {
    algorithm: Algorithm,
    /// Followed by zeros up to the longest length.
    bytes: [u8; MAX_LEN],
}

impl Digest {
    #[inline]
    pub(super) fn new(algorithm: Algorithm, digest: &[u8]) -> Self {
        debug_assert_eq!(digest.len(), algorithm.digest_len());
        let mut bytes = [0; MAX_LEN];
        bytes[..digest.len()].copy_from_slice(digest);
        Self { algorithm, bytes }
    }

    /// Reads the hexadecimal text of a digest, in either case.
    ///
    /// # Errors
    ///
    /// - [`Length`](ParseDigestError::Length) unless there are exactly two characters for each
    ///   byte of the algorithm's digest: `""`, or 32 characters for `hash-sha1`.
    /// - [`NotHex`](ParseDigestError::NotHex) if one of them is no hexadecimal digit: a `g`, a
    ///   space, `é`.
    #[inline]
    pub fn from_hex(algorithm: Algorithm, text: &str) -> Result<Self, ParseDigestError> {
        let (expected, found) = (algorithm.digest_len() * 2, text.len());
        if found != expected {
            return Err(ParseDigestError::Length { expected, found });
        }
        let mut bytes = [0; MAX_LEN];
        base16ct::mixed::decode(text, &mut bytes).map_err(|_| ParseDigestError::NotHex)?;
        Ok(Self { algorithm, bytes })
    }

    /// The algorithm that the digest is of.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The bytes: as many as the [algorithm's digests](Algorithm::digest_len) have.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.algorithm.digest_len()]
    }

    /// Whether two digests are the same, in a time that doesn't depend on their bytes.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.algorithm == other.algorithm && self.ct_eq(other.as_bytes()).into()
    }

    /// Compares all bytes with those of another digest, in a time that doesn't depend on them.
    #[inline]
    pub(super) fn ct_eq(&self, other: &[u8]) -> Choice {
        // By words: byte after byte, it would cost as much as the HMAC itself.
        words(self.as_bytes()).ct_eq(&words(other)) & self.as_bytes().len().ct_eq(&other.len())
    }
}

/// The bytes of a digest as words, with zeros up to the longest length.
#[inline]
fn words(digest: &[u8]) -> [u64; MAX_LEN / 8] {
    let mut bytes = [0; MAX_LEN];
    bytes[..digest.len()].copy_from_slice(digest);
    let mut words = bytes.chunks_exact(8);
    core::array::from_fn(|_| {
        let word = words.next().and_then(|word| word.try_into().ok());
        u64::from_ne_bytes(word.expect("the longest digest has four times eight bytes"))
    })
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}", base16ct::HexDisplay(self.as_bytes()))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digest").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// Why a text is no digest of its algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseDigestError {
    /// Too short or too long for the algorithm; nothing is cut off or filled up.
    #[error("digest has {found} characters, expected {expected} hexadecimal digits")]
    Length {
        /// Hexadecimal digits of a digest of the algorithm.
        expected: usize,
        /// Bytes in the text.
        found: usize,
    },
    /// The length is right, but not every character is a hexadecimal digit.
    #[error("digest has a character that is no hexadecimal digit")]
    NotHex,
}

impl ParseDigestError {
    /// The error in `snake_case`, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::NotHex => "not_hex",
        }
    }
}
