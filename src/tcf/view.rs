//! A TC string read in place.

use core::fmt;

use super::fields::{Fields, Place};
use super::header::{Header, header_getters};
use super::options::DecodeOptions;
use super::parts::{Parts, shared_answers, signals};
use super::restriction::{RestrictionList, RestrictionsRef};
use super::segment::{self, Segments, TYPE_BITS};
use super::vendors::{Section, VendorsRef};
use super::{PublisherTc, TcString};
use crate::bits::{BitReader, SLACK};
use crate::error::{DecodeError, DecodeErrorKind, Segment};

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
#[derive(Clone, Copy)]
pub struct TcStringRef<'a> {
    text: &'a str,
    /// The bits of all segments, the core first; each has zero bytes behind it.
    bytes: &'a [u8],
    checked: Checked,
}

/// Where the parts of a string stand that were checked.
#[derive(Clone, Copy)]
struct Checked {
    vendors_consent: Section,
    vendors_li: Section,
    restrictions: RestrictionList,
    disclosed_vendors: Option<Section>,
    allowed_vendors: Option<Section>,
    publisher_tc: Option<Place>,
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
        let (place, mut segments) = Segments::open(text, buffer, options)?;
        let mut core = Fields::new(buffer, place);
        Header::check(&mut core)?;
        let mut checked = Checked {
            vendors_consent: core.vendors("vendors_consent", strict)?,
            vendors_li: core.vendors("vendors_li", strict)?,
            restrictions: RestrictionList::take(&mut core, strict)?,
            disclosed_vendors: None,
            allowed_vendors: None,
            publisher_tc: None,
        };
        segments.finish(&core)?;
        let mut used = place.end();
        while let Some(place) = segments.next(buffer) {
            let place = place?;
            used = place.end();
            let mut fields = Fields::new(buffer, place);
            fields.number("segment_type", TYPE_BITS)?;
            let before = match place.segment {
                Segment::DisclosedVendors => {
                    let vendors = fields.vendors("disclosed_vendors", strict)?;
                    checked.disclosed_vendors.replace(vendors).is_some()
                }
                Segment::AllowedVendors => {
                    let vendors = fields.vendors("allowed_vendors", strict)?;
                    checked.allowed_vendors.replace(vendors).is_some()
                }
                _ => {
                    PublisherTc::take(&mut fields)?;
                    checked.publisher_tc.replace(place).is_some()
                }
            };
            if before {
                return Err(place.error("segment_type", DecodeErrorKind::DuplicateSegment, 0));
            }
            segments.finish(&fields)?;
        }
        let bytes: &[u8] = buffer;
        Ok(Self { text, bytes: bytes.get(..used).unwrap_or_default(), checked })
    }

    /// All bits, from the start of the core.
    #[inline]
    fn reader(&self) -> BitReader<'a> {
        BitReader::new(self.bytes, 8 * (self.bytes.len() - SLACK))
    }

    /// The text that was read.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    header_getters!(self => Header::of_checked(self.reader()));
    shared_answers!();

    /// The vendors that the user consented to.
    #[inline]
    #[must_use]
    pub fn vendors_consent(&self) -> VendorsRef<'a> {
        VendorsRef(self.checked.vendors_consent.read(self.reader()))
    }

    /// The vendors whose legitimate interest was shown to the user, who did not object.
    #[inline]
    #[must_use]
    pub fn vendors_li(&self) -> VendorsRef<'a> {
        VendorsRef(self.checked.vendors_li.read(self.reader()))
    }

    /// The publisher restrictions, in the order of the string.
    #[inline]
    pub fn publisher_restrictions(&self) -> RestrictionsRef<'a> {
        self.checked.restrictions.read(self.reader())
    }

    /// The vendors that were disclosed to the user; `None` where the string doesn't say,
    /// which is not the same as an empty set.
    #[inline]
    #[must_use]
    pub fn disclosed_vendors(&self) -> Option<VendorsRef<'a>> {
        self.checked.disclosed_vendors.map(|section| VendorsRef(section.read(self.reader())))
    }

    /// The vendors that the publisher let use legal bases from outside the framework;
    /// `None` where the string doesn't say. Newer strings don't.
    #[inline]
    #[must_use]
    pub fn allowed_vendors(&self) -> Option<VendorsRef<'a>> {
        self.checked.allowed_vendors.map(|section| VendorsRef(section.read(self.reader())))
    }

    /// The choices for the publisher itself; `None` where the string has no such segment.
    #[must_use]
    pub fn publisher_tc(&self) -> Option<PublisherTc> {
        // It was read once when the string was checked.
        let mut fields = Fields::new(self.bytes, self.checked.publisher_tc?);
        fields.number("segment_type", TYPE_BITS).ok()?;
        PublisherTc::take(&mut fields).ok()
    }

    /// The same string as a value of its own.
    #[must_use]
    pub fn to_owned(&self) -> TcString {
        let parts = Parts {
            header: Header::of_checked(self.reader()),
            vendors_consent: self.vendors_consent().to_owned(),
            vendors_li: self.vendors_li().to_owned(),
            restrictions: self.publisher_restrictions().map(|on| on.to_owned()).collect(),
            disclosed_vendors: self.disclosed_vendors().map(|vendors| vendors.to_owned()),
            allowed_vendors: self.allowed_vendors().map(|vendors| vendors.to_owned()),
            publisher_tc: self.publisher_tc(),
        };
        TcString::of_parts(parts, self.text.into())
    }
}

signals!(
    TcStringRef<'_>,
    self => Header::of_checked(self.reader()),
    self.publisher_restrictions()
);

impl fmt::Debug for TcStringRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_owned(), f)
    }
}

impl fmt::Display for TcStringRef<'_> {
    /// The text that was read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}
