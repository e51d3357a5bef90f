//! The grammar of a bit field: two bits for each ID.
//!
//! ```text
//! bit-field = StartFromOne:1, StartID:16 unless StartFromOne, NumberOfIDs:16, status:2 for each
//! status    = "10" enabled | "01" disabled | "00" undefined        "11" is an error
//! ```
//!
//! All of it is documented.

use super::field::field;
use super::rules;
use super::status::Status;
use crate::bits::{BitReader, Entries, Runs, Sink, TakeFields, Value, Window};
use crate::error::{DecodeErrorKind, Fault};

/// The bits of a section that say that it is a bit field.
pub(super) const BITS: u64 = 0b00;

/// What each two bits say.
const STATUSES: &[&str] = &["undefined", "disabled", "enabled", ""];

/// A bit field that was checked: where its statuses stand.
#[derive(Clone, Copy)]
pub(super) struct BitField {
    pub(super) starts_from_one: bool,
    pub(super) first: u16,
    pub(super) count: u16,
    /// The bit of the first status.
    pub(super) position: usize,
}

impl BitField {
    /// Checks the bit field whose fields come next in `head`, and moves `reader` behind it.
    #[inline(always)]
    pub(super) fn take<S: Sink>(
        mut head: Window,
        reader: &mut BitReader<'_>,
        sink: &mut S,
    ) -> Result<Self, Fault> {
        let flag = head.position();
        sink.rule(rules::BIT_FIELD);
        let starts_from_one = field(&mut head, Window::take_flag)?;
        sink.field("starts_from_one", flag, head.position(), Value::Flag(starts_from_one));
        let first = if starts_from_one {
            1
        } else {
            let start = head.position();
            let first = field(&mut head, Window::take_u16)?;
            sink.field("first", start, head.position(), Value::Id(first.into()));
            match first {
                0 => return Err(Fault::new(DecodeErrorKind::ZeroId, start)),
                first => first,
            }
        };
        let start = head.position();
        let count = field(&mut head, Window::take_u16)?;
        let position = head.position();
        sink.field("number_of_ids", start, position, Value::Count(count, "ID"));
        *reader = reader.at(position);
        let runs = Runs::<2>::take(reader, first, count).map_err(|kind| Fault::new(kind, start))?;
        let all_ones = runs.find_all_ones();
        if S::LISTENS {
            sink.entries(Entries {
                name: "statuses",
                start: position,
                first,
                count,
                names: STATUSES,
            });
        }
        if let Some(position) = all_ones {
            return Err(Fault::new(DecodeErrorKind::UndefinedStatus, position));
        }
        Ok(Self { starts_from_one, first, count, position })
    }
}

/// The status of two bits, which are not both ones.
#[inline]
pub(super) const fn status_of_entry(entry: u64) -> Status {
    match entry {
        0b10 => Status::Enabled,
        0b01 => Status::Disabled,
        _ => Status::Undefined,
    }
}

/// The two bits of a status.
#[inline]
pub(super) const fn entry_of_status(status: Status) -> u64 {
    match status {
        Status::Enabled => 0b10,
        Status::Disabled => 0b01,
        Status::Undefined => 0b00,
    }
}
