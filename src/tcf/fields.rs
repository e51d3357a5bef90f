//! The fields of one segment, read one after the other; errors name field and place.

use super::SmallSet;
use super::ids::SmallId;
use super::vendors::Section;
use crate::bits::{BitReader, SLACK, TakeFields};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};

/// Where in the buffer a segment stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) segment: Segment,
    /// The byte at which it starts.
    pub(super) start: usize,
    /// How many bits it has.
    pub(super) bits: usize,
}

impl Place {
    /// How many bytes of the buffer are in use up to the end of the segment.
    pub(super) const fn end(self) -> usize {
        self.start + self.bits.div_ceil(8) + SLACK
    }

    /// An error at a bit of the segment.
    #[cold]
    pub(super) fn error(
        self,
        field: &'static str,
        kind: DecodeErrorKind,
        bit: usize,
    ) -> DecodeError {
        Fault::new(kind, bit).at(self.segment, field)
    }
}

/// Where a segment is read.
pub(super) struct Fields<'a> {
    place: Place,
    /// Its positions are those of the whole buffer.
    pub(super) reader: BitReader<'a>,
}

impl<'a> Fields<'a> {
    /// Reads a segment from its start.
    #[inline]
    pub(super) fn new(buffer: &'a [u8], place: Place) -> Self {
        let start = 8 * place.start;
        let bytes = buffer.get(..place.end()).unwrap_or_default();
        Self { place, reader: BitReader::new(bytes, start + place.bits).at(start) }
    }

    /// The error of a field, at a bit of the buffer.
    #[cold]
    pub(super) fn error(&self, field: &'static str, fault: Fault) -> DecodeError {
        self.place.error(field, fault.kind, fault.bit as usize - 8 * self.place.start)
    }

    /// Reads one field by `read`; an error is the field's, and stands at its start.
    #[inline]
    pub(super) fn field<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut BitReader<'a>) -> Result<T, DecodeErrorKind>,
    ) -> Result<T, DecodeError> {
        let start = self.reader.position();
        read(&mut self.reader).map_err(|kind| self.error(name, Fault::new(kind, start)))
    }

    /// A number of up to 16 bits.
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn number(&mut self, name: &'static str, bits: u32) -> Result<u16, DecodeError> {
        debug_assert!(bits <= 16);
        self.field(name, |reader| reader.take(bits).map(|value| value as u16))
    }

    /// A vendor section.
    #[inline]
    pub(super) fn vendors(
        &mut self,
        name: &'static str,
        strict: bool,
    ) -> Result<Section, DecodeError> {
        Section::take(&mut self.reader, strict).map_err(|fault| self.error(name, fault))
    }

    /// A bit field of the IDs from 1 to `width`, which may be 0.
    #[inline]
    pub(super) fn set<I: SmallId>(
        &mut self,
        name: &'static str,
        width: u32,
    ) -> Result<SmallSet<I>, DecodeError> {
        // One load shows 57 bits, and there can be 63.
        let high = width.saturating_sub(32);
        self.field(name, |reader| {
            let mut field = 0;
            for part in [high, width - high] {
                if part > 0 {
                    field = field << part | reader.take(part)?;
                }
            }
            Ok(SmallSet::from_field(field, width))
        })
    }
}
