//! Vendors that are read from a string's bits as they are asked for.

use alloc::vec::Vec;

use super::VendorId;
use crate::bits::{EntryIds, EntrySpans, JoinedSpans};
use crate::ids::{IdRange, IdSet};
use crate::vendor_section::{Code, Form, SectionRef};

/// A set of vendors that still stands in the bits of a string: whole and checked, but not
/// copied out.
///
/// ```
/// use consent_string::tcf::{TcString, VendorId};
///
/// let consent: TcString = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA".parse()?;
/// let vendors = consent.vendors_consent();
/// assert!(vendors.contains(VendorId::new(7).unwrap()));
/// assert_eq!(vendors.len(), 10);
/// assert_eq!(vendors.ranges().next().unwrap().to_string(), "1-10");
/// assert_eq!(vendors.to_set().to_string(), "1-10");
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone, Copy)]
pub struct VendorsRef<'b>(SectionRef<'b>);

impl<'b> VendorsRef<'b> {
    #[inline]
    pub(super) const fn new(section: SectionRef<'b>) -> Self {
        Self(section)
    }

    /// Whether the vendor is in the set. At once for a bit field, linear in the number of
    /// ranges otherwise.
    #[inline]
    #[must_use]
    pub fn contains(&self, vendor: VendorId) -> bool {
        self.0.contains(vendor.get())
    }

    /// Whether no vendor is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many vendors are in the set, 0 to 65535. Linear in the bits of the set.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.0.form() {
            Form::BitField => self.0.matches().count(),
            Form::RisingRanges => self.ranges().map(IdRange::len).sum(),
            Form::Ranges => self.to_set().len(),
        }
    }

    /// The vendors as ranges, rising and as long as they can be: no two touch, whatever the
    /// string has. All of them together are linear in the bits of the set, and as they are counted
    /// first, so is the call.
    ///
    /// It allocates nothing, but for a set that is written as ranges that overlap or do not
    /// rise, which a platform should not write: of such a one a copy is made.
    pub fn ranges(&self) -> VendorRanges<'b> {
        let (walk, left) = match self.0.form() {
            Form::BitField => {
                let matches = self.0.matches();
                (Walk::BitField(matches.clone().spans()), matches.count_spans())
            }
            Form::RisingRanges => {
                let spans = self.0.joined();
                let left = spans.clone().count();
                (Walk::RisingRanges(spans), left)
            }
            Form::Ranges => {
                let ranges: Vec<_> = self.to_set().ranges().collect();
                let left = ranges.len();
                (Walk::Copied(ranges.into_iter()), left)
            }
        };
        VendorRanges { walk, left }
    }

    /// The vendors, rising.
    ///
    /// It allocates where [`ranges`](Self::ranges) does.
    pub fn iter(&self) -> Vendors<'b> {
        let (walk, left) = match self.0.form() {
            Form::BitField => {
                let matches = self.0.matches();
                (Ids::BitField(matches.clone().ids()), matches.count())
            }
            Form::RisingRanges | Form::Ranges => {
                let ranges = self.ranges();
                let left = ranges.clone().map(IdRange::len).sum();
                (Ids::Ranges { ranges, open: None }, left)
            }
        };
        Vendors { walk, left }
    }

    /// The vendors' numbers, rising: what goes into a column or a message. Faster than collecting
    /// [`iter`](Self::iter).
    ///
    /// ```
    /// use consent_string::Buffer;
    /// use consent_string::tcf::TcStringRef;
    ///
    /// let text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
    /// let mut buffer = Buffer::new();
    /// let consent = TcStringRef::parse(text, &mut buffer)?;
    /// assert_eq!(consent.vendors_consent().to_numbers()[..4], [1, 2, 3, 4]);
    /// # Ok::<(), consent_string::DecodeError>(())
    /// ```
    #[must_use]
    pub fn to_numbers(&self) -> Vec<u16> {
        let mut numbers = Vec::new();
        self.put_numbers(&mut numbers);
        numbers
    }

    /// Appends what [`to_numbers`](Self::to_numbers) gives, up to 65535 numbers, to others.
    pub fn put_numbers(&self, numbers: &mut Vec<u16>) {
        self.0.put_numbers(numbers);
    }

    /// The set, copied out.
    #[must_use]
    pub fn to_set(&self) -> IdSet<VendorId> {
        self.0.to_set()
    }
}

