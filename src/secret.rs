//! A value that must not be seen: kept out of every text form, wiped when dropped.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use zeroize::Zeroizing;

/// A secret value: the key of a digest, an access token, a cookie.
///
/// It is wiped from memory when dropped, is never empty, and has no `Display`,
/// no `PartialEq` and no serde: nothing prints or compares it by accident.
/// `Debug` shows neither the value nor its length.
///
/// ```
/// # use consent_string::Secret;
/// let secret = Secret::new("correct horse")?;
/// assert_eq!(format!("{secret:?}"), "Secret(..)");
/// assert!(Secret::new("").is_err());
/// # Ok::<(), consent_string::EmptySecret>(())
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<Box<[u8]>>);

impl Secret {
    /// Takes the bytes of a secret over.
    ///
    /// # Errors
    ///
    /// [`EmptySecret`] for `""`: a digest under an empty key proves nothing.
    pub fn new(value: impl Into<Vec<u8>>) -> Result<Self, EmptySecret> {
        let bytes = Zeroizing::new(value.into());
        if bytes.is_empty() {
            return Err(EmptySecret);
        }
        // Copied rather than shrunk in place: a reallocation would leave the old bytes behind.
        Ok(Self(Zeroizing::new(Box::from(bytes.as_slice()))))
    }

    /// The bytes themselves. Whatever copies them is the caller's to guard and to wipe.
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

/// A secret without a single byte was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the secret is empty, expected at least one byte")]
pub struct EmptySecret;
