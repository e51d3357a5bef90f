//! Bit fields: the same few bits for each ID, one behind the other.

use super::{BitReader, Span};
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
    const EACH: u64 = u64::MAX / ((1 << WIDTH) - 1);
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

    /// The next words of entries, each with as many entries as it says, from the top.
    fn words(&self) -> impl Iterator<Item = (BitReader<'a>, u64)> {
        let Self { mut reader, next, end } = *self;
        let mut left = end - next;
        core::iter::from_fn(move || {
            let entries = left.min(Self::ENTRIES);
            if entries == 0 {
                return None;
            }
            let here = reader;
            let bits = entries * WIDTH;
            let word = reader.peek() & !u64::MAX.unbounded_shr(bits);
            reader.position += bits as usize;
            left -= entries;
            Some((here, word))
        })
    }

    /// The bit where the first entry stands all of whose bits are ones, if there is one.
    pub(crate) fn find_all_ones(&self) -> Option<usize> {
        self.words().find_map(|(here, word)| {
            // The top bit of an entry is left standing where the bits below it are ones, too.
            let mut ones = word;
            for below in 1..WIDTH {
                ones &= word << below;
            }
            let found = ones & (Self::EACH << (WIDTH - 1));
            (found != 0).then(|| here.position + found.leading_zeros() as usize)
        })
    }

    /// The entry of one ID; `None` where the bit field has none for it.
    pub(crate) fn entry(&self, id: u16) -> Option<u64> {
        let id = u32::from(id);
        let index = id.checked_sub(self.next).filter(|_| id < self.end)?;
        let mut reader = self.reader;
        reader.position += (index * WIDTH) as usize;
        Some(reader.peek() >> (64 - WIDTH))
    }

    /// The ID of the last entry, or 0 where there is none.
    #[allow(clippy::cast_possible_truncation)]
    pub(crate) fn last_id(&self) -> u16 {
        if self.next == self.end { 0 } else { (self.end - 1) as u16 }
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
    use super::super::SLACK;
    use super::*;
    use alloc::vec::Vec;
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

        let ones = (1 << WIDTH) - 1;
        let found = naive.iter().position(|&entry| entry == ones);
        prop_assert_eq!(runs.find_all_ones(), found.map(|index| offset + index * WIDTH as usize));
        prop_assert_eq!(runs.last_id(), if count == 0 { 0 } else { first + (count - 1) });
        for id in first.saturating_sub(2)..=first.saturating_add(count).saturating_add(2) {
            let entry =
                id.checked_sub(first).and_then(|index| naive.get(usize::from(index)).copied());
            prop_assert_eq!(runs.entry(id), entry);
        }
        Ok(())
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
