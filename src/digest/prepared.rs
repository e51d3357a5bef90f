//! A secret made ready to compute digests.

use core::fmt;

use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::digest::Output;
use sha2::{Digest as Hash, Sha256};
use subtle::Choice;

use super::{Algorithm, Digest, DigestParts};
use crate::secret::Secret;

/// A [`Secret`] with its HMAC keys prepared: make it once, use it for every digest.
///
/// A digest under it allocates nothing. Like the secret, it is wiped when dropped and shows
/// nothing in `Debug`. The plain hashes have nothing to prepare, as their secret isn't at the
/// front.
///
/// HMAC fills up a key of fewer than 64 bytes with zeros: `a` and `a\0` are one secret to it. So
/// never replace a secret by one that only differs in zeros at its end.
///
/// ```
/// # use consent_string::digest::{Algorithm, DigestParts, PreparedSecret, Secret};
/// let secret = PreparedSecret::new(Secret::new("secret")?);
/// let digest = secret.digest(Algorithm::HashMd5, &DigestParts::new("user@domain.com"));
/// assert_eq!(digest.to_string(), "2d7d57c0b588a5c4bc508b17ace5fd7e");
/// # Ok::<(), consent_string::EmptySecret>(())
/// ```
#[derive(Clone)]
pub struct PreparedSecret {
    secret: Secret,
    hmac_sha1: Hmac<Sha1>,
    hmac_sha256: Hmac<Sha256>,
}

impl PreparedSecret {
    /// Prepares the HMAC keys of a secret.
    #[must_use]
    pub fn new(secret: Secret) -> Self {
        Self {
            hmac_sha1: hmac_key(secret.expose()),
            hmac_sha256: hmac_key(secret.expose()),
            secret,
        }
    }

    /// The digest of the parts under this secret.
    ///
    /// It is what makes a link or a user ID genuine: give it to the user whom it proves, and to
    /// nobody else. To check one that was received, use [`Verifier`](super::Verifier).
    pub fn digest(&self, algorithm: Algorithm, parts: &DigestParts<'_>) -> Digest {
        self.compute(algorithm, parts, |bytes| Digest::new(algorithm, bytes))
    }

    /// Whether a digest is the one of the parts under this secret.
    pub(super) fn proves(&self, parts: &DigestParts<'_>, claimed: &Digest) -> Choice {
        self.compute(claimed.algorithm(), parts, |bytes| claimed.ct_eq(bytes))
    }

    /// Computes a digest and gives its bytes to `use_bytes` where they are: copied into a `Digest`
    /// first, they would cost more to compare than to hash.
    #[inline]
    fn compute<R>(
        &self,
        algorithm: Algorithm,
        parts: &DigestParts<'_>,
        use_bytes: impl FnOnce(&[u8]) -> R,
    ) -> R {
        match algorithm {
            Algorithm::HashMd5 => use_bytes(&self.hash::<Md5>(parts)),
            Algorithm::HashSha1 => use_bytes(&self.hash::<Sha1>(parts)),
            Algorithm::HashSha256 => use_bytes(&self.hash::<Sha256>(parts)),
            Algorithm::HmacSha1 => use_bytes(&authenticate(self.hmac_sha1.clone(), parts)),
            Algorithm::HmacSha256 => use_bytes(&authenticate(self.hmac_sha256.clone(), parts)),
        }
    }

    fn hash<H: Hash>(&self, parts: &DigestParts<'_>) -> Output<H> {
        let mut hash = H::new();
        hash.update(parts.user_id());
        hash.update(self.secret.expose());
        parts.feed_tail(|bytes| hash.update(bytes));
        hash.finalize()
    }
}

fn hmac_key<M: KeyInit>(key: &[u8]) -> M {
    M::new_from_slice(key).expect("HMAC takes keys of any length")
}

#[inline]
fn authenticate<M: Mac>(mut mac: M, parts: &DigestParts<'_>) -> Output<M> {
    mac.update(parts.user_id());
    parts.feed_tail(|bytes| mac.update(bytes));
    mac.finalize().into_bytes()
}

impl From<Secret> for PreparedSecret {
    fn from(secret: Secret) -> Self {
        Self::new(secret)
    }
}

impl fmt::Debug for PreparedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PreparedSecret(..)")
    }
}
