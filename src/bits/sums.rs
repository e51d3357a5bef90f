//! Writing a bit field from where its entries change.

use super::{BitWriter, Runs};

/// Writes a bit field of `WIDTH` bits an ID from words that say where its entries change: each is
/// the sum, without carry, of the entries of these words up to its place.
///
/// No branch depends on the entries, so none is mispredicted.
pub(crate) fn put_sums<const WIDTH: u32>(
    changes: impl Iterator<Item = u64>,
    count: u16,
    writer: &mut BitWriter,
) {
    let mut left = u32::from(count) * WIDTH;
    let mut word = 0;
    for changes in changes {
        word = prefix_sums::<WIDTH>(changes, word);
        let bits = left.min(u64::BITS);
        writer.put_word(word & !u64::MAX.checked_shr(bits).unwrap_or(0), bits);
        left -= bits;
    }
}

/// The sums, without carry, of all entries up to each one, from the top; `before` are those
/// of the word before.
#[inline]
fn prefix_sums<const WIDTH: u32>(mut entries: u64, before: u64) -> u64 {
    let mut distance = WIDTH;
    while distance < u64::BITS {
        entries ^= entries >> distance;
        distance *= 2;
    }
    entries ^ ((before & ((1 << WIDTH) - 1)) * Runs::<WIDTH>::EACH)
}

/// Writes the same entry of `WIDTH` bits again and again: the naive twin of [`put_sums`].
#[cfg(test)]
pub(crate) fn put_entries<const WIDTH: u32>(entry: u64, mut count: usize, writer: &mut BitWriter) {
    while count > 0 {
        #[allow(clippy::cast_possible_truncation)]
        let some = count.min((BitWriter::PUT / WIDTH) as usize) as u32;
        writer.put((entry * Runs::<WIDTH>::EACH) >> (64 - WIDTH * some), WIDTH * some);
        count -= some as usize;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sums_are_entries<const WIDTH: u32>(runs: &[(u64, u16)]) -> Result<(), TestCaseError> {
        let mask = (1 << WIDTH) - 1;
        let count = runs.iter().map(|&(_, length)| length).sum::<u16>();
        let per_word = (u64::BITS / WIDTH) as usize;
        let mut changes = alloc::vec![0_u64; usize::from(count) / per_word + 1];
        let mut naive = BitWriter::with_capacity(0);
        let mut summed = BitWriter::with_capacity(0);
        naive.put(0b1, 3);
        summed.put(0b1, 3);
        let (mut at, mut before) = (0, 0);
        for &(entry, length) in runs {
            let entry = entry & mask;
            #[allow(clippy::cast_possible_truncation)]
            let shift = u64::BITS - WIDTH * (at % per_word + 1) as u32;
            changes[at / per_word] ^= (entry ^ before) << shift;
            put_entries::<WIDTH>(entry, length.into(), &mut naive);
            at += usize::from(length);
            before = entry;
        }
        put_sums::<WIDTH>(changes.into_iter(), count, &mut summed);
        prop_assert_eq!(summed.position(), naive.position());
        prop_assert_eq!(summed.into_filled(1), naive.into_filled(1));
        Ok(())
    }

    proptest! {
        #[test]
        fn sums_of_changes_are_the_entries(
            runs in prop::collection::vec((0..4_u64, 1..70_u16), 0..30),
        ) {
            sums_are_entries::<1>(&runs)?;
            sums_are_entries::<2>(&runs)?;
        }
    }
}
