//! Bits, most significant first, read from and written to bytes.

mod fibonacci;
mod field;
#[cfg(feature = "tcf")]
mod fixed_field;
mod matches;
mod ones;
mod places;
mod range;
mod sink;
mod sums;

pub(crate) use fibonacci::Fibonacci;
#[cfg(feature = "gpp")]
pub(crate) use fibonacci::{number_width, put_number, take_number};
pub(crate) use field::Runs;
#[cfg(feature = "tcf")]
pub(crate) use fixed_field::{Field, FieldKind};
pub(crate) use matches::{EntryIds, EntrySpans, Matches};
#[cfg(feature = "gpp")]
pub(crate) use range::tell_range;
pub(crate) use range::{Flagged, JoinedSpans, RangeCode, RangeList, Span};
#[cfg(any(feature = "explain", feature = "tcf", feature = "token"))]
pub(crate) use sink::FLAGS;
#[cfg(feature = "explain")]
pub use sink::Mark;
pub(crate) use sink::{Entries, Rule, SegmentStart, Sink, Value};
#[cfg(test)]
pub(crate) use sums::put_entries;
pub(crate) use sums::put_sums;

use alloc::vec::Vec;

use crate::error::DecodeErrorKind;

/// How many zero bytes stand behind the bits that a [`BitReader`] reads, so that every field
/// is one eight-byte load, wherever it stands.
pub(crate) const SLACK: usize = 8;

/// A place in some bits, from which fields are read one after the other.
#[derive(Clone, Copy)]
pub(crate) struct BitReader<'a> {
    bytes: &'a [u8],
    position: usize,
    end: usize,
}

impl<'a> BitReader<'a> {
    /// The most bits that one [`peek`](Self::peek) is sure to show.
    pub(crate) const PEEK: u32 = 57;

    /// Reads the first `end` bits of `bytes`, behind which [`SLACK`] zero bytes stand.
    pub(crate) fn new(bytes: &'a [u8], end: usize) -> Self {
        debug_assert!(bytes.len() >= end.div_ceil(8) + SLACK, "slack behind the bits");
        Self { bytes, position: 0, end }
    }

    /// The same bits, read from elsewhere.
    #[inline]
    pub(crate) fn at(self, position: usize) -> Self {
        debug_assert!(position <= self.end, "a position among the bits");
        Self { position, ..self }
    }

    /// How many bits lie before the next one.
    #[inline]
    pub(crate) const fn position(&self) -> usize {
        self.position
    }

    /// How many bits are left.
    #[inline]
    pub(crate) const fn left(&self) -> usize {
        self.end - self.position
    }

    /// The next bits, the first at the top: at least [`PEEK`](Self::PEEK) of them, then some
    /// that must not be looked at. Zeros behind the end.
    #[inline(always)]
    pub(crate) fn peek(&self) -> u64 {
        let byte = self.position / 8;
        let word = self.bytes.get(byte..byte + 8).and_then(<[u8]>::first_chunk);
        word.map_or(0, |word| u64::from_be_bytes(*word)) << (self.position % 8)
    }

    /// The bytes from the one on that has the next bit, and how many bits lie before it there.
    #[inline]
    pub(crate) fn bytes_from_here(&self) -> (&'a [u8], u32) {
        let bytes = self.bytes.get(self.position / 8..).unwrap_or_default();
        #[allow(clippy::cast_possible_truncation)]
        let shift = (self.position % 8) as u32;
        (bytes, shift)
    }

    /// Passes over some bits.
    #[inline(always)]
    pub(crate) fn skip(&mut self, bits: usize) -> Result<(), DecodeErrorKind> {
        self.position = behind(self.position, bits, self.end)?;
        Ok(())
    }

    /// The fields that start here, as far as one [`peek`](Self::peek) shows them.
    #[inline(always)]
    pub(crate) fn window(&self) -> Window {
        Window { word: self.peek(), position: self.position, end: self.end }
    }

