//! Building a TC string from its parts.

use alloc::vec::Vec;

use super::header::Header;
use super::restriction::{Restriction, RestrictionType};
use super::{
    Letters, PublisherTc, PurposeId, SmallSet, SpecialFeatureId, TcString, TcStringRef, VendorId,
    write,
};
use crate::both_forms::both_forms;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::ids::IdSet;
use crate::text::MAX_TEXT_LENGTH;
use crate::time::Timestamp;

/// The parts of a TC string that is being built; see [`TcString::builder`] and
/// [`to_builder`](TcString::to_builder).
///
/// A new one has every number 0, every flag false, both two-letter codes `AA`, empty sets, and
/// no segment behind the core. Such a string is well formed, but not
/// [valid](TcString::valid_at): the policies ask for more.
///
/// ```
/// use consent_string::tcf::{RestrictionType, TcString, VendorId, purposes};
///
/// let vendors = |numbers: &[u16]| numbers.iter().filter_map(|&id| VendorId::new(id)).collect();
/// let consent = TcString::builder("2026-03-01T00:00:00Z".parse()?)
///     .cmp_id(31)
///     .consent_language("EN".parse()?)
///     .vendor_list_version(126)
///     .tcf_policy_version(5)
///     .is_service_specific(true)
///     .purposes_consent(purposes::ALL.iter().copied().collect())
///     .vendors_consent(vendors(&[23, 42]))
///     .restrict(purposes::SELECT_BASIC_ADS, RestrictionType::RequireConsent, vendors(&[42]))
///     .disclosed_vendors(vendors(&[23, 42, 69]))
///     .build()?;
/// assert_eq!(consent.violations(consent.created()).count(), 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder {
    pub(super) header: Header,
    pub(super) vendors_consent: IdSet<VendorId>,
    pub(super) vendors_li: IdSet<VendorId>,
    pub(super) restrictions: Vec<Restriction>,
    pub(super) disclosed_vendors: Option<IdSet<VendorId>>,
    pub(super) allowed_vendors: Option<IdSet<VendorId>>,
    pub(super) publisher_tc: Option<PublisherTc>,
}

impl TcString {
    /// Starts a new string.
    pub fn builder(created: Timestamp) -> Builder {
        Builder {
            header: Header::new(created),
            vendors_consent: IdSet::new(),
            vendors_li: IdSet::new(),
            restrictions: Vec::new(),
            disclosed_vendors: None,
            allowed_vendors: None,
            publisher_tc: None,
        }
    }
}

both_forms! { TcStringRef<'t, 'b>, TcString:

/// A builder that starts from what this string says.
///
/// What it builds is canonical: see [`Builder::build`]. Segments that were passed over are
/// not among the parts.
pub fn to_builder(self) -> Builder {
    Builder {
        header: self.header(),
        vendors_consent: self.vendors_consent().to_set(),
        vendors_li: self.vendors_li().to_set(),
        restrictions: self.publisher_restrictions().map(|on| on.to_restriction()).collect(),
        disclosed_vendors: self.disclosed_vendors().map(|vendors| vendors.to_set()),
        allowed_vendors: self.allowed_vendors().map(|vendors| vendors.to_set()),
        publisher_tc: self.publisher_tc(),
    }
}

}

/// Setters for fields of the header.
macro_rules! setters {
    ($($(#[$doc:meta])* $field:ident: $kind:ty),+ $(,)?) => {$(
        $(#[$doc])*
        pub fn $field(mut self, $field: $kind) -> Self {
            self.header.$field = $field;
            self
        }
    )+};
}

impl Builder {
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
    }

    /// The language in which the user was asked.
    pub fn consent_language(mut self, language: Letters) -> Self {
        self.header.consent_language = Some(language);
        self
    }

    /// The publisher's country.
    pub fn publisher_country_code(mut self, country: Letters) -> Self {
        self.header.publisher_country_code = Some(country);
        self
    }

    /// The vendors that the user consented to.
    pub fn vendors_consent(mut self, vendors: IdSet<VendorId>) -> Self {
        self.vendors_consent = vendors;
        self
    }

    /// The vendors whose legitimate interest was shown, without objection.
    pub fn vendors_li(mut self, vendors: IdSet<VendorId>) -> Self {
        self.vendors_li = vendors;
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
        let same = |on: &&mut Restriction| {
            on.purpose() == purpose && on.restriction_type() == restriction_type
        };
        match self.restrictions.iter_mut().find(same) {
            Some(on) => on.extend(&vendors),
            None => self.restrictions.push(Restriction::new(purpose, restriction_type, vendors)),
        }
        self
    }

    /// Takes all publisher restrictions out.
    pub fn without_restrictions(mut self) -> Self {
        self.restrictions.clear();
        self
    }

    /// The vendors that were disclosed to the user.
    pub fn disclosed_vendors(mut self, vendors: IdSet<VendorId>) -> Self {
        self.disclosed_vendors = Some(vendors);
        self
    }

    /// Doesn't say which vendors were disclosed: the string then has no such segment.
    pub fn without_disclosed_vendors(mut self) -> Self {
        self.disclosed_vendors = None;
        self
    }

    /// The vendors that may use legal bases from outside the framework. New strings don't say.
    pub fn allowed_vendors(mut self, vendors: IdSet<VendorId>) -> Self {
        self.allowed_vendors = Some(vendors);
        self
    }

    /// Doesn't say which vendors may use bases from outside the framework: the string then has
    /// no such segment.
    pub fn without_allowed_vendors(mut self) -> Self {
        self.allowed_vendors = None;
        self
    }

    /// The choices for the publisher itself.
    pub fn publisher_tc(mut self, publisher_tc: PublisherTc) -> Self {
        self.publisher_tc = Some(publisher_tc);
        self
    }

    /// Doesn't say what the user chose for the publisher: the string then has no such segment.
    pub fn without_publisher_tc(mut self) -> Self {
        self.publisher_tc = None;
        self
    }

    /// The canonical string of these parts.
    ///
    /// - Segments: core, disclosed vendors, allowed vendors, publisher TC.
    /// - Each vendor section is in the shorter of its two encodings, a bit field where both
    ///   are as long; `MaxVendorId` is the last vendor.
    /// - Publisher restrictions stay in their order; the ranges of each are as few as can be.
    /// - Each segment is filled with zeros to whole groups of four characters, as those of
    ///   the specification's own example are.
    ///
    /// # Errors
    ///
    /// - [`EncodeErrorKind::OutOfRange`] for a number that its field has no bits for: a
    ///   `cmp_id` of 4096;
    /// - [`EncodeErrorKind::TooMany`] for more than 4095 restrictions, or for one whose
    ///   vendors make more than 4095 ranges (vendors elsewhere can be any);
    /// - [`EncodeErrorKind::Missing`] for a language or country that was read as no letters,
    ///   and that was not set anew;
    /// - [`EncodeErrorKind::TooLong`] for a text of more than [`MAX_TEXT_LENGTH`] characters,
    ///   which could not be read back under the default options.
    #[allow(clippy::missing_panics_doc, reason = "what is written can be read")]
    pub fn build(self) -> Result<TcString, EncodeError> {
        let text = write::text(&self)?;
        if text.len() > MAX_TEXT_LENGTH as usize {
            let kind = EncodeErrorKind::TooLong { maximum: MAX_TEXT_LENGTH };
            return Err(EncodeError::new(kind, "text"));
        }
        Ok(text.try_into().expect("what is written can be read"))
    }
}
