//! Bit fields: the same few bits for each ID, one behind the other.

use alloc::vec::Vec;

use super::ones::{PAIRS_FROM, has_pair_of_ones};
use super::places::Places;
use super::{BitReader, Matches, Span};
use crate::chunks::as_chunks;
use crate::error::DecodeErrorKind;

/// Walks a bit field of `WIDTH` bits an ID as runs of IDs that have the same bits.
///
/// `WIDTH` is 1 (a TC string: consent or none) or 2 (a DCS: three statuses).
#[derive(Clone)]
pub(crate) struct Runs<'a, const WIDTH: u32> {
    reader: BitReader<'a>,
    /// The ID of the next entry.
    next: u32,
    /// One more than the ID of the last entry.
    end: u32,
}

impl<'a, const WIDTH: u32> Runs<'a, WIDTH> {
    /// The entry 1, repeated: times an entry, it is a word full of that entry.
    pub(crate) const EACH: u64 = u64::MAX / ((1 << WIDTH) - 1);
    /// How many entries one load is sure to show.
    const ENTRIES: u32 = BitReader::PEEK / WIDTH;

    /// Takes a bit field that starts where `reader` stands, for `count` IDs from `first`
    /// on, and moves `reader` behind it.
    pub(crate) fn take(
        reader: &mut BitReader<'a>,
        first: u16,
        count: u16,
    ) -> Result<Self, DecodeErrorKind> {
        let (next, count) = (u32::from(first), u32::from(count));
        if next == 0 {
            return Err(DecodeErrorKind::ZeroId);
        }
        if next + count > 1 << 16 {
            return Err(DecodeErrorKind::IdTooLarge);
        }
        let runs = Self { reader: *reader, next, end: next + count };
        reader.skip((count * WIDTH) as usize)?;
        Ok(runs)
    }

    /// The bit field that [`take`](Self::take) took before.
    #[inline]
    pub(crate) fn of_checked(reader: BitReader<'a>, first: u16, count: u16) -> Self {
        debug_assert!((u32::from(count) * WIDTH) as usize <= reader.left(), "checked before");
        Self { reader, next: u32::from(first), end: u32::from(first) + u32::from(count) }
    }