    /// Whether all that is left is zeros.
    pub(crate) fn is_zero_to_end(mut self) -> bool {
        while self.left() > Self::PEEK as usize {
            if self.peek() >> (64 - Self::PEEK) != 0 {
                return false;
            }
            self.position += Self::PEEK as usize;
        }
        let left = self.left();
        left == 0 || self.peek() >> (64 - left) == 0
    }
}

/// The position behind some bits, all of which must be there.
#[inline(always)]
fn behind(position: usize, bits: usize, end: usize) -> Result<usize, DecodeErrorKind> {
    let behind = position + bits;
    if behind > end { Err(DecodeErrorKind::Truncated) } else { Ok(behind) }
}

/// Fields that are taken one after the other.
pub(crate) trait TakeFields {
    /// The next `bits` bits, 1 to [`BitReader::PEEK`], as a number.
    fn take(&mut self, bits: u32) -> Result<u64, DecodeErrorKind>;

    /// The next 16 bits as a number.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)]
    fn take_u16(&mut self) -> Result<u16, DecodeErrorKind> {
        self.take(16).map(|value| value as u16)
    }

    /// The next bit.
    #[inline(always)]
    fn take_flag(&mut self) -> Result<bool, DecodeErrorKind> {
        self.take(1).map(|value| value != 0)
    }
}

impl TakeFields for BitReader<'_> {
    #[inline(always)]
    fn take(&mut self, bits: u32) -> Result<u64, DecodeErrorKind> {
        let mut window = self.window();
        let value = window.take(bits)?;
        self.position = window.position;
        Ok(value)
    }
}

/// Some bits, of which fields are taken with no other load: [`BitReader::PEEK`] at the most.
pub(crate) struct Window {
    word: u64,
    position: usize,
    end: usize,
}

impl Window {
    /// How many bits lie before the next field.
    #[inline(always)]
    pub(crate) const fn position(&self) -> usize {
        self.position
    }
}

impl TakeFields for Window {
    #[inline(always)]
    fn take(&mut self, bits: u32) -> Result<u64, DecodeErrorKind> {
        debug_assert!((1..=BitReader::PEEK).contains(&bits), "a field that one load shows");
        self.position = behind(self.position, bits as usize, self.end)?;
        let value = self.word >> (64 - bits);
        self.word <<= bits;
        Ok(value)
    }
}

/// Bits that fields are appended to.
pub(crate) struct BitWriter {
    bytes: Vec<u8>,
    /// The whole bytes before the next bit.
    full: usize,
    /// The bits behind them, from the top.
    partial: u64,
    /// How many bits `partial` has, 0 to 7.
    bits: u32,
}

impl BitWriter {
    /// The widest field that one [`put`](Self::put) takes.
    pub(crate) const PUT: u32 = 56;

    /// An empty writer with room for some bits.
    pub(crate) fn with_capacity(bits: usize) -> Self {
        Self { bytes: alloc::vec![0; bits.div_ceil(8) + SLACK], full: 0, partial: 0, bits: 0 }
    }

    /// How many bits were written.
    pub(crate) const fn position(&self) -> usize {
        self.full * 8 + self.bits as usize
    }

    /// Appends the low `bits` bits of a number, 0 to [`PUT`](Self::PUT); the higher ones
    /// must be zero.
    #[inline(always)]
    pub(crate) fn put(&mut self, value: u64, bits: u32) {
        debug_assert!(bits <= Self::PUT && value.checked_shr(bits).unwrap_or(0) == 0, "fits");
        let total = self.bits + bits;
        // The shift is by 64 only where both numbers are zero, and so is the value.
        self.partial |= value.wrapping_shl(64 - total);
        self.store();
        self.full += (total / 8) as usize;
        self.partial <<= total / 8 * 8;
        self.bits = total % 8;
    }

