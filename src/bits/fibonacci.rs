//! Fibonacci code words: numbers as sums of Fibonacci numbers no two of which are
//! neighbours, least first, closed by one extra 1.
//!
//! 1 is `11`, 4 = 1 + 3 is `1011`, 5 is `00011`.

use super::{BitReader, BitWriter, RangeCode, Span};
use crate::error::DecodeErrorKind;

/// How many digits the code words of 1 to 65535 may have.
const DIGITS: usize = 23;

/// What the digits stand for: 1, 2, 3, 5, 8 ... 46368.
const VALUES: [u32; DIGITS] = {
    let mut values = [1; DIGITS];
    values[1] = 2;
    let mut digit = 2;
    while digit < DIGITS {
        values[digit] = values[digit - 1] + values[digit - 2];
        digit += 1;
    }
    values
};

/// The sum of every eight digits, for digits 0 to 7, 8 to 15 and 16 to 22.
static SUMS: [[u32; 256]; 3] = {
    let mut sums = [[0; 256]; 3];
    let mut eight = 0;
    while eight < 3 {
        let mut digits = 0;
        while digits < 256 {
            let mut place = 0;
            while place < 8 && 8 * eight + place < DIGITS {
                if digits >> (7 - place) & 1 == 1 {
                    sums[eight][digits] += VALUES[8 * eight + place];
                }
                place += 1;
            }
            digits += 1;
        }
        eight += 1;
    }
    sums
};

/// The number whose code word starts at the top of `bits`, and the length of the word.
///
/// `None` where none of 1 to 65535 starts there.
#[inline(always)]
fn leading_word(bits: u64) -> Option<(u32, u32)> {
    // The word ends with the first two ones in a row.
    let digits = (bits & bits << 1).leading_zeros() + 1;
    if digits as usize > DIGITS {
        return None;
    }
    let [a, b, c, ..] = (bits & !(u64::MAX >> digits)).to_be_bytes().map(usize::from);
    let number = SUMS[0][a] + SUMS[1][b] + SUMS[2][c];
    (number <= u32::from(u16::MAX)).then_some((number, digits + 1))
}

/// The code word of a number from 1 on, as its bits and their number.
#[inline]
fn word(number: u16) -> (u64, u32) {
    let mut rest = u32::from(number);
    let digits = digit_count(rest);
    let mut bits = 1_u64;
    for digit in (0..digits).rev() {
        let taken = VALUES[digit] <= rest;
        if taken {
            rest -= VALUES[digit];
        }
        bits |= u64::from(taken) << (digits - digit);
    }
    #[allow(clippy::cast_possible_truncation)]
    (bits, digits as u32 + 1)
}

/// How many digits a number has, from 1 on.
#[inline]
fn digit_count(number: u32) -> usize {
    VALUES.partition_point(|&value| value <= number)
}

/// A range as two Fibonacci code words: the first ID, then the number of IDs.
pub(crate) struct Fibonacci;

impl RangeCode for Fibonacci {
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)]
    fn take(reader: &mut BitReader<'_>) -> Result<Span, DecodeErrorKind> {
        // Both words together have at most 48 bits: one load shows them.
        let bits = reader.peek();
        let ill = |from: u32| {
            // Past the end there are only zeros, so a word cut short never ends.
            let rest = reader.left().saturating_sub(from as usize);
            if rest > DIGITS { DecodeErrorKind::IdTooLarge } else { DecodeErrorKind::Truncated }
        };
        let (first, used) = leading_word(bits).ok_or_else(|| ill(0))?;
        let (count, more) = leading_word(bits << used).ok_or_else(|| ill(used))?;
        let last = first + count - 1;
        if last > u32::from(u16::MAX) {
            return Err(DecodeErrorKind::IdTooLarge);
        }
        reader.skip((used + more) as usize)?;
        Ok(Span { first: first as u16, last: last as u16 })
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    fn width(span: Span) -> u32 {
        let count = u32::from(span.last - span.first) + 1;
        (digit_count(u32::from(span.first)) + digit_count(count)) as u32 + 2
    }

    #[inline]
    fn put(span: Span, writer: &mut BitWriter) {
        let (first, first_bits) = word(span.first);
        // A range from 1 to 65535 has 65535 IDs: the number of IDs fits 16 bits.
        let (count, count_bits) = word(span.last - span.first + 1);
        writer.put(first << count_bits | count, first_bits + count_bits);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    /// The code word by the definition, digit by digit, as text.
    fn naive(number: u32) -> String {
        let mut values = alloc::vec![1, 2];
        while values[values.len() - 1] <= number {
            values.push(values[values.len() - 1] + values[values.len() - 2]);
        }
        let mut rest = number;
        let mut digits = String::new();
        for value in values.into_iter().rev() {
            if value <= rest {
                rest -= value;
                digits.push('1');
            } else if !digits.is_empty() {
                digits.push('0');
            }
        }
        assert_eq!(rest, 0);
        digits.chars().rev().chain(['1']).collect()
    }

    #[test]
    fn every_number_has_the_naive_word() {
        for number in 1..=u16::MAX {
            let (bits, width) = word(number);
            let text = alloc::format!("{bits:0width$b}", width = width as usize);
            assert_eq!(text, naive(number.into()), "{number}");
            // Whatever comes behind the word changes nothing.
            for behind in [0, u64::MAX] {
                let padded = bits << (64 - width) | behind.unbounded_shr(width);
                assert_eq!(leading_word(padded), Some((number.into(), width)), "{number}");
            }
            assert_eq!(digit_count(number.into()) + 1, width as usize);
        }
    }

    #[test]
    fn the_published_words() {
        let cases: [(u16, &str); 4] = [(1, "11"), (2, "011"), (4, "1011"), (5, "00011")];
        for (number, text) in cases {
            assert_eq!(naive(number.into()), text);
        }
    }

    #[test]
    fn words_past_65535_are_refused() {
        for number in (65536..75025).chain([75025, 100_000]) {
            let text = naive(number);
            let bits = text.chars().fold(0_u64, |bits, digit| bits << 1 | u64::from(digit == '1'));
            assert_eq!(leading_word(bits << (64 - text.len())), None, "{number}");
        }
        assert_eq!(leading_word(0), None);
        assert_eq!(leading_word(0xAAAA_AAAA_AAAA_AAAA), None);
    }
}
