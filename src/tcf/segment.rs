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
use crate::bits::SLACK;
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::text;

/// How many bits the type of a segment has.
pub(super) const TYPE_BITS: u32 = 3;

/// How many segments a string can have: a core and one of each other type.
const MAX_SEGMENTS: u32 = 4;

/// How many bytes a buffer must have to decode a text of `characters` characters.
pub(super) const fn buffer_len(characters: usize) -> usize {
    text::buffer_len(characters) + MAX_SEGMENTS as usize * SLACK
}

/// Takes a text apart, segment by segment: each is decoded behind the one before.
pub(super) struct Segments<'a> {
    /// What is behind the last dot that was read.
    rest: Option<&'a [u8]>,
    /// How many bytes of the buffer are in use.
    used: usize,
    count: u32,
    options: DecodeOptions,
}

impl<'a> Segments<'a> {
    /// Decodes the core of a text to the start of a buffer, which must have [`buffer_len`]
    /// bytes, and gives the segments behind it.
    pub(super) fn open(
        text: &'a str,
        buffer: &mut [u8],
        options: DecodeOptions,
    ) -> Result<(Place, Self), DecodeError> {
        text::check_length(text, options.max_text_length)?;
        text::check_room(buffer_len(text.len()), buffer)?;
        let mut segments = Self { rest: None, used: 0, count: 1, options };
        let core = segments.decode(text.as_bytes(), buffer)?;
        Ok((core, segments))
    }

    /// Decodes the next segment and reads its type, if there is one.
    pub(super) fn next(&mut self, buffer: &mut [u8]) -> Option<Result<Place, DecodeError>> {
        let rest = self.rest?;
        if self.count == MAX_SEGMENTS {
            let kind = DecodeErrorKind::TooManySegments { maximum: MAX_SEGMENTS };
            return Some(Err(DecodeError::whole(kind)));
        }
        self.count += 1;
        Some(self.decode(rest, buffer))
    }

    #[inline]
    fn decode(&mut self, text: &'a [u8], buffer: &mut [u8]) -> Result<Place, DecodeError> {
        let start = self.used;
        let free = buffer.get_mut(start..).unwrap_or_default();
        let characters = text::decode_prefix(text, free);
        let bits = 6 * characters;
        let segment = match free.first() {
            _ if self.count == 1 => Segment::Core,
            Some(&first) if characters > 0 => Self::segment_of(first)?,
            _ => Segment::Other,
        };
        let place = Place { segment, start, bits };
        self.used = place.end();
        self.rest = self.close(text, place)?;
        if characters == 0 {
            return Err(place.error("base64", DecodeErrorKind::Empty, 0));
        }
        Ok(place)
    }

    /// What segment it is that starts with this byte.
    fn segment_of(first: u8) -> Result<Segment, DecodeError> {
        let segment_type = first >> (8 - TYPE_BITS);
        let kind = match segment_type {
            1 => return Ok(Segment::DisclosedVendors),
            2 => return Ok(Segment::AllowedVendors),
            3 => return Ok(Segment::PublisherTc),
            // A core has no type: it starts with its version, whose first bits are zeros.
            _ if first >> 2 == VERSION => DecodeErrorKind::SecondCore,
            _ => DecodeErrorKind::UnknownSegmentType { segment_type },
        };
        let place = Place { segment: Segment::Other, start: 0, bits: 0 };
        Err(place.error("segment_type", kind, 0))
    }

    /// Reads what is behind the base64 characters of a segment: what is behind its dot.
    fn close(&self, text: &'a [u8], place: Place) -> Result<Option<&'a [u8]>, DecodeError> {
        let characters = place.bits / 6;
        let behind = text.get(characters..).unwrap_or_default();
        let error = |kind| Err(place.error("base64", kind, place.bits));
        if self.options.is_strict() && characters % 4 == 1 {
            return error(DecodeErrorKind::DanglingCharacter);
        }
        let padding = behind.iter().take_while(|&&byte| byte == b'=').count();
        if padding > if self.options.is_lenient() { 2 } else { 0 } {
            return error(DecodeErrorKind::Padding);
        }
        match behind[padding..] {
            [] => Ok(None),
            [b'.', ref rest @ ..] => Ok(Some(rest)),
            _ => error(DecodeErrorKind::InvalidCharacter { base64: true }),
        }
    }

    /// Checks what is behind the last field of a segment.
    pub(super) fn finish(&self, fields: &Fields<'_>) -> Result<(), DecodeError> {
        let left = fields.reader.left();
        let kind = if !self.options.is_lenient() && !fields.reader.is_zero_to_end() {
            DecodeErrorKind::NonZeroFill
        } else if self.options.is_strict() && left >= 24 {
            #[allow(clippy::cast_possible_truncation)]
            DecodeErrorKind::ExcessFill { bits: left as u32 }
        } else {
            return Ok(());
        };
        Err(fields.error("fill", Fault::new(kind, fields.reader.position())))
    }
}
