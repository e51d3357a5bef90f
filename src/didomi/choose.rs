//! Which encoding a section is written in, and writing it.
//!
//! Didomi's documentation says that each section takes the smallest encoding. The order in
//! which ties are broken, and that a section without any ID is the empty bit field, are
//! inferred: with them both real strings known come back byte for byte.

use alloc::vec::Vec;

use super::consent_string::ConsentString;
use super::form::{Encoding, SectionForm, SectionKind, StatusesCode};
use super::options::{EncodeOptions, InferredCodes};
use super::section::{Section, Status};
use super::walk::{SixteenBit, entry_of_status};
use crate::bits::{BitWriter, Fibonacci, RangeCode, Span, put_entries};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::id::Id;
use crate::id_set::{IdRange, IdSet};

/// How a section is going to be written.
#[derive(Clone, Copy)]
pub(super) struct Plan(SectionForm);

impl Plan {
    /// The smallest form that is documented or seen.
    pub(super) fn canonical<I: Id>(section: &Section<I>) -> Self {
        let shape = Shape::of(section);
        let Some(best) = smallest(section, &shape, InferredCodes::Refuse, None) else {
            // Never so: the bit field from 1 holds every section.
            return Self(bit_field_form(Encoding::BitFieldFromOne, u16::MAX));
        };
        Self(best)
    }

    /// The smallest form that the options allow.
    pub(super) fn choose<I: Id>(
        section: &Section<I>,
        kind: SectionKind,
        options: &EncodeOptions,
    ) -> Result<Self, EncodeError> {
        smallest(
            section,
            &Shape::of(section),
            options.inferred_codes,
            options.forced[kind as usize],
        )
        .map(Self)
        .ok_or_else(|| EncodeError::new(EncodeErrorKind::NotEncodable, kind.name()))
    }

    pub(super) const fn form(self) -> SectionForm {
        self.0
    }
}

/// The smallest form of a section, if a forced encoding can hold it; of equal ones the first
/// in the order of [`Encoding`] and of [`Shape::codes`].
#[inline]
fn smallest<I: Id>(
    section: &Section<I>,
    shape: &Shape,
    inferred: InferredCodes,
    forced: Option<Encoding>,
) -> Option<SectionForm> {
    let allowed = |encoding| forced.is_none_or(|forced| forced == encoding);
    let mut best: Option<SectionForm> = None;
    for encoding in [Encoding::BitFieldFromOne, Encoding::BitField] {
        if let Some((_, count)) = shape.bit_field(encoding).filter(|_| allowed(encoding)) {
            let form = bit_field_form(encoding, count);
            best = best.filter(|best| best.bits <= form.bits).or(Some(form));
        }
    }
    for encoding in [Encoding::Ranges, Encoding::Fibonacci] {
        if !allowed(encoding) {
            continue;
        }
        for code in shape.codes(inferred).into_iter().flatten() {
            let limit = best.map_or(u32::MAX, |best| best.bits);
            let width = match encoding {
                Encoding::Fibonacci => groups_width::<I, Fibonacci>(section, code, limit),
                _ => groups_width::<I, SixteenBit>(section, code, limit),
            };
            if let Some(bits) = width {
                best = Some(SectionForm { encoding, statuses: Some(code), bits });
            }
        }
    }
    best
}

/// The bits of a whole string, each section as planned, filled with zeros to groups of 24.
pub(super) fn encode_bits(consent: &ConsentString, plans: &[Plan; 4]) -> Vec<u8> {
    let sections: usize = plans.iter().map(|plan| plan.0.bits()).sum();
    let mut writer = BitWriter::with_capacity(consent.header.width() + sections + 24);
    consent.header.put(&mut writer);
    let [purposes, purposes_li, vendors, vendors_li] = plans;
    put(&consent.purposes, *purposes, &mut writer);
    put(&consent.purposes_li, *purposes_li, &mut writer);
    put(&consent.vendors, *vendors, &mut writer);
    put(&consent.vendors_li, *vendors_li, &mut writer);
    writer.into_filled(3)
}

/// What of a section decides which forms can hold it.
struct Shape {
    enabled: bool,
    disabled: bool,
    /// The lowest and the highest ID that is enabled or disabled, and the highest's status.
    bounds: Option<(u16, u16, Status)>,
}

impl Shape {
    #[inline]
    fn of<I: Id>(section: &Section<I>) -> Self {
        Self {
            enabled: !section.enabled().is_empty(),
            disabled: !section.disabled().is_empty(),
            bounds: section.bounds().map(|(first, last, status)| (first.get(), last.get(), status)),
        }
    }

