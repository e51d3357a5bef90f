//! Texts that make as much of as few characters as each encoding allows.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bitvec::prelude::*;

/// Bits, most significant first.
#[derive(Clone, Default)]
struct Bits(BitVec<u8, Msb0>);

impl Bits {
    fn put(&mut self, value: usize, width: usize) {
        self.0.extend((0..width).rev().map(|place| value >> place & 1 == 1));
    }

    /// A Fibonacci code word.
    fn put_fibonacci(&mut self, number: usize) {
        let mut values = vec![1, 2];
        while values[values.len() - 1] <= number {
            values.push(values[values.len() - 2] + values[values.len() - 1]);
        }
        let (mut rest, mut digits) = (number, Vec::new());
        for &value in values[..values.len() - 1].iter().rev() {
            let taken = value <= rest && (rest > 0);
            rest -= if taken { value } else { 0 };
            digits.push(taken);
        }
        while digits.first() == Some(&false) {
            digits.remove(0);
        }
        self.0.extend(digits.into_iter().rev());
        self.0.push(true);
    }
}

/// A code of ranges, its two bits and how one range is put.
type Code = (&'static str, usize, fn(&mut Bits, usize, usize));

const CODES: [Code; 2] = [
    ("ranges", 0b01, |bits, first, last| {
        bits.put(usize::from(first == last), 1);
        bits.put(first, 16);
        if first < last {
            bits.put(last, 16);
        }
    }),
    ("fibonacci", 0b10, |bits, first, last| {
        bits.put_fibonacci(first);
        bits.put_fibonacci(last - first + 1);
    }),
];

/// Hostile Didomi Consent Strings, by name; each of the four sections has about `entries`
/// entries, up to 32767.
pub(crate) fn didomi(entries: usize) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (name, statuses) in [("alternating", [0b10, 0b01]), ("gaps", [0b10, 0b00])] {
        let mut section = Bits::default();
        section.put(0b001, 3);
        section.put(entries, 16);
        for id in 0..entries {
            section.put(statuses[id % 2], 2);
        }
        texts.push((format!("bit field, {name}"), didomi_text(&section)));
    }
    for (code, bits, put) in CODES {
        let mut add = |name: &str, statuses: usize, groups: &[&[usize]]| {
            let mut section = Bits::default();
            section.put(bits, 2);
            section.put(statuses, 4);
            for group in groups {
                section.put(group.len(), 16);
                for &id in *group {
                    put(&mut section, id, id);
                }
            }
            texts.push((format!("{code}, {name}"), didomi_text(&section)));
            section.put(0b11, 2);
            texts.push((format!("{code}, {name}, then an error"), didomi_text(&section)));
        };
        let odd: Vec<usize> = (0..entries).map(|index| 2 * index + 1).collect();
        let even: Vec<usize> = (0..entries).map(|index| 2 * index + 2).collect();
        let all: Vec<usize> = (1..=entries).collect();
        add("single IDs", 0b0000, &[&odd]);
        add("single IDs that touch", 0b0000, &[&all]);
        add("two groups", 0b0001, &[&odd, &even]);
        add("disabled between undefined", 0b1100, &[&even, &[2 * entries + 1]]);
        add("enabled between undefined", 0b1101, &[&even, &[2 * entries + 1]]);
        add("IDs far apart", 0b0001, &[&[1], &[65535]]);
        add("disabled up to an undefined ID", 0b1100, &[&[2, 65535], &[1]]);
        add("two groups that overlap", 0b0001, &[&odd, &odd[entries - 1..]]);

        let mut promise = Bits::default();
        promise.put(bits, 2);
        promise.put(0b0000, 4);
        promise.put(0xFFFF, 16);
        for &id in &odd {
            put(&mut promise, id, id);
        }
        texts.push((format!("{code}, 65535 promised"), didomi_text(&promise)));
    }
    let header = didomi_text(&Bits::default());
    texts.push(("zero fill".into(), header.clone() + &"A".repeat(entries)));
    texts.push(("tokens".into(), format!("{header}.{}..", "x".repeat(entries))));
    texts.push(("dots".into(), header + &".".repeat(entries)));
    texts
}

/// A version 1 with the same section four times.
fn didomi_text(section: &Bits) -> String {
    let mut bits = Bits::default();
    bits.put(1, 6);
    bits.0.resize(6 + 128 + 36 + 36, false);
    for _ in 0..4 {
        bits.0.extend_from_bitslice(&section.0);
    }
    bits.0.resize(bits.0.len().next_multiple_of(24), false);
    URL_SAFE_NO_PAD.encode(bits.0.into_vec())
}

