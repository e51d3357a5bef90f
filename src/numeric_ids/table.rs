//! The table between numbers and texts.

use alloc::collections::btree_map::{self, BTreeMap};
use alloc::sync::Arc;
use core::fmt;
use core::iter::FusedIterator;

use crate::ids::Id;

/// In front of the text IDs of custom vendors in a `didomi_token` (seen).
pub(crate) const CUSTOM_PREFIX: &str = "c:";

/// Which number stands for which text ID, both ways.
///
/// There is one for vendors, `NumericIds<didomi::VendorId>`, and one for purposes,
/// `NumericIds<didomi::PurposeId>`. No number and no text is in it twice.
#[derive(Clone, PartialEq, Eq)]
pub struct NumericIds<I> {
    texts: BTreeMap<I, Arc<str>>,
    numbers: BTreeMap<Arc<str>, I>,
}

/// Why a number and a text can't be put into a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum NumericIdsError {
    /// The number is there already, with this text or another.
    #[error("number {number} is there before, expected each number once")]
    NumberTwice {
        /// The number.
        number: u16,
    },
    /// The text is there already, with another number.
    #[error("the text of number {number} is there before, expected each text once")]
    TextTwice {
        /// The number that it came with.
        number: u16,
    },
    /// The text is empty.
    #[error("the text of number {number} is empty, expected an ID")]
    EmptyText {
        /// The number that it came with.
        number: u16,
    },
}

impl NumericIdsError {
    /// The error's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NumberTwice { .. } => "number_twice",
            Self::TextTwice { .. } => "text_twice",
            Self::EmptyText { .. } => "empty_text",
        }
    }
}

impl<I: Id> NumericIds<I> {
    /// An empty table.
    #[must_use]
    pub const fn new() -> Self {
        Self { texts: BTreeMap::new(), numbers: BTreeMap::new() }
    }

    /// A table of numbers and their texts.
    ///
    /// # Errors
    ///
    /// Those of [`insert`](Self::insert).
    pub fn from_pairs<T: AsRef<str>>(
        pairs: impl IntoIterator<Item = (I, T)>,
    ) -> Result<Self, NumericIdsError> {
        let mut table = Self::new();
        for (number, text) in pairs {
            table.insert(number, text.as_ref())?;
        }
        Ok(table)
    }

    /// Adds a number and its text.
    ///
    /// # Errors
    ///
    /// Every kind of [`NumericIdsError`]; the table then stays as it was. The same number with
    /// the same text, too, is refused: whoever says a thing twice may have lost another.
    pub fn insert(&mut self, number: I, text: &str) -> Result<(), NumericIdsError> {
        let raw = number.get();
        if text.is_empty() {
            return Err(NumericIdsError::EmptyText { number: raw });
        }
        if self.texts.contains_key(&number) {
            return Err(NumericIdsError::NumberTwice { number: raw });
        }
        if self.numbers.contains_key(text) {
            return Err(NumericIdsError::TextTwice { number: raw });
        }
        let text: Arc<str> = text.into();
        self.numbers.insert(Arc::clone(&text), number);
        self.texts.insert(number, text);
        Ok(())
    }

    /// The text of a number.
    #[must_use]
    pub fn text(&self, number: I) -> Option<&str> {
        self.texts.get(&number).map(|text| &**text)
    }

    /// The number of a text, which is compared to the letter: the API's texts have no prefix
    /// such as the `c:` that the vendors of a `didomi_token` may have. [`resolve`](Self::resolve)
    /// looks past such a prefix.
    #[must_use]
    pub fn number(&self, text: &str) -> Option<I> {
        self.numbers.get(text).copied()
    }

    /// The number of a text as it stands or, where the table lacks that, of the text without the
    /// prefix `c:`, `didomi:` or `iab:`: Didomi calls these deprecated in favour of the ID alone
    /// (documented), and vendors of a `didomi_token` may have them (seen).
    #[must_use]
    pub fn resolve(&self, text: &str) -> Option<I> {
        let prefixes = [CUSTOM_PREFIX, "didomi:", "iab:"];
        let bare = || prefixes.into_iter().find_map(|prefix| text.strip_prefix(prefix));
        self.number(text).or_else(|| self.number(bare()?))
    }

    /// The numbers with their texts, by rising number.
    pub fn iter(&self) -> Pairs<'_, I> {
        Pairs(self.texts.iter())
    }

    /// How many numbers the table has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether the table is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

impl<I: Id> Default for NumericIds<I> {
    fn default() -> Self {
        Self::new()
    }
}

/// Shows how many there are: a table may have thousands.
impl<I> fmt::Debug for NumericIds<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NumericIds {{{} numbers}}", self.texts.len())
    }
}

/// The numbers of a table with their texts, by rising number.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Pairs<'a, I>(btree_map::Iter<'a, I, Arc<str>>);

impl<'a, I: Id> Iterator for Pairs<'a, I> {
    type Item = (I, &'a str);

    fn next(&mut self) -> Option<(I, &'a str)> {
        self.0.next().map(|(&number, text)| (number, &**text))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<I: Id> DoubleEndedIterator for Pairs<'_, I> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().map(|(&number, text)| (number, &**text))
    }
}

impl<I: Id> ExactSizeIterator for Pairs<'_, I> {}
impl<I: Id> FusedIterator for Pairs<'_, I> {}

/// Shows how many are left.
impl<I> fmt::Debug for Pairs<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pairs {{{} numbers}}", self.0.len())
    }
}

impl<'a, I: Id> IntoIterator for &'a NumericIds<I> {
    type Item = (I, &'a str);
    type IntoIter = Pairs<'a, I>;

    fn into_iter(self) -> Pairs<'a, I> {
        self.iter()
    }
}
