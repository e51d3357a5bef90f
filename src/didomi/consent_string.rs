//! The owned form of a string: the text that was checked, and its bits.

use alloc::boxed::Box;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use super::checked::Checked;
use super::frame;
use super::options::DecodeOptions;
use super::view::ConsentStringRef;
use crate::error::DecodeError;
use crate::text;

/// A Didomi Consent String of its own: its text, its bits, and where in them everything stands.
///
/// [`FromStr`] reads one; it doesn't change. [`to_builder`](Self::to_builder) makes another one of
/// it, [`with_signature`](Self::with_signature) and [`without_signature`](Self::without_signature)
/// the same with another signature, and [`decoded`](Self::decoded) an object for JSON.
///
/// `==`, `Hash` and `Ord` are those of the text;
/// [`says_the_same_as`](Self::says_the_same_as) compares what two strings say.
///
/// ```
/// use consent_string::didomi::{ConsentString, Status, VendorId};
///
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA~c2ln";
/// let consent: ConsentString = text.parse()?;
/// assert_eq!(consent.as_str(), text);
/// assert_eq!(consent.vendors().to_set().to_string(), "128-132");
///
/// let mut vendors = consent.vendors().to_section();
/// vendors.set(VendorId::new(7).unwrap(), Status::Disabled);
/// let changed = consent.to_builder().vendors(vendors).build()?;
/// assert_eq!(changed.signature(), None);
/// assert_eq!(changed.with_signature("bmV3")?.signature(), Some("bmV3"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct ConsentString {
    pub(super) text: Box<str>,
    /// As many as [`text::buffer_len`] says of the sections' characters.
    pub(super) bits: Box<[u8]>,
    pub(super) checked: Checked,
}

impl ConsentString {
    /// Reads a string under the default [`DecodeOptions`], as [`FromStr`] does.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the string: `"B"` is
    /// [`InvalidLength`](crate::DecodeErrorKind::InvalidLength), a string cut behind its header
    /// [`Truncated`](crate::DecodeErrorKind::Truncated).
    pub fn parse(text: &str) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode(text)
    }

    /// The borrowed form, which answers the same.
    #[inline]
    #[must_use]
    pub fn view(&self) -> ConsentStringRef<'_, '_> {
        ConsentStringRef { text: &self.text, bits: &self.bits, checked: self.checked }
    }

    /// The text, as it was read or built.
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
    /// Reads a string.
    ///
    /// # Errors
    ///
    /// Whatever is wrong with the string; see [`DecodeError`].
    pub fn decode(&self, text: &str) -> Result<ConsentString, DecodeError> {
        let (bits, checked) = self.decode_bits(text)?;
        Ok(ConsentString { text: text.into(), bits, checked })
    }

    fn decode_bits(&self, text: &str) -> Result<(Box<[u8]>, Checked), DecodeError> {
        // The limit is checked before there is room for the bits.
        self.check_length(text)?;
        let sections = frame::sections_len(text);
        let mut bits = alloc::vec![0; text::buffer_len(sections)].into_boxed_slice();
        let checked = Checked::check(text, sections, &mut bits, self, &mut ())?;
        Ok((bits, checked))
    }
}

impl ConsentStringRef<'_, '_> {
    /// The same string with a text of its own.
    #[must_use]
    pub fn to_consent_string(&self) -> ConsentString {
        // A buffer may have room for more.
        let bits = &self.bits[..text::buffer_len(self.checked.characters())];
        ConsentString { text: self.text.into(), bits: bits.into(), checked: self.checked }
    }
}

impl From<ConsentStringRef<'_, '_>> for ConsentString {
    fn from(view: ConsentStringRef<'_, '_>) -> Self {
        view.to_consent_string()
    }
}

impl From<&ConsentStringRef<'_, '_>> for ConsentString {
    fn from(view: &ConsentStringRef<'_, '_>) -> Self {
        view.to_consent_string()
    }
}

impl<'a> From<&'a ConsentString> for ConsentStringRef<'a, 'a> {
    fn from(consent: &'a ConsentString) -> Self {
        consent.view()
    }
}

impl FromStr for ConsentString {
    type Err = DecodeError;

    /// Reads a string under the default [`DecodeOptions`].
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text)
    }
}

impl TryFrom<&str> for ConsentString {
    type Error = DecodeError;

    fn try_from(text: &str) -> Result<Self, DecodeError> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ConsentString {
    type Error = DecodeError;

    /// Reads a string, whose text becomes this one's.
    fn try_from(text: String) -> Result<Self, DecodeError> {
        let (bits, checked) = DecodeOptions::new().decode_bits(&text)?;
        Ok(Self { text: text.into(), bits, checked })
    }
}

impl From<ConsentString> for String {
    fn from(consent: ConsentString) -> Self {
        consent.into_string()
    }
}

impl AsRef<str> for ConsentString {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for ConsentString {
    /// The text, as it was read or built.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// Neither the user's ID nor a token nor the text, which has both: logs are no place for them.
impl fmt::Debug for ConsentString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().show("ConsentString", f)
    }
}

impl PartialEq for ConsentString {
    /// Whether the texts are the same.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for ConsentString {}

impl Hash for ConsentString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for ConsentString {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ConsentString {
    /// The order of the texts.
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}
