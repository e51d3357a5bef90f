//! User IDs with a digest, as the SDKs take them.

use alloc::string::{String, ToString};
use core::fmt;

use super::{Algorithm, DigestParts, PreparedSecret, SecretStore, Verifier};
use super::{VerifyError, VerifyErrorKind};

/// A user ID with the digest that proves it, for Didomi's SDKs.
///
/// With feature `serde` it is the `user` object of the Web SDK's `didomiConfig`; for the mobile
/// SDKs, convert it into [`UserAuthWithHashParams`]. What isn't documented: that a plain hash
/// takes the expiration at its end (for HMAC it is published so), and that an expiration is over
/// at its very second.
///
/// **Nothing separates the parts of the digest**: see the
/// [module](super#what-a-digest-does-not-prove), and [`Verifier::with_salt_len`] and
/// [`Verifier::with_expiration_required`] for what to do about it.
///
/// ```
/// use std::collections::BTreeMap;
/// use consent_string::digest::{Algorithm, PreparedSecret, Secret, SignedUserId, Verifier};
///
/// let secret = PreparedSecret::new(Secret::new("secret")?);
/// let signed = SignedUserId::builder("user@domain.com")
///     .salt("salt")
///     .expiration(1_700_000_000)
///     .sign(Algorithm::HmacSha256, "sid", &secret)?;
///
/// let store = BTreeMap::from([("sid", secret)]);
/// let now = 1_699_999_999;
/// assert_eq!(signed.verify(&Verifier::new(), &store, now)?, "user@domain.com");
/// assert!(signed.verify(&Verifier::new(), &store, now + 1).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SignedUserId {
    #[cfg_attr(feature = "serde", serde(rename = "organizationUserId"))]
    user_id: String,
    #[cfg_attr(feature = "serde", serde(rename = "organizationUserIdAuthAlgorithm"))]
    algorithm: Algorithm,
    #[cfg_attr(feature = "serde", serde(rename = "organizationUserIdAuthSid"))]
    sid: String,
    #[cfg_attr(
        feature = "serde",
        serde(rename = "organizationUserIdAuthSalt", skip_serializing_if = "Option::is_none")
    )]
    salt: Option<String>,
    #[cfg_attr(feature = "serde", serde(rename = "organizationUserIdAuthDigest"))]
    digest: String,
    #[cfg_attr(
        feature = "serde",
        serde(rename = "organizationUserIdExp", skip_serializing_if = "Option::is_none")
    )]
    expiration: Option<u64>,
}

impl SignedUserId {
    /// Starts with the user ID; salt and expiration can follow, then the signature.
    pub fn builder(user_id: impl Into<String>) -> SignedUserIdBuilder {
        SignedUserIdBuilder { user_id: user_id.into(), salt: None, expiration: None }
    }

    /// The user ID if it is genuine and hasn't expired at `now`, Unix time in seconds.
    ///
    /// It is good until the second before its expiration.
    ///
    /// # Errors
    ///
    /// Those of [`Verifier::verify`], with [`SecretUnknown`](VerifyErrorKind::SecretUnknown) for
    /// an ID that the store doesn't know, and after them [`Expired`](VerifyErrorKind::Expired).
    pub fn verify(
        &self,
        verifier: &Verifier,
        store: &impl SecretStore,
        now: u64,
    ) -> Result<&str, VerifyError> {
        let secrets = store.secrets(&self.sid).ok_or(VerifyErrorKind::SecretUnknown)?;
        let parts = parts(&self.user_id, self.salt.as_deref(), self.expiration);
        verifier.verify(self.algorithm, secrets.as_ref(), &parts, &self.digest)?;
        if self.expiration.is_some_and(|expiration| expiration <= now) {
            return Err(VerifyErrorKind::Expired.into());
        }
        Ok(&self.user_id)
    }

    /// The user ID as it was received: not proven, see [`verify`](Self::verify).
    #[must_use]
    pub fn unverified_user_id(&self) -> &str {
        &self.user_id
    }

    /// The algorithm of the digest.
    #[must_use]
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// ID of the secret.
    #[must_use]
    pub fn sid(&self) -> &str {
        &self.sid
    }

    /// The salt.
    #[must_use]
    pub fn salt(&self) -> Option<&str> {
        self.salt.as_deref()
    }

