//! The header of a GPP string.
//!
//! | field | bits |
//! |---|---|
//! | `Type`, 3 | 6 |
//! | `Version`, 1 | 6 |
//! | `Sections`: the section IDs, rising, as [`FibonacciRanges`] | 12, then 3 or more each |
//!
//! So every GPP string starts with `DB`.

use alloc::string::String;

use super::SectionId;
use super::fibonacci_ranges::{self, FibonacciRanges};
use super::findings::FindingKind;
use super::padding::Padding;
use super::rules;
use crate::bits::{BitReader, BitWriter, SLACK, SegmentStart, Sink, TakeFields, Value};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::ids::IdSet;
use crate::text;

const TYPE: u8 = 3;
const VERSION: u8 = 1;

/// The bit where the section IDs start.
const SECTIONS: usize = 12;

/// A header that was checked; its bits are elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Header {
    /// How many bits it has.
    bits: u32,
    /// How many section IDs it lists.
    pub(super) count: u32,
}

impl Header {
    /// How many bytes a buffer must have to read a header of so many characters.
    pub(super) const fn buffer_len(characters: usize) -> usize {
        text::buffer_len(characters)
    }

    /// How many bytes of the buffer are in use.
    pub(super) const fn used(self) -> usize {
        (self.bits as usize).div_ceil(8) + SLACK
    }

    /// Reads a header; its bits are decoded into `buffer`, which must have
    /// [`buffer_len`](Self::buffer_len) bytes.
    #[allow(clippy::cast_possible_truncation, reason = "six bits, and a text's length")]
    pub(super) fn read(
        text: &str,
        buffer: &mut [u8],
        sink: &mut impl Sink,
    ) -> Result<Self, DecodeError> {
        let error = |field, kind, bit| Fault::new(kind, bit).at(Segment::GppHeader, field);
        let characters = text::decode_prefix(text.as_bytes(), buffer);
        let end = 6 * characters;
        sink.segment(SegmentStart {
            segment: Segment::GppHeader,
            character: 0,
            characters,
            origin: 0,
        });
        sink.rule(rules::HEADER);
        sink.ids_of("section");
        if let Some(&character) = text.as_bytes().get(characters) {
            let kind = match character {
                b'=' => DecodeErrorKind::Padding,
                _ => DecodeErrorKind::InvalidCharacter { base64: true },
            };
            return Err(error("base64", kind, end));
        }
        if characters == 0 {
            return Err(error("base64", DecodeErrorKind::Empty, 0));
        }
        let mut reader = BitReader::new(buffer, end);
        let mut number = |field, sink: &mut _| {
            let start = reader.position();
            let number = reader.take(6).map_err(|kind| error(field, kind, start))?;
            Sink::field(sink, field, start, reader.position(), Value::Number(number));
            Ok(number as u8)
        };
        let header_type = number("type", sink)?;
        if header_type != TYPE {
            return Err(error("type", DecodeErrorKind::UnsupportedHeaderType { header_type }, 0));
        }
        let version = number("version", sink)?;
        if version != VERSION {
            let kind = DecodeErrorKind::UnsupportedVersion { version, expected: "1" };
            return Err(error("version", kind, 6));
        }
        let mut header = Self { bits: end as u32, count: 0 };
        let at_sections = |fault: Fault| fault.at(Segment::GppHeader, "sections");
        sink.enter("sections");
        let mut ranges = FibonacciRanges::take_told(reader, sink).map_err(at_sections)?;
        while let Some(span) = ranges.next_told(sink) {
            let span = span.map_err(at_sections)?;
            header.count += u32::from(span.last - span.first) + 1;
        }
        sink.leave();
        Ok(header)
    }

    fn reader(self, bits: &[u8]) -> BitReader<'_> {
        BitReader::new(bits, self.bits as usize)
    }

    /// The section IDs, from the bits that were read before.
    #[inline]
    pub(super) fn section_ids(self, bits: &[u8]) -> SectionIds<'_> {
        let ranges = FibonacciRanges::take(self.reader(bits).at(SECTIONS));
        let ranges = ranges.expect("the header was checked");
        SectionIds { ranges, next: 1, last: 0, left: self.count }
    }

    /// What stands against the specification behind the last ID.
    pub(super) fn check_fill(self, bits: &[u8]) -> Option<FindingKind> {
        let mut ranges = self.section_ids(bits).ranges;
        while ranges.next().is_some() {}
        let behind = ranges.reader();
        if !behind.is_zero_to_end() {
            Some(FindingKind::NonZeroFill)
        } else if behind.left() >= 24 {
            Some(FindingKind::ExcessFill)
        } else {
            None
        }
    }

    /// The error of a string that has another number of sections than the header lists.
    #[cold]
    pub(super) fn miscounts(self, found: u32) -> DecodeError {
        let kind = DecodeErrorKind::PartCount { listed: self.count, found };
        Fault::new(kind, SECTIONS).at(Segment::GppHeader, "sections")
    }

    /// Writes the header of some sections, which make no more ranges than there can be.
    pub(super) fn write(ids: &IdSet<SectionId>, padding: Padding, text: &mut String) {
        let mut writer = BitWriter::with_capacity(64);
        writer.put(TYPE.into(), 6);
        writer.put(VERSION.into(), 6);
        fibonacci_ranges::put(ids, &mut writer);
        padding.write(writer, text);
    }
}

/// The section IDs of a GPP string, rising.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct SectionIds<'b> {
    ranges: FibonacciRanges<'b>,
    /// The next ID of the range that is being walked, if it is not past the last one.
    next: u32,
    last: u32,
    left: u32,
}

impl Iterator for SectionIds<'_> {
    type Item = SectionId;

    #[inline]
    fn next(&mut self) -> Option<SectionId> {
        if self.next > self.last {
            let span = self.ranges.next()?.ok()?;
            (self.next, self.last) = (span.first.into(), span.last.into());
        }
        let id = u16::try_from(self.next).ok().and_then(SectionId::new);
        self.next += 1;
        self.left -= 1;
        id
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}

impl ExactSizeIterator for SectionIds<'_> {}
impl core::iter::FusedIterator for SectionIds<'_> {}

impl core::fmt::Debug for SectionIds<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
