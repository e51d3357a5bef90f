//! The grammar of a section: which encoding it has, and what an ID's status is in it.
//!
//! ```text
//! section = "00" bit-field | "01" groups of 16-bit ranges | "10" groups of Fibonacci ranges
//! ```
//!
//! That a section chooses its own encoding is documented; the bits that name the encodings are
//! seen in real strings.

use super::bit_field::{self, BitField, status_of_entry};
use super::encoding::{Encoding, SectionForm};
use super::field::field;
use super::groups::{Group, GroupCode, Groups, SixteenBit};
use super::rules;
use super::status::Status;
use super::statuses_code::{InferredCodes, Statuses, StatusesCode};
use crate::bits::{BitReader, Fibonacci, Runs, Sink, TakeFields, Value, Window};
use crate::error::{DecodeErrorKind, Fault};

/// The bits of a section that were checked as a whole: what stands where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CheckedSection {
    pub(super) form: SectionForm,
    /// The groups of ranges, or the statuses of a bit field as the first of them.
    pub(super) groups: [Group; 2],
    /// The first ID of a bit field, or the highest ID in any group.
    pub(super) edge: u16,
}

impl CheckedSection {
    /// A section whose bits are still to be read.
    pub(super) const UNREAD: Self = Self {
        form: SectionForm { encoding: Encoding::BitFieldFromOne, statuses: None, bits: 0 },
        groups: [Group::new(0, 0); 2],
        edge: 1,
    };

    /// Checks the section that starts where `reader` stands, and moves `reader` behind it.
    #[inline(always)]
    pub(super) fn take<S: Sink>(
        reader: &mut BitReader<'_>,
        inferred: InferredCodes,
        sink: &mut S,
    ) -> Result<Self, Fault> {
        let start = reader.position();
        // The fields of fixed width in front of the statuses or ranges are 38 bits at the most.
        let mut head = reader.window();
        let encoding = field(&mut head, |head| head.take(2))?;
        if S::LISTENS {
            let name = match encoding {
                bit_field::BITS => "bit field",
                SixteenBit::BITS => "16-bit ranges",
                Fibonacci::BITS => "Fibonacci ranges",
                _ => "not defined",
            };
            sink.rule(rules::ENCODING);
            sink.field("encoding", start, head.position(), Value::Named(encoding, name));
        }
        let mut section = match encoding {
            bit_field::BITS => Self::of_bit_field(BitField::take(head, reader, sink)?),
            SixteenBit::BITS => Self::take_groups::<SixteenBit, S>(head, reader, inferred, sink)?,
            Fibonacci::BITS => Self::take_groups::<Fibonacci, S>(head, reader, inferred, sink)?,
            _ => return Err(Fault::new(DecodeErrorKind::UndefinedEncoding, start)),
        };
        section.form.bits = width(reader.position() - start);
        Ok(section)
    }

    #[inline(always)]
    fn of_bit_field(field: BitField) -> Self {
        let encoding =
            if field.starts_from_one { Encoding::BitFieldFromOne } else { Encoding::BitField };
        Self {
            form: SectionForm { encoding, statuses: None, bits: 0 },
            groups: [Group::new(field.position, field.count), Group::default()],
            edge: field.first,
        }
    }

    #[inline(always)]
    fn take_groups<C: GroupCode, S: Sink>(
        head: Window,
        reader: &mut BitReader<'_>,
        inferred: InferredCodes,
        sink: &mut S,
    ) -> Result<Self, Fault> {
        let Groups { code, ranges, highest } = Groups::take::<C, S>(head, reader, inferred, sink)?;
        let form = SectionForm { encoding: C::ENCODING, statuses: Some(code), bits: 0 };
        Ok(Self { form, groups: ranges, edge: highest })
    }

    /// What the groups of ranges are; `None` for a bit field.
    #[inline]
    pub(super) fn statuses(&self) -> Option<Statuses> {
        self.form.statuses.map(StatusesCode::known)
    }

    /// The status of one ID. `bits` are those that were checked.
    #[inline]
    pub(super) fn status(&self, bits: BitReader<'_>, id: u16) -> Status {
        let Some(Statuses { groups, rest }) = self.statuses() else {
            return self.bit_field(bits).entry(id).map_or(Status::Undefined, status_of_entry);
        };
        let listed = self.groups.iter().zip(groups).find(|(group, _)| match self.form.encoding {
            Encoding::Fibonacci => group.lists::<Fibonacci>(bits, id),
            _ => group.lists::<SixteenBit>(bits, id),
        });
        match listed {
            // Where there is no second group, it lists nothing.
            Some((_, status)) => status.unwrap_or(Status::Undefined),
            None if id <= self.edge => rest,
            None => Status::Undefined,
        }
    }

    /// The statuses of a bit field.
    #[inline]
    pub(super) fn bit_field<'a>(&self, bits: BitReader<'a>) -> Runs<'a, 2> {
        let [statuses, _] = self.groups;
        Runs::of_checked(bits.at(statuses.position()), self.edge, statuses.count())
    }
}

/// A number of bits as it is kept: the limits on the text keep it below 2³².
#[allow(clippy::cast_possible_truncation)]
const fn width(bits: usize) -> u32 {
    bits as u32
}
