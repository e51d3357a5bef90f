//! Fibonacci code words: numbers as sums of Fibonacci numbers no two of which are
//! neighbours, least first, closed by one extra 1.
//!
//! 1 is `11`, 4 = 1 + 3 is `1011`, 5 is `00011`.
//!
//! Both directions go by tables, made here from the definition.
#![allow(clippy::cast_possible_truncation)] // all numbers of the tables fit by construction

use super::{BitReader, BitWriter, RangeCode, Sink, Span, Value};
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
    (number <= 0xFFFF).then_some((number, digits + 1))
}

/// A code word: its bits, and how many there are.
type Word = (u32, u32);

/// The code word of a number from 1 on.
#[inline(always)]
fn word(number: u16) -> Word {
    if let Some(&(bits, width)) = WORDS.get(usize::from(number)) {
        return (bits.into(), width.into());
    }
    // The sums of high digits are far apart, so the table is off by one at the most.
    let mut high = usize::from(HIGH_OF[usize::from(number / HIGH_STEP)]);
    high += usize::from(HIGH[high + 1].sum <= u32::from(number));
    let High { sum, bits, width } = HIGH[high];
    let low = u32::from(LOW[usize::from(number) - sum as usize]);
    (low << width | u32::from(bits), LOW_DIGITS as u32 + u32::from(width))
}

/// How many digits stand for the numbers below 377, which [`LOW`] has.
const LOW_DIGITS: usize = 12;

/// The code words of the numbers below 377, but for 0, which has none.
static WORDS: [(u16, u8); VALUES[LOW_DIGITS] as usize] = {
    let mut words = [(0, 0); VALUES[LOW_DIGITS] as usize];
    let mut number = 1;
    while number < words.len() {
        let (bits, width) = naive_word(number as u32);
        words[number] = (bits as u16, width as u8);
        number += 1;
    }
    words
};

/// The low digits of each number below 377, digit 0 at the top of 12 bits.
static LOW: [u16; VALUES[LOW_DIGITS] as usize] = {
    let mut low = [0; VALUES[LOW_DIGITS] as usize];
    let mut number = 0;
    while number < low.len() {
        low[number] = naive_digits(number as u32, LOW_DIGITS) as u16;
        number += 1;
    }
    low
};

/// A sum of high digits.
#[derive(Clone, Copy)]
struct High {
    sum: u32,
    /// The end of a code word, from digit 12 on.
    bits: u16,
    width: u8,
}

/// How many sums of high digits there are up to 65535; one more is past it.
const HIGH_COUNT: usize = 204;

/// The sums of high digits, rising.
static HIGH: [High; HIGH_COUNT] = {
    let mut high = [High { sum: u32::MAX, bits: 0, width: 0 }; HIGH_COUNT];
    // No high digit: all numbers of which that is true are in WORDS.
    high[0].sum = 0;
    let (mut found, mut number) = (1, VALUES[LOW_DIGITS]);
    while number <= u16::MAX as u32 {
        if naive_digits(number, DIGITS) >> (DIGITS - LOW_DIGITS) == 0 {
            let (bits, width) = naive_word(number);
            high[found] =
                High { sum: number, bits: bits as u16, width: width as u8 - LOW_DIGITS as u8 };
            found += 1;
            // No other sum is nearer than the highest low digit.
            number += VALUES[LOW_DIGITS - 1];
        } else {
            number += 1;
        }
    }
    high
};

const HIGH_STEP: u16 = 128;

/// For every 128th number, which sum of high digits is the highest up to it.
static HIGH_OF: [u8; 1 << 16 >> 7] = {
    let mut high_of = [0; 1 << 16 >> 7];
    let (mut step, mut high) = (0, 0);
    while step < high_of.len() {
        while HIGH[high as usize + 1].sum <= step as u32 * HIGH_STEP as u32 {
            high += 1;
        }
        high_of[step] = high;
        step += 1;
    }
    high_of
};

/// The code word of a number, from 1 on, by the definition.
const fn naive_word(number: u32) -> Word {
    let digits = naive_digits(number, DIGITS);
    // Behind the last digit that is one, only the extra one is left.
    let unused = digits.trailing_zeros();
    (digits >> unused << 1 | 1, DIGITS as u32 - unused + 1)
}

/// The digits of a number, digit 0 at the top of `digits` bits, by the definition.
const fn naive_digits(mut number: u32, digits: usize) -> u32 {
    let mut bits = 0;
    let mut digit = digits;
    while digit > 0 {
        digit -= 1;
        if VALUES[digit] <= number {
            number -= VALUES[digit];
            bits |= 1 << (digits - 1 - digit);
        }
    }
    bits
}

/// How many digits a number has, from 1 on.
#[inline(always)]
fn digit_count(number: u16) -> u32 {
    if let Some(&digits) = FEW_DIGITS.get(usize::from(number)) {
        return u32::from(digits);
    }
    // From 256 on, values are more than 128 apart.
    let (digits, last) = MANY_DIGITS[usize::from(number / HIGH_STEP)];
    u32::from(digits) + u32::from(number > last)
}

