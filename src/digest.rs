//! Digests that prove a user ID: the signature of consent links and of the SDKs' user IDs.
//!
//! ```text
//! hash-*   hash(user ID + secret + salt + expiration)
//! hmac-*   HMAC(key = secret, message = user ID + salt + expiration)
//! ```
//!
//! Salt and expiration are optional; the expiration is a Unix time in seconds, in decimal.
//! Sources: the plain hashes without an expiration are documented for links; HMAC is published
//! for the SDKs' user IDs, with the expiration at the end, and inferred for links; a plain hash
//! with an expiration is inferred.
//!
//! ```
//! use consent_string::digest::{Algorithm, DigestParts, PreparedSecret, Salts, Secret, Verifier};
//!
//! let secret = PreparedSecret::new(Secret::new("secret")?);
//! let parts = DigestParts::new("user@domain.com").with_salt("salt");
//! let digest = secret.digest(Algorithm::HmacSha256, &parts).to_string();
//! assert!(digest.starts_with("4a5a54d71a2376d6"));
//!
//! // Whoever receives the parts and the digest proves them; `[secret]` are all live secrets.
//! let verifier = Verifier::new(Salts::OfLength(4));
//! verifier.verify(Algorithm::HmacSha256, &[secret], &parts, &digest)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a digest does not prove
//!
//! - **It covers the user ID, the salt and the expiration, and nothing else.** The digest of a
//!   consent link covers neither the action nor the event nor the redirect URL: whoever has one
//!   good link can change them, and make the user consent to something else, as often as they
//!   like.
//! - **Nothing separates its parts.** Under HMAC, the user `ab` with salt `c` has the digest of
//!   the user `a` with salt `bc`: the user `bob1` could turn a link of theirs into one for `bob`.
//!   Under every algorithm, an expiration could become the end of a salt, and the end of a salt
//!   part of an expiration. A [`Verifier`] refuses all of that, by the [length of your
//!   salts](Salts) and by expirations that are [there, and of ten digits](Expirations).
//! - **It doesn't say what it was made for.** Links and user IDs for the SDKs are signed alike:
//!   give each a secret of its own, so that no user ID that was signed passes for a link.
//! - **The plain hashes can be extended** (Merkle-Damgård): whoever knows a digest computes,
//!   without the secret, that of the same user with more text at the end of the salt. See
//!   [`Algorithm::is_weak`]; a [`Verifier`] refuses them unless told otherwise.
//! - It is no proof of freshness: a link has no expiration, and is good until its secret is
//!   withdrawn.
//!
//! # Secrets in memory
//!
//! [`Secret`] and [`PreparedSecret`] are wiped when they are dropped, and so are the states of the
//! hashes that they went into. What isn't wiped is the padded key that the `hmac` crate leaves on
//! the stack when a secret is prepared.

mod algorithm;
mod error;
mod parts;
mod prepared;
#[cfg(feature = "serde")]
mod serde;
mod store;
mod user_id;
mod value;
mod verifier;

pub use self::algorithm::{Algorithm, AlgorithmSet, UnknownAlgorithm};
pub use self::error::VerifyError;
pub use self::parts::DigestParts;
pub use self::prepared::PreparedSecret;
pub use self::store::{SecretMap, SecretStore};
pub use self::user_id::{
    SignUserIdError, SignedUserId, SignedUserIdBuilder, UserAuthWithHashParams,
};
pub use self::value::{Digest, ParseDigestError};
pub use self::verifier::{Expirations, Salts, Verifier};
pub use crate::secret::{EmptySecret, Secret};
