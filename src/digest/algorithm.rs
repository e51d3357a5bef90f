//! The five algorithms by name, and sets of them.

use core::fmt;
use core::str::FromStr;

/// An algorithm of the protocol, spelt as in `auth_algorithm`.
///
/// # Which one?
///
/// [`HmacSha256`](Self::HmacSha256), unless the other side can't. The others are here because
/// the protocol has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Algorithm {
    /// `hash-md5`: weak.
    HashMd5,
    /// `hash-sha1`: weak.
    HashSha1,
    /// `hash-sha256`: weak.
    HashSha256,
    /// `hmac-sha1`: not broken, but a hash on its way out.
    HmacSha1,
    /// `hmac-sha256`: the one to choose.
    HmacSha256,
}

impl Algorithm {
    /// Every algorithm, in the order of Didomi's documentation.
    pub const ALL: &[Self] =
        &[Self::HashMd5, Self::HashSha1, Self::HashSha256, Self::HmacSha1, Self::HmacSha256];

    /// The name on the wire, such as `hmac-sha256`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HashMd5 => "hash-md5",
            Self::HashSha1 => "hash-sha1",
            Self::HashSha256 => "hash-sha256",
            Self::HmacSha1 => "hmac-sha1",
            Self::HmacSha256 => "hmac-sha256",
        }
    }

    /// Length of a digest in bytes: 16, 20 or 32. Its hexadecimal text is twice as long.
    #[must_use]
    pub const fn digest_len(self) -> usize {
        match self {
            Self::HashMd5 => 16,
            Self::HashSha1 | Self::HmacSha1 => 20,
            Self::HashSha256 | Self::HmacSha256 => 32,
        }
    }

    /// Whether there are attacks on digests made this way: true of all `hash-*`.
    ///
    /// - All three hash the secret in front of public text. Whoever has a digest can compute
    ///   digests of the same user with a longer salt, without the secret (length extension). Such
    ///   a salt is never UTF-8, so that no consent link carries it;
    ///   [`DigestParts`](super::DigestParts) made from bytes can.
    /// - MD5 and SHA-1 have practical collisions, and the user ID comes first: somebody who may
    ///   choose user IDs makes two of them that collide, has one signed, and has a digest for the
    ///   other.
    ///
    /// `hmac-sha1` isn't counted, as neither attack works on HMAC. NIST retires SHA-1 by 2030 all
    /// the same. No algorithm separates the user ID from what follows it: see the
    /// [module](super#what-a-digest-does-not-prove).
    #[must_use]
    pub const fn is_weak(self) -> bool {
        matches!(self, Self::HashMd5 | Self::HashSha1 | Self::HashSha256)
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Exact names only: `HMAC-SHA256` and `sha256` are refused.
impl FromStr for Algorithm {
    type Err = UnknownAlgorithm;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.name() == name).ok_or(UnknownAlgorithm)
    }
}

/// The name is that of none of the five algorithms: `hmac-md5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown algorithm, expected hash-md5, hash-sha1, hash-sha256, hmac-sha1 or hmac-sha256")]
pub struct UnknownAlgorithm;

/// A set of algorithms: what a [`Verifier`](super::Verifier) accepts.
///
/// ```
/// # use consent_string::digest::{Algorithm, AlgorithmSet};
/// let set = AlgorithmSet::STRONG.with(Algorithm::HashSha256);
/// assert!(set.contains(Algorithm::HashSha256) && !set.contains(Algorithm::HashMd5));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AlgorithmSet(u8);

impl AlgorithmSet {
    /// No algorithm.
    pub const EMPTY: Self = Self(0);

    /// Those that aren't [weak](Algorithm::is_weak): `hmac-sha1` and `hmac-sha256`.
    pub const STRONG: Self = Self::EMPTY.with(Algorithm::HmacSha1).with(Algorithm::HmacSha256);

    /// All five, as the protocol has them. The three weak ones come with it.
    pub const ALL: Self =
        Self::STRONG.with(Algorithm::HashMd5).with(Algorithm::HashSha1).with(Algorithm::HashSha256);

    /// This set and one algorithm more.
    #[must_use]
    pub const fn with(self, algorithm: Algorithm) -> Self {
        Self(self.0 | 1 << algorithm as u8)
    }

    /// This set without an algorithm.
    #[must_use]
    pub const fn without(self, algorithm: Algorithm) -> Self {
        Self(self.0 & !(1 << algorithm as u8))
    }

    /// Whether an algorithm is in the set.
    #[must_use]
    pub const fn contains(self, algorithm: Algorithm) -> bool {
        self.0 & 1 << algorithm as u8 != 0
    }
}

impl FromIterator<Algorithm> for AlgorithmSet {
    fn from_iter<I: IntoIterator<Item = Algorithm>>(algorithms: I) -> Self {
        algorithms.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for AlgorithmSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(Algorithm::ALL.iter().filter(|a| self.contains(**a))).finish()
    }
}