/// How many digits each number below 256 has.
static FEW_DIGITS: [u8; 256] = {
    let mut few = [0; 256];
    let mut number = 1;
    while number < 256 {
        few[number] = naive_digit_count(number as u32) as u8;
        number += 1;
    }
    few
};

/// How many digits each 128th number has, and the last number that has so many.
static MANY_DIGITS: [(u8, u16); 1 << 16 >> 7] = {
    let mut many = [(0, u16::MAX); 1 << 16 >> 7];
    let mut step = 0;
    while step < many.len() {
        let digits = naive_digit_count(step as u32 * HIGH_STEP as u32);
        // Up to 65535, which has as many digits as 46368, nothing has more.
        let last = if digits < DIGITS { VALUES[digits] as u16 - 1 } else { u16::MAX };
        many[step] = (digits as u8, last);
        step += 1;
    }
    many
};

/// How many digits a number has, by the definition.
const fn naive_digit_count(number: u32) -> usize {
    let mut digits = 0;
    while digits < DIGITS && VALUES[digits] <= number {
        digits += 1;
    }
    digits
}

/// Reads a code word; the number that it stands for, from 1 on.
#[cfg(feature = "gpp")]
pub(crate) fn take_number(reader: &mut BitReader<'_>) -> Result<u16, DecodeErrorKind> {
    let Some((number, width)) = leading_word(reader.peek()) else {
        // Past the end there are only zeros, so a word cut short never ends.
        let is_cut = reader.left() <= DIGITS;
        return Err(if is_cut { DecodeErrorKind::Truncated } else { DecodeErrorKind::IdTooLarge });
    };
    reader.skip(width as usize)?;
    Ok(number as u16)
}

/// How many bits the code word of a number from 1 on has.
#[cfg(feature = "gpp")]
pub(crate) fn number_width(number: u16) -> usize {
    digit_count(number) as usize + 1
}

/// Writes the code word of a number from 1 on.
#[cfg(feature = "gpp")]
pub(crate) fn put_number(number: u16, writer: &mut BitWriter) {
    let (bits, width) = word(number);
    writer.put(bits.into(), width);
}

/// A range as two Fibonacci code words: the first ID, then the number of IDs.
pub(crate) struct Fibonacci;

impl RangeCode for Fibonacci {
    const LEAST: u32 = 4;

    #[inline(always)]
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

    fn tell(start: usize, end: usize, span: Span, sink: &mut impl Sink) {
        let count = start + digit_count(span.first) as usize + 1;
        sink.field("start", start, count, Value::Id(span.first.into()));
        sink.field("number_of_ids", count, end, Value::Count(span.last - span.first + 1, "ID"));
    }

    #[inline]
    fn width(span: Span) -> u32 {
        let count = span.last - span.first + 1;
        digit_count(span.first) + digit_count(count) + 2
    }

    fn least_width(count: usize, sixteenths: impl Iterator<Item = Span>) -> u32 {
        // First IDs rise, so of every sixteen the first has the shortest word; every number of
        // IDs has a word of two bits or more.
        let words = sixteenths
            .enumerate()
            .map(|(index, span)| (digit_count(span.first) + 1) * 16.min(count - 16 * index) as u32);
        words.sum::<u32>() + 2 * count as u32
    }

    #[inline(always)]
    fn put(span: Span, writer: &mut BitWriter) {
        let (first, first_bits) = word(span.first);
        // A range from 1 to 65535 has 65535 IDs: the number of IDs fits 16 bits.
        let (count, count_bits) = word(span.last - span.first + 1);
        let bits = u64::from(first) << count_bits | u64::from(count);
        writer.put(bits, first_bits + count_bits);
    }
}

#[cfg(test)]
mod tests {
    use super::super::SLACK;
    use super::*;
    use alloc::string::String;
    use alloc::vec::Vec;

    #[cfg(feature = "gpp")]
    #[test]
    fn a_number_without_an_end_is_cut_off_or_too_large() {
        let zeros = [0; 3 + SLACK];
        for (left, kind) in
            [(DIGITS, DecodeErrorKind::Truncated), (DIGITS + 1, DecodeErrorKind::IdTooLarge)]
        {
            assert_eq!(take_number(&mut BitReader::new(&zeros, left)), Err(kind));
        }
    }

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
                let padded = u64::from(bits) << (64 - width) | behind >> width;
                assert_eq!(leading_word(padded), Some((number.into(), width)), "{number}");
            }
            assert_eq!(digit_count(number) + 1, width);
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
    #[test]
    fn zeros_are_a_cut_word_until_no_word_has_so_many() {
        // The longest word has 23 digits and a one: as many bits that hold no word are no cut one.
        for (before, bits) in [(0, 0), (2, 0b11 << 62)] {
            let bytes = u64::to_be_bytes(bits).into_iter().chain([0; SLACK]).collect::<Vec<_>>();
            for zeros in 0..40 {
                let mut reader = BitReader::new(&bytes, before + zeros);
                let expected = match zeros {
                    0..=23 => DecodeErrorKind::Truncated,
                    _ => DecodeErrorKind::IdTooLarge,
                };
                assert_eq!(Fibonacci::take(&mut reader), Err(expected), "{before}, {zeros}");
            }
        }
    }
}
