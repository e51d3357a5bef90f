//! A TC string read in place.

use core::fmt;

use super::header::{Header, header_getters};
use super::options::DecodeOptions;
use super::parts::{BorrowedParts, Parts, shared_answers};
use super::restriction::RestrictionsRef;
use super::segment::{self, Segments};
use super::vendors::VendorsRef;
use super::{PublisherTc, TcString};
use crate::error::{DecodeError, DecodeErrorKind, Fault, Segment};

/// A TC string that was read in place: checked as a whole, but nothing is copied out of its
/// bits until it is asked for. It never allocates.
///
/// It accepts and refuses what [`TcString`] does, and answers alike.
///
/// ```
/// use consent_string::tcf::{PurposeId, TcStringRef, VendorId};
///
/// let text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
/// let mut buffer = [0; TcStringRef::buffer_len(100)];
/// let consent = TcStringRef::parse(text, &mut buffer)?;
/// assert!(consent.vendor_consent(VendorId::new(7).unwrap()));
/// assert!(consent.purposes_consent().contains(PurposeId::new(6).unwrap()));
/// assert!(consent.disclosed_vendors().is_none());
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Debug, Clone)]
pub struct TcStringRef<'a> {
    text: &'a str,
    parts: BorrowedParts<'a>,
}

impl<'a> TcStringRef<'a> {
    /// How many bytes a buffer must have to read a text of so many bytes.
    #[must_use]
    pub const fn buffer_len(text_len: usize) -> usize {
        segment::buffer_len(text_len)
    }

    /// Reads a TC string in place; its bits are decoded into `buffer`, which must have
    /// [`buffer_len`](Self::buffer_len) bytes.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] where the text is no TC string, and
    /// [`BufferTooSmall`](DecodeErrorKind::BufferTooSmall) where the buffer is too small.
    pub fn parse(text: &'a str, buffer: &'a mut [u8]) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode_ref(text, buffer)
    }

    pub(super) fn decode(
        text: &'a str,
        buffer: &'a mut [u8],
        options: DecodeOptions,
    ) -> Result<Self, DecodeError> {
        let strict = options.is_strict();
        let (mut core, mut segments) = Segments::open(text, buffer, options)?;
        let header = Header::take(&mut core)?;
        let vendors_consent = core.vendors("vendors_consent", strict)?;
        let vendors_li = core.vendors("vendors_li", strict)?;
        let restrictions = RestrictionsRef::take(&mut core, strict)?;
        segments.finish(&core)?;

        let mut parts = Parts {
            header,
            vendors_consent,
            vendors_li,
            restrictions,
            disclosed_vendors: None,
            allowed_vendors: None,
            publisher_tc: None,
        };
        while let Some(fields) = segments.next() {
            let mut fields = fields?;
            let before = match fields.segment {
                Segment::DisclosedVendors => {
                    let vendors = fields.vendors("disclosed_vendors", strict)?;
                    parts.disclosed_vendors.replace(vendors).is_some()
                }
                Segment::AllowedVendors => {
                    let vendors = fields.vendors("allowed_vendors", strict)?;
                    parts.allowed_vendors.replace(vendors).is_some()
                }
                _ => parts.publisher_tc.replace(PublisherTc::take(&mut fields)?).is_some(),
            };
            if before {
                let fault = Fault::new(DecodeErrorKind::DuplicateSegment, 0);
                return Err(fields.error("segment_type", fault));
            }
            segments.finish(&fields)?;
        }
        Ok(Self { text, parts })
    }

    /// The text that was read.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    header_getters!(self => self.parts.header);
    shared_answers!(self => self.parts);

    /// The vendors that the user consented to.
    #[must_use]
    pub const fn vendors_consent(&self) -> &VendorsRef<'a> {
        &self.parts.vendors_consent
    }

    /// The vendors whose legitimate interest was shown to the user, who did not object.
    #[must_use]
    pub const fn vendors_li(&self) -> &VendorsRef<'a> {
        &self.parts.vendors_li
    }

    /// The publisher restrictions, in the order of the string.
    #[must_use]
    pub fn publisher_restrictions(&self) -> RestrictionsRef<'a> {
        self.parts.restrictions.clone()
    }

    /// The vendors that were disclosed to the user; `None` where the string doesn't say,
    /// which is not the same as an empty set.
    #[must_use]
    pub const fn disclosed_vendors(&self) -> Option<&VendorsRef<'a>> {
        self.parts.disclosed_vendors.as_ref()
    }

    /// The vendors that the publisher let use legal bases from outside the framework;
    /// `None` where the string doesn't say. Newer strings don't.
    #[must_use]
    pub const fn allowed_vendors(&self) -> Option<&VendorsRef<'a>> {
        self.parts.allowed_vendors.as_ref()
    }

    /// The same string as a value of its own.
    #[must_use]
    pub fn to_owned(&self) -> TcString {
        TcString::of_parts(self.parts.to_owned(), self.text.into())
    }
}

impl fmt::Display for TcStringRef<'_> {
    /// The text that was read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}
