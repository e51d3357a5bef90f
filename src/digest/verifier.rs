//! Whether a digest is genuine.

use core::ops::BitOr;

use super::{
    Algorithm, AlgorithmSet, Digest, DigestParts, PreparedSecret, VerifyError, VerifyErrorKind,
};
use crate::Timestamp;

/// What digests are accepted, and the check of one.
///
/// A new one accepts the algorithms that aren't [weak](Algorithm::is_weak), and any salt.
///
/// ```
/// # use consent_string::digest::{Algorithm, AlgorithmSet, Verifier};
/// // The published examples are `hash-md5`:
/// let lenient = Verifier::new().with_algorithms(AlgorithmSet::ALL);
/// // All links are made with hmac-sha256 and salts of 32 characters:
/// let strict = Verifier::new()
///     .with_algorithms(AlgorithmSet::EMPTY.with(Algorithm::HmacSha256))
///     .with_salt_len(32);
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Verifier {
    algorithms: AlgorithmSet,
    salt_len: Option<usize>,
    expiration_required: bool,
}

impl Verifier {
    /// Accepts [`AlgorithmSet::STRONG`], any salt, with or without an expiration.
    pub const fn new() -> Self {
        Self { algorithms: AlgorithmSet::STRONG, salt_len: None, expiration_required: false }
    }

    /// Sets the algorithms that are accepted.
    pub const fn with_algorithms(self, algorithms: AlgorithmSet) -> Self {
        Self { algorithms, ..self }
    }

    /// Accepts only salts of this many bytes, and only expirations of ten digits (2001 to 2286).
    ///
    /// Worth setting where all salts are made in one place: nothing else keeps the end of a user
    /// ID from being passed off as the front of a salt. For digests that may carry an expiration
    /// or not, add [`with_expiration_required`](Self::with_expiration_required).
    pub const fn with_salt_len(self, bytes: usize) -> Self {
        Self { salt_len: Some(bytes), ..self }
    }

    /// Accepts only what expires: never for links, which can't.
    pub const fn with_expiration_required(self) -> Self {
        Self { expiration_required: true, ..self }
    }

    /// The algorithms that are accepted.
    #[must_use]
    pub const fn algorithms(&self) -> AlgorithmSet {
        self.algorithms
    }

    /// Checks the hexadecimal text of a digest against parts that don't expire, such as those of
    /// a link, under all live secrets.
    ///
    /// The text is decoded first, in either case, to exactly the algorithm's length; every secret
    /// is then tried, and compared in constant time, whether or not an earlier one matched.
    ///
    /// # Errors
    ///
    /// In this order:
    ///
    /// - [`SecretUnknown`](VerifyErrorKind::SecretUnknown): `secrets` is empty.
    /// - [`AlgorithmRefused`](VerifyErrorKind::AlgorithmRefused): by default, `hash-md5`.
    /// - [`UserIdMissing`](VerifyErrorKind::UserIdMissing): a user ID `""`.
    /// - [`TimeMissing`](VerifyErrorKind::TimeMissing): parts with an expiration, which
    ///   [`verify_at`](Self::verify_at) is for.
    /// - [`SaltLength`](VerifyErrorKind::SaltLength),
    ///   [`ExpirationMissing`](VerifyErrorKind::ExpirationMissing),
    ///   [`ExpirationRange`](VerifyErrorKind::ExpirationRange): not as this verifier asks.
    /// - [`DigestLength`](VerifyErrorKind::DigestLength): a digest cut short, or `""`.
    /// - [`DigestNotHex`](VerifyErrorKind::DigestNotHex): a digest with a `g`.
    /// - [`DigestMismatch`](VerifyErrorKind::DigestMismatch): not the digest of these parts.
    pub fn verify(
        &self,
        algorithm: Algorithm,
        secrets: &[PreparedSecret],
        parts: &DigestParts<'_>,
        digest: &str,
    ) -> Result<(), VerifyError> {
        self.check(algorithm, secrets, parts, digest, false)
    }

    /// The same for parts that may have an expiration, at a time; see
    /// [`SignedUserId::verify`](super::SignedUserId::verify).
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify) but `TimeMissing`, and after them
    /// [`Expired`](VerifyErrorKind::Expired): the digest is genuine, and `now` is its expiration
    /// or later.
    pub fn verify_at(
        &self,
        algorithm: Algorithm,
        secrets: &[PreparedSecret],
        parts: &DigestParts<'_>,
        digest: &str,
        now: Timestamp,
    ) -> Result<(), VerifyError> {
        // A branch on the outcome, which the caller tells as well.
        self.check(algorithm, secrets, parts, digest, true)?;
        let expired = |expiration: u64| expiration.saturating_mul(10) <= now.deciseconds();
        if parts.expiration().is_some_and(expired) {
            return Err(VerifyErrorKind::Expired.into());
        }
        Ok(())
    }

    /// Checks all but whether an expiration has passed, which may be there if `has_time`.
    fn check(
        &self,
        algorithm: Algorithm,
        secrets: &[PreparedSecret],
        parts: &DigestParts<'_>,
        digest: &str,
        has_time: bool,
    ) -> Result<(), VerifyError> {
        if secrets.is_empty() {
            return Err(VerifyErrorKind::SecretUnknown.into());
        }
        if !self.algorithms.contains(algorithm) {
            return Err(VerifyErrorKind::AlgorithmRefused.into());
        }
        self.check_shape(parts, has_time)?;
        let claimed = Digest::from_hex(algorithm, digest)?;
        let matches = secrets.iter().map(|secret| secret.proves(parts, &claimed));
        let matched = matches.reduce(BitOr::bitor).is_some_and(Into::into);
        // Nothing comes behind, so that this is a choice of values and not of ways.
        if matched { Ok(()) } else { Err(VerifyErrorKind::DigestMismatch.into()) }
    }

    fn check_shape(&self, parts: &DigestParts<'_>, has_time: bool) -> Result<(), VerifyErrorKind> {
        if parts.user_id().is_empty() {
            return Err(VerifyErrorKind::UserIdMissing);
        }
        if parts.expiration().is_some() && !has_time {
            return Err(VerifyErrorKind::TimeMissing);
        }
        if let Some(expected) = self.salt_len {
            if parts.salt().len() != expected {
                return Err(VerifyErrorKind::SaltLength { expected });
            }
            if !parts.expiration().is_none_or(has_ten_digits) {
                return Err(VerifyErrorKind::ExpirationRange);
            }
        }
        if self.expiration_required && parts.expiration().is_none() {
            return Err(VerifyErrorKind::ExpirationMissing);
        }
        Ok(())
    }
}

/// Whether a Unix time in seconds is from 2001 to 2286. One in milliseconds isn't until then, and
/// nor is a lifetime taken for a time.
pub(super) const fn has_ten_digits(expiration: u64) -> bool {
    matches!(expiration.checked_ilog10(), Some(9))
}

impl Default for Verifier {
    fn default() -> Self {
        Self::new()
    }
}
