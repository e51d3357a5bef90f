//! Building a TC string from its parts.

use alloc::vec::Vec;

use super::encode;
use super::header::Header;
use super::parts::Parts;
use super::restriction::{Restriction, RestrictionType};
use super::vendors::MAX_ENTRIES;
use super::{Letters, PublisherTc, PurposeId, SmallSet, SpecialFeatureId, TcString, VendorId};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::ids::IdSet;
use crate::time::Timestamp;

/// The parts of a TC string that is being built; see [`TcString::builder`].
///
/// What is left out is 0, `AA`, false, an empty set or an absent segment. Such a string is
/// well formed, but not [valid](TcString::validate): the policies ask for more.
///
/// ```
/// use consent_string::tcf::{PurposeId, RestrictionType, SmallSet, TcString, VendorId};
///
/// let vendors = |numbers: &[u16]| numbers.iter().filter_map(|&id| VendorId::new(id)).collect();
/// let consent = TcString::builder("2026-03-01T00:00:00Z".parse()?)
///     .cmp_id(31)
///     .consent_language("EN".parse()?)
///     .vendor_list_version(126)
///     .tcf_policy_version(5)
///     .is_service_specific(true)
///     .purposes_consent(SmallSet::ALL)
///     .vendors_consent(vendors(&[23, 42]))
///     .restrict(PurposeId::new(2).unwrap(), RestrictionType::RequireConsent, vendors(&[42]))
///     .disclosed_vendors(vendors(&[23, 42, 69]))
///     .build()?;
/// assert_eq!(consent.validate(consent.created()).count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    parts: Parts,
}

/// Setters for fields of the header.
macro_rules! setters {
    ($($(#[$doc:meta])* $field:ident: $kind:ty),+ $(,)?) => {$(
        $(#[$doc])*
        pub fn $field(mut self, $field: $kind) -> Self {
            self.parts.header.$field = $field;
            self
        }
    )+};
}

impl Builder {
    pub(super) const fn new(created: Timestamp) -> Self {
        Self {
            parts: Parts {
                header: Header::new(created),
                vendors_consent: IdSet::new(),
                vendors_li: IdSet::new(),
                restrictions: Vec::new(),
                disclosed_vendors: None,
                allowed_vendors: None,
                publisher_tc: None,
            },
        }
    }

    pub(super) const fn of_parts(parts: Parts) -> Self {
        Self { parts }
    }

    setters! {
        /// When the string was first created; from TCF 2.2 on, midnight UTC.
        created: Timestamp,
        /// When the string was last changed; in a new string, when it was first created.
        last_updated: Timestamp,
        /// The consent management platform's number, 0 to 4095.
        cmp_id: u16,
        /// The platform's own version, 0 to 4095.
        cmp_version: u16,
        /// The screen on which the user chose, 0 to 63.
        consent_screen: u8,
        /// The language in which the user was asked.
        consent_language: Letters,
        /// The version of the Global Vendor List, 0 to 4095.
        vendor_list_version: u16,
        /// The version of the framework's policies, 0 to 63.
        tcf_policy_version: u8,
        /// Whether the choices are for one service or group of services.
        is_service_specific: bool,
        /// Whether the user was shown other texts than the standard ones.
        use_non_standard_texts: bool,
        /// The special features that the user opted in to.
        special_feature_opt_ins: SmallSet<SpecialFeatureId>,
        /// The purposes that the user consented to.
        purposes_consent: SmallSet<PurposeId>,
        /// The purposes for which legitimate interest was shown, without objection.
        purposes_li: SmallSet<PurposeId>,
        /// Whether purpose 1 was not disclosed.
        purpose_one_treatment: bool,
        /// The publisher's country.
        publisher_country_code: Letters,
    }

    /// The vendors that the user consented to.
    pub fn vendors_consent(mut self, vendors: IdSet<VendorId>) -> Self {
        self.parts.vendors_consent = vendors;
        self
    }

    /// The vendors whose legitimate interest was shown, without objection.
    pub fn vendors_li(mut self, vendors: IdSet<VendorId>) -> Self {
        self.parts.vendors_li = vendors;
        self
    }

    /// Restricts a purpose for some vendors: they are added to those for which it is
    /// restricted to the same already.
    pub fn restrict(
        mut self,
        purpose: PurposeId,
        restriction_type: RestrictionType,
        vendors: IdSet<VendorId>,
    ) -> Self {
        let same = |on: &&mut Restriction| on.purpose == purpose && on.kind == restriction_type;
        if let Some(on) = self.parts.restrictions.iter_mut().find(same) {
            on.vendors = on.vendors.union(&vendors);
            self
        } else {
            self.push_restriction(Restriction { purpose, kind: restriction_type, vendors })
        }
    }

    /// Appends a restriction as it is.
    pub(super) fn push_restriction(mut self, restriction: Restriction) -> Self {
        self.parts.restrictions.push(restriction);
        self
    }

    /// Takes all publisher restrictions out.
    pub fn clear_restrictions(mut self) -> Self {
        self.parts.restrictions.clear();
        self
    }

    /// The vendors that were disclosed to the user; `None` for a string that doesn't say.
    pub fn disclosed_vendors(mut self, vendors: impl Into<Option<IdSet<VendorId>>>) -> Self {
        self.parts.disclosed_vendors = vendors.into();
        self
    }

    /// The vendors that may use legal bases from outside the framework; `None` for a string
    /// that doesn't say, as all newer ones do.
    pub fn allowed_vendors(mut self, vendors: impl Into<Option<IdSet<VendorId>>>) -> Self {
        self.parts.allowed_vendors = vendors.into();
        self
    }

    /// The choices for the publisher itself; `None` for a string without them.
    pub fn publisher_tc(mut self, publisher_tc: impl Into<Option<PublisherTc>>) -> Self {
        self.parts.publisher_tc = publisher_tc.into();
        self
    }

    /// The string of these parts.
    ///
    /// # Errors
    ///
    /// - [`EncodeErrorKind::OutOfRange`] for a number that its field has no bits for: a
    ///   `cmp_id` of 4096;
    /// - [`EncodeErrorKind::TooMany`] for more than 4095 restrictions, or for one whose
    ///   vendors make more than 4095 ranges. (Vendors elsewhere can be any.)
    pub fn build(self) -> Result<TcString, EncodeError> {
        let header = &self.parts.header;
        for (field, value, bits) in [
            ("cmp_id", header.cmp_id, 12),
            ("cmp_version", header.cmp_version, 12),
            ("consent_screen", header.consent_screen.into(), 6),
            ("vendor_list_version", header.vendor_list_version, 12),
            ("tcf_policy_version", header.tcf_policy_version.into(), 6),
        ] {
            EncodeError::check(field, value, (1 << bits) - 1)?;
        }
        let restrictions = &self.parts.restrictions;
        let most_ranges = restrictions.iter().map(|on| on.vendors.ranges().len()).max();
        if restrictions.len().max(most_ranges.unwrap_or(0)) > MAX_ENTRIES.into() {
            let kind = EncodeErrorKind::TooMany { maximum: MAX_ENTRIES };
            return Err(EncodeError::new(kind, "publisher_restrictions"));
        }
        let text = encode::encode(&self.parts).into_boxed_str();
        Ok(TcString::of_parts(self.parts, text))
    }
}
