//! The borrowed form: checked once, allocating nothing, answering from the bits.

use core::fmt;
use core::marker::PhantomData;

use uuid::Uuid;

use super::consent_string::ConsentString;
use super::form::{SectionForm, SectionKind};
use super::frame::Frame;
use super::header::{Header, Regulation, Version, header_getters};
use super::ids::{PurposeId, VendorId};
use super::keep::{Keep, Kept};
use super::options::DecodeOptions;
use super::runs::Walk;
use super::section::{Section, Status};
use super::walk::CheckedSection;
use crate::bits::BitReader;
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};
use crate::ids::Id;
use crate::ids::IdRange;
use crate::text;
use crate::time::Timestamp;

/// A Didomi Consent String that stays where it is: text and bits are borrowed.
///
/// The text is decoded into a buffer that the caller lends, and the whole structure is
/// checked once; from then on every answer is read from the bits. Nothing is allocated.
///
/// ```
/// use consent_string::didomi::VendorId;
/// use consent_string::didomi::ConsentStringRef;
///
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// let mut buffer = [0; 1024]; // serves texts of up to 1,340 characters
/// let consent = ConsentStringRef::parse(text, &mut buffer)?;
/// assert!(consent.vendors().status(VendorId::new(130).unwrap()).is_enabled());
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ConsentStringRef<'a> {
    text: &'a str,
    frame: Frame,
    bits: BitReader<'a>,
    header: Header,
    sections: [CheckedSection; 4],
}

impl<'a> ConsentStringRef<'a> {
    /// How many bytes a buffer must have for a text of so many bytes: about three for every
    /// four.
    #[must_use]
    pub const fn buffer_len(text_len: usize) -> usize {
        text::buffer_len(text_len)
    }

    /// Reads a string under the default [`DecodeOptions`].
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the string: `"B"` is [`DecodeErrorKind::InvalidLength`], a
    /// string cut behind its header [`DecodeErrorKind::Truncated`]; and
    /// [`DecodeErrorKind::BufferTooSmall`] for a buffer below
    /// [`buffer_len`](Self::buffer_len).
    pub fn parse(text: &'a str, buffer: &'a mut [u8]) -> Result<Self, DecodeError> {
        Self::decode(text, buffer, &DecodeOptions::new())
    }

    pub(super) fn decode(
        text: &'a str,
        buffer: &'a mut [u8],
        options: &DecodeOptions,
    ) -> Result<Self, DecodeError> {
        Self::decode_and_keep(text, buffer, options, &mut [(); 4])
    }

    /// Reads a string, and keeps of each section what `keep` says.
    pub(super) fn decode_and_keep<K: Keep>(
        text: &'a str,
        buffer: &'a mut [u8],
        options: &DecodeOptions,
        keep: &mut [K; 4],
    ) -> Result<Self, DecodeError> {
        text::check_length(text, options.max_text_length)?;
        text::check_buffer(text, buffer)?;
        let characters = text::decode_prefix(text.as_bytes(), buffer);
        let frame = Frame::parse(text, characters)?;
        if characters == 0 {
            return Err(in_sections(DecodeErrorKind::Empty, 0, "base64"));
        }
        if characters % 4 != 0 {
            #[allow(clippy::cast_possible_truncation)]
            let kind = DecodeErrorKind::InvalidLength { characters: characters as u32 };
            return Err(in_sections(kind, characters * 6, "base64"));
        }

        let mut start = BitReader::new(buffer, characters * 6);
        let header = Header::take(&mut start)?;
        // A reader of its own: the one above stays in registers.
        let mut reader = start;
        let mut sections = [CheckedSection::UNREAD; 4];
        for kind in SectionKind::ALL {
            let index = kind as usize;
            sections[index] =
                CheckedSection::take(&mut reader, options.inferred_codes, &mut keep[index])
                    .map_err(|fault| fault.at(Segment::Sections, kind.name()))?;
        }
        let fill = reader.left();
        if !reader.is_zero_to_end() {
            return Err(in_sections(DecodeErrorKind::NonZeroFill, reader.position(), "fill"));
        }
        if fill >= 24 {
            #[allow(clippy::cast_possible_truncation)]
            let kind = DecodeErrorKind::ExcessFill { bits: fill as u32 };
            return Err(in_sections(kind, reader.position(), "fill"));
        }
        Ok(Self { text, frame, bits: reader, header, sections })
    }

    /// The text, as it was given.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    header_getters!();

