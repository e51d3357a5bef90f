//! The IDs of a bit field that have one entry, by whole words.

use super::{BitReader, Runs, Span};

/// Which IDs of a bit field have one entry: words of a bit an ID, the first at the top.
///
/// Ends with a word of zeros, so that a run that reaches the last ID ends there.
#[derive(Clone)]
pub(crate) struct Matches<'a, const WIDTH: u32> {
    /// The bytes from which the next word is made.
    bytes: &'a [u8],
    /// How many bits of the first byte lie before it, 0 to 7.
    shift: u32,
    entry: u64,
    /// How many entries are left.
    left: u32,
    /// The ID of the next word's first bit.
    next: u32,
    end: u32,
}

/// How many IDs a word tells of.
const IDS: u32 = u64::BITS;

impl<'a, const WIDTH: u32> Matches<'a, WIDTH> {
    pub(super) fn new(reader: BitReader<'a>, next: u32, end: u32, entry: u64) -> Self {
        let (bytes, shift) = reader.bytes_from_here();
        Self { bytes, shift, entry, left: end - next, next, end }
    }

    /// The runs of IDs that have the entry, rising; no two touch.
    #[inline]
    pub(crate) fn spans(self) -> EntrySpans<'a, WIDTH> {
        EntrySpans { base: self.next, end: self.end, words: self, edges: 0, before: 0 }
    }

    /// The IDs that have the entry, rising.
    #[inline]
    pub(crate) fn ids(self) -> EntryIds<'a, WIDTH> {
        EntryIds { base: self.next, words: self, word: 0 }
    }

    /// How many IDs have the entry.
    #[inline]
    pub(crate) fn count(mut self) -> usize {
        let mut count = 0;
        while let Some(word) = self.next_word() {
            count += word.count_ones() as usize;
        }
        count
    }

    /// How many runs of IDs have the entry.
    #[cfg(any(feature = "tcf", test))]
    #[inline]
    pub(crate) fn count_spans(mut self) -> usize {
        let (mut count, mut before) = (0, 0);
        while let Some(word) = self.next_word() {
            // A run starts where the bit before is not set.
            count += (word & !(word >> 1 | before << 63)).count_ones() as usize;
            before = word & 1;
        }
        count
    }

    /// The next word, behind the last entry filled with zeros.
    #[inline(always)]
    fn next_word(&mut self) -> Option<u64> {
        if self.left == 0 {
            return None;
        }
        let mut matches = Runs::<WIDTH>::matches(self.load(), self.entry);
        if WIDTH == 2 {
            matches = Runs::<WIDTH>::pack(matches);
            if self.left > IDS / 2 {
                let more = Runs::<WIDTH>::matches(self.load(), self.entry);
                matches |= Runs::<WIDTH>::pack(more) >> 32;
            }
        }
        if self.left < IDS {
            matches &= !(u64::MAX >> self.left);
        }
        self.left = self.left.saturating_sub(IDS);
        self.next += IDS;
        Some(matches)
    }

    /// The next 64 bits of the field and whatever stands behind it.
    #[inline(always)]
    fn load(&mut self) -> u64 {
        // From any bit on, 64 bits lie in nine bytes: the slack behind the field has eight.
        let (eight, rest) = self.bytes.split_first_chunk::<8>().expect("slack behind the field");
        let ninth = rest.first().copied().unwrap_or_default();
        self.bytes = rest;
        u64::from_be_bytes(*eight) << self.shift | u64::from(ninth) >> (8 - self.shift)
    }
}

/// The runs of IDs of a bit field that have one entry, rising; no two touch.
///
/// A run starts and ends at an edge, where a bit differs from the one before. The edges of a word
/// are kept with the first at the bottom, as the lowest one is found and taken away fastest.
#[derive(Clone)]
pub(crate) struct EntrySpans<'a, const WIDTH: u32> {
    words: Matches<'a, WIDTH>,
    /// The edges of the current word that are left.
    edges: u64,
    /// The bit before the next word.
    before: u64,
    /// The ID of the current word's first bit.
    base: u32,
    end: u32,
}

impl<const WIDTH: u32> EntrySpans<'_, WIDTH> {
    /// The ID at the next edge.
    #[inline(always)]
    fn next_edge(&mut self) -> Option<u32> {
        while self.edges == 0 {
            self.base = self.words.next;
            let word = self.words.next_word()?.reverse_bits();
            self.edges = word ^ (word << 1 | self.before);
            self.before = word >> 63;
        }
        Some(self.base + take_lowest(&mut self.edges))
    }
}

