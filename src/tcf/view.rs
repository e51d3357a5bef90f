//! A TC string that is read in place.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use super::checked::Checked;
use super::header::Header;
use super::options::DecodeOptions;
use super::{TcString, frame};
use crate::bits::{BitReader, SLACK};
use crate::buffer::Buffer;
use crate::error::{DecodeError, ParseInError};
use crate::format::Format;
use crate::text;

/// A TC string that was read in place: checked from end to end, but nothing is copied out of
/// its bits until it is asked for. It never allocates, but where a method says so.
///
/// It accepts and refuses what [`TcString`] does, and answers alike. `==`, `Hash` and `Ord` are
/// those of the text, too.
///
/// ```
/// use consent_string::Buffer;
/// use consent_string::tcf::{TcStringRef, VendorId, purposes};
///
/// let text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
/// let mut buffer = Buffer::new();
/// let consent = TcStringRef::parse(text, &mut buffer)?;
/// assert!(consent.vendor_consent(VendorId::new(7).unwrap()));
/// assert!(consent.purposes_consent().contains(purposes::SELECT_PERSONALISED_CONTENT));
/// assert!(consent.disclosed_vendors().is_none());
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct TcStringRef<'t, 'b> {
    text: &'t str,
    /// The bits of all segments, the core first; each has zero bytes behind it.
    bits: &'b [u8],
    pub(super) checked: Checked,
}

impl<'t, 'b> TcStringRef<'t, 'b> {
    /// Reads a TC string in place; its bits are decoded into `buffer`.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no TC string.
    pub fn parse(text: &'t str, buffer: &'b mut Buffer) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode_ref(text, buffer)
    }

    /// Reads a TC string in place, where there is no allocator: its bits are decoded into
    /// `buffer`, which must have [`buffer_len`](Self::buffer_len) bytes.
    ///
    /// # Errors
    ///
    /// [`ParseInError::Decode`] where the text is no TC string, and
    /// [`ParseInError::BufferTooSmall`] where the buffer is too small for it.
    pub fn parse_in(text: &'t str, buffer: &'b mut [u8]) -> Result<Self, ParseInError> {
        DecodeOptions::new().decode_in(text, buffer)
    }

    /// How many bytes a buffer must have to read a text of so many bytes.
    #[must_use]
    pub const fn buffer_len(text_len: usize) -> usize {
        frame::buffer_len(text_len)
    }

    /// The string of a text and of its bits, which were checked.
    #[inline]
    pub(crate) const fn of_checked(text: &'t str, bits: &'b [u8], checked: Checked) -> Self {
        Self { text, bits, checked }
    }

    /// How many bytes of bits there are, and where the parts stand in them: with the text, all
    /// that [`of_checked`](Self::of_checked) takes.
    #[cfg(feature = "request")]
    pub(crate) const fn parts(&self) -> (usize, Checked) {
        (self.bits.len(), self.checked)
    }

    /// All bits, from the start of the core.
    #[inline]
    pub(super) fn reader(&self) -> BitReader<'b> {
        BitReader::new(self.bits, 8 * (self.bits.len() - SLACK))
    }

    /// The fields at the start of the core.
    #[inline(always)]
    pub(super) fn header(&self) -> Header {
        Header::of_checked(self.reader())
    }

    pub(super) const fn bits(&self) -> &'b [u8] {
        self.bits
    }

    /// The text that was read.
    #[must_use]
    pub const fn as_str(&self) -> &'t str {
        self.text
    }

    /// The same string, with text and bits of its own.
    #[must_use]
    pub fn to_tc_string(&self) -> TcString {
        TcString::of_checked(self.text.into(), self.bits.into(), self.checked)
    }
}

impl DecodeOptions {
    /// Reads a TC string in place; its bits are decoded into `buffer`.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no TC string, or one that the options refuse.
    pub fn decode_ref<'t, 'b>(
        self,
        text: &'t str,
        buffer: &'b mut Buffer,
    ) -> Result<TcStringRef<'t, 'b>, DecodeError> {
        // The limit is checked before the buffer grows for the text.
        self.check_length(text)?;
        self.decode_to(text, buffer.room(frame::buffer_len(text.len())))
    }

    /// Reads a TC string in place, where there is no allocator: its bits are decoded into
    /// `buffer`, which must have [`TcStringRef::buffer_len`] bytes.
    ///
    /// # Errors
    ///
    /// [`ParseInError::Decode`] where the text is no TC string, or one that the options
    /// refuse, and [`ParseInError::BufferTooSmall`] where the buffer is too small for it.
    pub fn decode_in<'t, 'b>(
        self,
        text: &'t str,
        buffer: &'b mut [u8],
    ) -> Result<TcStringRef<'t, 'b>, ParseInError> {
        self.check_length(text)?;
        let required = frame::buffer_len(text.len());
        if buffer.len() < required {
            return Err(ParseInError::BufferTooSmall { required });
        }
        Ok(self.decode_to(text, buffer)?)
    }

    /// Reads a string for a sink that hears of all its fields.
    #[cfg(feature = "explain")]
    pub(crate) fn tell(
        self,
        text: &str,
        buffer: &mut Buffer,
        sink: &mut impl crate::bits::Sink,
    ) -> Result<(), DecodeError> {
        self.check_length(text)?;
        let bits = buffer.room(frame::buffer_len(text.len()));
        Checked::check(text, bits, self, sink).map(drop)
    }

    /// Refuses a text that is too long, before any other work.
    #[inline]
    pub(super) fn check_length(self, text: &str) -> Result<(), DecodeError> {
        text::check_length(text, self.max_text_length)
            .map_err(|error| error.with_hint(text, Format::Tcf))
    }

    fn decode_to<'t, 'b>(
        self,
        text: &'t str,
        buffer: &'b mut [u8],
    ) -> Result<TcStringRef<'t, 'b>, DecodeError> {
        let (checked, used) = Checked::check(text, buffer, self, &mut ())?;
        Ok(TcStringRef::of_checked(text, &buffer[..used], checked))
    }
}

impl<'s> From<&'s TcString> for TcStringRef<'s, 's> {
    fn from(consent: &'s TcString) -> Self {
        consent.view()
    }
}

impl<'t, 'b> From<&TcStringRef<'t, 'b>> for TcStringRef<'t, 'b> {
    fn from(consent: &TcStringRef<'t, 'b>) -> Self {
        *consent
    }
}

impl AsRef<str> for TcStringRef<'_, '_> {
    fn as_ref(&self) -> &str {
        self.text
    }
}

impl fmt::Display for TcStringRef<'_, '_> {
    /// The text that was read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

/// The fields of fixed size, and how many vendors and restrictions there are: never the text.
impl fmt::Debug for TcStringRef<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show("TcStringRef", f)
    }
}

impl TcStringRef<'_, '_> {
    /// What `Debug` shows of either form.
    pub(super) fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("header", &self.header())
            .field("vendors_consent", &self.vendors_consent().len())
            .field("vendors_li", &self.vendors_li().len())
            .field("publisher_restrictions", &self.publisher_restrictions().len())
            .field("disclosed_vendors", &self.disclosed_vendors().map(|vendors| vendors.len()))
            .field("allowed_vendors", &self.allowed_vendors().map(|vendors| vendors.len()))
            .field("publisher_tc", &self.publisher_tc())
            .field("skipped_segments", &self.skipped_segments())
            .finish()
    }
}

impl PartialEq for TcStringRef<'_, '_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for TcStringRef<'_, '_> {}

impl PartialOrd for TcStringRef<'_, '_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TcStringRef<'_, '_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(other.text)
    }
}

impl Hash for TcStringRef<'_, '_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
