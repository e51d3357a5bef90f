//! What a TC string consists of, and what both of its forms answer alike.

use alloc::vec::Vec;

use super::header::Header;
use super::restriction::{Restriction, RestrictionType};
use super::{PublisherTc, PurposeId, VendorId};
use crate::ids::IdSet;

/// The parts of a TC string as values of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Parts {
    pub(super) header: Header,
    pub(super) vendors_consent: IdSet<VendorId>,
    pub(super) vendors_li: IdSet<VendorId>,
    pub(super) restrictions: Vec<Restriction>,
    pub(super) disclosed_vendors: Option<IdSet<VendorId>>,
    pub(super) allowed_vendors: Option<IdSet<VendorId>>,
    pub(super) publisher_tc: Option<PublisherTc>,
}

/// What the rules about a TC string look at, in either form.
pub(super) trait Signals {
    fn header(&self) -> Header;

    fn vendor_consent(&self, vendor: VendorId) -> bool;

    fn vendor_li(&self, vendor: VendorId) -> bool;

    /// Whether the string says which vendors were disclosed.
    fn has_disclosed_vendors(&self) -> bool;

    /// Whether the string says that this vendor was disclosed.
    fn discloses(&self, vendor: VendorId) -> bool;

    /// The types of all restrictions on a vendor and a purpose, in any order.
    fn restrictions_on(
        &self,
        vendor: VendorId,
        purpose: PurposeId,
    ) -> impl Iterator<Item = RestrictionType>;
}

/// What both forms of a TC string answer alike: those have fields, or methods, of these names.
macro_rules! shared_answers {
    () => {
        /// Whether the user consented to this vendor.
        #[inline]
        #[must_use]
        pub fn vendor_consent(&self, vendor: $crate::tcf::VendorId) -> bool {
            self.vendors_consent().contains(vendor)
        }

        /// Whether this vendor's legitimate interest was shown to the user, who did not
        /// object.
        #[inline]
        #[must_use]
        pub fn vendor_legitimate_interest(&self, vendor: $crate::tcf::VendorId) -> bool {
            self.vendors_li().contains(vendor)
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
            &self,
            vendor: $crate::tcf::VendorId,
            purpose: $crate::tcf::PurposeId,
            rules: $crate::tcf::LegalBasisRules,
        ) -> Result<$crate::tcf::LegalBasis, $crate::tcf::Refusal> {
            rules.permits(self, vendor, purpose)
        }

        /// What speaks against using this string, by the rules of today, at a time.
        ///
        /// Decoding asks for none of these rules.
        pub fn validate(&self, now: $crate::Timestamp) -> $crate::tcf::Violations {
            $crate::tcf::Violations::of(self, now)
        }
    };
}
pub(super) use shared_answers;

/// [`Signals`] of either form, by its own getters.
macro_rules! signals {
    ($form:ty, $self:ident => $header:expr, $restrictions:expr) => {
        impl $crate::tcf::parts::Signals for $form {
            #[inline]
            fn header(&$self) -> $crate::tcf::header::Header {
                $header
            }

            fn vendor_consent(&self, vendor: $crate::tcf::VendorId) -> bool {
                self.vendors_consent().contains(vendor)
            }

            fn vendor_li(&self, vendor: $crate::tcf::VendorId) -> bool {
                self.vendors_li().contains(vendor)
            }

            fn has_disclosed_vendors(&self) -> bool {
                self.disclosed_vendors().is_some()
            }

            fn discloses(&self, vendor: $crate::tcf::VendorId) -> bool {
                self.disclosed_vendors().is_some_and(|disclosed| disclosed.contains(vendor))
            }

            fn restrictions_on(
                &$self,
                vendor: $crate::tcf::VendorId,
                purpose: $crate::tcf::PurposeId,
            ) -> impl Iterator<Item = $crate::tcf::RestrictionType> {
                $restrictions
                    .filter(move |on| on.purpose() == purpose && on.vendors().contains(vendor))
                    .map(|on| on.restriction_type())
            }
        }
    };
}
pub(super) use signals;
