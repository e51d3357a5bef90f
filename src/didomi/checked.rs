//! The grammar of a whole string: frame, header, four sections, zero fill.

use super::frame::Frame;
use super::header::Header;
use super::options::DecodeOptions;
use super::section_bits::CheckedSection;
use super::section_kind::SectionKind;
use crate::bits::BitReader;
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
    ) -> Result<Self, DecodeError> {
        match Self::check_without_hint(text, sections, bits, options) {
            Ok(checked) => Ok(checked),
            Err(error) => Err(error.with_hint(text, Format::Didomi)),
        }
    }

    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)]
    fn check_without_hint(
        text: &str,
        sections: usize,
        bits: &mut [u8],
        options: &DecodeOptions,
    ) -> Result<Self, DecodeError> {
        let characters = text::decode_prefix(&text.as_bytes()[..sections], bits);
        let frame = Frame::parse(text, characters, options.token_characters)?;
        if characters == 0 {
            return Err(in_sections(DecodeErrorKind::Empty, 0, "base64"));
        }
        if characters % 4 != 0 {
            let kind = DecodeErrorKind::InvalidLength { characters: characters as u32 };
            return Err(in_sections(kind, characters * 6, "base64"));
        }

        let mut start = BitReader::new(bits, characters * 6);
        let header = Header::take(&mut start)?;
        // A reader of its own: the one above stays in registers.
        let mut reader = start;
        let mut sections = [CheckedSection::UNREAD; SectionKind::COUNT];
        for &kind in SectionKind::ALL {
            sections[kind as usize] = CheckedSection::take(&mut reader, options.inferred_codes)
                .map_err(|fault| fault.at(Segment::Sections, kind.name()))?;
        }
        let fill = reader.left();
        if !reader.is_zero_to_end() {
            return Err(in_sections(DecodeErrorKind::NonZeroFill, reader.position(), "fill"));
        }
        if fill >= 24 {
            let kind = DecodeErrorKind::ExcessFill { bits: fill as u32 };
            return Err(in_sections(kind, reader.position(), "fill"));
        }
        Ok(Self::new(frame, header, sections, characters))
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