    /// The words of entries, the first entry at the top, and zeros behind the last.
    #[inline]
    fn words(&self) -> impl Iterator<Item = u64> + use<'a, WIDTH> {
        let (bytes, shift) = self.reader.bytes_from_here();
        let bits = ((self.end - self.next) * WIDTH) as usize;
        // From any bit on, eight bytes' worth of bits lie in nine bytes.
        let (eights, _) = as_chunks::<8, _>(bytes);
        let (ninths, _) = as_chunks::<8, _>(bytes.get(1..).unwrap_or_default());
        let whole = bits / 64;
        let words = eights.zip(ninths).take(bits.div_ceil(64)).enumerate();
        words.map(move |(index, (eight, ninth))| {
            let word = u64::from_be_bytes(*eight) << shift | u64::from(ninth[7]) >> (8 - shift);
            if index < whole { word } else { word & !(u64::MAX >> (bits % 64)) }
        })
    }

    /// Where one entry stands, which must not be zero: bits that tell for each ID whether it has
    /// it.
    pub(crate) fn matching(&self, entry: u64) -> Matches<'a, WIDTH> {
        Matches::new(self.reader, self.next, self.end, entry)
    }

    /// Each entry of a word reduced to its lowest bit, set where the entry is `entry`.
    #[inline]
    pub(super) fn matches(word: u64, entry: u64) -> u64 {
        let differs = word ^ (entry * Self::EACH);
        let mut same = !differs;
        for bit in 1..WIDTH {
            same &= !(differs >> bit);
        }
        same & Self::EACH
    }

    /// The bit where the first entry stands all of whose bits are ones, if there is one.
    #[inline]
    pub(crate) fn find_all_ones(&self) -> Option<usize> {
        let all_ones = (1 << WIDTH) - 1;
        let bits = (self.end - self.next) * WIDTH;
        if bits < BitReader::PEEK {
            let matches = Self::matches(self.reader.peek() & !(u64::MAX >> bits), all_ones);
            return (matches != 0).then(|| self.position_of(matches));
        }
        self.find_all_ones_of_many(all_ones)
    }

    /// The same where there are more entries than one load shows.
    #[inline(never)]
    fn find_all_ones_of_many(&self, all_ones: u64) -> Option<usize> {
        // Everything at once, as there is nothing to find in a good one.
        if !self.has_all_ones(all_ones) {
            return None;
        }
        let mut index = 0;
        self.words().find_map(|word| {
            let matches = Self::matches(word, all_ones);
            index += 64;
            (matches != 0).then(|| index - 64 + self.position_of(matches))
        })
    }

    /// Whether there is an entry all of whose bits are ones, among more than one load shows.
    #[inline]
    fn has_all_ones(&self, all_ones: u64) -> bool {
        let bits = ((self.end - self.next) * WIDTH) as usize;
        let (start, end) = (self.reader.position(), self.reader.position() + bits);
        let whole = self.reader.bytes.get(start.div_ceil(8)..end / 8).unwrap_or_default();
        if WIDTH != 2 || whole.len() < PAIRS_FROM {
            return self.words().fold(0, |found, word| found | Self::matches(word, all_ones)) != 0;
        }
        // The bits before and behind the whole bytes, and the last of these.
        let at_an_edge = |position| {
            let entries = u64::MAX << (64 - Self::ENTRIES * WIDTH);
            Self::matches(self.reader.at(position).peek() & entries, all_ones) != 0
        };
        at_an_edge(start)
            || at_an_edge(end - (Self::ENTRIES * WIDTH) as usize)
            || has_pair_of_ones(whole, start % 2 == 1)
    }

    /// The bit where the first match stands, if it is in the first word.
    fn position_of(&self, matches: u64) -> usize {
        self.reader.position() + (matches.leading_zeros() - (WIDTH - 1)) as usize
    }

    /// The runs of IDs that have one entry, which must not be zero, rising.
    ///
    /// Faster than the iterator where all of many are wanted: a run starts and ends where the
    /// bits differ from their neighbours, and a table knows these places for each byte.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn spans_of<T>(&self, entry: u64, keep: impl Fn(Span) -> T) -> Vec<T> {
        // At most every second entry starts a run.
        let mut spans = Vec::with_capacity((self.end - self.next) as usize / 2 + 1);
        let mut edges = Places::new();
        // One less than the ID of the first entry: it comes before a run, or ends it.
        let mut base = self.next as u16 - 1;
        let mut before = 0;
        for word in self.words() {
            let matches = Self::matches(word, entry);
            let differs = matches ^ (matches >> WIDTH | before << (64 - WIDTH));
            before = matches;
            if edges.put(Self::pack(differs), Self::PACKED, base) {
                edges.take_runs(&keep, &mut spans);
            }
            base = base.wrapping_add(8 * Self::PACKED as u16);
        }
        if let Some(before) = edges.take_runs(&keep, &mut spans) {
            // The last run ends with the field.
            spans.push(keep(Span { first: before + 1, last: (self.end - 1) as u16 }));
        }
        spans.shrink_to_fit();
        spans
    }

    /// Appends the IDs that have one entry, which must not be zero, rising.
    ///
    /// Faster than the iterator, as [`spans_of`](Self::spans_of) is.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn put_ids_of(&self, entry: u64, ids: &mut Vec<u16>) {
        let mut places = Places::new();
        let mut base = self.next as u16;
        for word in self.words() {
            if places.put(Self::pack(Self::matches(word, entry)), Self::PACKED, base) {
                ids.extend_from_slice(places.take());
            }
            base = base.wrapping_add(8 * Self::PACKED as u16);
        }
        ids.extend_from_slice(places.take());
    }

    /// How many bytes of a word [`pack`](Self::pack) fills.
    const PACKED: usize = 8 / WIDTH as usize;

    /// How many entries [`few_spans_of`](Self::few_spans_of) can look at.
    #[allow(clippy::cast_possible_truncation)] // far below 65536
    pub(crate) const FEW: u16 = Self::ENTRIES as u16;

    /// The runs of IDs that have one entry, which must not be zero, rising, where there are
    /// no more than [`FEW`](Self::FEW) IDs: one load shows all of them.
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn few_spans_of(&self, entry: u64) -> impl Iterator<Item = Span> + use<WIDTH> {
        let bits = (self.end - self.next) * WIDTH;
        debug_assert!(bits <= BitReader::PEEK, "few IDs");
        let word = self.reader.peek() & !u64::MAX.checked_shr(bits).unwrap_or(0);
        // All bits of an entry that matches, not its lowest only.
        let mut left = Self::matches(word, entry) * ((1 << WIDTH) - 1);
        let first = self.next;
        core::iter::from_fn(move || {
            let start = left.leading_zeros();
            if start == u64::BITS {
                return None;
            }
            let end = start + (left << start).leading_ones();
            left &= u64::MAX.checked_shr(end).unwrap_or(0);
            let id = |bit| (first + bit / WIDTH) as u16;
            Some(Span { first: id(start), last: id(end - WIDTH) })
        })
    }

    /// The lowest bits of all entries, one behind the other from the top.
    #[inline]
    pub(super) fn pack(lowest: u64) -> u64 {
        if WIDTH == 1 {
            return lowest;
        }
        // Halves the distance of the bits in ever larger groups.
        let pairs = (lowest | lowest >> 1) & 0x3333_3333_3333_3333;
        let fours = (pairs | pairs >> 2) & 0x0F0F_0F0F_0F0F_0F0F;
        let eights = (fours | fours >> 4) & 0x00FF_00FF_00FF_00FF;
        let halves = (eights | eights >> 8) & 0x0000_FFFF_0000_FFFF;
        (halves | halves >> 16) << 32
    }

    /// The entry of one ID; `None` where the bit field has none for it.
    #[inline]
    pub(crate) fn entry(&self, id: u16) -> Option<u64> {
        let id = u32::from(id);
        let index = id.checked_sub(self.next).filter(|_| id < self.end)?;
        let mut reader = self.reader;
        reader.position += (index * WIDTH) as usize;
        Some(reader.peek() >> (64 - WIDTH))
    }
}

