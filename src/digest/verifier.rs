//! Whether a digest is genuine.

use core::ops::BitOr;

use super::{Algorithm, AlgorithmSet, Digest, DigestParts, PreparedSecret, VerifyError};
use crate::Timestamp;

/// What digests are accepted, and the check of one.
///
/// Nothing separates user ID, salt and expiration in a digest, so that whoever has a good digest
/// may move the borders between them: the user `bob1` with salt `x` becomes the user `bob` with
/// salt `1x`, and an expiration becomes the end of a salt. A verifier therefore has to know where
/// the borders are. That takes a [length of all salts](Salts), which only you can know; without
/// further settings it also accepts
///
/// - of algorithms, those that aren't [weak](Algorithm::is_weak),
/// - of expirations, those of ten digits, and [nothing without one](Expirations::Required) where
///   an expiration can be: in user IDs for the SDKs. Links have none.
///
/// With these, no digest is good for two users or until two times. One border is out of a
/// verifier's sight: that between digests of links and of user IDs, which the same secret would
/// sign in the same way. Use a secret of its own for each.
///
/// ```
/// use consent_string::digest::{Algorithm, AlgorithmSet, Salts, Verifier};
///
/// // All of our salts have 32 characters:
/// let verifier = Verifier::new(Salts::OfLength(32));
/// // The published examples are `hash-md5`, with the salt `salt`:
/// let lenient = Verifier::new(Salts::OfLength(4)).with_algorithms(AlgorithmSet::ALL);
/// // One algorithm only:
/// let strict = verifier.with_algorithms(AlgorithmSet::EMPTY.with(Algorithm::HmacSha256));
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Verifier {
    algorithms: AlgorithmSet,
    salts: Salts,
    expirations: Expirations,
}

/// What salts a [`Verifier`] accepts: what tells the end of a user ID from the front of a salt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Salts {
    /// No salt at all.
    Absent,
    /// Salts of so many bytes, as of one place that makes all of them.
    OfLength(usize),
    /// Salts of any length, or none. **Under HMAC, a user can then pass for another one** whose ID
    /// is the front of theirs: `bob1` for `bob`. Only where nobody may choose their own user ID,
    /// and no user ID is the front of another, as with UUIDs.
    OfAnyLength,
}

/// What a [`Verifier`] asks of expirations where one can be. One that is there has ten digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Expirations {
    /// There is one.
    #[default]
    Required,
    /// There is none: for user IDs that are signed for ever.
    Absent,
    /// There may be one. **An expiration can then be hidden** in the end of a salt, and the end of
    /// a salt pass for an expiration.
    Optional,
}

impl Verifier {
    /// Accepts the salts that you say, [`AlgorithmSet::STRONG`] and [`Expirations::Required`].
    pub const fn new(salts: Salts) -> Self {
        Self { algorithms: AlgorithmSet::STRONG, salts, expirations: Expirations::Required }
    }

    /// Sets the algorithms that are accepted.
    pub const fn with_algorithms(self, algorithms: AlgorithmSet) -> Self {
        Self { algorithms, ..self }
    }

    /// Sets what is asked of the expirations of user IDs. It has nothing to do with links.
    pub const fn with_expirations(self, expirations: Expirations) -> Self {
        Self { expirations, ..self }
    }

    /// The algorithms that are accepted.
    #[must_use]
    pub const fn algorithms(&self) -> AlgorithmSet {
        self.algorithms
    }

    /// Checks the hexadecimal text of a digest against parts that can't expire, those of a link,
    /// under all live secrets.
    ///
    /// The text is decoded first, in either case, to exactly the algorithm's length. Then every
    /// secret is tried, and compared in constant time, whether or not an earlier one matched.
    ///
    /// # Errors
    ///
    /// In this order:
    ///
    /// - [`SecretUnknown`](VerifyError::SecretUnknown): `secrets` is empty.
    /// - [`AlgorithmRefused`](VerifyError::AlgorithmRefused): by default, `hash-md5`.
    /// - [`UserIdMissing`](VerifyError::UserIdMissing): a user ID `""`.
    /// - [`TimeMissing`](VerifyError::TimeMissing): parts with an expiration, which
    ///   [`verify_at`](Self::verify_at) is for.
    /// - [`SaltLength`](VerifyError::SaltLength): not as this verifier asks.
    /// - [`DigestLength`](VerifyError::DigestLength): a digest cut short, or `""`.
    /// - [`DigestNotHex`](VerifyError::DigestNotHex): a digest with a `g`.
    /// - [`DigestMismatch`](VerifyError::DigestMismatch): not the digest of these parts.
    pub fn verify(
        &self,
        algorithm: Algorithm,
        secrets: &[PreparedSecret],
        parts: &DigestParts<'_>,
        digest: &str,
    ) -> Result<(), VerifyError> {
        self.check(algorithm, secrets, parts, digest, false)
    }

    /// The same for parts that can expire, those of a user ID for the SDKs, at a time; see
    /// [`SignedUserId::verify`](super::SignedUserId::verify).
    ///
    /// # Errors
    ///
    /// Those of [`verify`](Self::verify), with
    /// [`ExpirationMissing`](VerifyError::ExpirationMissing),
    /// [`ExpirationUnexpected`](VerifyError::ExpirationUnexpected) and
    /// [`ExpirationRange`](VerifyError::ExpirationRange) (`1_700_000_000_000`, which is in
    /// milliseconds) in place of `TimeMissing`, and after them [`Expired`](VerifyError::Expired):
    /// the digest is genuine, and `now` is its expiration or later.
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
            return Err(VerifyError::Expired);
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
            return Err(VerifyError::SecretUnknown);
        }
        if !self.algorithms.contains(algorithm) {
            return Err(VerifyError::AlgorithmRefused);
        }
        if parts.user_id().is_empty() {
            return Err(VerifyError::UserIdMissing);
        }
        self.check_borders(parts, has_time)?;
        let claimed = Digest::from_hex(algorithm, digest)?;
        let matches = secrets.iter().map(|secret| secret.proves(parts, &claimed));
        let matched = matches.reduce(BitOr::bitor).is_some_and(Into::into);
        // Nothing comes behind, so that this is a choice of values and not of ways.
        if matched { Ok(()) } else { Err(VerifyError::DigestMismatch) }
    }

    /// Checks that user ID, salt and expiration have the borders that they had when they were
    /// signed: all lengths but that of the user ID are known, and whether there is an expiration.
    fn check_borders(&self, parts: &DigestParts<'_>, has_time: bool) -> Result<(), VerifyError> {
        match (parts.expiration(), self.expirations) {
            (Some(_), _) if !has_time => return Err(VerifyError::TimeMissing),
            (None, Expirations::Required) if has_time => {
                return Err(VerifyError::ExpirationMissing);
            }
            (Some(_), Expirations::Absent) => return Err(VerifyError::ExpirationUnexpected),
            (Some(expiration), _) if !has_ten_digits(expiration) => {
                return Err(VerifyError::ExpirationRange);
            }
            _ => {}
        }
        let expected = match self.salts {
            Salts::Absent => 0,
            Salts::OfLength(expected) => expected,
            Salts::OfAnyLength => return Ok(()),
        };
        if parts.salt().len() != expected {
            return Err(VerifyError::SaltLength { expected });
        }
        Ok(())
    }
}

/// Whether a Unix time in seconds is from 2001 to 2286. One in milliseconds isn't until then, and
/// neither is how long something lives, where until when was asked.
pub(super) const fn has_ten_digits(expiration: u64) -> bool {
    matches!(expiration.checked_ilog10(), Some(9))
}