    /// The digest in hexadecimal, as it was received.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// When the digest expires: Unix time in seconds.
    #[must_use]
    pub const fn expiration(&self) -> Option<u64> {
        self.expiration
    }
}

fn parts<'a>(user_id: &'a str, salt: Option<&'a str>, expiration: Option<u64>) -> DigestParts<'a> {
    let parts = DigestParts::new(user_id).with_salt(salt.unwrap_or_default());
    match expiration {
        Some(expiration) => parts.with_expiration(expiration),
        None => parts,
    }
}

/// Neither the user ID nor the digest: whoever reads both in a log can act as the user.
impl fmt::Debug for SignedUserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedUserId")
            .field("algorithm", &self.algorithm)
            .field("sid", &self.sid)
            .field("expiration", &self.expiration)
            .finish_non_exhaustive()
    }
}

/// A user ID to be signed; see [`SignedUserId::builder`].
#[derive(Clone)]
pub struct SignedUserIdBuilder {
    user_id: String,
    salt: Option<String>,
    expiration: Option<u64>,
}

impl SignedUserIdBuilder {
    /// Sets the salt: random text, best of one fixed length, new for each user ID.
    #[must_use]
    pub fn salt(self, salt: impl Into<String>) -> Self {
        Self { salt: Some(salt.into()), ..self }
    }

    /// Sets when the digest expires: Unix time in seconds.
    #[must_use]
    pub fn expiration(self, expiration: u64) -> Self {
        Self { expiration: Some(expiration), ..self }
    }

    /// Signs the user ID with the secret whose ID is `sid`.
    ///
    /// # Errors
    ///
    /// [`SignUserIdError`] if the user ID or `sid` is `""`.
    pub fn sign(
        self,
        algorithm: Algorithm,
        sid: impl Into<String>,
        secret: &PreparedSecret,
    ) -> Result<SignedUserId, SignUserIdError> {
        let Self { user_id, salt, expiration } = self;
        let sid = sid.into();
        if user_id.is_empty() || sid.is_empty() {
            return Err(SignUserIdError);
        }
        let parts = parts(&user_id, salt.as_deref(), expiration);
        let digest = secret.digest(algorithm, &parts).to_string();
        Ok(SignedUserId { user_id, algorithm, sid, salt, digest, expiration })
    }
}

/// Not the user ID, which is personal data.
impl fmt::Debug for SignedUserIdBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedUserIdBuilder")
            .field("expiration", &self.expiration)
            .finish_non_exhaustive()
    }
}

/// The user ID, or the ID of the secret, is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the user ID or the ID of the secret is empty, expected at least one character")]
pub struct SignUserIdError;

/// The parameters of the mobile SDKs' class of this name, in their order.
///
/// With feature `serde`, its properties are `id`, `algorithm`, `secretId`, `digest`, `salt` and
/// `expiration`: fit to be sent to an app. To prove one, convert it into a [`SignedUserId`].
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct UserAuthWithHashParams {
    /// The user ID: not proven.
    pub id: String,
    /// The algorithm of the digest.
    pub algorithm: Algorithm,
    /// ID of the secret.
    pub secret_id: String,
    /// The digest in hexadecimal.
    pub digest: String,
    /// The salt.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub salt: Option<String>,
    /// When the digest expires: Unix time in seconds.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub expiration: Option<u64>,
}

impl From<SignedUserId> for UserAuthWithHashParams {
    fn from(signed: SignedUserId) -> Self {
        let SignedUserId { user_id: id, algorithm, sid: secret_id, salt, digest, expiration } =
            signed;
        Self { id, algorithm, secret_id, digest, salt, expiration }
    }
}

impl From<UserAuthWithHashParams> for SignedUserId {
    fn from(params: UserAuthWithHashParams) -> Self {
        let UserAuthWithHashParams {
            id: user_id,
            algorithm,
            secret_id: sid,
            digest,
            salt,
            expiration,
        } = params;
        Self { user_id, algorithm, sid, salt, digest, expiration }
    }
}

/// As little as [`SignedUserId`] shows.
impl fmt::Debug for UserAuthWithHashParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserAuthWithHashParams")
            .field("algorithm", &self.algorithm)
            .field("secret_id", &self.secret_id)
            .field("expiration", &self.expiration)
            .finish_non_exhaustive()
    }
}
