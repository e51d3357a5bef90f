//! A TC string of its own.

use alloc::boxed::Box;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use super::checked::Checked;
use super::frame;
use super::options::DecodeOptions;
use super::view::TcStringRef;
use crate::error::DecodeError;

/// A TC string of its own: to keep, compare and print, and to make changed ones of.
///
/// It is its text, which was checked from end to end, and the bits of that text; every answer
/// is read from them. [`Display`](fmt::Display) prints the text as it was read, byte for byte.
/// A string doesn't change: [`to_builder`](Self::to_builder) makes another one of it.
///
/// `==`, `Hash` and `Ord` are those of the text. Whether two strings say the same, however
/// each of them writes it, is another question:
/// [`says_the_same_as`](Self::says_the_same_as).
///
/// ```
/// use consent_string::tcf::{TcString, VendorId};
///
/// let text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
/// let consent: TcString = text.parse()?;
/// assert_eq!(consent.to_string(), text);
/// assert_eq!(consent.vendors_consent().to_set().to_string(), "1-10");
///
/// let mut vendors = consent.vendors_consent().to_set();
/// vendors.insert(VendorId::new(12).unwrap());
/// let changed = consent.to_builder().vendors_consent(vendors).build()?;
/// assert!(changed.vendor_consent(VendorId::new(12).unwrap()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct TcString {
    text: Box<str>,
    /// The bits of all segments; the view says how they stand there.
    bits: Box<[u8]>,
    checked: Checked,
}

impl TcString {
    /// Reads a string under the default [`DecodeOptions`].
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no TC string.
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode(text)
    }

    /// The string of a text and of its bits, which were checked.
    pub(super) fn of_checked(text: Box<str>, bits: Box<[u8]>, checked: Checked) -> Self {
        Self { text, bits, checked }
    }

    /// The same string, borrowed.
    #[inline]
    #[must_use]
    pub fn view(&self) -> TcStringRef<'_, '_> {
        TcStringRef::of_checked(&self.text, &self.bits, self.checked)
    }

    /// The text: what was read, or what a builder wrote.
    #[inline]
    #[must_use]
    pub const fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, given away.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text.into_string()
    }
}

impl DecodeOptions {
    /// Reads a TC string into a value of its own.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no TC string, or one that the options refuse.
    pub fn decode(self, text: &str) -> Result<TcString, DecodeError> {
        let (bits, checked) = self.decode_bits(text)?;
        Ok(TcString::of_checked(text.into(), bits, checked))
    }

    /// The bits of a text, and where its parts stand there.
    fn decode_bits(self, text: &str) -> Result<(Box<[u8]>, Checked), DecodeError> {
        // The limit is checked before there is room for the bits.
        self.check_length(text)?;
        let mut bits = alloc::vec![0; frame::buffer_len(text.len())].into_boxed_slice();
        let (checked, _) = Checked::check(text, &mut bits, self, &mut ())?;
        Ok((bits, checked))
    }
}

impl FromStr for TcString {
    type Err = DecodeError;

    /// Reads a string under the default [`DecodeOptions`].
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for TcString {
    type Error = DecodeError;

    fn try_from(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for TcString {
    type Error = DecodeError;

    /// Reads a text under the default [`DecodeOptions`], and keeps it.
    fn try_from(text: String) -> Result<Self, DecodeError> {
        let (bits, checked) = DecodeOptions::new().decode_bits(&text)?;
        Ok(Self::of_checked(text.into_boxed_str(), bits, checked))
    }
}

impl From<TcStringRef<'_, '_>> for TcString {
    fn from(view: TcStringRef<'_, '_>) -> Self {
        view.to_tc_string()
    }
}

impl From<&TcStringRef<'_, '_>> for TcString {
    fn from(view: &TcStringRef<'_, '_>) -> Self {
        view.to_tc_string()
    }
}

impl From<TcString> for String {
    fn from(consent: TcString) -> Self {
        consent.into_string()
    }
}

impl AsRef<str> for TcString {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for TcString {
    /// The text: what was read, or what a builder wrote.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// What the [view](TcString::view) shows: never the text.
impl fmt::Debug for TcString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().show("TcString", f)
    }
}

impl PartialEq for TcString {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for TcString {}

impl PartialOrd for TcString {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TcString {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for TcString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
