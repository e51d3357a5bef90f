//! Reading a TC string of Canada, of whichever form.
//!
//! ```text
//! core ["." segment]...
//! ```
//!
//! Each segment is base64 for itself. Those behind the core say in their first three bits
//! what they are, and come in any order, each once: 1 disclosed vendors, 3 the publisher's
//! purposes.

use super::super::parts::Parts;
use super::super::rules;
use super::CanadaForm;
use super::header::Header;
use super::publisher::CanadaPublisher;
use super::restriction::RestrictionList;
use super::vendors::Section;
use crate::bits::{BitReader, SLACK, SegmentStart, Sink, TakeFields, Value};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::text;

/// How many segments a string can have.
const MAX_SEGMENTS: usize = 3;

/// How many bits the type of a segment has.
pub(super) const TYPE_BITS: u32 = 3;
pub(super) const DISCLOSED_VENDORS: u8 = 1;
pub(super) const PUBLISHER: u8 = 3;

/// How many bytes a buffer must have to decode a text of so many characters.
pub(super) const fn buffer_len(characters: usize) -> usize {
    text::buffer_len(characters) + MAX_SEGMENTS * SLACK
}

/// Where in the buffer a segment stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    segment: Segment,
    /// How many characters of the section stand before it.
    character: usize,
    /// The byte at which it starts.
    start: usize,
    bits: usize,
}

impl Place {
    /// How many bytes of the buffer are in use up to its end.
    const fn end(self) -> usize {
        self.start + self.bits.div_ceil(8) + SLACK
    }

    /// What is told of the segment.
    const fn told(self) -> SegmentStart {
        let origin = 8 * self.start;
        let Self { segment, character, bits, .. } = self;
        SegmentStart { segment, character, characters: bits / 6, origin }
    }

    /// Reads the segment from its start; positions are those of the whole buffer.
    fn reader(self, buffer: &[u8]) -> BitReader<'_> {
        let start = 8 * self.start;
        BitReader::new(&buffer[..self.end()], start + self.bits).at(start)
    }

    #[cold]
    fn error(self, field: &'static str, kind: DecodeErrorKind, bit: usize) -> DecodeError {
        Fault::new(kind, bit).at(self.segment, field).behind(self.character)
    }

    /// The error of a field, at a bit of the buffer.
    #[cold]
    fn fault(self, field: &'static str, fault: Fault) -> DecodeError {
        self.error(field, fault.kind, fault.bit as usize - 8 * self.start)
    }

    /// Checks what is behind the last field: no form is taken for sure that leaves more than
    /// the fill.
    fn finish(self, reader: BitReader<'_>, sink: &mut impl Sink) -> Result<(), DecodeError> {
        let left = reader.left();
        sink.field("fill", reader.position(), reader.position() + left, Value::Unread);
        let kind = if !reader.is_zero_to_end() {
            DecodeErrorKind::NonZeroFill
        } else if left >= 24 {
            #[allow(clippy::cast_possible_truncation, reason = "a text's length fits")]
            DecodeErrorKind::ExcessFill { bits: left as u32 }
        } else {
            return Ok(());
        };
        Err(self.fault("fill", Fault::new(kind, reader.position())))
    }
}

/// The segments of a text, decoded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segments {
    core: Place,
    disclosed_vendors: Option<Place>,
    publisher: Option<Place>,
    /// How many bytes of the buffer are in use.
    pub(super) used: usize,
}

impl Segments {
    /// Decodes all segments into a buffer, which must have [`buffer_len`] bytes. Of the core the
    /// header is told, as far as it is there.
    pub(super) fn read<S: Sink>(
        text: &str,
        buffer: &mut [u8],
        sink: &mut S,
    ) -> Result<Self, DecodeError> {
        let mut parts = Parts::of(text);
        let core = decode(parts.first(), 0, buffer, |_| Ok(Segment::Core))?;
        if S::LISTENS {
            sink.segment(core.told());
            Header::tell(core.reader(buffer), sink);
        }
        let mut segments =
            Self { core, disclosed_vendors: None, publisher: None, used: core.end() };
        for part in parts {
            let place = decode(part, segments.used, buffer, segment_of)?;
            let slot = match place.segment {
                Segment::DisclosedVendors => &mut segments.disclosed_vendors,
                _ => &mut segments.publisher,
            };
            if slot.replace(place).is_some() {
                return Err(place.error("segment_type", DecodeErrorKind::DuplicateSegment, 0));
            }
            segments.used = place.end();
        }
        Ok(segments)
    }

    /// The header of the core.
    pub(super) fn header(&self, buffer: &[u8]) -> Result<Header, DecodeError> {
        Header::read(self.core.reader(buffer))
    }
}