    /// Purposes, consent (version 2: opt-in).
    #[must_use]
    pub fn purposes(&self) -> SectionRef<'a, PurposeId> {
        self.section(SectionKind::Purposes)
    }

    /// Purposes, legitimate interest (version 2: opt-out).
    #[must_use]
    pub fn purposes_li(&self) -> SectionRef<'a, PurposeId> {
        self.section(SectionKind::PurposesLi)
    }

    /// Vendors, consent (version 2: opt-in).
    #[must_use]
    pub fn vendors(&self) -> SectionRef<'a, VendorId> {
        self.section(SectionKind::Vendors)
    }

    /// Vendors, legitimate interest (version 2: opt-out).
    #[must_use]
    pub fn vendors_li(&self) -> SectionRef<'a, VendorId> {
        self.section(SectionKind::VendorsLi)
    }

    fn section<I: Id>(&self, kind: SectionKind) -> SectionRef<'a, I> {
        SectionRef { bits: self.bits, section: self.sections[kind as usize], ids: PhantomData }
    }

    /// How a section is encoded.
    #[must_use]
    pub fn form(&self, section: SectionKind) -> SectionForm {
        self.sections[section as usize].form
    }

    /// The sections whose meaning rests on a statuses code that is inferred only.
    pub fn inferred_sections(&self) -> impl Iterator<Item = SectionKind> + use<> {
        let forms = self.forms();
        SectionKind::ALL.into_iter().filter(move |&kind| forms[kind as usize].is_inferred())
    }

    pub(super) fn forms(&self) -> [SectionForm; 4] {
        self.sections.map(|section| section.form)
    }

    pub(super) const fn header(&self) -> Header {
        self.header
    }

    pub(super) const fn frame(&self) -> Frame {
        self.frame
    }

    /// The device ID, an opaque token.
    #[must_use]
    pub fn did(&self) -> Option<&'a str> {
        self.frame.did(self.text)
    }

    /// The organization user ID, an opaque token.
    #[must_use]
    pub fn ouid(&self) -> Option<&'a str> {
        self.frame.ouid(self.text)
    }

    /// The signature, an opaque token. How it is made is not published: nothing here checks it.
    #[must_use]
    pub fn signature(&self) -> Option<&'a str> {
        self.frame.signature(self.text)
    }

    /// What a signature covers, in its exact bytes: all of the text before the signature's
    /// separator. That it is this part is inferred.
    #[must_use]
    pub fn signed_part(&self) -> &'a str {
        self.frame.signed_part(self.text)
    }

    /// The same string with parts of its own.
    #[must_use]
    pub fn to_owned(&self) -> ConsentString {
        ConsentString::from(self)
    }
}

#[cold]
fn in_sections(kind: DecodeErrorKind, bit: usize, field: &'static str) -> DecodeError {
    Fault::new(kind, bit).at(Segment::Sections, field)
}

impl fmt::Display for ConsentStringRef<'_> {
    /// The text, as it was given.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// Neither the user's ID nor a token nor the text, which has both: logs are no place for them.
impl fmt::Debug for ConsentStringRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsentStringRef")
            .field("header", &self.header)
            .field("purposes", &self.purposes())
            .field("purposes_li", &self.purposes_li())
            .field("vendors", &self.vendors())
            .field("vendors_li", &self.vendors_li())
            .finish_non_exhaustive()
    }
}

/// A section of a [`ConsentStringRef`]: statuses read straight from the bits.
#[derive(Clone, Copy)]
pub struct SectionRef<'a, I> {
    bits: BitReader<'a>,
    section: CheckedSection,
    ids: PhantomData<I>,
}

impl<'a, I: Id> SectionRef<'a, I> {
    /// The status of an ID: at once in a bit field, linear in the number of ranges otherwise.
    #[inline]
    #[must_use]
    pub fn status(&self, id: I) -> Status {
        self.section.status(self.bits, id.get())
    }

    /// The IDs that are enabled or disabled, rising, as ranges with one status each. Ranges
    /// that touch are not joined: they come as they stand in the bits.
    pub fn runs(&self) -> impl Iterator<Item = (IdRange<I>, Status)> + use<'a, I> {
        self.walk().filter(|&(_, status)| status != Status::Undefined).filter_map(
            |(span, status)| {
                IdRange::of_checked(span.first, span.last).map(|range| (range, status))
            },
        )
    }

    /// The IDs that are enabled or disabled, rising, with their statuses.
    pub fn iter(&self) -> impl Iterator<Item = (I, Status)> + use<'a, I> {
        self.runs().flat_map(|(range, status)| range.ids().map(move |id| (id, status)))
    }

    /// Whether no ID is enabled or disabled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs().next().is_none()
    }

    /// How the section is encoded.
    #[must_use]
    pub const fn form(&self) -> SectionForm {
        self.section.form
    }

    /// The same section with sets of its own.
    #[must_use]
    pub fn to_owned(&self) -> Section<I> {
        self.to_owned_with(Kept::new())
    }

    /// The same section with sets of its own, for which some ranges may have been kept.
    pub(super) fn to_owned_with(self, kept: Kept) -> Section<I> {
        self.section.to_section(self.bits, kept)
    }

    fn walk(&self) -> Walk<'a> {
        self.section.walk(self.bits)
    }
}

impl<I: Id> fmt::Debug for SectionRef<'_, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let section = self.to_owned();
        f.debug_struct("SectionRef")
            .field("form", &self.form())
            .field("enabled", &section.enabled())
            .field("disabled", &section.disabled())
            .finish()
    }
}
