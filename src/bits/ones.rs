//! Whether two bits of a pair are both ones, anywhere in many pairs.

use crate::chunks::as_chunks;

/// How many bytes are looked at in one go.
const WORD: usize = 8;

/// How many bytes there must be to be looked at.
pub(super) const PAIRS_FROM: usize = WORD + 1;

/// Whether a pair of ones starts in any of some bytes but the last. Pairs start at the even bits of
/// a byte or, for `odd`, at the odd ones, where the last pair of a byte ends in the next.
///
/// # Panics
///
/// If there are fewer than [`PAIRS_FROM`] bytes.
pub(super) fn has_pair_of_ones(bytes: &[u8], odd: bool) -> bool {
    if odd { has::<true>(bytes) } else { has::<false>(bytes) }
}

#[inline]
fn has<const ODD: bool>(bytes: &[u8]) -> bool {
    let (bytes, nexts) = (&bytes[..bytes.len() - 1], &bytes[1..]);
    // Bit by bit in each byte, so that the order of the bytes in a word does not matter.
    let pairs = |bytes: &[u8; WORD], nexts: &[u8; WORD]| {
        let (word, next) = (u64::from_ne_bytes(*bytes), u64::from_ne_bytes(*nexts));
        let each = |byte| u64::from_ne_bytes([byte; WORD]);
        let word = if ODD { (word & each(0x7F)) << 1 | next >> 7 & each(1) } else { word };
        word & word >> 1 & each(0b0101_0101)
    };
    let words = as_chunks(bytes).0.zip(as_chunks(nexts).0);
    let found = words.fold(0, |found, (bytes, nexts)| found | pairs(bytes, nexts));
    // The end may be looked at twice.
    let [bytes, nexts] = [bytes, nexts].map(|bytes| bytes.last_chunk().expect("a word or more"));
    found | pairs(bytes, nexts) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One pair at a time.
    fn naive(bytes: &[u8], odd: bool) -> bool {
        let bit = |at: usize| bytes[at / 8] >> (7 - at % 8) & 1 == 1;
        let starts = (usize::from(odd)..8 * (bytes.len() - 1)).step_by(2);
        starts.into_iter().any(|at| bit(at) && bit(at + 1))
    }

    fn check(bytes: &[u8]) {
        for odd in [false, true] {
            assert_eq!(has_pair_of_ones(bytes, odd), naive(bytes, odd), "{bytes:?}, {odd}");
        }
    }

    #[test]
    fn two_ones_are_a_pair_where_a_pair_starts() {
        for len in [PAIRS_FROM, 10, 16, 17, 18, 24, 25, 26, 33, 59] {
            for first in 0..8 * len {
                for second in first + 1..(first + 10).min(8 * len) {
                    let mut bytes = [0; 60 + WORD];
                    for at in [first, second] {
                        bytes[at / 8] |= 0x80 >> (at % 8);
                    }
                    check(&bytes[..len]);
                    // Once more in the next word.
                    for at in [first, second] {
                        bytes[at / 8 + WORD] |= 0x80 >> (at % 8);
                    }
                    check(&bytes[..len]);
                }
            }
        }
    }

    #[test]
    fn without_two_ones_there_is_no_pair() {
        for len in PAIRS_FROM..60 {
            for byte in [0, 0b1010_1010, 0b0101_0101, 0b1001_1001] {
                check(&[byte; 60][..len]);
            }
        }
    }
}
