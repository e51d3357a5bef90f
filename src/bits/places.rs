//! The places of ones in words: where the runs of a bit field start and end, or its IDs.

use crate::chunks::as_chunks;
use alloc::vec::Vec;

use super::Span;

/// How many places are kept before they are taken. A word has 64 at the most.
const ROOM: usize = 512;

/// Some places of ones, rising.
pub(super) struct Places {
    places: [u16; ROOM],
    count: usize,
}

impl Places {
    pub(super) const fn new() -> Self {
        Self { places: [0; ROOM], count: 0 }
    }

    /// Puts the places of the ones of a word's first bytes behind the others; its top bit stands
    /// for `base`. Whether those of one more word may have no room.
    #[inline(always)]
    pub(super) fn put(&mut self, word: u64, bytes: usize, mut base: u16) -> bool {
        for eight in &word.to_be_bytes()[..bytes] {
            let (places, found) = &PLACES[usize::from(*eight)];
            // Eight at once, whatever their number: the next ones take the place of the rest.
            let room = self.places.get_mut(self.count..).and_then(<[u16]>::first_chunk_mut::<8>);
            let Some(room) = room else { break };
            for (room, place) in room.iter_mut().zip(places) {
                *room = base.wrapping_add(u16::from(*place));
            }
            self.count += usize::from(*found);
            base = base.wrapping_add(8);
        }
        self.count > ROOM - 64 - 8
    }

    /// Takes all places out.
    #[inline]
    pub(super) fn take(&mut self) -> &[u16] {
        &self.places[..core::mem::take(&mut self.count)]
    }

    /// Takes out pairs of places, which are edges of runs: what comes before the first ID, and the
    /// last ID. A last edge without another one stays, and is returned.
    #[inline]
    pub(super) fn take_runs<T>(
        &mut self,
        keep: impl Fn(Span) -> T,
        spans: &mut Vec<T>,
    ) -> Option<u16> {
        let (runs, odd) = as_chunks::<2, _>(&self.places[..self.count]);
        spans.extend(runs.map(|&[before, last]| keep(Span { first: before + 1, last })));
        let odd = odd.first().copied();
        self.places[0] = odd.unwrap_or_default();
        self.count = usize::from(odd.is_some());
        odd
    }
}

/// For each byte the places of its ones, the top bit being 0, and how many they are.
static PLACES: [([u8; 8], u8); 256] = {
    let mut places = [([0; 8], 0); 256];
    let mut byte = 0;
    while byte < 256 {
        let mut place = 0;
        while place < 8 {
            if byte >> (7 - place) & 1 == 1 {
                let (all, found) = &mut places[byte];
                all[*found as usize] = place;
                *found += 1;
            }
            place += 1;
        }
        byte += 1;
    }
    places
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Words full of ones behind one with fewer of them: there must be room for all places,
    /// whatever their number is when they are taken out.
    #[test]
    fn no_place_is_lost_however_full_the_room_is() {
        for ones in 0..=u64::BITS {
            let first = u64::MAX.checked_shl(u64::BITS - ones).unwrap_or(0);
            let words = [first].into_iter().chain([u64::MAX; 20]);
            let (mut places, mut found) = (Places::new(), Vec::new());
            for (word, base) in words.zip((1..).step_by(64)) {
                if places.put(word, 8, base) {
                    found.extend_from_slice(places.take());
                }
            }
            found.extend_from_slice(places.take());
            let expected = (1..=64).take(ones as usize).chain(65..=20 * 64 + 64);
            assert!(found.into_iter().eq(expected), "{ones}");
        }
    }
}