impl<const WIDTH: u32> Iterator for EntrySpans<'_, WIDTH> {
    type Item = Span;

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "IDs of a checked field")]
    fn next(&mut self) -> Option<Span> {
        let first = self.next_edge()?;
        // Without another edge the run ends with the field.
        let behind = self.next_edge().unwrap_or(self.end);
        Some(Span { first: first as u16, last: (behind - 1) as u16 })
    }
}

/// The IDs of a bit field that have one entry, rising.
#[derive(Clone)]
pub(crate) struct EntryIds<'a, const WIDTH: u32> {
    words: Matches<'a, WIDTH>,
    /// What is left of the current word, its first bit at the bottom.
    word: u64,
    /// The ID of the current word's first bit.
    base: u32,
}

impl<const WIDTH: u32> Iterator for EntryIds<'_, WIDTH> {
    type Item = u16;

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "IDs of a checked field")]
    fn next(&mut self) -> Option<u16> {
        while self.word == 0 {
            self.base = self.words.next;
            self.word = self.words.next_word()?.reverse_bits();
        }
        Some((self.base + take_lowest(&mut self.word)) as u16)
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "IDs of a checked field")]
    fn fold<B, F: FnMut(B, u16) -> B>(mut self, init: B, mut add: F) -> B {
        let mut all = init;
        loop {
            while self.word != 0 {
                all = add(all, (self.base + take_lowest(&mut self.word)) as u16);
            }
            self.base = self.words.next;
            match self.words.next_word() {
                Some(word) => self.word = word.reverse_bits(),
                None => return all,
            }
        }
    }
}

/// Takes the lowest one away from a word that has one; where it was.
#[inline(always)]
fn take_lowest(word: &mut u64) -> u32 {
    let place = word.trailing_zeros();
    *word &= *word - 1;
    place
}

#[cfg(test)]
mod tests {
    use super::super::{BitWriter, SLACK, put_entries};
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    /// The naive twin: entry by entry.
    fn check<const WIDTH: u32>(
        runs: &[(u64, u16)],
        offset: u32,
        first: u16,
    ) -> Result<(), TestCaseError> {
        let mask = (1 << WIDTH) - 1;
        let mut writer = BitWriter::with_capacity(0);
        writer.put(0, offset);
        let mut entries = Vec::new();
        for &(entry, length) in runs {
            put_entries::<WIDTH>(entry & mask, length.into(), &mut writer);
            entries.extend((0..length).map(|_| entry & mask));
        }
        let end = writer.position();
        // Ones behind the field are not of it.
        writer.put(0xFF_FFFF, 24);
        let mut bytes = writer.into_filled(1);
        bytes.resize(bytes.len() + SLACK, 0);
        let mut reader = BitReader::new(&bytes, end).at(offset as usize);
        let count = u16::try_from(entries.len()).unwrap();
        let field = Runs::<WIDTH>::take(&mut reader, first, count).unwrap();
        for entry in 1..=mask {
            let ids: Vec<u16> = (first..=u16::MAX)
                .zip(&entries)
                .filter(|&(_, &other)| other == entry)
                .map(|(id, _)| id)
                .collect();
            let spans: Vec<Span> =
                field.clone().filter(|&(_, other)| other == entry).map(|(span, _)| span).collect();
            let matches = field.matching(entry);
            prop_assert_eq!(matches.clone().count(), ids.len());
            prop_assert_eq!(matches.clone().count_spans(), spans.len());
            prop_assert_eq!(matches.clone().spans().collect::<Vec<_>>(), spans);
            let mut some = matches.clone().ids();
            let by_next: Vec<u16> = core::iter::from_fn(|| some.next()).collect();
            prop_assert_eq!(&by_next, &ids);
            // `fold`, from the start and from the middle.
            let mut rest = matches.ids();
            let taken: Vec<u16> = rest.by_ref().take(ids.len() / 3).collect();
            let all = rest.fold(taken, |mut all, id| {
                all.push(id);
                all
            });
            prop_assert_eq!(all, ids);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn matches_are_those_of_an_entry_by_entry_reader(
            runs in prop::collection::vec((0..4_u64, 1..150_u16), 0..20),
            offset in 0..20_u32,
            first in 1..40_000_u16,
        ) {
            check::<1>(&runs, offset, first)?;
            check::<2>(&runs, offset, first)?;
        }
    }

    #[test]
    fn runs_that_fill_words_end_where_they_end() {
        for length in [1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 192] {
            for before in [0, 1, 63, 64] {
                check::<1>(&[(0, before), (1, length)], 3, 1).unwrap();
                check::<2>(&[(0, before), (2, length), (1, length), (0, 1)], 0, 1).unwrap();
            }
        }
        let last = u16::MAX - 63;
        check::<1>(&[(1, 64)], 0, last).unwrap();
    }
}
