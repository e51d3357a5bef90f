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
use super::walk::SixteenBit;
use crate::bits::{BitWriter, Fibonacci, RangeCode, Span};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::id::Id;

/// How a section is going to be written.
#[derive(Clone, Copy)]
pub(super) struct Plan(SectionForm);

/// The encodings, and the codes that either kind of ranges may use, in the order in which
/// ties are broken.
const ENCODINGS: [Encoding; 4] =
    [Encoding::BitFieldFromOne, Encoding::BitField, Encoding::Ranges, Encoding::Fibonacci];
const CODES: [StatusesCode; 5] = [
    StatusesCode::ENABLED,
    StatusesCode::UNDEFINED_ENABLED,
    StatusesCode::DISABLED,
    StatusesCode::ENABLED_DISABLED,
    StatusesCode::UNDEFINED_DISABLED,
];

impl Plan {
    /// The smallest form that is documented or seen.
    pub(super) fn canonical<I: Id>(section: &Section<I>) -> Self {
        Self::smallest(section, InferredCodes::Refuse, &ENCODINGS)
            .unwrap_or_else(|| Self::from_one(section))
    }

    /// The smallest form that the options allow.
    pub(super) fn choose<I: Id>(
        section: &Section<I>,
        kind: SectionKind,
        options: &EncodeOptions,
    ) -> Result<Self, EncodeError> {
        let forced = options.forced[kind as usize];
        let encodings = forced.as_slice();
        let encodings = if encodings.is_empty() { &ENCODINGS } else { encodings };
        Self::smallest(section, options.inferred_codes, encodings)
            .ok_or_else(|| EncodeError::new(EncodeErrorKind::NotEncodable, kind.name()))
    }

    /// The smallest form in one of some encodings, if they can hold the section.
    fn smallest<I: Id>(
        section: &Section<I>,
        inferred: InferredCodes,
        encodings: &[Encoding],
    ) -> Option<Self> {
        let mut best: Option<SectionForm> = None;
        let mut offer = |encoding, statuses, bits: Option<u32>| {
            if let Some(bits) = bits
                && best.is_none_or(|best| bits < best.bits)
            {
                best = Some(SectionForm { encoding, statuses, bits });
            }
            best.map_or(u32::MAX, |best| best.bits)
        };
        for &encoding in encodings {
            let mut limit = offer(encoding, None, bit_field_width(section, encoding));
            if matches!(encoding, Encoding::BitFieldFromOne | Encoding::BitField) {
                continue;
            }
            for code in CODES {
                if may_write(code, section, inferred) {
                    let width = match encoding {
                        Encoding::Fibonacci => groups_width::<I, Fibonacci>(section, code, limit),
                        _ => groups_width::<I, SixteenBit>(section, code, limit),
                    };
                    limit = offer(encoding, Some(code), width);
                }
            }
        }
        best.map(Self)
    }

    /// The bit field from 1, which holds every section.
    fn from_one<I: Id>(section: &Section<I>) -> Self {
        let encoding = Encoding::BitFieldFromOne;
        let bits = bit_field_width(section, encoding).unwrap_or_default();
        Self(SectionForm { encoding, statuses: None, bits })
    }

    pub(super) const fn form(self) -> SectionForm {
        self.0
    }
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

/// Whether ranges under a code can hold a section, and the policy allows to write them.
fn may_write<I: Id>(code: StatusesCode, section: &Section<I>, inferred: InferredCodes) -> bool {
    let allowed = StatusesCode::accept(code.bits(), inferred).is_ok();
    let (enabled, disabled) = (!section.enabled().is_empty(), !section.disabled().is_empty());
    // The status of the rest reaches up to the highest ID listed: that must be the highest.
    let highest = section.bounds().map(|(_, _, status)| status);
    allowed
        && match code {
            StatusesCode::ENABLED => !disabled,
            StatusesCode::DISABLED => !enabled && disabled,
            StatusesCode::ENABLED_DISABLED => enabled && disabled,
            StatusesCode::UNDEFINED_ENABLED => disabled && highest == Some(Status::Enabled),
            StatusesCode::UNDEFINED_DISABLED => enabled && highest == Some(Status::Disabled),
            _ => false,
        }
}

/// The first ID of a bit field and the number of its IDs.
fn bit_field_bounds<I: Id>(section: &Section<I>, encoding: Encoding) -> Option<(u16, u16)> {
    let bounds = section.bounds().map(|(first, last, _)| (first.get(), last.get()));
    match (encoding, bounds) {
        (Encoding::BitFieldFromOne, None) => Some((1, 0)),
        (Encoding::BitFieldFromOne, Some((_, last))) => Some((1, last)),
        (Encoding::BitField, Some((first, last))) => Some((first, last - first + 1)),
        _ => None,
    }
}

fn bit_field_width<I: Id>(section: &Section<I>, encoding: Encoding) -> Option<u32> {
    let (_, count) = bit_field_bounds(section, encoding)?;
    let start = if encoding == Encoding::BitField { 16 } else { 0 };
    Some(2 + 1 + start + 16 + 2 * u32::from(count))
}

/// The width of a section as groups of ranges; `None` once it reaches a limit.
fn groups_width<I: Id, C: RangeCode>(
    section: &Section<I>,
    code: StatusesCode,
    limit: u32,
) -> Option<u32> {
    let mut width = 2 + 4;
    for status in groups(code) {
        width += 16;
        for span in spans(section, status) {
            width += C::width(span);
            if width >= limit {
                return None;
            }
        }
    }
    (width < limit).then_some(width)
}

/// The statuses of a code's groups.
fn groups(code: StatusesCode) -> impl Iterator<Item = Status> {
    code.statuses().into_iter().flat_map(|statuses| statuses.groups).flatten()
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
    ranges.map(|range| Span { first: range.first().get(), last: range.last().get() })
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
        // At most every second ID starts a range.
        writer.put(spans(section, status).count() as u64, 16);
        for span in spans(section, status) {
            C::put(span, writer);
        }
    }
}

fn put_bit_field<I: Id>(section: &Section<I>, encoding: Encoding, writer: &mut BitWriter) {
    let Some((first, count)) = bit_field_bounds(section, encoding) else { return };
    writer.put_flag(encoding == Encoding::BitFieldFromOne);
    if encoding == Encoding::BitField {
        writer.put(u64::from(first), 16);
    }
    writer.put(u64::from(count), 16);
    for (range, status) in section.all_runs() {
        let entry = match status {
            Status::Enabled => 0b10,
            Status::Disabled => 0b01,
            Status::Undefined if range.start() < u32::from(first) => continue,
            Status::Undefined => 0b00,
        };
        put_entries(entry, range.len(), writer);
    }
}

/// Writes the same two bits again and again.
fn put_entries(entry: u64, mut count: usize, writer: &mut BitWriter) {
    const EACH: u64 = u64::MAX / 0b11;
    while count > 0 {
        #[allow(clippy::cast_possible_truncation)]
        let some = count.min(BitWriter::PUT as usize / 2) as u32;
        writer.put((entry * EACH) >> (64 - 2 * some), 2 * some);
        count -= some as usize;
    }
}
