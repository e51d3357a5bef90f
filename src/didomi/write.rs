//! Writing a string's bits, each section in the form that was chosen for it.

use alloc::vec::Vec;

use super::choose::{Plan, span, spans};
use super::consent_string::ConsentString;
use super::form::{Encoding, StatusesCode};
use super::header::Header;
use super::section::{Section, Status};
use super::walk::{GroupCode, SixteenBit, entry_of_status};
use crate::bits::{BitWriter, Fibonacci, RangeCode, Runs, Span, put_sums};
use crate::chunks::as_chunks;
use crate::ids::Id;
use crate::ids::IdSet;

/// The bits of a whole string, each section as planned, filled with zeros to groups of 24.
pub(super) fn encode_bits(consent: &ConsentString, plans: &[Plan; 4]) -> Vec<u8> {
    let sections: usize = plans.iter().map(|plan| plan.form().bits()).sum();
    let mut writer = BitWriter::with_capacity(Header::MOST_BITS + sections + 24);
    consent.header.put(&mut writer);
    let [purposes, purposes_li, vendors, vendors_li] = plans;
    put(&consent.purposes, *purposes, &mut writer);
    put(&consent.purposes_li, *purposes_li, &mut writer);
    put(&consent.vendors, *vendors, &mut writer);
    put(&consent.vendors_li, *vendors_li, &mut writer);
    writer.into_filled(3)
}

/// The statuses of a code's groups.
#[inline]
fn groups(code: StatusesCode) -> impl Iterator<Item = Status> {
    code.statuses().map_or([None; 2], |statuses| statuses.groups).into_iter().flatten()
}

/// Writes a section.
fn put<I: Id>(section: &Section<I>, plan: Plan, writer: &mut BitWriter) {
    let form = plan.form();
    let start = writer.position();
    match (form.encoding, form.statuses) {
        (Encoding::Ranges, Some(code)) => put_groups::<I, SixteenBit>(section, code, writer),
        (Encoding::Fibonacci, Some(code)) => put_groups::<I, Fibonacci>(section, code, writer),
        _ => put_bit_field(section, plan, writer),
    }
    debug_assert_eq!(writer.position() - start, form.bits(), "as wide as planned");
}

fn put_groups<I: Id, C: GroupCode>(
    section: &Section<I>,
    code: StatusesCode,
    writer: &mut BitWriter,
) {
    writer.put(C::BITS << 4 | u64::from(code.bits()), 2 + 4);
    for status in groups(code) {
        match status {
            Status::Enabled => put_ranges::<C>(section.enabled().ranges().map(span), writer),
            Status::Disabled => put_ranges::<C>(section.disabled().ranges().map(span), writer),
            Status::Undefined => {
                // Counted first: the number stands before the ranges.
                let gaps: Vec<Span> = spans(section, status).collect();
                put_ranges::<C>(gaps.into_iter(), writer);
            }
        }
    }
}

#[inline]
fn put_ranges<C: RangeCode>(spans: impl ExactSizeIterator<Item = Span>, writer: &mut BitWriter) {
    // At most every second ID starts a range, so their number fits.
    writer.put(spans.len() as u64, 16);
    spans.for_each(|span| C::put(span, writer));
}

fn put_bit_field<I: Id>(section: &Section<I>, plan: Plan, writer: &mut BitWriter) {
    let (first, count) = plan.bit_field_ids();
    // All in one: the encoding's two bits, `StartFromOne`, where the field starts, its length.
    if plan.form().encoding == Encoding::BitField {
        writer.put(u64::from(first) << 16 | u64::from(count), 2 + 1 + 16 + 16);
    } else {
        writer.put(1 << 16 | u64::from(count), 2 + 1 + 16);
    }
    if count <= ENTRIES {
        writer.put_word(entries(section, first), 2 * u32::from(count));
    } else {
        put_toggled(section, first, count, writer);
    }
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
