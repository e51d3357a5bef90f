//! What a digest is made over.

use core::fmt::{self, Write};

/// The parts that a digest covers: user ID, optional salt, optional expiration.
///
/// **Nothing separates them** in the digest, and nothing else is covered; see the
/// [module](super#what-a-digest-does-not-prove).
///
/// ```
/// # use consent_string::digest::{Algorithm, DigestParts, PreparedSecret, Secret};
/// let secret = PreparedSecret::new(Secret::new("secret")?);
/// let digest = |parts| secret.digest(Algorithm::HmacSha256, &parts).to_string();
/// assert_eq!(
///     digest(DigestParts::new("ab").with_salt("c")),
///     digest(DigestParts::new("a").with_salt("bc")),
/// );
/// # Ok::<(), consent_string::EmptySecret>(())
/// ```
#[derive(Clone, Copy)]
#[must_use]
pub struct DigestParts<'a> {
    user_id: &'a [u8],
    salt: &'a [u8],
    expiration: Option<u64>,
}

impl<'a> DigestParts<'a> {
    /// A user ID without salt or expiration. Its text is taken as UTF-8.
    pub fn new(user_id: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self { user_id: user_id.as_ref(), salt: &[], expiration: None }
    }

    /// Sets the salt: public text that makes digests of one user differ. An empty one is none.
    pub fn with_salt(self, salt: &'a (impl AsRef<[u8]> + ?Sized)) -> Self {
        Self { salt: salt.as_ref(), ..self }
    }

    /// Sets the expiration: Unix time in seconds, hashed as decimal text.
    ///
    /// Such parts are verified at a time: see [`Verifier::verify_at`](super::Verifier::verify_at).
    pub const fn with_expiration(self, expiration: u64) -> Self {
        Self { expiration: Some(expiration), ..self }
    }

    pub(super) const fn user_id(&self) -> &'a [u8] {
        self.user_id
    }

    pub(super) const fn salt(&self) -> &'a [u8] {
        self.salt
    }

    pub(super) const fn expiration(&self) -> Option<u64> {
        self.expiration
    }

    /// Gives the salt and the expiration, in this order, to `sink`: the end of every formula.
    #[inline]
    pub(super) fn feed_tail(&self, mut sink: impl FnMut(&[u8])) {
        sink(self.salt);
        if let Some(expiration) = self.expiration {
            write!(Feed(sink), "{expiration}").expect("a `Feed` takes all that is written");
        }
    }
}

/// Neither the user ID nor the salt: both are personal to a user.
impl fmt::Debug for DigestParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DigestParts").field("expiration", &self.expiration).finish_non_exhaustive()
    }
}

/// Text written straight into a hash, without a buffer of its own.
struct Feed<F>(F);

impl<F: FnMut(&[u8])> Write for Feed<F> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        (self.0)(text.as_bytes());
        Ok(())
    }
}
