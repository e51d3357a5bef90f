//! The frame of a TC string: segments between dots, each of them base64 for itself.
//!
//! ```text
//! core ["." segment]...
//! ```
//!
//! The core comes first; the others say in their first three bits what they are, and come in
//! any order, each once: 1 disclosed vendors, 2 allowed vendors, 3 publisher TC.

use super::fields::Fields;
use super::header::VERSION;
use super::options::DecodeOptions;
use crate::bits::{BitReader, SLACK};
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

/// Takes a text apart, segment by segment.
pub(super) struct Segments<'a> {
    /// What is behind the last dot that was read.
    rest: Option<&'a [u8]>,
    /// What of the buffer is not yet in use.
    buffer: &'a mut [u8],
    count: u32,
    options: DecodeOptions,
}

impl<'a> Segments<'a> {
    /// The core of a text and the segments behind it, to be decoded into a buffer of
    /// [`buffer_len`] bytes.
    pub(super) fn open(
        text: &'a str,
        buffer: &'a mut [u8],
        options: DecodeOptions,
    ) -> Result<(Fields<'a>, Self), DecodeError> {
        text::check_length(text, options.max_text_length)?;
        text::check_room(buffer_len(text.len()), buffer)?;
        let mut segments = Self { rest: None, buffer, count: 1, options };
        let core = segments.decode(text.as_bytes())?;
        Ok((core, segments))
    }

    /// Decodes the next segment and reads its type, if there is one.
    pub(super) fn next(&mut self) -> Option<Result<Fields<'a>, DecodeError>> {
        let rest = self.rest?;
        if self.count == MAX_SEGMENTS {
            let kind = DecodeErrorKind::TooManySegments { maximum: MAX_SEGMENTS };
            return Some(Err(DecodeError::whole(kind)));
        }
        self.count += 1;
        Some(self.decode(rest))
    }

    #[inline]
    fn decode(&mut self, text: &'a [u8]) -> Result<Fields<'a>, DecodeError> {
        let buffer = core::mem::take(&mut self.buffer);
        let characters = text::decode_prefix(text, buffer);
        let bits = 6 * characters;
        let (bytes, free) = buffer.split_at_mut(bits.div_ceil(8) + SLACK);
        self.buffer = free;

        let reader = BitReader::new(bytes, bits);
        let fields = if self.count == 1 {
            Fields { reader, segment: Segment::Core }
        } else {
            Self::take_type(Fields { reader, segment: Segment::Other })?
        };
        self.rest = self.close(&text[characters..], &fields, characters)?;
        if characters == 0 {
            return Err(fields.error("base64", Fault::new(DecodeErrorKind::Empty, 0)));
        }
        Ok(fields)
    }

    /// Reads the type; the segment of a text that has none is still [`Segment::Other`].
    fn take_type(mut fields: Fields<'a>) -> Result<Fields<'a>, DecodeError> {
        let start = fields.reader;
        fields.segment = match fields.reader.take(TYPE_BITS) {
            Ok(1) => Segment::DisclosedVendors,
            Ok(2) => Segment::AllowedVendors,
            Ok(3) => Segment::PublisherTc,
            Ok(segment_type) => {
                // A core has no type: it starts with its version, whose first bits are zeros.
                let kind = if start.peek() >> (64 - 6) == u64::from(VERSION) {
                    DecodeErrorKind::SecondCore
                } else {
                    #[allow(clippy::cast_possible_truncation)]
                    DecodeErrorKind::UnknownSegmentType { segment_type: segment_type as u8 }
                };
                return Err(fields.error("segment_type", Fault::new(kind, 0)));
            }
            Err(_) => Segment::Other,
        };
        Ok(fields)
    }

    /// Reads what is behind the base64 characters of a segment: what is behind its dot.
    fn close(
        &self,
        behind: &'a [u8],
        fields: &Fields<'a>,
        characters: usize,
    ) -> Result<Option<&'a [u8]>, DecodeError> {
        let error = |kind| Err(fields.error("base64", Fault::new(kind, 6 * characters)));
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
    pub(super) fn finish(&self, fields: &Fields<'a>) -> Result<(), DecodeError> {
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
