//! A TC string as a value of its own.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use super::builder::Builder;
use super::header::header_getters;
use super::options::DecodeOptions;
use super::parts::{Parts, shared_answers, signals};
use super::restriction::Restriction;
use super::segment;
use super::view::TcStringRef;
use super::{PublisherTc, VendorId, encode};
use crate::error::DecodeError;
use crate::ids::IdSet;
use crate::text;
use crate::time::Timestamp;

/// A TC string of its own: to keep, compare, print, and to make changed ones of.
///
/// [`FromStr`] reads one, [`Display`](fmt::Display) prints it, byte for byte the text that
/// was read. It doesn't change; [`into_builder`](Self::into_builder) makes another one of it,
/// whose text is canonical.
///
/// `==` compares what the strings say, not how: for equality by bytes compare
/// [`as_str`](Self::as_str).
///
/// ```
/// use consent_string::tcf::{PurposeId, TcString, VendorId};
///
/// let text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
/// let consent: TcString = text.parse()?;
/// assert_eq!(consent.to_string(), text);
/// assert_eq!(consent.vendors_consent().to_string(), "1-10");
/// assert_eq!(consent.publisher_restrictions()[0].vendors().to_string(), "32");
///
/// let mut vendors = consent.vendors_consent().clone();
/// vendors.insert(VendorId::new(12).unwrap());
/// let changed = consent.to_builder().vendors_consent(vendors).build().unwrap();
/// assert!(changed.vendor_consent(VendorId::new(12).unwrap()));
/// assert_eq!(changed.as_str().parse::<TcString>()?, changed);
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct TcString {
    parts: Parts,
    text: Box<str>,
}

impl TcString {
    /// Starts a new string.
    pub fn builder(created: Timestamp) -> Builder {
        Builder::new(created)
    }

    pub(super) fn decode(text: &str, options: DecodeOptions) -> Result<Self, DecodeError> {
        // The limit is checked before a buffer is made for the text.
        text::check_length(text, options.max_text_length)?;
        text::with_buffer(segment::buffer_len(text.len()), |buffer| {
            TcStringRef::decode(text, buffer, options).map(|view| view.to_owned())
        })
    }

    pub(super) fn of_parts(parts: Parts, text: Box<str>) -> Self {
        Self { parts, text }
    }

    /// The text: what was read, or the canonical one of a string that was built.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The canonical text.
    ///
    /// - Segments: core, disclosed vendors, allowed vendors, publisher TC.
    /// - Each vendor section is in the shorter of its two encodings, a bit field where both
    ///   are as long; `MaxVendorId` is the last vendor.
    /// - Publisher restrictions stay in their order; the ranges of each are as few as can be.
    /// - Each segment is filled with zeros to whole groups of four characters, as those of
    ///   the specification's own example are.
    #[must_use]
    pub fn encode(&self) -> String {
        encode::encode(&self.parts)
    }

    /// A builder that starts from this string.
    pub fn to_builder(&self) -> Builder {
        self.clone().into_builder()
    }

    /// A builder that starts from this string.
    pub fn into_builder(self) -> Builder {
        Builder::of_parts(self.parts)
    }

    header_getters!(self => self.parts.header);
    shared_answers!();

    /// The vendors that the user consented to.
    #[must_use]
    pub const fn vendors_consent(&self) -> &IdSet<VendorId> {
        &self.parts.vendors_consent
    }

    /// The vendors whose legitimate interest was shown to the user, who did not object.
    #[must_use]
    pub const fn vendors_li(&self) -> &IdSet<VendorId> {
        &self.parts.vendors_li
    }

    /// The publisher restrictions, in the order of the string.
    ///
    /// It may have the same purpose and type more than once, each with vendors of its own,
    /// and restrictions of no vendor: they are listed as they are.
    #[must_use]
    pub fn publisher_restrictions(&self) -> &[Restriction] {
        &self.parts.restrictions
    }

    /// The vendors that were disclosed to the user; `None` where the string doesn't say,
    /// which is not the same as an empty set.
    #[must_use]
    pub const fn disclosed_vendors(&self) -> Option<&IdSet<VendorId>> {
        self.parts.disclosed_vendors.as_ref()
    }

    /// The vendors that the publisher let use legal bases from outside the framework;
    /// `None` where the string doesn't say. Newer strings don't.
    #[must_use]
    pub const fn allowed_vendors(&self) -> Option<&IdSet<VendorId>> {
        self.parts.allowed_vendors.as_ref()
    }

    /// The choices for the publisher itself; `None` where the string has no such segment.
    #[must_use]
    pub const fn publisher_tc(&self) -> Option<PublisherTc> {
        self.parts.publisher_tc
    }
}

signals!(TcString, self => self.parts.header, self.parts.restrictions.iter());

impl FromStr for TcString {
    type Err = DecodeError;

    /// Reads a string under the default [`DecodeOptions`].
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode(text)
    }
}

impl TryFrom<&str> for TcString {
    type Error = DecodeError;

    fn try_from(text: &str) -> Result<Self, DecodeError> {
        text.parse()
    }
}

impl From<&TcStringRef<'_>> for TcString {
    fn from(view: &TcStringRef<'_>) -> Self {
        view.to_owned()
    }
}

impl fmt::Display for TcString {
    /// The text: what was read, or the canonical one of a string that was built.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for TcString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TcString").field("parts", &self.parts).field("text", &self.text).finish()
    }
}

impl PartialEq for TcString {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
    }
}

impl Eq for TcString {}

impl Hash for TcString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts.hash(state);
    }
}
