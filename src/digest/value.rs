//! A digest: bytes of its algorithm's own length.

use core::fmt;

use subtle::ConstantTimeEq;

use super::Algorithm;

/// Length of the longest digest, in bytes.
const MAX_LEN: usize = 32;

/// A digest, and the algorithm that it is of.
///
/// `Display` gives the hexadecimal text in lower case. There is no `PartialEq`, as a comparison
/// that stops at the first difference tells an attacker how far they got: compare with
/// [`matches`](Self::matches). `Debug` shows the algorithm alone: whoever reads a digest in a log
/// can act as its user.
#[derive(Clone, Copy)]
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
    /// - [`Length`](ParseDigestErrorKind::Length) unless there are exactly two characters for
    ///   each byte of the algorithm's digest: `""`, or 32 characters for `hash-sha1`.
    /// - [`NotHex`](ParseDigestErrorKind::NotHex) if one of them is no hexadecimal digit:
    ///   a `g`, a space, `é`.
    pub fn from_hex(algorithm: Algorithm, text: &str) -> Result<Self, ParseDigestError> {
        let expected = algorithm.digest_len() * 2;
        if text.len() != expected {
            let found = text.len();
            return Err(ParseDigestErrorKind::Length { expected, found }.into());
        }
        let digits = text.as_bytes();
        let bytes = match expected {
            32 => digits.first_chunk::<32>().and_then(decode),
            40 => digits.first_chunk::<40>().and_then(decode),
            _ => digits.first_chunk::<64>().and_then(decode),
        };
        let bytes = bytes.ok_or(ParseDigestErrorKind::NotHex)?;
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
        self.algorithm == other.algorithm && self.ct_eq(other).into()
    }

    /// Compares all bytes, of digests that are known to be of one algorithm.
    #[inline]
    pub(super) fn ct_eq(&self, other: &Self) -> subtle::Choice {
        // By words: byte after byte, it is a fifth of the cost of an HMAC. What differs is put
        // together without a look at it, and looked at once.
        let words = |digest: &Self| {
            let (words, _) = digest.bytes.as_chunks::<8>();
            [0, 1, 2, 3].map(|at| u64::from_ne_bytes(words[at]))
        };
        let pairs = words(self).into_iter().zip(words(other));
        let differing = pairs.fold(0, |differing, (one, other)| differing | (one ^ other));
        differing.ct_eq(&0)
    }
}

/// Decodes hexadecimal digits; of a known number and without table or branch, so that the
/// compiler takes many at once.
fn decode<const N: usize>(digits: &[u8; N]) -> Option<[u8; MAX_LEN]> {
    let mut bad = 0;
    let mut values = *digits;
    for value in &mut values {
        let (decimal, letter) = (value.wrapping_sub(b'0'), (*value | 0x20).wrapping_sub(b'a'));
        bad |= u8::from(decimal > 9) & u8::from(letter > 5);
        *value = if decimal > 9 { letter.wrapping_add(10) } else { decimal };
    }
    let mut bytes = [0; MAX_LEN];
    for (byte, &[high, low]) in bytes.iter_mut().zip(values.as_chunks::<2>().0) {
        *byte = high << 4 | low;
    }
    (bad == 0).then_some(bytes)
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Digest").field("algorithm", &self.algorithm).finish_non_exhaustive()
    }
}

/// Why a text is no digest of its algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct ParseDigestError {
    kind: ParseDigestErrorKind,
}

impl ParseDigestError {
    /// What is wrong with the text.
    #[must_use]
    pub const fn kind(&self) -> ParseDigestErrorKind {
        self.kind
    }
}

impl From<ParseDigestErrorKind> for ParseDigestError {
    fn from(kind: ParseDigestErrorKind) -> Self {
        Self { kind }
    }
}

/// What is wrong with the text of a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseDigestErrorKind {
    /// Too short or too long for the algorithm; nothing is cut or filled up.
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

impl ParseDigestErrorKind {
    /// The kind in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::NotHex => "not_hex",
        }
    }
}