/// Decodes a segment to a byte of the buffer.
fn decode(
    (character, text): (usize, &str),
    start: usize,
    buffer: &mut [u8],
    segment_of: impl FnOnce(u8) -> Result<Segment, DecodeErrorKind>,
) -> Result<Place, DecodeError> {
    let free = &mut buffer[start..];
    let characters = text::decode_prefix(text.as_bytes(), free);
    let place = Place { segment: Segment::Other, character, start, bits: 6 * characters };
    if let Some(&wrong) = text.as_bytes().get(characters) {
        let kind = match wrong {
            b'=' => DecodeErrorKind::Padding,
            _ => DecodeErrorKind::InvalidCharacter { base64: true },
        };
        return Err(place.error("base64", kind, place.bits));
    }
    if characters == 0 {
        return Err(place.error("base64", DecodeErrorKind::Empty, 0));
    }
    let segment = segment_of(free[0]).map_err(|kind| place.error("segment_type", kind, 0))?;
    Ok(Place { segment, ..place })
}

/// What segment behind the core it is that starts with this byte.
fn segment_of(first: u8) -> Result<Segment, DecodeErrorKind> {
    match first >> (8 - TYPE_BITS) {
        DISCLOSED_VENDORS => Ok(Segment::DisclosedVendors),
        PUBLISHER => Ok(Segment::PublisherTc),
        subsection_type => {
            Err(DecodeErrorKind::UndefinedSubsectionType { subsection_type, expected: "1 or 3" })
        }
    }
}

/// Where the parts of a string stand that was checked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Checked {
    pub(super) form: CanadaForm,
    pub(super) vendors_express: Section,
    pub(super) vendors_implied: Section,
    pub(super) restrictions: RestrictionList,
    /// Whether the core ends before the restrictions.
    pub(super) lacks_restrictions: bool,
    pub(super) disclosed_vendors: Option<Section>,
    pub(super) publisher: Option<CanadaPublisher>,
}

impl Checked {
    /// Reads all that is behind the header as a form. What is told of it goes on where
    /// [`Segments::read`] ends.
    pub(super) fn read(
        segments: &Segments,
        buffer: &[u8],
        form: CanadaForm,
        sink: &mut impl Sink,
    ) -> Result<Self, DecodeError> {
        let place = segments.core;
        let mut core = place.reader(buffer);
        core.skip(Header::BITS).map_err(|kind| place.error("version", kind, 0))?;
        let vendors_express = take_vendors("vendors_express", &mut core, place, form, sink)?;
        let vendors_implied = take_vendors("vendors_implied", &mut core, place, form, sink)?;
        // Older writers left them out, with less behind than their number has bits.
        let lacks_restrictions = core.left() < 12;
        let restrictions = if lacks_restrictions {
            RestrictionList::NONE
        } else {
            RestrictionList::take(&mut core, form, sink)
                .map_err(|fault| place.fault("publisher_restrictions", fault))?
        };
        place.finish(core, sink)?;
        let mut checked = Self {
            form,
            vendors_express,
            vendors_implied,
            restrictions,
            lacks_restrictions,
            disclosed_vendors: None,
            publisher: None,
        };
        if let Some(place) = segments.disclosed_vendors {
            let mut reader = place.reader(buffer);
            take_type("disclosed_vendors", &mut reader, place, sink)?;
            let vendors = take_vendors("disclosed_vendors", &mut reader, place, form, sink)?;
            checked.disclosed_vendors = Some(vendors);
            place.finish(reader, sink)?;
        }
        if let Some(place) = segments.publisher {
            let mut reader = place.reader(buffer);
            take_type("segment_type", &mut reader, place, sink)?;
            let publisher = CanadaPublisher::take(&mut reader, sink);
            checked.publisher =
                Some(publisher.map_err(|(field, fault)| place.fault(field, fault))?);
            place.finish(reader, sink)?;
        }
        Ok(checked)
    }
}

/// Passes over the type of a segment, which [`Segments::read`] has found it by; an error is that
/// of `field`.
fn take_type(
    field: &'static str,
    reader: &mut BitReader<'_>,
    place: Place,
    sink: &mut impl Sink,
) -> Result<(), DecodeError> {
    sink.segment(place.told());
    sink.rule(rules::CANADA);
    let start = reader.position();
    let segment_type =
        reader.take(TYPE_BITS).map_err(|kind| place.fault(field, Fault::new(kind, start)))?;
    sink.field("segment_type", start, reader.position(), Value::Number(segment_type));
    Ok(())
}

/// Reads the vendors of a field.
fn take_vendors(
    field: &'static str,
    reader: &mut BitReader<'_>,
    place: Place,
    form: CanadaForm,
    sink: &mut impl Sink,
) -> Result<Section, DecodeError> {
    sink.enter(field);
    let section = Section::take(reader, form, sink).map_err(|fault| place.fault(field, fault))?;
    sink.leave();
    Ok(section)
}
