//! Where the live secrets are, by ID.

use alloc::collections::BTreeMap;
use core::borrow::Borrow;

use super::PreparedSecret;

/// Live secrets by their ID, the `auth_sid` of a link.
///
/// More than one secret can be live under an ID, while one replaces another; a digest under any
/// of them is good. Which IDs exist is no secret: an unknown one is answered with an error of its
/// own kind, and sooner than a wrong digest. Maps and closures are stores already:
///
/// ```
/// use std::collections::BTreeMap;
/// use consent_string::digest::{PreparedSecret, Secret, SecretStore};
///
/// let prepare = |value: &str| Secret::new(value).map(PreparedSecret::new);
/// let one = BTreeMap::from([("sid", prepare("secret")?)]);
/// let rotating = BTreeMap::from([("sid", vec![prepare("new")?, prepare("old")?])]);
/// assert_eq!(rotating.secrets("sid").map(<[_]>::len), Some(2));
/// let closure = |sid: &str| one.get(sid).map(std::slice::from_ref);
/// assert!(closure.secrets("other").is_none());
/// # Ok::<(), consent_string::EmptySecret>(())
/// ```
pub trait SecretStore {
    /// The secrets under one ID: borrowed from the store, or owned.
    type Secrets<'a>: AsRef<[PreparedSecret]>
    where
        Self: 'a;

    /// All secrets that are live under `sid`. `None`, or none of them, is an unknown ID.
    fn secrets(&self, sid: &str) -> Option<Self::Secrets<'_>>;
}

impl<K: Borrow<str> + Ord, V: AsRef<[PreparedSecret]>> SecretStore for BTreeMap<K, V> {
    type Secrets<'a>
        = &'a [PreparedSecret]
    where
        Self: 'a;

    fn secrets(&self, sid: &str) -> Option<Self::Secrets<'_>> {
        self.get(sid).map(AsRef::as_ref)
    }
}

#[cfg(feature = "std")]
impl<K, V, S> SecretStore for std::collections::HashMap<K, V, S>
where
    K: Borrow<str> + Eq + core::hash::Hash,
    V: AsRef<[PreparedSecret]>,
    S: core::hash::BuildHasher,
{
    type Secrets<'a>
        = &'a [PreparedSecret]
    where
        Self: 'a;

    fn secrets(&self, sid: &str) -> Option<Self::Secrets<'_>> {
        self.get(sid).map(AsRef::as_ref)
    }
}

impl<F, V> SecretStore for F
where
    F: Fn(&str) -> Option<V>,
    V: AsRef<[PreparedSecret]>,
{
    type Secrets<'a>
        = V
    where
        Self: 'a;

    fn secrets(&self, sid: &str) -> Option<V> {
        self(sid)
    }
}
