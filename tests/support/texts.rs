//! Strategies for texts, most of which are good: bits put together field by field.

use bitvec::prelude::*;
use proptest::prelude::*;
use proptest::sample::select;

const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

type Bits = BitVec<u8, Msb0>;

fn number(value: u64, width: usize) -> Bits {
    value.view_bits::<Msb0>()[64 - width..].iter().by_vals().collect()
}

fn fibonacci(mut value: u64) -> Bits {
    let mut terms = vec![1, 2];
    while terms[terms.len() - 1] <= value {
        terms.push(terms[terms.len() - 1] + terms[terms.len() - 2]);
    }
    let mut bits = Bits::new();
    for term in terms.into_iter().rev() {
        let taken = term <= value;
        value -= if taken { term } else { 0 };
        if taken || !bits.is_empty() {
            bits.push(taken);
        }
    }
    bits.reverse();
    bits.push(true);
    bits
}

fn joined(parts: impl IntoIterator<Item = Bits>) -> Bits {
    parts.into_iter().flatten().collect()
}

/// The bits of a bit field, most of the time a good one.
fn bit_field() -> impl Strategy<Value = Bits> {
    let entry = prop_oneof![60 => select(vec![0, 1, 2]), 1 => Just(3)];
    let start = prop_oneof![4 => Just(None), 4 => (1..300_u64).prop_map(Some), 1 => (0..=0xFFFF_u64).prop_map(Some)];
    let entries = prop::collection::vec(entry.prop_map(|entry| number(entry, 2)), 0..30);
    (start, entries).prop_map(|(start, entries)| {
        let head = start.map_or_else(|| number(1, 1), |start| number(start, 17));
        joined([number(0b00, 2), head, number(entries.len() as u64, 16), joined(entries)])
    })
}

/// The bits of groups of ranges, most of the time good ones: each range starts a little
/// behind the one before, of whichever group.
fn groups() -> impl Strategy<Value = Bits> {
    let code = prop_oneof![Just(0b0000), Just(0b1100), 0..16_u64];
    let gap = prop_oneof![20 => 1..5_u64, 3 => 1..3000_u64, 1 => Just(0)];
    let length = prop_oneof![8 => 1..4_u64, 4 => 1..2000_u64, 1 => Just(0)];
    let ranges = prop::collection::vec((any::<bool>(), gap, length), 0..8);
    let slip = prop_oneof![20 => Just(0), 1 => 0..3_u64];
    (any::<bool>(), code, ranges, slip).prop_map(|(fib, code, ranges, slip)| {
        let two = code >> 2 != code & 3;
        let mut groups = [(0, Bits::new()), (0, Bits::new())];
        let mut last = 0;
        for (second, gap, length) in ranges {
            let first = last + gap;
            // Fibonacci code words have no zero: where the other code would have one, one less.
            let (first, length) = if fib { (first.max(1), length.max(1)) } else { (first, length) };
            last = (first + length).saturating_sub(1);
            let (count, bits) = &mut groups[usize::from(second && two)];
            *count += 1;
            bits.extend(match (fib, length) {
                (true, _) => joined([fibonacci(first), fibonacci(length)]),
                (false, 1) => joined([number(1, 1), number(first, 16)]),
                (false, _) => joined([number(0, 1), number(first, 16), number(last, 16)]),
            });
        }
        let encoding = if fib { 0b10 } else { 0b01 };
        let groups = groups.into_iter().take(1 + usize::from(two));
        let groups = groups.map(|(count, bits)| joined([number(count + slip, 16), bits]));
        joined([number(encoding, 2), number(code, 4), joined(groups)])
    })
}

/// Bits as the text of sections, filled up with zeros.
fn sections_text(mut bits: Bits) -> String {
    bits.resize(bits.len().next_multiple_of(24), false);
    let value =
        |six: &BitSlice<u8, Msb0>| six.iter().fold(0, |all, bit| all << 1 | usize::from(*bit));
    bits.chunks(6).map(|six| char::from(ALPHABET[value(six)])).collect()
}

/// Texts with a good header, bits behind it that are good more often than not, and tokens.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let dates = number(0x0123_4567_89AB_CDEF, 64);
    let header = select(vec![
        (number(1, 6), Bits::new()),
        (number(2, 6), number(1 << 1, 17)),
        (number(2, 6), joined([number(1 << 1 | 1, 17), number(99, 36)])),
    ])
    .prop_map(move |(version, edition)| {
        joined([version, dates.clone(), dates.clone(), number(77, 36), number(78, 36), edition])
    });
    let section = || prop_oneof![bit_field(), groups(), Just(number(1 << 16, 19))];
    let sections = prop::collection::vec(section(), 4);
    let flip = prop_oneof![5 => Just(None), 1 => any::<prop::sample::Index>().prop_map(Some)];
    let tail = prop_oneof![6 => Just(String::new()), 6 => "(\\.[!#$&-+/-:<-\\[\\]-}-]{0,5}){0,3}(~[a-z]{0,3})?", 1 => "(\\.[!-\\-/-}]{0,5}){0,3}", 1 => "[~.a ]{1,6}"];
    (header, sections, flip, tail).prop_map(|(header, sections, flip, tail)| {
        let mut bits = joined([header, joined(sections)]);
        if let Some(flip) = flip {
            let place = flip.index(bits.len());
            let bit = bits[place];
            bits.set(place, !bit);
        }
        sections_text(bits) + &tail
    })
}

/// A text with one change: characters replaced, put in or taken out.
pub(crate) fn changed(text: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let characters = prop_oneof![8 => "[A-Za-z0-9_-]{0,4}", 1 => "[.~=+/ é]"];
    (text, any::<prop::sample::Index>(), 0..5_usize, characters).prop_map(
        |(text, place, taken, put)| {
            let start = place.index(text.len() + 1);
            let end = (start + taken).min(text.len());
            if text.is_char_boundary(start) && text.is_char_boundary(end) {
                format!("{}{put}{}", &text[..start], &text[end..])
            } else {
                text
            }
        },
    )
}
