//! A GPP string read in place.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::header::{Header, SectionIds};
use super::section::{SectionRef, Sections};
use super::{DecodeOptions, GppString, SectionId};
use crate::bits::Sink;
use crate::buffer::Buffer;
use crate::error::{DecodeError, ParseInError};
use crate::format::Format;
use crate::text;

/// A GPP string that was read in place: its header is checked, and each of its sections is
/// read when somebody asks for it, so that one that can't be read is an error of its own.
///
/// It accepts and refuses what [`GppString`] does, and answers alike. It never allocates, but
/// where a method says so. `==`, `Hash` and `Ord` are those of the text.
///
/// ```
/// use consent_string::Buffer;
/// use consent_string::gpp::{DataUse, GppStringRef, OptOutAnswer};
///
/// let mut buffer = Buffer::new();
/// let gpp = GppStringRef::parse("DBABL~BVQVAAAAAg", &mut buffer)?;
/// assert_eq!(gpp.opted_out(DataUse::Sale, None), OptOutAnswer::OptedOut);
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct GppStringRef<'t, 'b> {
    pub(super) text: &'t str,
    /// The bits of the header.
    pub(super) bits: &'b [u8],
    pub(super) header: Header,
    pub(super) options: DecodeOptions,
}

impl<'t, 'b> GppStringRef<'t, 'b> {
    /// How many bytes a buffer must have for [`parse_in`](Self::parse_in) to read a text of
    /// so many bytes, whatever it is.
    #[must_use]
    pub const fn buffer_len(text_len: usize) -> usize {
        Header::buffer_len(text_len)
    }

    /// Reads a GPP string in place; the bits of its header are decoded into `buffer`.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the header can't be read (`"CPXxRf..."`, a TC string by itself),
    /// or where there are more or fewer sections than it lists (`"DBACNY~1YNN"`).
    pub fn parse(text: &'t str, buffer: &'b mut Buffer) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode_ref(text, buffer)
    }

    /// Reads a GPP string in place, with bytes of the caller's for the bits of its header.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse), and [`ParseInError::BufferTooSmall`] where there are fewer
    /// bytes than the header needs: [`buffer_len`](Self::buffer_len) of its characters.
    pub fn parse_in(text: &'t str, buffer: &'b mut [u8]) -> Result<Self, ParseInError> {
        DecodeOptions::new().decode_in(text, buffer)
    }

    pub(super) fn decode(
        text: &'t str,
        buffer: &'b mut Buffer,
        options: DecodeOptions,
    ) -> Result<Self, DecodeError> {
        let header = header_of(text, options)?;
        let room = buffer.room(Header::buffer_len(header.len()));
        Self::read(text, header, room, options, &mut ())
    }

    /// Reads a text whose header is `header`.
    #[inline]
    pub(super) fn read(
        text: &'t str,
        header: &str,
        buffer: &'b mut [u8],
        options: DecodeOptions,
        sink: &mut impl Sink,
    ) -> Result<Self, DecodeError> {
        let hinted = |error: DecodeError| error.with_hint(text, Format::Gpp);
        let checked = Header::read(header, buffer, sink).map_err(hinted)?;
        let behind = &text.as_bytes()[header.len()..];
        let found = behind.iter().map(|&byte| u32::from(byte == SEPARATOR)).sum();
        if found != checked.count {
            return Err(hinted(checked.miscounts(found)));
        }
        let buffer: &'b [u8] = buffer;
        Ok(Self { text, bits: &buffer[..checked.used()], header: checked, options })
    }

    /// The string of a text and of the bits of its header, which was checked.
    #[cfg(feature = "request")]
    pub(crate) const fn of_checked(
        text: &'t str,
        bits: &'b [u8],
        header: Header,
        options: DecodeOptions,
    ) -> Self {
        Self { text, bits, header, options }
    }

    /// How many bytes of bits there are, and what is in them: with the text, all that
    /// [`of_checked`](Self::of_checked) takes.
    #[cfg(feature = "request")]
    pub(crate) const fn parts(&self) -> (usize, Header) {
        (self.bits.len(), self.header)
    }

    /// The text that was read.
    #[must_use]
    pub const fn as_str(&self) -> &'t str {
        self.text
    }

    /// The IDs of the sections, rising.
    pub fn section_ids(&self) -> SectionIds<'b> {
        self.header.section_ids(self.bits)
    }

    /// The sections, by rising ID.
    pub fn sections(&self) -> Sections<'t, 'b> {
        Sections::new(self)
    }

    /// A section; `None` where the string has none of this ID.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Option<SectionRef<'t>> {
        // The IDs rise, and are told without the text.
        let mut ids = self.section_ids().take_while(|&other| other <= id);
        let place = ids.position(|other| other == id)?;
        self.sections().nth(place)
    }

    /// The same string as a value of its own.
    #[must_use]
    pub fn to_gpp_string(&self) -> GppString {
        GppString::of_view(self)
    }
}

impl DecodeOptions {
    /// Reads a GPP string for a sink that hears of all fields of its header.
    #[cfg(feature = "explain")]
    pub(crate) fn tell<'t, 'b>(
        self,
        text: &'t str,
        buffer: &'b mut Buffer,
        sink: &mut impl Sink,
    ) -> Result<GppStringRef<'t, 'b>, DecodeError> {
        let header = header_of(text, self)?;
        let room = buffer.room(Header::buffer_len(header.len()));
        GppStringRef::read(text, header, room, self, sink)
    }

    /// Reads a GPP string in place, with bytes of the caller's for the bits of its header.
    ///
    /// # Errors
    ///
    /// As [`GppStringRef::parse_in`].
    pub fn decode_in<'t, 'b>(
        self,
        text: &'t str,
        buffer: &'b mut [u8],
    ) -> Result<GppStringRef<'t, 'b>, ParseInError> {
        let header = header_of(text, self)?;
        let required = Header::buffer_len(header.len());
        if buffer.len() < required {
            return Err(ParseInError::BufferTooSmall { required });
        }
        Ok(GppStringRef::read(text, header, buffer, self, &mut ())?)
    }
}

/// What stands between a header and each section.
pub(super) const SEPARATOR: u8 = b'~';

/// The header of a text.
pub(super) fn header_of(text: &str, options: DecodeOptions) -> Result<&str, DecodeError> {
    text::check_length(text, options.max_text_length)?;
    Ok(text.split_once(char::from(SEPARATOR)).map_or(text, |(header, _)| header))
}

impl<'s> From<&'s GppString> for GppStringRef<'s, 's> {
    fn from(gpp: &'s GppString) -> Self {
        gpp.view()
    }
}

impl<'t, 'b> From<&GppStringRef<'t, 'b>> for GppStringRef<'t, 'b> {
    fn from(gpp: &GppStringRef<'t, 'b>) -> Self {
        *gpp
    }
}

impl AsRef<str> for GppStringRef<'_, '_> {
    fn as_ref(&self) -> &str {
        self.text
    }
}

impl fmt::Display for GppStringRef<'_, '_> {
    /// The text that was read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// The number of sections and the highest ID: not the text, which is personal data.
impl fmt::Debug for GppStringRef<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GppStringRef")
            .field("sections", &self.header.count)
            .field("characters", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl PartialEq for GppStringRef<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for GppStringRef<'_, '_> {}

impl PartialOrd for GppStringRef<'_, '_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for GppStringRef<'_, '_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(other.text)
    }
}

impl Hash for GppStringRef<'_, '_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
