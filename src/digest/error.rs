//! Why a digest isn't accepted.

use super::ParseDigestError;
#[cfg(doc)]
use super::{Expirations, Salts};

/// Why a digest isn't accepted. It says nothing about the digest that would have been right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// There is no live secret under this ID.
    #[error("no live secret under this ID")]
    SecretUnknown,
    /// The verifier doesn't accept the algorithm; by default, `hash-md5`.
    #[error("algorithm is not accepted by this verifier")]
    AlgorithmRefused,
    /// The user ID is empty: nobody is proven, whatever the salt is.
    #[error("user ID is empty, expected at least one character")]
    UserIdMissing,
    /// The parts have an expiration, and no time was given to compare it with.
    #[error("expiration cannot be checked, expected verification at a time")]
    TimeMissing,
    /// The salt hasn't the length that the verifier asks for: see [`Salts`].
    #[error("salt does not have the {expected} bytes that this verifier asks for")]
    SaltLength {
        /// Bytes that the verifier asks for; 0 where it accepts no salt.
        expected: usize,
    },
    /// There is no expiration, and the verifier asks for one: see [`Expirations`].
    #[error("expiration is missing, which this verifier asks for")]
    ExpirationMissing,
    /// There is an expiration, and the verifier accepts none: see [`Expirations`].
    #[error("expiration is there, and this verifier accepts none")]
    ExpirationUnexpected,
    /// The expiration hasn't ten digits, as Unix times in seconds have from 2001 to 2286. A number
    /// of another length could have taken digits from the salt, or given it some.
    #[error("expiration does not have ten digits, expected Unix time in seconds")]
    ExpirationRange,
    /// The digest is too short or too long for its algorithm.
    #[error("digest has {found} characters, expected {expected} hexadecimal digits")]
    DigestLength {
        /// Hexadecimal digits of a digest of the algorithm.
        expected: usize,
        /// Bytes in the text.
        found: usize,
    },
    /// The digest has a character that is no hexadecimal digit.
    #[error("digest has a character that is no hexadecimal digit")]
    DigestNotHex,
    /// The digest isn't the one of these parts under any live secret.
    #[error("digest does not match")]
    DigestMismatch,
    /// The digest is genuine, but its expiration has passed.
    #[error("expiration has passed")]
    Expired,
}

impl VerifyError {
    /// The error in `snake_case`, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SecretUnknown => "secret_unknown",
            Self::AlgorithmRefused => "algorithm_refused",
            Self::UserIdMissing => "user_id_missing",
            Self::TimeMissing => "time_missing",
            Self::SaltLength { .. } => "salt_length",
            Self::ExpirationMissing => "expiration_missing",
            Self::ExpirationUnexpected => "expiration_unexpected",
            Self::ExpirationRange => "expiration_range",
            Self::DigestLength { .. } => "digest_length",
            Self::DigestNotHex => "digest_not_hex",
            Self::DigestMismatch => "digest_mismatch",
            Self::Expired => "expired",
        }
    }
}

impl From<ParseDigestError> for VerifyError {
    fn from(error: ParseDigestError) -> Self {
        match error {
            ParseDigestError::Length { expected, found } => Self::DigestLength { expected, found },
            ParseDigestError::NotHex => Self::DigestNotHex,
        }
    }
}