    /// Appends the high `bits` bits of a word, 0 to 64; the lower ones must be zero.
    #[inline]
    pub(crate) fn put_word(&mut self, word: u64, bits: u32) {
        debug_assert!(word.checked_shl(bits).unwrap_or(0) == 0, "fits");
        self.partial |= word >> self.bits;
        self.store();
        let total = self.bits + bits;
        self.full += (total / 8) as usize;
        self.partial = if total < 64 {
            self.partial << (total / 8 * 8)
        } else {
            word.checked_shl(64 - self.bits).unwrap_or(0)
        };
        self.bits = total % 8;
    }

    /// Stores all eight bytes from the first that is not full on; what of them is not yet
    /// written is stored again.
    #[inline(always)]
    fn store(&mut self) {
        let bytes = self.partial.to_be_bytes();
        match self.bytes.get_mut(self.full..self.full + SLACK) {
            Some(room) => room.copy_from_slice(&bytes),
            None => self.grow(bytes),
        }
    }

    #[cold]
    fn grow(&mut self, bytes: [u8; SLACK]) {
        self.bytes.truncate(self.full);
        self.bytes.extend_from_slice(&bytes);
    }

    /// Appends one bit.
    pub(crate) fn put_flag(&mut self, flag: bool) {
        self.put(u64::from(flag), 1);
    }

    /// The bytes, filled with zero bits to a multiple of `bytes` bytes.
    pub(crate) fn into_filled(mut self, bytes: usize) -> Vec<u8> {
        // A word can leave bits that eight bytes had no room for.
        self.store();
        self.bytes.resize(self.position().div_ceil(8).next_multiple_of(bytes), 0);
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use bitvec::prelude::*;
    use proptest::prelude::*;

    /// The same bits as a bitvec, which reads and writes one bit at a time.
    fn naive_put(bits: &mut BitVec<u8, Msb0>, value: u64, width: u32) {
        bits.extend_from_bitslice(&value.view_bits::<Msb0>()[64 - width as usize..]);
    }

    proptest! {
        #[test]
        fn fields_read_back_as_written(
            fields in prop::collection::vec((any::<u64>(), 1..=BitWriter::PUT), 0..60),
            capacity in 0..2000_usize,
        ) {
            let mut writer = BitWriter::with_capacity(capacity);
            let mut naive = BitVec::<u8, Msb0>::new();
            let fields: Vec<_> = fields.iter().map(|&(value, width)| (value >> (64 - width), width)).collect();
            for &(value, width) in &fields {
                writer.put(value, width);
                naive_put(&mut naive, value, width);
                prop_assert_eq!(writer.position(), naive.len());
            }
            let end = writer.position();
            let mut words = BitWriter::with_capacity(0);
            for &(value, width) in &fields {
                words.put_word(value << (64 - width), width);
            }
            let mut bytes = writer.into_filled(3);
            prop_assert_eq!(&words.into_filled(3), &bytes);
            prop_assert_eq!(bytes.len() % 3, 0);
            prop_assert!(bytes.len() * 8 - end < 24);
            naive.resize(bytes.len() * 8, false);
            prop_assert_eq!(&bytes, naive.as_raw_slice());

            bytes.resize(bytes.len() + SLACK, 0);
            let mut reader = BitReader::new(&bytes, end);
            for &(value, width) in &fields {
                prop_assert_eq!(reader.take(width), Ok(value));
            }
            prop_assert_eq!(reader.take(1), Err(DecodeErrorKind::Truncated));
            prop_assert_eq!(reader.left(), 0);
        }

        #[test]
        fn zero_fill_is_told_from_a_single_one(zeros in 0..300_usize, one in 0..300_usize, from in 0..300_usize) {
            let mut bytes = vec![0_u8; 38 + SLACK];
            prop_assume!(from <= zeros);
            prop_assert!(BitReader::new(&bytes, zeros).at(from).is_zero_to_end());
            bytes.view_bits_mut::<Msb0>().set(one, true);
            let expected = !(from..zeros).contains(&one);
            // Past the end there is slack in use, never a one.
            prop_assume!(one < zeros);
            prop_assert_eq!(BitReader::new(&bytes, zeros).at(from).is_zero_to_end(), expected);
        }
    }
}