/// Hostile TC strings, by name; each vendor section has `entries` entries, and there are as
/// many restrictions. There are bit fields only from 4096 on, which ranges can't count to.
pub(crate) fn tcf(entries: usize) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for step in [2, 3] {
        let mut field = Bits::default();
        field.put(entries, 16);
        field.put(0, 1);
        (0..entries).for_each(|id| field.put(usize::from(id % step == 0), 1));
        texts.push((format!("bit field, one in {step}"), tcf_text(&field, &Bits::default())));
    }
    if entries > 4095 {
        return texts;
    }
    let rising: Vec<(usize, usize)> =
        (0..entries).map(|index| (3 * index + 1, 3 * index + 1 + index % 2)).collect();
    let single: Vec<_> = (0..entries).map(|index| (2 * index + 1, 2 * index + 1)).collect();
    let touching: Vec<_> = (1..=entries).map(|id| (id, id)).collect();
    let falling: Vec<_> = single.iter().rev().copied().collect();
    // Every other one falls into a gap that the one before has left.
    let shuffled: Vec<_> = (0..entries).map(|index| single[index * 7919 % entries]).collect();
    let nested: Vec<_> = (0..entries).map(|index| (entries - index, entries + index)).collect();
    for (name, ranges) in [
        ("rising", rising),
        ("single", single.clone()),
        ("touching", touching),
        ("falling", falling),
        ("shuffled", shuffled),
        ("nested", nested),
    ] {
        let mut section = Bits::default();
        section.put(65535, 16);
        section.put(1, 1);
        put_tcf_ranges(&mut section, entries, &ranges);
        texts.push((format!("{name} ranges"), tcf_text(&section, &Bits::default())));
        let restriction = one_restriction(&ranges);
        texts.push((format!("{name} ranges in a restriction"), tcf_text(&none(), &restriction)));
    }
    for vendors in 0..=8 {
        let mut restrictions = Bits::default();
        restrictions.put(entries, 12);
        for index in 0..entries {
            restrictions.put(index % 24 + 1, 6);
            restrictions.put(index % 4, 2);
            put_tcf_ranges(&mut restrictions, vendors, &single[..vendors.min(entries)]);
        }
        let name = format!("restrictions on {vendors}");
        texts.push((name, tcf_text(&none(), &restrictions)));
    }
    let mut promise = Bits::default();
    promise.put(65535, 16);
    promise.put(1, 1);
    put_tcf_ranges(&mut promise, 4095, &single);
    texts.push(("4095 ranges promised".into(), tcf_text(&promise, &Bits::default())));
    let mut promise = Bits::default();
    promise.put(4095, 12);
    texts.push(("4095 restrictions promised".into(), tcf_text(&none(), &promise)));
    let core = tcf_text(&none(), &Bits::default());
    let core = core.split('.').next().unwrap();
    texts.push(("dots".into(), core.to_owned() + &".".repeat(entries)));
    texts.push(("fill".into(), core.to_owned() + &"A".repeat(entries)));
    texts
}

/// A section of no vendors.
fn none() -> Bits {
    let mut section = Bits::default();
    section.put(0, 17);
    section
}

fn one_restriction(ranges: &[(usize, usize)]) -> Bits {
    let mut restriction = Bits::default();
    restriction.put(1, 12);
    restriction.put(1, 6);
    restriction.put(0, 2);
    put_tcf_ranges(&mut restriction, ranges.len(), ranges);
    restriction
}

fn put_tcf_ranges(bits: &mut Bits, count: usize, ranges: &[(usize, usize)]) {
    bits.put(count, 12);
    for &(first, last) in ranges {
        bits.put(usize::from(first != last), 1);
        bits.put(first, 16);
        if first != last {
            bits.put(last, 16);
        }
    }
}

/// A TC string with the same vendor section four times; no restrictions for no bits.
fn tcf_text(section: &Bits, restrictions: &Bits) -> String {
    let mut core = Bits::default();
    core.put(2, 6);
    core.0.resize(213, false);
    core.0.extend_from_bitslice(&section.0);
    core.0.extend_from_bitslice(&section.0);
    if restrictions.0.is_empty() {
        core.put(0, 12);
    }
    core.0.extend_from_bitslice(&restrictions.0);
    let segments = [1, 2].map(|kind| {
        let mut segment = Bits::default();
        segment.put(kind, 3);
        segment.0.extend_from_bitslice(&section.0);
        segment
    });
    let texts = [core].into_iter().chain(segments).map(|mut bits| {
        bits.0.resize(bits.0.len().next_multiple_of(24), false);
        URL_SAFE_NO_PAD.encode(bits.0.into_vec())
    });
    texts.collect::<Vec<_>>().join(".")
}
