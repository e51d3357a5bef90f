//! Which encoding a section is written in.
//!
//! Didomi's documentation says that each section takes the smallest encoding. The order in
//! which ties are broken, and that a section without any ID is the empty bit field, are
//! inferred: with them both real strings known come back byte for byte.

use super::encoding::{Encoding, SectionForm};
use super::groups::SixteenBit;
use super::options::EncodeOptions;
use super::section::Section;
use super::section_kind::SectionKind;
use super::status::Status;
use super::statuses_code::{InferredCodes, StatusesCode};
use crate::bits::{Fibonacci, RangeCode, Span};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::ids::{Id, IdRange, IdSet};

/// How a section is going to be written.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    form: SectionForm,
    /// The first ID of the smallest bit field, and the number of its IDs.
    bit_field: (u16, u16),
}

impl Plan {
    /// The smallest form that the options allow.
    pub(super) fn choose<I: Id>(
        section: &Section<I>,
        kind: SectionKind,
        options: &EncodeOptions,
    ) -> Result<Self, EncodeError> {
        smallest(section, options.inferred_codes, options.forced[kind as usize])
            .ok_or_else(|| EncodeError::new(EncodeErrorKind::NotEncodable, kind.name()))
    }

    /// A section as a bit field.
    #[inline]
    fn bit_field(encoding: Encoding, (first, count): (u16, u16)) -> Self {
        let start = if encoding == Encoding::BitField { 16 } else { 0 };
        let bits = 2 + 1 + start + 16 + 2 * u32::from(count);
        Self { form: SectionForm { encoding, statuses: None, bits }, bit_field: (first, count) }
    }

    pub(super) const fn form(self) -> SectionForm {
        self.form
    }

    /// The first ID of a bit field, and the number of its IDs.
    pub(super) const fn bit_field_ids(self) -> (u16, u16) {
        self.bit_field
    }
}

/// The smallest form of a section, if a forced encoding can hold it; of equal ones the first
/// in the order of [`Encoding`] and of [`Shape::codes`].
#[inline(always)]
fn smallest<I: Id>(
    section: &Section<I>,
    inferred: InferredCodes,
    forced: Option<Encoding>,
) -> Option<Plan> {
    let shape = Shape::of(section);
    let allowed = |encoding| forced.is_none_or(|forced| forced == encoding);
    // Wider than any form.
    let mut best = Plan::bit_field(Encoding::BitFieldFromOne, (1, 0));
    best.form.bits = u32::MAX;
    for encoding in [Encoding::BitFieldFromOne, Encoding::BitField] {
        let plan = Plan::bit_field(encoding, shape.bit_field(encoding));
        if allowed(encoding) && plan.form.bits < best.form.bits {
            best = plan;
        }
    }
    let codes = shape.codes(inferred);
    for encoding in [Encoding::Ranges, Encoding::Fibonacci] {
        if !allowed(encoding) {
            continue;
        }
        for code in codes.iter().flatten() {
            let limit = best.form.bits;
            let width = match encoding {
                Encoding::Fibonacci => groups_width::<I, Fibonacci>(section, *code, limit),
                _ => groups_width::<I, SixteenBit>(section, *code, limit),
            };
            if let Some(bits) = width {
                best.form = SectionForm { encoding, statuses: Some(*code), bits };
            }
        }
    }
    (best.form.bits < u32::MAX).then_some(best)
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

    /// The first ID of a bit field, and the number of its IDs.
    #[inline]
    fn bit_field(&self, encoding: Encoding) -> (u16, u16) {
        match self.bounds {
            None => (1, 0),
            Some((first, last, _)) if encoding == Encoding::BitField => (first, last - first + 1),
            Some((_, last, _)) => (1, last),
        }
    }
}

/// The bits of a section as groups of ranges, without the ranges.
const fn groups_fixed(groups: u32) -> u32 {
    2 + 4 + 16 * groups
}

/// The width of a section as groups of ranges; `None` where it reaches a limit.
#[inline]
fn groups_width<I: Id, C: RangeCode>(
    section: &Section<I>,
    code: StatusesCode,
    limit: u32,
) -> Option<u32> {
    let statuses = code.known().groups;
    let fixed = groups_fixed(if statuses[1].is_some() { 2 } else { 1 });
    // What is left for the ranges; mostly nothing, or too little for one of them.
    let limit = limit.checked_sub(fixed).filter(|&left| left > C::LEAST)?;
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
    let ranges = set.ranges();
    // A few ranges are summed as fast as they are looked over.
    let count = ranges.len();
    if count > 32 && C::least_width(count, ranges.clone().step_by(16).map(span)) >= limit {
        return None;
    }
    let width = ranges.map(span).fold(0, |width, span| width + C::width(span));
    (width < limit).then_some(width)
}

#[inline]
pub(super) fn span<I: Id>(range: IdRange<I>) -> Span {
    Span { first: range.first().get(), last: range.last().get() }
}

/// The ranges of a status, up to the highest ID that is enabled or disabled.
pub(super) fn spans<I: Id>(
    section: &Section<I>,
    status: Status,
) -> impl Iterator<Item = Span> + '_ {
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
