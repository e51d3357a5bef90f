//! The frame of a TC string: segments between dots, each of them base64 for itself.
//!
//! ```text
//! core ["." segment]...
//! ```
//!
//! The core comes first; the others say in their first three bits what they are, and come in
//! any order, each once: 1 disclosed vendors, 2 allowed vendors, 3 publisher TC.

use super::fields::{Fields, Place};
use super::header::VERSION;
use super::options::DecodeOptions;
use super::rules;
use crate::bits::{SLACK, Sink, Value};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::text;

/// How many bits the type of a segment has.
pub(super) const TYPE_BITS: u32 = 3;

/// How many segments stand in a buffer at the most: a core, one of each other type, and one
/// more that is then refused or passed over.
const MAX_SEGMENTS: usize = 5;

/// How many bytes a buffer must have to decode a text of `characters` characters.
pub(super) const fn buffer_len(characters: usize) -> usize {
    text::buffer_len(characters) + MAX_SEGMENTS * SLACK
}

/// Takes a text apart, segment by segment: each is decoded behind the one before.
pub(super) struct Segments<'t> {
    text: &'t [u8],
    /// Where in the text the next segment starts; `None` behind the last.
    next: Option<usize>,
    /// How many bytes of the buffer are in use.
    pub(super) used: usize,
    /// How many segments were passed over.
    pub(super) skipped: u32,
    options: DecodeOptions,
}

impl<'t> Segments<'t> {
    /// Decodes the core of a text to the start of a buffer, which must have [`buffer_len`]
    /// bytes, and gives the segments behind it.
    pub(super) fn open(
        text: &'t str,
        buffer: &mut [u8],
        options: DecodeOptions,
        sink: &mut impl Sink,
    ) -> Result<(Place, Self), DecodeError> {
        debug_assert!(buffer.len() >= buffer_len(text.len()), "the caller checks the buffer");
        let mut segments = Self { text: text.as_bytes(), next: None, used: 0, skipped: 0, options };
        let core = segments.decode(0, buffer, |_| Ok(Segment::Core), sink)?;
        if core.bits == 0 {
            return Err(core.error("base64", DecodeErrorKind::Empty, 0));
        }
        segments.used = core.end();
        Ok((core, segments))
    }

    /// Decodes the next segment of a known type, if there is one.
    pub(super) fn next(
        &mut self,
        buffer: &mut [u8],
        sink: &mut impl Sink,
    ) -> Result<Option<Place>, DecodeError> {
        while let Some(character) = self.next {
            let options = self.options;
            let place = self.decode(character, buffer, |first| segment_of(first, options), sink)?;
            if place.segment != Segment::Other {
                self.used = place.end();
                return Ok(Some(place));
            }
            let is_empty = matches!(self.text.get(character), None | Some(b'.'));
            if place.bits == 0 && !(is_empty && self.options.empty_segments) {
                return Err(place.error("base64", DecodeErrorKind::Empty, 0));
            }
            self.skipped += 1;
        }
        Ok(None)
    }

    /// Decodes the segment that starts at a character; `segment_of` says from its first byte
    /// what it is.
    #[inline]
    fn decode(
        &mut self,
        character: usize,
        buffer: &mut [u8],
        segment_of: impl FnOnce(u8) -> Result<Segment, DecodeErrorKind>,
        sink: &mut impl Sink,
    ) -> Result<Place, DecodeError> {
        let text = &self.text[character..];
        let free = &mut buffer[self.used..];
        let characters = text::decode_prefix(text, free);
        #[allow(clippy::cast_possible_truncation, reason = "a text has fewer than 2³² bits")]
        let mut place = Place {
            segment: Segment::Other,
            character: character as u32,
            start: self.used as u32,
            bits: 6 * characters as u32,
        };
        // The byte is zero where there is no character.
        let segment = segment_of(free[0]);
        place.segment = segment.unwrap_or(Segment::Other);
        sink.segment(place.told());
        match segment {
            Err(kind) if characters > 0 => {
                let (origin, number) = (8 * self.used, free[0] >> (8 - TYPE_BITS));
                let end = origin + TYPE_BITS as usize;
                sink.field("segment_type", origin, end, Value::Number(number.into()));
                return Err(place.error("segment_type", kind, 0));
            }
            _ => {}
        }
        let behind = self.close(&text[characters..], place)?;
        self.next = (!behind.is_empty()).then(|| self.text.len() - behind.len() + 1);
        Ok(place)
    }

    /// Checks what is behind the base64 characters of a segment; all that is left of the text
    /// from the segment's dot on.
    #[inline]
    fn close(&self, behind: &'t [u8], place: Place) -> Result<&'t [u8], DecodeError> {
        let error = |kind| Err(place.error("base64", kind, place.bits as usize));
        if self.options.strict && place.bits / 6 % 4 == 1 {
            return error(DecodeErrorKind::DanglingCharacter);
        }
        let padding = behind.iter().take_while(|&&byte| byte == b'=').count();
        if padding > if self.options.padding { 2 } else { 0 } {
            return error(DecodeErrorKind::Padding);
        }
        match &behind[padding..] {
            behind @ ([] | [b'.', ..]) => Ok(behind),
            _ => Err(place.error(
                "base64",
                DecodeErrorKind::InvalidCharacter { base64: true },
                place.bits as usize + 6 * padding,
            )),
        }
    }

    /// Checks what is behind the last field of a segment.
    pub(super) fn finish(
        &self,
        fields: &Fields<'_>,
        ones_are_allowed: bool,
        sink: &mut impl Sink,
    ) -> Result<(), DecodeError> {
        let left = fields.reader.left();
        let position = fields.reader.position();
        sink.rule(rules::FILL);
        sink.field("fill", position, position + left, Value::Unread);
        let kind = if !ones_are_allowed && !fields.reader.is_zero_to_end() {
            DecodeErrorKind::NonZeroFill
        } else if self.options.strict && left >= 24 {
            #[allow(clippy::cast_possible_truncation)]
            DecodeErrorKind::ExcessFill { bits: left as u32 }
        } else {
            return Ok(());
        };
        Err(fields.error("fill", Fault::new(kind, fields.reader.position())))
    }
}

/// What segment it is that starts with this byte.
fn segment_of(first: u8, options: DecodeOptions) -> Result<Segment, DecodeErrorKind> {
    let segment_type = first >> (8 - TYPE_BITS);
    match segment_type {
        1 => Ok(Segment::DisclosedVendors),
        2 => Ok(Segment::AllowedVendors),
        3 => Ok(Segment::PublisherTc),
        // A core has no type: it starts with its version, whose first bits are zeros.
        _ if first >> 2 == VERSION => Err(DecodeErrorKind::SecondCore),
        _ if options.unknown_segments => Ok(Segment::Other),
        _ => Err(DecodeErrorKind::UnknownSegmentType { segment_type }),
    }
}
