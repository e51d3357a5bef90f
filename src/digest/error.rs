//! Why a digest isn't accepted.

use super::{ParseDigestError, ParseDigestErrorKind};

/// A digest that isn't accepted. It says nothing about the digest that would have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct VerifyError {
    kind: VerifyErrorKind,
}

impl VerifyError {
    /// Why it isn't accepted.
    #[must_use]
    pub const fn kind(&self) -> VerifyErrorKind {
        self.kind
    }
}

impl From<VerifyErrorKind> for VerifyError {
    fn from(kind: VerifyErrorKind) -> Self {
        Self { kind }
    }
}

impl From<ParseDigestError> for VerifyError {
    fn from(error: ParseDigestError) -> Self {
        match error.kind() {
            ParseDigestErrorKind::Length { expected, found } => {
                VerifyErrorKind::DigestLength { expected, found }
            }
            ParseDigestErrorKind::NotHex => VerifyErrorKind::DigestNotHex,
        }
        .into()
    }
}

/// Why a digest isn't accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyErrorKind {
    /// No live secret has this ID.
    #[error("no live secret under this ID")]
    SecretUnknown,
    /// The verifier doesn't accept the algorithm.
    #[error("algorithm is not accepted by this verifier")]
    AlgorithmRefused,
    /// The user ID is empty: nobody is proven, whatever the salt is.
    #[error("user ID is empty, expected at least one character")]
    UserIdMissing,
    /// The parts have an expiration, and no time was given to hold it against.
    #[error("expiration cannot be checked, expected verification at a time")]
    TimeMissing,
    /// The verifier asks for salts of another length.
    #[error("salt does not have the {expected} bytes that this verifier asks for")]
    SaltLength {
        /// Bytes that the verifier asks for.
        expected: usize,
    },
    /// The verifier asks for an expiration, and there is none.
    #[error("expiration is missing, which this verifier asks for")]
    ExpirationMissing,
    /// The verifier asks for salts of a fixed length, so that the expiration needs one as well.
    #[error("expiration does not have ten digits, as this verifier asks for")]
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

impl VerifyErrorKind {
    /// The kind in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SecretUnknown => "secret_unknown",
            Self::AlgorithmRefused => "algorithm_refused",
            Self::UserIdMissing => "user_id_missing",
            Self::TimeMissing => "time_missing",
            Self::SaltLength { .. } => "salt_length",
            Self::ExpirationMissing => "expiration_missing",
            Self::ExpirationRange => "expiration_range",
            Self::DigestLength { .. } => "digest_length",
            Self::DigestNotHex => "digest_not_hex",
            Self::DigestMismatch => "digest_mismatch",
            Self::Expired => "expired",
        }
    }
}
