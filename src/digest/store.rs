//! Where the live secrets are: by API key and secret ID.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::PreparedSecret;

/// The live secrets of one or more organizations.
///
/// They are looked up by two names together: the API key, which names the organization, and the
/// ID of the secret (`auth_sid` in a link). Neither is under the digest. A store that went by the
/// secret's ID alone would take a link of one organization for one of another, whose API key was
/// put into it.
///
/// More than one secret can be live under one ID, while one replaces another; a digest under any
/// of them is good. Which IDs exist is no secret: an unknown one has an error of its own, which
/// comes sooner than that of a wrong digest.
///
/// [`SecretMap`] is a store in memory. A store of your own implements the one method:
///
/// ```
/// use std::borrow::Cow;
/// use consent_string::digest::{PreparedSecret, SecretStore};
///
/// /// One organization, and two secrets while one replaces the other.
/// struct Ours {
///     live: [PreparedSecret; 2],
/// }
///
/// impl SecretStore for Ours {
///     fn secrets(&self, key: &str, sid: &str) -> Cow<'_, [PreparedSecret]> {
///         let is_ours = key == "our-api-key" && sid == "our-secret-id";
///         Cow::Borrowed(if is_ours { &self.live } else { &[] })
///     }
/// }
/// ```
pub trait SecretStore {
    /// All secrets that are live under the ID `sid` for the organization with the API key `key`;
    /// none of them where there is no such ID. They are borrowed from the store, or owned.
    fn secrets(&self, key: &str, sid: &str) -> Cow<'_, [PreparedSecret]>;
}

/// Secrets in memory, by API key and secret ID.
///
/// ```
/// use consent_string::digest::{PreparedSecret, Secret, SecretMap, SecretStore};
///
/// let prepare = |value: &str| Secret::new(value).map(PreparedSecret::new);
/// let mut secrets = SecretMap::new();
/// secrets.insert("api-key", "sid", [prepare("old")?]);
/// // The new secret is live beside the old one, until the last link under that is out of use.
/// secrets.insert("api-key", "sid", [prepare("new")?, prepare("old")?]);
/// assert_eq!(secrets.secrets("api-key", "sid").len(), 2);
/// secrets.insert("api-key", "sid", [prepare("new")?]);
/// assert!(secrets.secrets("another-api-key", "sid").is_empty());
/// # Ok::<(), consent_string::EmptySecret>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct SecretMap {
    /// By API key, then by secret ID.
    live: BTreeMap<String, BTreeMap<String, Vec<PreparedSecret>>>,
}

impl SecretMap {
    /// A map without secrets.
    #[must_use]
    pub const fn new() -> Self {
        Self { live: BTreeMap::new() }
    }

    /// Sets all secrets that are live under one ID of one organization. Those that were live
    /// before and aren't given again no longer are.
    pub fn insert(
        &mut self,
        key: impl Into<String>,
        sid: impl Into<String>,
        secrets: impl IntoIterator<Item = PreparedSecret>,
    ) {
        let of_key = self.live.entry(key.into()).or_default();
        of_key.insert(sid.into(), secrets.into_iter().collect());
    }
}

impl SecretStore for SecretMap {
    fn secrets(&self, key: &str, sid: &str) -> Cow<'_, [PreparedSecret]> {
        let live = self.live.get(key).and_then(|of_key| of_key.get(sid));
        Cow::Borrowed(live.map_or(&[], Vec::as_slice))
    }
}
