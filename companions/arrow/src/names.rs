//! Columns of a few names, dictionary-encoded.

use std::sync::Arc;

use arrow_array::types::Int8Type;
use arrow_array::{DictionaryArray, Int8Array, StringArray};

/// A column in which each row is one of a few names, or null.
#[derive(Default)]
pub(crate) struct Names {
    keys: Vec<Option<i8>>,
    seen: Vec<&'static str>,
}

impl Names {
    pub(crate) fn append(&mut self, name: Option<&'static str>) {
        let key = name.map(|name| self.key(name));
        self.keys.push(key);
    }

    fn key(&mut self, name: &'static str) -> i8 {
        let place = self.seen.iter().position(|seen| *seen == name).unwrap_or_else(|| {
            self.seen.push(name);
            self.seen.len() - 1
        });
        i8::try_from(place).expect("a kernel has fewer than 128 names")
    }

    pub(crate) fn finish(self) -> DictionaryArray<Int8Type> {
        DictionaryArray::new(Int8Array::from(self.keys), Arc::new(StringArray::from(self.seen)))
    }
}
