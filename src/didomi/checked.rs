//! The grammar of a whole string: frame, header, four sections, zero fill.

use super::frame::Frame;
use super::header::Header;
use super::options::DecodeOptions;
use super::rules;
use super::section_bits::CheckedSection;
use super::section_kind::SectionKind;
use crate::bits::{BitReader, SegmentStart, Sink, Value};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::format::Format;
use crate::text;

/// A string that was checked from end to end: what stands where in its text and in its bits.
#[derive(Clone, Copy)]
pub(crate) struct Checked {
    pub(super) frame: Frame,
    pub(super) header: Header,
    pub(super) sections: [CheckedSection; SectionKind::COUNT],
    /// How many bits there are.
    end: u32,
}

impl Checked {
    /// Decodes the characters of a text before `sections`, or fewer, into `bits`, and checks all of
    /// it. There is room enough, and the text is not too long.
    #[inline(always)]
    pub(super) fn check(
        text: &str,
        sections: usize,
        bits: &mut [u8],
        options: &DecodeOptions,
        sink: &mut impl Sink,
    ) -> Result<Self, DecodeError> {
        match Self::check_without_hint(text, sections, bits, options, sink) {
            Ok(checked) => Ok(checked),
            Err(error) => Err(error.with_hint(text, Format::Didomi)),
        }
    }

    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)]
    fn check_without_hint<S: Sink>(
        text: &str,
        sections: usize,
        bits: &mut [u8],
        options: &DecodeOptions,
        sink: &mut S,
    ) -> Result<Self, DecodeError> {
        let characters = text::decode_prefix(&text.as_bytes()[..sections], bits);
        let frame = Self::frame(text, characters, options, sink);
        if S::LISTENS && frame.is_err() {
            // What the bits say may still help to see what is wrong with the text.
            let _ = Self::bits(bits, characters, options, sink);
        }
        let frame = frame?;
        let (header, sections) = Self::bits(bits, characters, options, sink)?;
        Ok(Self::new(frame, header, sections, characters))
    }

    /// Checks how the text is made up of characters and parts.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)]
    fn frame(
        text: &str,
        characters: usize,
        options: &DecodeOptions,
        sink: &mut impl Sink,
    ) -> Result<Frame, DecodeError> {
        let frame = Frame::parse(text, characters, options.token_characters, sink)?;
        if characters == 0 {
            return Err(in_sections(DecodeErrorKind::Empty, 0, "base64"));
        }
        if characters % 4 != 0 {
            let kind = DecodeErrorKind::InvalidLength { characters: characters as u32 };
            return Err(in_sections(kind, characters * 6, "base64"));
        }
        Ok(frame)
    }

    /// Checks all bits of the sections, which have so many characters.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)]
    fn bits(
        bits: &[u8],
        characters: usize,
        options: &DecodeOptions,
        sink: &mut impl Sink,
    ) -> Result<(Header, [CheckedSection; SectionKind::COUNT]), DecodeError> {
        sink.segment(SegmentStart {
            segment: Segment::Sections,
            character: 0,
            characters,
            origin: 0,
        });
        let mut start = BitReader::new(bits, characters * 6);
        let header = Header::take(&mut start, sink)?;
        // A reader of its own: the one above stays in registers.
        let mut reader = start;
        let mut sections = [CheckedSection::UNREAD; SectionKind::COUNT];
        for &kind in SectionKind::ALL {
            sink.ids_of(kind.noun());
            sink.enter(kind.name());
            sections[kind as usize] =
                CheckedSection::take(&mut reader, options.inferred_codes, sink)
                    .map_err(|fault| fault.at(Segment::Sections, kind.name()))?;
            sink.leave();
        }
        let fill = reader.left();
        sink.rule(rules::FILL);
        sink.field("fill", reader.position(), characters * 6, Value::Unread);
        if !reader.is_zero_to_end() {
            return Err(in_sections(DecodeErrorKind::NonZeroFill, reader.position(), "fill"));
        }
        if fill >= 24 {
            let kind = DecodeErrorKind::ExcessFill { bits: fill as u32 };
            return Err(in_sections(kind, reader.position(), "fill"));
        }
        Ok((header, sections))
    }

    /// A string whose sections have so many characters.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation, reason = "the limits on the text are far below")]
    pub(super) const fn new(
        frame: Frame,
        header: Header,
        sections: [CheckedSection; SectionKind::COUNT],
        characters: usize,
    ) -> Self {
        Self { frame, header, sections, end: 6 * characters as u32 }
    }

    /// How many characters the sections have.
    pub(super) const fn characters(&self) -> usize {
        self.end as usize / 6
    }

    /// The bits that were checked.
    #[inline(always)]
    pub(super) fn reader<'b>(&self, bits: &'b [u8]) -> BitReader<'b> {
        BitReader::new(bits, self.end as usize)
    }
}

#[cold]
fn in_sections(kind: DecodeErrorKind, bit: usize, field: &'static str) -> DecodeError {
    Fault::new(kind, bit).at(Segment::Sections, field)
}
