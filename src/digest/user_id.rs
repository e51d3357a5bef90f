//! User IDs with a digest, as the SDKs take them.

use alloc::string::{String, ToString};
use core::fmt;

use super::verifier::has_ten_digits;
use super::{Algorithm, DigestParts, PreparedSecret, SecretStore, Verifier, VerifyError};
use crate::Timestamp;

/// A user ID with the digest that proves it, for Didomi's SDKs.
///
/// With feature `serde` it is the `user` object of the Web SDK's `didomiConfig`; for the mobile
/// SDKs, convert it into [`UserAuthWithHashParams`]. Two things aren't documented: that a plain
/// hash takes the expiration at its end (for HMAC it is published so), and that a user ID has
/// expired at the very second of its expiration.
///
/// **Nothing separates the parts of the digest.** [`Verifier`] says how it tells them apart all
/// the same: by the length of the salt, and by an expiration that has to be there.
///
/// ```
/// use consent_string::Timestamp;
/// use consent_string::digest::{
///     Algorithm, PreparedSecret, Salts, Secret, SecretMap, SignedUserId, Verifier,
/// };
///
/// let secret = PreparedSecret::new(Secret::new("secret")?);
/// let signed = SignedUserId::builder("user@domain.com")
///     .salt("f3a1c09be5d24478")
///     .expiration(1_700_000_000)
///     .sign(Algorithm::HmacSha256, "sid", &secret)?;
///
/// let mut secrets = SecretMap::new();
/// secrets.insert("api-key", "sid", [secret]);
/// let verifier = Verifier::new(Salts::OfLength(16));
/// let verify = |now: Timestamp| signed.verify(&verifier, &secrets, "api-key", now);
/// assert_eq!(verify("2023-11-14T22:13:19.900Z".parse()?)?, "user@domain.com");
/// assert!(verify("2023-11-14T22:13:20.000Z".parse()?).is_err());
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

    /// The user ID if it is genuine and hasn't expired at `now`.
    ///
    /// `key` is the API key of the organization, which the SDK was started with: it isn't among
    /// the parts of a signed user ID, and must not be taken from whoever sent it.
    ///
    /// # Errors
    ///
    /// Those of [`Verifier::verify_at`]; [`SecretUnknown`](VerifyError::SecretUnknown) for an
    /// organization or ID that the store doesn't know.
    pub fn verify(
        &self,
        verifier: &Verifier,
        store: &dyn SecretStore,
        key: &str,
        now: Timestamp,
    ) -> Result<&str, VerifyError> {
        let secrets = store.secrets(key, &self.sid);
        let parts = parts(&self.user_id, self.salt.as_deref(), self.expiration);
        verifier.verify_at(self.algorithm, &secrets, &parts, &self.digest, now)?;
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

/// Neither the user ID nor the digest, as whoever reads both in a log can act as the user; nor any
/// other text that came with them.
impl fmt::Debug for SignedUserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedUserId")
            .field("algorithm", &self.algorithm)
            .field("expiration", &self.expiration)
            .finish_non_exhaustive()
    }
}

/// A user ID to be signed; see [`SignedUserId::builder`].
#[derive(Clone)]
#[must_use]
pub struct SignedUserIdBuilder {
    user_id: String,
    salt: Option<String>,
    expiration: Option<u64>,
}

impl SignedUserIdBuilder {
    /// Sets the salt: random text, new for each user ID, always of the same length; see
    /// [`Salts`](super::Salts).
    pub fn salt(self, salt: impl Into<String>) -> Self {
        Self { salt: Some(salt.into()), ..self }
    }

    /// Sets when the digest expires: Unix time in seconds, of ten digits (2001 to 2286).
    pub fn expiration(self, expiration: u64) -> Self {
        Self { expiration: Some(expiration), ..self }
    }

    /// Signs the user ID with the secret whose ID is `sid`.
    ///
    /// # Errors
    ///
    /// - [`UserIdMissing`](SignUserIdError::UserIdMissing),
    ///   [`SidMissing`](SignUserIdError::SidMissing): a user ID or `sid` that is `""`.
    /// - [`ExpirationRange`](SignUserIdError::ExpirationRange): `1_700_000_000_000`, which is in
    ///   milliseconds, or `3600`, which is how long and not until when.
    pub fn sign(
        self,
        algorithm: Algorithm,
        sid: impl Into<String>,
        secret: &PreparedSecret,
    ) -> Result<SignedUserId, SignUserIdError> {
        let Self { user_id, salt, expiration } = self;
        let sid = sid.into();
        if user_id.is_empty() {
            return Err(SignUserIdError::UserIdMissing);
        }
        if sid.is_empty() {
            return Err(SignUserIdError::SidMissing);
        }
        if !expiration.is_none_or(has_ten_digits) {
            return Err(SignUserIdError::ExpirationRange);
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

/// Why a user ID can't be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignUserIdError {
    /// The user ID is empty.
    #[error("user ID is empty, expected at least one character")]
    UserIdMissing,
    /// The ID of the secret is empty.
    #[error("ID of the secret is empty, expected at least one character")]
    SidMissing,
    /// The expiration is no time in seconds from 2001 to 2286. One in milliseconds would never
    /// come.
    #[error("expiration does not have ten digits, expected Unix time in seconds")]
    ExpirationRange,
}

impl SignUserIdError {
    /// The error in `snake_case`, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserIdMissing => "user_id_missing",
            Self::SidMissing => "sid_missing",
            Self::ExpirationRange => "expiration_range",
        }
    }
}

/// The parameters of the mobile SDKs' class of this name, in their order.
///
/// With feature `serde`, its properties are `id`, `algorithm`, `secretId`, `digest`, `salt` and
/// `expiration`: fit to be sent to an app. To prove one, convert it into a [`SignedUserId`].
#[derive(Clone)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct UserAuthWithHashParams {
    /// The user ID, `id` in JSON: not proven.
    #[cfg_attr(feature = "serde", serde(rename = "id"))]
    pub unverified_id: String,
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
        let SignedUserId {
            user_id: unverified_id,
            algorithm,
            sid: secret_id,
            salt,
            digest,
            expiration,
        } = signed;
        Self { unverified_id, algorithm, secret_id, digest, salt, expiration }
    }
}

impl From<UserAuthWithHashParams> for SignedUserId {
    fn from(params: UserAuthWithHashParams) -> Self {
        let UserAuthWithHashParams {
            unverified_id: user_id,
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
            .field("expiration", &self.expiration)
            .finish_non_exhaustive()
    }
}
