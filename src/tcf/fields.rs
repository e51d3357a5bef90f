//! The fields of one segment, read one after the other; errors name field and place.

use super::SmallSet;
use super::ids::SmallId;
use crate::bits::{BitReader, Entries, FLAGS, SLACK, SegmentStart, Sink, TakeFields, Value};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::vendor_section::Section;

/// Where a segment stands, in the text and in the buffer.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) segment: Segment,
    /// The character of the text at which it starts.
    pub(super) character: u32,
    /// The byte of the buffer at which it starts.
    pub(super) start: u32,
    /// How many bits it has.
    pub(super) bits: u32,
}

impl Place {
    /// The bit of the buffer at which the segment starts.
    const fn start_bit(self) -> usize {
        8 * self.start as usize
    }

    /// What is told of the segment.
    pub(super) const fn told(self) -> SegmentStart {
        SegmentStart {
            segment: self.segment,
            character: self.character as usize,
            characters: self.bits as usize / 6,
            origin: self.start_bit(),
        }
    }

    /// How many bytes of the buffer are in use up to the end of the segment.
    pub(super) const fn end(self) -> usize {
        self.start as usize + self.bits.div_ceil(8) as usize + SLACK
    }

    /// An error at a bit of the segment.
    #[cold]
    pub(super) fn error(
        self,
        field: &'static str,
        kind: DecodeErrorKind,
        bit: usize,
    ) -> DecodeError {
        Fault::new(kind, bit).at(self.segment, field).behind(self.character as usize)
    }
}

/// Where a segment is read.
pub(super) struct Fields<'b> {
    place: Place,
    /// Its positions are those of the whole buffer.
    pub(super) reader: BitReader<'b>,
}

impl<'b> Fields<'b> {
    /// Reads a segment from its start.
    #[inline]
    pub(super) fn new(buffer: &'b [u8], place: Place) -> Self {
        let start = place.start_bit();
        let bytes = &buffer[..place.end()];
        Self { place, reader: BitReader::new(bytes, start + place.bits as usize).at(start) }
    }

    /// The error of a field, at a bit of the buffer.
    #[cold]
    pub(super) fn error(&self, field: &'static str, fault: Fault) -> DecodeError {
        self.place.error(field, fault.kind, fault.bit as usize - self.place.start_bit())
    }

    /// Reads one field by `read`; an error is the field's, and stands at its start.
    #[inline]
    pub(super) fn field<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut BitReader<'b>) -> Result<T, DecodeErrorKind>,
    ) -> Result<T, DecodeError> {
        let start = self.reader.position();
        read(&mut self.reader).map_err(|kind| self.error(name, Fault::new(kind, start)))
    }

    /// A number of up to 16 bits.
    #[inline]
    #[allow(clippy::cast_possible_truncation)]
    pub(super) fn number(
        &mut self,
        name: &'static str,
        bits: u32,
        sink: &mut impl Sink,
    ) -> Result<u16, DecodeError> {
        debug_assert!(bits <= 16);
        let start = self.reader.position();
        let number = self.field(name, |reader| reader.take(bits).map(|value| value as u16))?;
        sink.field(name, start, self.reader.position(), Value::Number(number.into()));
        Ok(number)
    }

    /// A vendor section.
    #[inline]
    pub(super) fn vendors(
        &mut self,
        name: &'static str,
        strict: bool,
        sink: &mut impl Sink,
    ) -> Result<Section, DecodeError> {
        sink.ids_of("vendor");
        sink.enter(name);
        let section = Section::take(&mut self.reader, strict, sink);
        let section = section.map_err(|fault| self.error(name, fault))?;
        sink.leave();
        Ok(section)
    }

    /// A bit field of the IDs from 1 to `width`, which may be 0.
    #[inline]
    pub(super) fn set<I: SmallId>(
        &mut self,
        name: &'static str,
        width: u32,
        sink: &mut impl Sink,
    ) -> Result<SmallSet<I>, DecodeError> {
        let start = self.reader.position();
        // One load shows 57 bits, and there can be 63.
        let high = width.saturating_sub(32);
        let set = self.field(name, |reader| {
            let mut field = 0;
            for part in [high, width - high] {
                if part > 0 {
                    field = field << part | reader.take(part)?;
                }
            }
            Ok(SmallSet::from_field(field, width))
        })?;
        #[allow(clippy::cast_possible_truncation, reason = "63 at the most")]
        sink.entries(Entries { name, start, first: 1, count: width as u16, names: FLAGS });
        Ok(set)
    }
}
