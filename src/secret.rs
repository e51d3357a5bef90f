//! A value that must not be seen: kept out of every text form, wiped when dropped.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use subtle::{Choice, ConstantTimeEq};
use zeroize::Zeroizing;

/// A secret value: the key of a digest, an access token, a cookie.
///
/// It is wiped from memory when dropped, is never empty, and has no `Display`,
/// no `PartialEq` and no serde: nothing prints or compares it by accident.
/// `Debug` shows neither the value nor its length.
///
/// For digests, take at least 32 random bytes: whoever has one link can try secrets on it, as
/// many and for as long as they like.
///
/// ```
/// # use consent_string::Secret;
/// let secret = Secret::new("correct horse")?;
/// assert_eq!(format!("{secret:?}"), "Secret(..)");
/// assert!(Secret::new("").is_err());
/// assert!(Secret::new([0; 32]).is_err());
/// # Ok::<(), consent_string::EmptySecret>(())
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<Box<[u8]>>);

impl Secret {
    /// Takes over the bytes of a secret; what is given as text counts as its UTF-8 bytes.
    ///
    /// # Errors
    ///
    /// [`EmptySecret`] for `""`, as a digest under an empty key proves nothing, and for zero bytes
    /// only, such as `[0; 32]`: HMAC takes up to 64 of them for the empty key, and a buffer that
    /// was never filled is no secret.
    pub fn new(value: impl Into<Vec<u8>>) -> Result<Self, EmptySecret> {
        let bytes = Zeroizing::new(value.into());
        // Not `all`, which would tell by its time where the zeros end.
        let zero = bytes.iter().fold(Choice::from(1), |zero, byte| zero & byte.ct_eq(&0));
        if zero.into() {
            return Err(EmptySecret);
        }
        // Copied rather than shrunk in place: a reallocation would leave the old bytes behind.
        Ok(Self(Zeroizing::new(Box::from(bytes.as_slice()))))
    }

    /// The bytes themselves. A copy of them is the caller's to guard and to wipe.
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The secret that was given is empty, or all of its bytes are zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret is empty or zeros only, expected at least one other byte")]
pub struct EmptySecret;
