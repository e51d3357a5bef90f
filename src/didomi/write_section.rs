//! Writing a section's bits, in the form that was chosen for it.

use alloc::vec::Vec;

use super::bit_field::entry_of_status;
use super::choose_encoding::{Plan, span, spans};
use super::encoding::Encoding;
use super::groups::{Group, GroupCode, SixteenBit};
use super::section::Section;
use super::section_bits::CheckedSection;
use super::status::Status;
use super::statuses_code::StatusesCode;
use crate::bits::{BitWriter, Fibonacci, RangeCode, Runs, Span, put_sums};
use crate::chunks::as_chunks;
use crate::ids::{Id, IdSet};

/// Writes a section, and says what now stands where.
pub(super) fn put<I: Id>(
    section: &Section<I>,
    plan: Plan,
    writer: &mut BitWriter,
) -> CheckedSection {
    let form = plan.form();
    let start = writer.position();
    let (groups, edge) = match (form.encoding, form.statuses) {
        (Encoding::Fibonacci, Some(code)) => put_groups::<I, Fibonacci>(section, code, writer),
        (_, Some(code)) => put_groups::<I, SixteenBit>(section, code, writer),
        (_, None) => put_bit_field(section, plan, writer),
    };
    debug_assert_eq!(writer.position() - start, form.bits(), "as wide as planned");
    CheckedSection { form, groups, edge }
}

fn put_groups<I: Id, C: GroupCode>(
    section: &Section<I>,
    code: StatusesCode,
    writer: &mut BitWriter,
) -> ([Group; 2], u16) {
    writer.put(C::BITS << 4 | u64::from(code.bits()), 2 + 4);
    let mut groups = [Group::default(); 2];
    for (group, status) in groups.iter_mut().zip(code.known().groups) {
        let Some(status) = status else { continue };
        *group = match status {
            Status::Enabled => put_ranges::<C>(section.enabled().ranges().map(span), writer),
            Status::Disabled => put_ranges::<C>(section.disabled().ranges().map(span), writer),
            Status::Undefined => {
                // Counted first: the number stands before the ranges.
                let gaps: Vec<Span> = spans(section, status).collect();
                put_ranges::<C>(gaps.into_iter(), writer)
            }
        };
    }
    // Whatever the code, the highest ID that is enabled or disabled is in a range.
    let highest = section.bounds().map_or(0, |(_, last, _)| last.get());
    (groups, highest)
}

#[inline]
fn put_ranges<C: RangeCode>(
    spans: impl ExactSizeIterator<Item = Span>,
    writer: &mut BitWriter,
) -> Group {
    let count = u16::try_from(spans.len()).expect("at most every second ID starts a range");
    writer.put(count.into(), 16);
    let group = Group::new(writer.position(), count);
    spans.for_each(|span| C::put(span, writer));
    group
}

fn put_bit_field<I: Id>(
    section: &Section<I>,
    plan: Plan,
    writer: &mut BitWriter,
) -> ([Group; 2], u16) {
    let (first, count) = plan.bit_field_ids();
    // All in one: the encoding's two bits, `StartFromOne`, where the field starts, its length.
    if plan.form().encoding == Encoding::BitField {
        writer.put(u64::from(first) << 16 | u64::from(count), 2 + 1 + 16 + 16);
    } else {
        writer.put(1 << 16 | u64::from(count), 2 + 1 + 16);
    }
    let statuses = Group::new(writer.position(), count);
    if count <= ENTRIES {
        writer.put_word(entries(section, first), 2 * u32::from(count));
    } else {
        put_toggled(section, first, count, writer);
    }
    ([statuses, Group::default()], first)
}

/// How many entries of a bit field fit a word.
const ENTRIES: u16 = 32;

/// The sets of a section, and the entry of a bit field that their IDs have.
fn sets<I: Id>(section: &Section<I>) -> [(&IdSet<I>, u64); 2] {
    [
        (section.enabled(), entry_of_status(Status::Enabled)),
        (section.disabled(), entry_of_status(Status::Disabled)),
    ]
}

