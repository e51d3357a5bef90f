//! What a TC string consists of: one layout for both forms.

use alloc::vec::Vec;

use super::header::Header;
use super::restriction::{Restriction, RestrictionRef, RestrictionType, RestrictionsRef};
use super::vendors::VendorsRef;
use super::{PublisherTc, PurposeId, VendorId};
use crate::id_set::IdSet;

/// The parts of a TC string, with vendors as `V` and publisher restrictions as `R`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Parts<V, R> {
    pub(super) header: Header,
    pub(super) vendors_consent: V,
    pub(super) vendors_li: V,
    pub(super) restrictions: R,
    pub(super) disclosed_vendors: Option<V>,
    pub(super) allowed_vendors: Option<V>,
    pub(super) publisher_tc: Option<PublisherTc>,
}

/// The parts as values of their own.
pub(super) type OwnedParts = Parts<IdSet<VendorId>, Vec<Restriction>>;

/// The parts in the bits of a string.
pub(super) type BorrowedParts<'a> = Parts<VendorsRef<'a>, RestrictionsRef<'a>>;

impl BorrowedParts<'_> {
    /// The parts, copied out.
    pub(super) fn to_owned(&self) -> OwnedParts {
        Parts {
            header: self.header,
            vendors_consent: self.vendors_consent.to_id_set(),
            vendors_li: self.vendors_li.to_id_set(),
            restrictions: self
                .restrictions
                .clone()
                .map(|restriction| restriction.to_restriction())
                .collect(),
            disclosed_vendors: self.disclosed_vendors.as_ref().map(VendorsRef::to_id_set),
            allowed_vendors: self.allowed_vendors.as_ref().map(VendorsRef::to_id_set),
            publisher_tc: self.publisher_tc,
        }
    }
}

/// Vendors in either form.
pub(super) trait Vendors {
    fn has(&self, vendor: VendorId) -> bool;
}

impl Vendors for IdSet<VendorId> {
    fn has(&self, vendor: VendorId) -> bool {
        self.contains(vendor)
    }
}

impl Vendors for VendorsRef<'_> {
    fn has(&self, vendor: VendorId) -> bool {
        self.contains(vendor)
    }
}

/// Publisher restrictions in either form.
pub(super) trait Restrictions {
    /// The types of all restrictions on a vendor and a purpose, in any order.
    fn on(&self, vendor: VendorId, purpose: PurposeId) -> impl Iterator<Item = RestrictionType>;
}

impl Restrictions for Vec<Restriction> {
    fn on(&self, vendor: VendorId, purpose: PurposeId) -> impl Iterator<Item = RestrictionType> {
        self.iter()
            .filter(move |on| on.purpose() == purpose && on.vendors().contains(vendor))
            .map(Restriction::restriction_type)
    }
}

impl Restrictions for RestrictionsRef<'_> {
    fn on(&self, vendor: VendorId, purpose: PurposeId) -> impl Iterator<Item = RestrictionType> {
        self.clone()
            .filter(move |on| on.purpose() == purpose && on.vendors().contains(vendor))
            .map(|on: RestrictionRef<'_>| on.restriction_type())
    }
}

/// What both forms of a TC string answer alike; `$parts` is where `$self` has its parts.
macro_rules! shared_answers {
    ($self:ident => $parts:expr) => {
        /// Whether the user consented to this vendor.
        #[must_use]
        pub fn vendor_consent(&$self, vendor: $crate::tcf::VendorId) -> bool {
            $parts.vendors_consent.contains(vendor)
        }

        /// Whether this vendor's legitimate interest was shown to the user, who did not
        /// object.
        #[must_use]
        pub fn vendor_legitimate_interest(&$self, vendor: $crate::tcf::VendorId) -> bool {
            $parts.vendors_li.contains(vendor)
        }

        /// The choices for the publisher itself; `None` where the string has no such segment.
        #[must_use]
        pub fn publisher_tc(&$self) -> Option<$crate::tcf::PublisherTc> {
            $parts.publisher_tc
        }

        /// Whether a vendor may process for a purpose, by a basis that it declared: on which
        /// basis it may, or why not.
        ///
        /// See [`LegalBasisRules`](crate::tcf::LegalBasisRules) for what is looked at.
        ///
        /// # Errors
        ///
        /// [`Refusal`](crate::tcf::Refusal): the reason why the vendor may not.
        pub fn permits(
            &$self,
            vendor: $crate::tcf::VendorId,
            purpose: $crate::tcf::PurposeId,
            rules: $crate::tcf::LegalBasisRules,
        ) -> Result<$crate::tcf::LegalBasis, $crate::tcf::Refusal> {
            $parts.permits(vendor, purpose, rules)
        }

        /// What speaks against using this string, by the rules in force at a time.
        ///
        /// Decoding asks for none of these rules.
        #[must_use]
        pub fn validate(&$self, now: $crate::Timestamp) -> $crate::tcf::Violations {
            $parts.validate(now)
        }
    };
}
pub(super) use shared_answers;
