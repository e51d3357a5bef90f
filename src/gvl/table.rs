//! Entries by their numbers.

use alloc::vec::Vec;
use core::fmt;
use core::iter::FusedIterator;

use serde::Deserializer;

use super::error::ListErrorKind;
use super::read::{self, Read};
use super::track::Track;
use crate::ids::Id;

/// Entries by their numbers, rising.
#[derive(Clone)]
pub(super) struct Table<K, T> {
    /// Close together, for searches.
    keys: Vec<K>,
    /// In the order of their keys.
    entries: Vec<T>,
}

impl<K: Id, T> Table<K, T> {
    #[inline]
    pub(super) fn get(&self, key: K) -> Option<&T> {
        let place = self.keys.binary_search(&key).ok()?;
        self.entries.get(place)
    }

    pub(super) fn iter(&self) -> Entries<'_, T> {
        Entries(self.entries.iter())
    }
}

impl<K, T> Default for Table<K, T> {
    fn default() -> Self {
        Self { keys: Vec::new(), entries: Vec::new() }
    }
}

/// A map from numbers, each of which may be there once.
impl<K: Id, T: Read> Read for Table<K, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D, track: &Track) -> Result<Self, D::Error> {
        let mut entries: Vec<(K, T)> = read::map(deserializer, track)?;
        if !entries.is_sorted_by_key(|(key, _)| *key) {
            entries.sort_unstable_by_key(|(key, _)| *key);
        }
        if let Some(twice) = entries.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            track.at_entry(twice[0].0);
            return Err(track.error(ListErrorKind::Repeated));
        }
        let (keys, entries) = entries.into_iter().unzip();
        Ok(Self { keys, entries })
    }
}

impl<K, T: fmt::Debug> fmt::Debug for Table<K, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{{} entries}}", self.entries.len())
    }
}

/// The entries of a list, by rising number.
#[derive(Debug)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Entries<'a, T>(core::slice::Iter<'a, T>);

impl<T> Clone for Entries<'_, T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<'a, T> Iterator for Entries<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<T> DoubleEndedIterator for Entries<'_, T> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back()
    }
}

impl<T> ExactSizeIterator for Entries<'_, T> {}
impl<T> FusedIterator for Entries<'_, T> {}