    /// The codes under which ranges can hold the section, as far as the policy allows, in the
    /// order in which ties are broken.
    #[inline]
    fn codes(&self, inferred: InferredCodes) -> [Option<StatusesCode>; 3] {
        // What a code says of the rest holds up to the highest ID listed: it must be the highest.
        let highest = self.bounds.map(|(_, _, status)| status);
        let known = match highest {
            _ if !self.disabled => Some(StatusesCode::ENABLED),
            Some(Status::Enabled) => Some(StatusesCode::UNDEFINED_ENABLED),
            _ => None,
        };
        if inferred == InferredCodes::Refuse || !self.disabled {
            return [known, None, None];
        }
        let listed =
            if self.enabled { StatusesCode::ENABLED_DISABLED } else { StatusesCode::DISABLED };
        let unlisted =
            inferred == InferredCodes::Accept && self.enabled && highest == Some(Status::Disabled);
        [known, Some(listed), unlisted.then_some(StatusesCode::UNDEFINED_DISABLED)]
    }

    /// The first ID of a bit field and the number of its IDs.
    #[inline]
    fn bit_field(&self, encoding: Encoding) -> Option<(u16, u16)> {
        match (encoding, self.bounds) {
            (Encoding::BitFieldFromOne | Encoding::BitField, None) => Some((1, 0)),
            (Encoding::BitFieldFromOne, Some((_, last, _))) => Some((1, last)),
            (Encoding::BitField, Some((first, last, _))) => Some((first, last - first + 1)),
            _ => None,
        }
    }
}

/// The form of a bit field with some number of IDs.
#[inline]
fn bit_field_form(encoding: Encoding, count: u16) -> SectionForm {
    let start = if encoding == Encoding::BitField { 16 } else { 0 };
    SectionForm { encoding, statuses: None, bits: 2 + 1 + start + 16 + 2 * u32::from(count) }
}

/// The width of a section as groups of ranges; `None` where it reaches a limit.
#[inline]
fn groups_width<I: Id, C: RangeCode>(
    section: &Section<I>,
    code: StatusesCode,
    limit: u32,
) -> Option<u32> {
    let statuses = code.statuses()?.groups;
    let fixed = 2 + 4 + statuses.iter().flatten().map(|_| 16).sum::<u32>();
    // What is left for the ranges; mostly nothing, or too little for the first set of them.
    let limit = limit.checked_sub(fixed).filter(|&left| left > 0)?;
    let mut width = 0;
    for status in statuses.into_iter().flatten() {
        width += match status {
            Status::Enabled => set_width::<I, C>(section.enabled(), limit)?,
            Status::Disabled => set_width::<I, C>(section.disabled(), limit)?,
            // Gaps lie between ranges: where those are too many, there is no need to look.
            Status::Undefined => {
                set_width::<I, C>(section.enabled(), limit)?;
                spans(section, Status::Undefined).fold(0, |width, span| width + C::width(span))
            }
        };
    }
    (width < limit).then_some(fixed + width)
}

/// The width of a set's ranges; `None` where it reaches a limit.
#[inline]
fn set_width<I: Id, C: RangeCode>(set: &IdSet<I>, limit: u32) -> Option<u32> {
    let spans = set.ranges().map(span);
    // A few ranges are summed as fast as they are looked over.
    if spans.len() > 32 && C::least_width(spans.clone()) >= limit {
        return None;
    }
    let width = spans.fold(0, |width, span| width + C::width(span));
    (width < limit).then_some(width)
}

#[inline]
fn span<I: Id>(range: IdRange<I>) -> Span {
    Span { first: range.first().get(), last: range.last().get() }
}

/// The statuses of a code's groups.
#[inline]
fn groups(code: StatusesCode) -> impl Iterator<Item = Status> {
    code.statuses().map_or([None; 2], |statuses| statuses.groups).into_iter().flatten()
}

/// The ranges of a status, up to the highest ID that is enabled or disabled.
fn spans<I: Id>(section: &Section<I>, status: Status) -> impl Iterator<Item = Span> + '_ {
    let (listed, undefined) = match status {
        Status::Enabled => (Some(section.enabled().ranges()), None),
        Status::Disabled => (Some(section.disabled().ranges()), None),
        Status::Undefined => (None, Some(section.all_runs())),
    };
    let undefined =
        undefined.into_iter().flatten().filter(|&(_, status)| status == Status::Undefined);
    let ranges = listed.into_iter().flatten().chain(undefined.map(|(range, _)| range));
    ranges.map(span)
}

/// Writes a section.
fn put<I: Id>(section: &Section<I>, Plan(form): Plan, writer: &mut BitWriter) {
    let start = writer.position();
    match (form.encoding, form.statuses) {
        (Encoding::Ranges, Some(code)) => {
            writer.put(0b01, 2);
            put_groups::<I, SixteenBit>(section, code, writer);
        }
        (Encoding::Fibonacci, Some(code)) => {
            writer.put(0b10, 2);
            put_groups::<I, Fibonacci>(section, code, writer);
        }
        (encoding, _) => {
            writer.put(0b00, 2);
            put_bit_field(section, encoding, writer);
        }
    }
    debug_assert_eq!(writer.position() - start, form.bits(), "as wide as planned");
}

