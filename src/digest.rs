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
//! use consent_string::digest::{Algorithm, DigestParts, PreparedSecret, Secret, Verifier};
//!
//! let secret = PreparedSecret::new(Secret::new("secret")?);
//! let parts = DigestParts::new("user@domain.com").with_salt("salt");
//! let digest = secret.digest(Algorithm::HmacSha256, &parts).to_string();
//! assert!(digest.starts_with("4a5a54d71a2376d6"));
//!
//! // Whoever receives the parts and the digest proves them; `[secret]` are all live secrets.
//! let verifier = Verifier::new();
//! verifier.verify(Algorithm::HmacSha256, &[secret], &parts, &digest)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a digest does not prove
//!
//! - **It covers the user ID, the salt and the expiration, and nothing else.** Of a consent link
//!   it doesn't cover the action, the event or the redirect URL: whoever has one good link can
//!   change them and make the user consent to something else, as often as they like.
//! - **Nothing separates its parts.** Under HMAC, user `ab` with salt `c` has the digest of user
//!   `a` with salt `bc`: the user `bob1` can turn a link of theirs into one for `bob`. Likewise
//!   an expiration can be turned into the end of a salt, and the last digits of a salt into the
//!   front of an expiration. Salts of one fixed length close this where you verify:
//!   [`Verifier::with_salt_len`], with [`Verifier::with_expiration_required`] for user IDs.
//! - **The plain hashes can be extended** (Merkle-Damgård): whoever knows a digest computes,
//!   without the secret, that of the same user with more text at the end of the salt. See
//!   [`Algorithm::is_weak`]; a [`Verifier`] refuses them unless told otherwise.
//! - A digest is no proof of freshness: a link without an expiration is good for ever.
//!
//! # Secrets in memory
//!
//! [`Secret`] and [`PreparedSecret`] are wiped when dropped, and so are the hash states in which
//! they were used. The `hmac` crate leaves the padded key on the stack while it prepares one.

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
pub use self::error::{VerifyError, VerifyErrorKind};
pub use self::parts::DigestParts;
pub use self::prepared::PreparedSecret;
pub use self::store::SecretStore;
pub use self::user_id::{
    SignUserIdError, SignUserIdErrorKind, SignedUserId, SignedUserIdBuilder, UserAuthWithHashParams,
};
pub use self::value::{Digest, ParseDigestError, ParseDigestErrorKind};
pub use self::verifier::Verifier;
pub use crate::secret::{EmptySecret, Secret};