impl core::fmt::Debug for VendorsRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_set().entries(self.ranges()).finish()
    }
}

impl<'b> IntoIterator for VendorsRef<'b> {
    type Item = VendorId;
    type IntoIter = Vendors<'b>;

    fn into_iter(self) -> Vendors<'b> {
        self.iter()
    }
}

impl<'b> IntoIterator for &VendorsRef<'b> {
    type Item = VendorId;
    type IntoIter = Vendors<'b>;

    fn into_iter(self) -> Vendors<'b> {
        self.iter()
    }
}

/// The ranges of a [`VendorsRef`], rising.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct VendorRanges<'b> {
    walk: Walk<'b>,
    left: usize,
}

#[derive(Clone)]
enum Walk<'b> {
    BitField(EntrySpans<'b, 1>),
    RisingRanges(JoinedSpans<'b, Code>),
    Copied(alloc::vec::IntoIter<IdRange<VendorId>>),
}

impl Iterator for VendorRanges<'_> {
    type Item = IdRange<VendorId>;

    #[inline]
    fn next(&mut self) -> Option<IdRange<VendorId>> {
        let range = match &mut self.walk {
            Walk::BitField(spans) => spans.next().map(IdRange::of_span),
            Walk::RisingRanges(spans) => spans.next().map(IdRange::of_span),
            Walk::Copied(ranges) => ranges.next(),
        }?;
        self.left -= 1;
        Some(range)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    #[inline]
    fn fold<B, F: FnMut(B, IdRange<VendorId>) -> B>(self, all: B, add: F) -> B {
        match self.walk {
            Walk::BitField(spans) => spans.map(IdRange::of_span).fold(all, add),
            Walk::RisingRanges(spans) => spans.map(IdRange::of_span).fold(all, add),
            Walk::Copied(ranges) => ranges.fold(all, add),
        }
    }
}

impl ExactSizeIterator for VendorRanges<'_> {}
impl core::iter::FusedIterator for VendorRanges<'_> {}

impl core::fmt::Debug for VendorRanges<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The vendors of a [`VendorsRef`], rising.
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Vendors<'b> {
    walk: Ids<'b>,
    left: usize,
}

#[derive(Clone)]
enum Ids<'b> {
    BitField(EntryIds<'b, 1>),
    Ranges { ranges: VendorRanges<'b>, open: Option<crate::ids::Ids<VendorId>> },
}

impl Iterator for Vendors<'_> {
    type Item = VendorId;

    #[inline]
    fn next(&mut self) -> Option<VendorId> {
        let vendor = match &mut self.walk {
            Ids::BitField(ids) => ids.next().map(vendor),
            Ids::Ranges { ranges, open } => loop {
                if let Some(id) = open.as_mut().and_then(Iterator::next) {
                    break Some(id);
                }
                *open = Some(ranges.next()?.ids());
            },
        }?;
        self.left -= 1;
        Some(vendor)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    #[inline]
    fn fold<B, F: FnMut(B, VendorId) -> B>(self, all: B, add: F) -> B {
        match self.walk {
            Ids::BitField(ids) => ids.map(vendor).fold(all, add),
            Ids::Ranges { ranges, open } => {
                open.into_iter().chain(ranges.map(IdRange::ids)).flatten().fold(all, add)
            }
        }
    }
}

impl ExactSizeIterator for Vendors<'_> {}
impl core::iter::FusedIterator for Vendors<'_> {}

impl core::fmt::Debug for Vendors<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The vendor of a number that a bit field has.
#[inline]
fn vendor(number: u16) -> VendorId {
    VendorId::new(number).expect("a bit field starts with vendor 1")
}