/// The entries of a bit field that fit a word, the first at its top.
#[inline]
fn entries<I: Id>(section: &Section<I>, first: u16) -> u64 {
    // Entries from an ID on, to the end of the word.
    let from = |id: u32| u64::MAX.checked_shr(2 * (id - u32::from(first))).unwrap_or(0);
    let mut word = 0;
    for (set, entry) in sets(section) {
        for range in set.ranges() {
            word |= (from(range.start()) ^ from(range.end())) & (entry * Runs::<2>::EACH);
        }
    }
    word
}

/// Writes the entries of a bit field, all of them at once.
///
/// Where a run of enabled or of disabled IDs starts and where it ends, its entry is toggled in
/// a byte of its own.
fn put_toggled<I: Id>(section: &Section<I>, first: u16, count: u16, writer: &mut BitWriter) {
    // One more than there are: a run may end behind the last.
    let words = usize::from(count / ENTRIES) + 1;
    let mut toggles = alloc::vec![0_u8; words * usize::from(ENTRIES)];
    let start = u32::from(first);
    for (set, entry) in sets(section) {
        #[allow(clippy::cast_possible_truncation)] // two bits
        let entry = entry as u8;
        for range in set.ranges() {
            toggles[(range.start() - start) as usize] ^= entry;
            toggles[(range.end() - start) as usize] ^= entry;
        }
    }
    let (words, _) = as_chunks(&toggles);
    put_sums::<2>(words.map(gather), count, writer);
}

/// The two low bits of each of 32 bytes, the first one's at the top.
#[inline]
fn gather(bytes: &[u8; ENTRIES as usize]) -> u64 {
    let (eights, _) = as_chunks::<8, _>(bytes);
    eights.fold(0, |gathered, eight| {
        // Brings ever larger groups side by side.
        let bits = u64::from_be_bytes(*eight);
        let pairs = (bits | bits >> 6) & 0x000F_000F_000F_000F;
        // Of four times the four pairs, all side by side, one time they stand in a row.
        let rows = pairs.wrapping_mul(1 << 36 | 1 << 24 | 1 << 12 | 1);
        gathered << 16 | rows >> 36 & 0xFFFF
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bits::put_entries;
    use crate::didomi::VendorId;
    use proptest::prelude::*;

    /// Run by run.
    fn naive<I: Id>(section: &Section<I>, first: u16, writer: &mut BitWriter) {
        for (range, status) in section.all_runs() {
            // All IDs below the first one are undefined.
            if range.start() >= u32::from(first) {
                put_entries::<2>(entry_of_status(status), range.len(), writer);
            }
        }
    }

    proptest! {
        #[test]
        fn bit_fields_are_those_written_run_by_run(
            start in 0..300_u16,
            ranges in prop::collection::vec((1..700_u16, 0..40_u16, 0..3_u8), 1..60),
            scale in prop_oneof![Just(1), Just(30)],
        ) {
            let mut section = Section::<VendorId>::new();
            for (first, more, status) in ranges {
                let status = [Status::Enabled, Status::Disabled, Status::Undefined][usize::from(status)];
                let id = |number| VendorId::new(number).unwrap();
                let first = start + first.div_ceil(scale);
                section.set_range(id(first)..=id(first + more / scale), status);
            }
            for encoding in [Encoding::BitFieldFromOne, Encoding::BitField] {
                let Some((first, last, _)) = section.bounds() else { continue };
                let first = if encoding == Encoding::BitField { first.get() } else { 1 };
                let count = last.get() - first + 1;
                let mut simple = BitWriter::with_capacity(0);
                simple.put(0b101, 3);
                naive(&section, first, &mut simple);
                let written = simple.position();
                let simple = simple.into_filled(1);

                let mut toggled = BitWriter::with_capacity(0);
                toggled.put(0b101, 3);
                put_toggled(&section, first, count, &mut toggled);
                prop_assert_eq!(toggled.position(), written);
                prop_assert_eq!(&toggled.into_filled(1), &simple);

                if count <= ENTRIES {
                    let mut word = BitWriter::with_capacity(0);
                    word.put(0b101, 3);
                    word.put_word(entries(&section, first), 2 * u32::from(count));
                    prop_assert_eq!(word.position(), written);
                    prop_assert_eq!(&word.into_filled(1), &simple);
                }
            }
        }
    }
}
