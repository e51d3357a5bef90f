//! Vendors as they stand in a string, in a [vendor section](crate::vendor_section).

use super::VendorId;
use crate::ids::{IdRange, IdSet};
use crate::vendor_section::{SectionRef, Spans};

pub(super) use crate::vendor_section::{MAX_ENTRIES, Section, put, put_ranges};

/// A set of vendors that still stands in the bits of a string: whole and checked, but not
/// copied out.
#[derive(Clone, Copy)]
pub struct VendorsRef<'a>(pub(super) SectionRef<'a>);

impl<'a> VendorsRef<'a> {
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
        self.ranges().next().is_none()
    }

    /// The vendors as ranges, in the order in which the string has them: it may have written
    /// them in any order, touching or overlapping.
    pub fn ranges(&self) -> VendorRanges<'a> {
        VendorRanges(self.0.spans())
    }

    /// The set, copied out.
    #[must_use]
    pub fn to_owned(&self) -> IdSet<VendorId> {
        self.0.to_set()
    }
}

impl core::fmt::Debug for VendorsRef<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_set().entries(self.ranges()).finish()
    }
}

/// The ranges of a [`VendorsRef`].
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct VendorRanges<'a>(Spans<'a>);

impl Iterator for VendorRanges<'_> {
    type Item = IdRange<VendorId>;

    #[inline]
    fn next(&mut self) -> Option<IdRange<VendorId>> {
        self.0.next()?.to_range()
    }
}

impl core::iter::FusedIterator for VendorRanges<'_> {}

impl core::fmt::Debug for VendorRanges<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}