impl<const WIDTH: u32> Iterator for Runs<'_, WIDTH> {
    type Item = (Span, u64);

    /// The next run and the entry that its IDs share.
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    fn next(&mut self) -> Option<(Span, u64)> {
        let first = self.next;
        if first == self.end {
            return None;
        }
        let entry = self.reader.peek() >> (64 - WIDTH);
        loop {
            let other = self.reader.peek() ^ (entry * Self::EACH);
            let same = (other.leading_zeros() / WIDTH).min(Self::ENTRIES).min(self.end - self.next);
            self.next += same;
            self.reader.position += (same * WIDTH) as usize;
            if same < Self::ENTRIES || self.next == self.end {
                break;
            }
        }
        Some((Span { first: first as u16, last: (self.next - 1) as u16 }, entry))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BitWriter, SLACK, put_entries};
    use super::*;
    use bitvec::prelude::*;
    use proptest::prelude::*;

    fn check<const WIDTH: u32>(
        bytes: &[u8],
        offset: usize,
        first: u16,
        count: u16,
    ) -> Result<(), TestCaseError> {
        let mut padded = bytes.to_vec();
        padded.resize(bytes.len() + SLACK, 0);
        let mut reader = BitReader::new(&padded, bytes.len() * 8).at(offset);
        let runs = Runs::<WIDTH>::take(&mut reader, first, count).unwrap();
        let naive: Vec<u64> = bytes.view_bits::<Msb0>()[offset..reader.position()]
            .chunks(WIDTH as usize)
            .map(|entry| {
                entry.iter().by_vals().fold(0_u64, |value, bit| value << 1 | u64::from(bit))
            })
            .collect();
        prop_assert_eq!(naive.len(), usize::from(count));

        let mut walked = Vec::new();
        let mut previous = None;
        for (span, entry) in runs.clone() {
            prop_assert_ne!(
                previous.replace(entry),
                Some(entry),
                "runs are as long as they can be"
            );
            prop_assert_eq!(usize::from(span.first), usize::from(first) + walked.len());
            walked.extend((span.first..=span.last).map(|_| entry));
        }
        prop_assert_eq!(&walked, &naive);
        for entry in 1..1 << WIDTH {
            let spans = runs.spans_of(entry, |span| span);
            let walked = runs.clone().filter(|&(_, other)| other == entry).map(|(span, _)| span);
            prop_assert_eq!(&spans, &walked.collect::<Vec<_>>());
            let mut ids = alloc::vec![7];
            runs.put_ids_of(entry, &mut ids);
            let naive_ids = (first..=u16::MAX).zip(&naive).filter(|&(_, &other)| other == entry);
            prop_assert_eq!(
                ids,
                core::iter::once(7).chain(naive_ids.map(|(id, _)| id)).collect::<Vec<_>>()
            );
            if count <= Runs::<WIDTH>::FEW {
                prop_assert_eq!(runs.few_spans_of(entry).collect::<Vec<_>>(), spans);
            }
        }

        let ones = (1 << WIDTH) - 1;
        let found = naive.iter().position(|&entry| entry == ones);
        prop_assert_eq!(runs.find_all_ones(), found.map(|index| offset + index * WIDTH as usize));
        for id in first.saturating_sub(2)..=first.saturating_add(count).saturating_add(2) {
            let entry =
                id.checked_sub(first).and_then(|index| naive.get(usize::from(index)).copied());
            prop_assert_eq!(runs.entry(id), entry);
        }
        Ok(())
    }

    /// A field that is one run, however many words it has.
    fn is_one_run<const WIDTH: u32>() {
        for entry in 0..1 << WIDTH {
            for count in 1..300_u16 {
                let mut writer = BitWriter::with_capacity(0);
                put_entries::<WIDTH>(entry, count.into(), &mut writer);
                let end = writer.position();
                let mut bytes = writer.into_filled(1);
                bytes.resize(bytes.len() + SLACK, 0);
                let runs = Runs::<WIDTH>::take(&mut BitReader::new(&bytes, end), 7, count).unwrap();
                let span = Span { first: 7, last: 6 + count };
                assert_eq!(runs.collect::<Vec<_>>(), [(span, entry)]);
            }
        }
    }

    #[test]
    fn a_long_run_is_one_run() {
        is_one_run::<1>();
        is_one_run::<2>();
    }

    /// A field of 128 entries that is all zeros but for two entries, which are all ones.
    fn finds_the_first_of_two<const WIDTH: u32>() {
        let count = 128_u16;
        let len = usize::from(count) * WIDTH as usize;
        for first in 0..count {
            for second in first..count {
                let mut bytes = alloc::vec![0_u8; len / 8 + SLACK];
                for entry in [first, second] {
                    let at = usize::from(entry) * WIDTH as usize;
                    bytes.view_bits_mut::<Msb0>()[at..at + WIDTH as usize].fill(true);
                }
                let mut reader = BitReader::new(&bytes, len);
                let runs = Runs::<WIDTH>::take(&mut reader, 1, count).unwrap();
                let found = usize::from(first) * WIDTH as usize;
                assert_eq!(runs.find_all_ones(), Some(found), "{first} and {second}");
            }
        }
    }

    #[test]
    fn the_first_all_ones_is_found_wherever_another_one_stands() {
        finds_the_first_of_two::<1>();
        finds_the_first_of_two::<2>();
    }

    proptest! {
        #[test]
        fn runs_are_those_of_a_bit_by_bit_reader(
            bytes in prop::collection::vec(prop_oneof![Just(0), Just(0xFF), Just(0xAA), any::<u8>()], 1..80),
            offset in 0..20_usize,
            first in 1..=u16::MAX,
            count in 0..600_u16,
        ) {
            let bits = (bytes.len() * 8).saturating_sub(offset);
            let offset = offset.min(bytes.len() * 8);
            let count = count.min(u16::MAX - first + u16::from(first > 1));
            let fits = |width: usize| count.min(u16::try_from(bits / width).unwrap());
            check::<1>(&bytes, offset, first, fits(1))?;
            check::<2>(&bytes, offset, first, fits(2))?;
        }
    }
}
