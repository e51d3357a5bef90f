//! A digest: bytes of its algorithm's own length.

use core::fmt;

use subtle::{Choice, ConstantTimeEq};

use super::Algorithm;

/// Length of the longest digest, in bytes.
const MAX_LEN: usize = 32;

/// A digest, and the algorithm that it is of.
///
/// `Display` gives the hexadecimal text in lower case. There is no `PartialEq`, as a comparison
/// that stops at the first difference tells an attacker how far they got, and so does `==` between
/// texts or bytes of digests. To check one that was received, use [`Verifier`](super::Verifier), or
/// [`matches`](Self::matches) where there is none. `Debug` shows the algorithm alone: whoever reads
/// a digest in a log can act as its user.
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
    /// - [`Length`](ParseDigestErrorKind::Length) unless there are exactly two characters for
    ///   each byte of the algorithm's digest: `""`, or 32 characters for `hash-sha1`.
    /// - [`NotHex`](ParseDigestErrorKind::NotHex) if one of them is no hexadecimal digit:
    ///   a `g`, a space, `é`.
    #[inline]
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
        self.algorithm == other.algorithm && self.ct_eq(other.as_bytes()).into()
    }

    /// Compares all bytes with those of another digest, in a time that doesn't depend on them.
    #[inline]
    pub(super) fn ct_eq(&self, other: &[u8]) -> Choice {
        // By words, into which all lengths divide: byte after byte, it is a fifth of the cost of
        // an HMAC. What differs is put together without a look at it, and looked at once.
        let bytes = self.as_bytes();
        if bytes.len() != other.len() {
            return Choice::from(0);
        }
        let words = bytes.as_chunks().0.iter().zip(other.as_chunks().0);
        let differing = words.fold(0, |differing, (one, other)| {
            differing | (u32::from_ne_bytes(*one) ^ u32::from_ne_bytes(*other))
        });
        differing.ct_eq(&0)
    }
}

/// Decodes hexadecimal digits, eight at a time, without table or branch.
#[inline]
fn decode<const N: usize>(digits: &[u8; N]) -> Option<[u8; MAX_LEN]> {
    let mut bytes = [0; MAX_LEN];
    let mut bad = 0;
    for (bytes, digits) in bytes.as_chunks_mut().0.iter_mut().zip(digits.as_chunks().0) {
        *bytes = decode_eight(*digits, &mut bad);
    }
    (bad == 0).then_some(bytes)
}

/// Decodes eight hexadecimal digits in the lanes of a word; sets a bit of `bad` if one is none.
#[inline]
fn decode_eight(digits: [u8; 8], bad: &mut u64) -> [u8; 4] {
    let each = |byte: u8| u64::from_le_bytes([byte; 8]);
    let digits = u64::from_le_bytes(digits);
    // Lanes of seven bits, in which the top bit says that a lane reaches `from`, the ASCII code
    // of a character.
    let reaches = |lanes: u64, from: u8| lanes + each(0x80 - from);
    let ascii = digits & each(0x7F);
    let lower = ascii | each(0x20);
    let decimal = reaches(ascii, b'0') & !reaches(ascii, b'9' + 1);
    let letter = reaches(lower, b'a') & !reaches(lower, b'f' + 1);
    *bad |= (digits | !(decimal | letter)) & each(0x80);
    // The codes of `0` and `a` end in 0 and 1.
    let values = (digits & each(0x0F)) + ((letter >> 7) & each(1)) * 9;
    // The first digit is in the lowest lane, and is the high one of its byte.
    let pairs = (values << 4) | (values >> 8);
    let [first, _, second, _, third, _, fourth, _] = pairs.to_le_bytes();
    [first, second, third, fourth]
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
