//! The borrowed form of a string: checked once, allocating nothing, answering from the bits.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::checked::Checked;
use super::frame;
use super::options::DecodeOptions;
use crate::bits::BitReader;
use crate::buffer::Buffer;
use crate::error::{DecodeError, ParseInError};
use crate::format::Format;
use crate::text;

/// A Didomi Consent String that stays where it is: its text and its bits are borrowed.
///
/// The text is decoded into a buffer that the caller lends, and the whole structure is checked
/// once; from then on every answer is read from the bits. Parts of the text (`'t`) outlive the
/// buffer (`'b`).
///
/// `==`, `Hash` and `Ord` are those of the text;
/// [`says_the_same_as`](Self::says_the_same_as) compares what two strings say.
///
/// ```
/// use consent_string::Buffer;
/// use consent_string::didomi::{ConsentStringRef, VendorId};
///
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// let mut buffer = Buffer::new();
/// let consent = ConsentStringRef::parse(text, &mut buffer)?;
/// assert!(consent.vendors().status(VendorId::new(130).unwrap()).is_enabled());
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct ConsentStringRef<'t, 'b> {
    pub(super) text: &'t str,
    /// As many as [`text::buffer_len`] says of the sections' characters, or more.
    pub(super) bits: &'b [u8],
    pub(super) checked: Checked,
}

impl<'t, 'b> ConsentStringRef<'t, 'b> {
    /// Reads a string under the default [`DecodeOptions`].
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the string: `"B"` is
    /// [`InvalidLength`](crate::DecodeErrorKind::InvalidLength), a string cut behind its header
    /// [`Truncated`](crate::DecodeErrorKind::Truncated).
    pub fn parse(text: &'t str, buffer: &'b mut Buffer) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode_ref(text, buffer)
    }

    /// Reads a string under the default [`DecodeOptions`] into a buffer of bytes, where there is no
    /// allocator.
    ///
    /// # Errors
    ///
    /// [`ParseInError::BufferTooSmall`] for a buffer below [`buffer_len`](Self::buffer_len), and
    /// [`ParseInError::Decode`] for whatever is wrong with the string.
    pub fn parse_in(text: &'t str, buffer: &'b mut [u8]) -> Result<Self, ParseInError> {
        DecodeOptions::new().decode_in(text, buffer)
    }

    /// How many bytes a buffer must have for a text: about three for every four characters of its
    /// sections, and none for its tokens.
    #[must_use]
    pub fn buffer_len(text: &str) -> usize {
        text::buffer_len(frame::sections_len(text))
    }

    /// The text, as it was given.
    #[inline]
    #[must_use]
    pub const fn as_str(&self) -> &'t str {
        self.text
    }

    /// The string of a text and of its bits, which were checked.
    #[cfg(feature = "request")]
    pub(crate) const fn of_checked(text: &'t str, bits: &'b [u8], checked: Checked) -> Self {
        Self { text, bits, checked }
    }

    /// How many bytes of bits there are, and where the parts stand in them: with the text, all
    /// that [`of_checked`](Self::of_checked) takes.
    #[cfg(feature = "request")]
    pub(crate) const fn parts(&self) -> (usize, Checked) {
        // A buffer may have room for more.
        (text::buffer_len(self.checked.characters()), self.checked)
    }

    #[inline]
    pub(super) fn reader(&self) -> BitReader<'b> {
        self.checked.reader(self.bits)
    }
}

impl DecodeOptions {
    /// Reads a string on the hot path, into a buffer that is used again; see
    /// [`ConsentStringRef::parse`].
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the string; see [`DecodeError`].
    pub fn decode_ref<'t, 'b>(
        &self,
        text: &'t str,
        buffer: &'b mut Buffer,
    ) -> Result<ConsentStringRef<'t, 'b>, DecodeError> {
        self.check_length(text)?;
        let bits = buffer.room(text::buffer_len(text.len()));
        let checked = Checked::check(text, text.len(), bits, self, &mut ())?;
        Ok(ConsentStringRef { text, bits, checked })
    }

    /// Reads a string into a buffer of bytes; see [`ConsentStringRef::parse_in`].
    ///
    /// # Errors
    ///
    /// [`ParseInError::BufferTooSmall`] for a buffer below
    /// [`buffer_len`](ConsentStringRef::buffer_len), and [`ParseInError::Decode`] for whatever is
    /// wrong with the string.
    pub fn decode_in<'t, 'b>(
        &self,
        text: &'t str,
        buffer: &'b mut [u8],
    ) -> Result<ConsentStringRef<'t, 'b>, ParseInError> {
        self.check_length(text)?;
        let mut sections = text.len();
        if buffer.len() < text::buffer_len(sections) {
            sections = frame::sections_len(text);
            let required = text::buffer_len(sections);
            if buffer.len() < required {
                return Err(ParseInError::BufferTooSmall { required });
            }
        }
        let checked = Checked::check(text, sections, buffer, self, &mut ())?;
        Ok(ConsentStringRef { text, bits: buffer, checked })
    }

    /// Reads a string for a sink that hears of all its fields.
    #[cfg(feature = "explain")]
    pub(crate) fn tell(
        &self,
        text: &str,
        buffer: &mut Buffer,
        sink: &mut impl crate::bits::Sink,
    ) -> Result<(), DecodeError> {
        self.check_length(text)?;
        let bits = buffer.room(text::buffer_len(text.len()));
        Checked::check(text, text.len(), bits, self, sink).map(drop)
    }

    /// Refuses a text that is too long, before any other work.
    #[inline]
    pub(super) fn check_length(&self, text: &str) -> Result<(), DecodeError> {
        match text::check_length(text, self.max_text_length) {
            Ok(()) => Ok(()),
            Err(error) => Err(error.with_hint(text, Format::Didomi)),
        }
    }
}

impl AsRef<str> for ConsentStringRef<'_, '_> {
    fn as_ref(&self) -> &str {
        self.text
    }
}

impl fmt::Display for ConsentStringRef<'_, '_> {
    /// The text, as it was given.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// Neither the user's ID nor a token nor the text, which has both: logs are no place for them.
impl fmt::Debug for ConsentStringRef<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show("ConsentStringRef", f)
    }
}

impl ConsentStringRef<'_, '_> {
    /// What `Debug` shows of either form.
    pub(super) fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("version", &self.version())
            .field("created", &self.created())
            .field("updated", &self.updated())
            .field("regulation", &self.regulation())
            .field("sync", &self.sync())
            .field("purposes", &self.purposes())
            .field("purposes_li", &self.purposes_li())
            .field("vendors", &self.vendors())
            .field("vendors_li", &self.vendors_li())
            .finish_non_exhaustive()
    }
}

impl PartialEq for ConsentStringRef<'_, '_> {
    /// Whether the texts are the same.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for ConsentStringRef<'_, '_> {}

impl Hash for ConsentStringRef<'_, '_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for ConsentStringRef<'_, '_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ConsentStringRef<'_, '_> {
    /// The order of the texts.
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(other.text)
    }
}

impl From<&Self> for ConsentStringRef<'_, '_> {
    fn from(view: &Self) -> Self {
        *view
    }
}