fn put_groups<I: Id, C: RangeCode>(
    section: &Section<I>,
    code: StatusesCode,
    writer: &mut BitWriter,
) {
    writer.put(u64::from(code.bits()), 4);
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

/// Up to so many IDs a bit field is written run by run.
const SMALL_BIT_FIELD: u16 = 128;

fn put_bit_field<I: Id>(section: &Section<I>, encoding: Encoding, writer: &mut BitWriter) {
    let Some((first, count)) = Shape::of(section).bit_field(encoding) else { return };
    writer.put_flag(encoding == Encoding::BitFieldFromOne);
    if encoding == Encoding::BitField {
        writer.put(u64::from(first), 16);
    }
    writer.put(u64::from(count), 16);
    if count <= SMALL_BIT_FIELD {
        put_runs(section, first, writer);
    } else {
        put_toggled(section, first, count, writer);
    }
}

/// Writes the entries of a bit field run by run.
fn put_runs<I: Id>(section: &Section<I>, first: u16, writer: &mut BitWriter) {
    for (range, status) in section.all_runs() {
        // All IDs below the first one are undefined.
        if range.start() >= u32::from(first) {
            put_entries::<2>(entry_of_status(status), range.len(), writer);
        }
    }
}

/// Writes the entries of a bit field, all of them at once.
///
/// Where a run of enabled or of disabled IDs starts and where it ends, a bit is set in a byte
/// of its own; from there on the statuses are prefix sums, taken by whole words. No branch
/// depends on the statuses, so none is mispredicted.
fn put_toggled<I: Id>(section: &Section<I>, first: u16, count: u16, writer: &mut BitWriter) {
    let mut toggles = alloc::vec![0_u8; (usize::from(count) + 1).next_multiple_of(64)];
    let start = u32::from(first);
    for (set, bit) in [(section.enabled(), 1), (section.disabled(), 2)] {
        for range in set.ranges() {
            toggles[(range.start() - start) as usize] |= bit;
            toggles[(range.end() - start) as usize] |= bit;
        }
    }
    let mut left = u32::from(count) * 2;
    let (mut enabled, mut disabled) = (0, 0);
    for toggles in toggles.as_chunks::<64>().0 {
        enabled = prefix_sums(gather(toggles, 0), enabled);
        disabled = prefix_sums(gather(toggles, 1), disabled);
        for shift in [32, 0] {
            let word = spread(enabled >> shift) << 1 | spread(disabled >> shift);
            let bits = left.min(64);
            writer.put_word(word, bits);
            left -= bits;
        }
    }
}

/// One bit of each of 64 bytes, the first one's at the top.
#[inline]
fn gather(bytes: &[u8; 64], bit: u32) -> u64 {
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().fold(0, |gathered, eight| {
        let bits = u64::from_be_bytes(*eight) >> bit & (u64::MAX / 0xFF);
        gathered << 8 | bits.wrapping_mul(0x0102_0408_1020_4080) >> 56
    })
}

/// The sums, to one bit, of all bits up to each one, from the top; `before` are those of the
/// word before.
#[inline]
fn prefix_sums(mut bits: u64, before: u64) -> u64 {
    for distance in [1, 2, 4, 8, 16, 32] {
        bits ^= bits >> distance;
    }
    bits ^ (before & 1).wrapping_neg()
}

/// The low 32 bits, each as the lower of two.
#[inline]
fn spread(bits: u64) -> u64 {
    let bits = bits & u64::from(u32::MAX);
    let halves = (bits | bits << 16) & 0x0000_FFFF_0000_FFFF;
    let eights = (halves | halves << 8) & 0x00FF_00FF_00FF_00FF;
    let fours = (eights | eights << 4) & 0x0F0F_0F0F_0F0F_0F0F;
    let pairs = (fours | fours << 2) & 0x3333_3333_3333_3333;
    (pairs | pairs << 1) & 0x5555_5555_5555_5555
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::VendorId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn toggled_entries_are_those_written_run_by_run(
            ranges in prop::collection::vec((1..700_u16, 0..40_u16, 0..3_u8), 1..60),
        ) {
            let mut section = Section::<VendorId>::new();
            for (first, more, status) in ranges {
                let status = [Status::Enabled, Status::Disabled, Status::Undefined][usize::from(status)];
                let id = |number| VendorId::new(number).unwrap();
                section.set_range(id(first)..=id(first + more), status);
            }
            for encoding in [Encoding::BitFieldFromOne, Encoding::BitField] {
                let Some((first, count)) = Shape::of(&section).bit_field(encoding) else { continue };
                let (mut simple, mut toggled) = (BitWriter::with_capacity(0), BitWriter::with_capacity(0));
                for writer in [&mut simple, &mut toggled] {
                    writer.put(0b101, 3);
                }
                put_runs(&section, first, &mut simple);
                put_toggled(&section, first, count, &mut toggled);
                prop_assert_eq!(simple.position(), toggled.position());
                prop_assert_eq!(simple.into_filled(1), toggled.into_filled(1));
            }
        }
    }
}
