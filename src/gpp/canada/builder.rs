//! Building a TC string of Canada.

use alloc::string::String;
use alloc::vec::Vec;

use super::super::fibonacci_ranges::MAX_RANGES;
use super::super::padding::Padding;
use super::header::Header;
use super::read::{DISCLOSED_VENDORS, PUBLISHER, TYPE_BITS};
use super::restriction;
use super::vendors;
use super::view::TcfCanadaRef;
use super::{CanadaForm, CanadaPublisher, CanadaRestriction, CanadaRestrictionType};
use crate::bits::BitWriter;
use crate::buffer::Buffer;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::ids::IdSet;
use crate::tcf::{Letters, PurposeId, SmallSet, SpecialFeatureId, VendorId};
use crate::time::Timestamp;

/// The parts of a TC string of Canada that is being built, for
/// [`Builder::tcf_canada`](crate::gpp::Builder::tcf_canada).
///
/// What is left out is 0, `AA`, false, an empty set or an absent segment.
///
/// ```
/// use consent_string::gpp::{GppString, TcfCanadaBuilder};
///
/// let canada = TcfCanadaBuilder::new("2022-01-01T00:00:00Z".parse()?)
///     .consent_language("EN".parse()?)
///     .tcf_policy_version(2);
/// let gpp = GppString::builder().tcf_canada(canada).build()?;
/// assert_eq!(gpp.as_str(), "DBABD~BPSG_8APSG_8AAAAAAENAACAAAAAAAAAAAAAAAAAA");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct TcfCanadaBuilder {
    form: CanadaForm,
    pub(super) header: Header,
    pub(super) vendors_express: IdSet<VendorId>,
    pub(super) vendors_implied: IdSet<VendorId>,
    pub(super) restrictions: Vec<CanadaRestriction>,
    pub(super) disclosed_vendors: Option<IdSet<VendorId>>,
    pub(super) publisher: Option<CanadaPublisher>,
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

impl TcfCanadaBuilder {
    /// A string in which nothing but the time is set.
    pub const fn new(created: Timestamp) -> Self {
        Self {
            form: CanadaForm::IntegerRanges,
            header: Header::new(created),
            vendors_express: IdSet::new(),
            vendors_implied: IdSet::new(),
            restrictions: Vec::new(),
            disclosed_vendors: None,
            publisher: None,
        }
    }

    pub(super) fn of(canada: &TcfCanadaRef<'_>) -> Self {
        let owned = |on: super::CanadaRestrictionRef<'_>| CanadaRestriction {
            purpose: on.purpose,
            kind: on.kind,
            vendors: on.vendors.to_set(),
        };
        Self {
            form: canada.form(),
            header: canada.header(),
            vendors_express: canada.vendors_express().to_set(),
            vendors_implied: canada.vendors_implied().to_set(),
            restrictions: canada.publisher_restrictions().map(owned).collect(),
            disclosed_vendors: canada.disclosed_vendors().map(|vendors| vendors.to_set()),
            publisher: canada.publisher(),
        }
    }

    /// The wire form to write: that of strings in the wild, unless said otherwise.
    pub const fn form(mut self, form: CanadaForm) -> Self {
        self.form = form;
        self
    }

    #[cfg(feature = "serde")]
    pub(in crate::gpp) const fn form_to_write(&self) -> CanadaForm {
        self.form
    }

    setters! {
        /// When the string was first created.
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
        /// The version of the vendor list, 0 to 4095.
        vendor_list_version: u16,
        /// The version of the framework's policies, 0 to 63.
        tcf_policy_version: u8,
        /// Whether the user was shown other stacks than the standard ones.
        use_non_standard_stacks: bool,
        /// The special features with the user's express consent.
        special_feature_opt_ins: SmallSet<SpecialFeatureId>,
        /// The purposes with the user's express consent.
        purposes_express: SmallSet<PurposeId>,
        /// The purposes with the user's implied consent.
        purposes_implied: SmallSet<PurposeId>,
    }

    /// The vendors with the user's express consent.
    pub fn vendors_express(mut self, vendors: IdSet<VendorId>) -> Self {
        self.vendors_express = vendors;
        self
    }

    /// The vendors with the user's implied consent.
    pub fn vendors_implied(mut self, vendors: IdSet<VendorId>) -> Self {
        self.vendors_implied = vendors;
        self
    }

    /// Appends a restriction of a purpose for some vendors.
    pub fn restrict(
        mut self,
        purpose: PurposeId,
        restriction_type: CanadaRestrictionType,
        vendors: IdSet<VendorId>,
    ) -> Self {
        self.restrictions.push(CanadaRestriction { purpose, kind: restriction_type, vendors });
        self
    }

    /// Takes all publisher restrictions out.
    pub fn clear_restrictions(mut self) -> Self {
        self.restrictions.clear();
        self
    }

    /// The vendors that were disclosed to the user; `None` for a string that doesn't say.
    pub fn disclosed_vendors(mut self, vendors: impl Into<Option<IdSet<VendorId>>>) -> Self {
        self.disclosed_vendors = vendors.into();
        self
    }

    /// The choices for the publisher itself; `None` for a string without them.
    pub fn publisher(mut self, publisher: impl Into<Option<CanadaPublisher>>) -> Self {
        self.publisher = publisher.into();
        self
    }

    /// The text of section 5.
    ///
    /// # Errors
    ///
    /// - [`EncodeErrorKind::OutOfRange`] for a number that its field has no bits for: a
    ///   `cmp_id` of 4096;
    /// - [`EncodeErrorKind::TooMany`] for more than 4095 restrictions, or, in the form of
    ///   integers, for one whose vendors make more than 4095 ranges;
    /// - [`EncodeErrorKind::ReadsOtherwise`] for a text that another form fits as well, which
    ///   is tried before and says something else.
    pub(in crate::gpp) fn write(&self, padding: Padding) -> Result<String, EncodeError> {
        self.header.check()?;
        let most_ranges = self.restrictions.iter().map(|on| on.vendors.ranges().len()).max();
        let most_ranges = match self.form {
            CanadaForm::IntegerRanges => most_ranges.unwrap_or(0),
            CanadaForm::FibonacciRanges | CanadaForm::Specification => 0,
        };
        if self.restrictions.len().max(most_ranges) > MAX_RANGES.into() {
            let kind = EncodeErrorKind::TooMany { maximum: MAX_RANGES };
            return Err(EncodeError::new(kind, "publisher_restrictions"));
        }
        let mut core = BitWriter::with_capacity(2 * Header::BITS);
        self.header.put(&mut core);
        vendors::put(&self.vendors_express, self.form, &mut core);
        vendors::put(&self.vendors_implied, self.form, &mut core);
        restriction::put(&self.restrictions, self.form, &mut core);
        let mut text = String::new();
        padding.write(core, &mut text);
        let mut segment = |segment_type: u8, put: &dyn Fn(&mut BitWriter)| {
            let mut writer = BitWriter::with_capacity(Header::BITS);
            writer.put(segment_type.into(), TYPE_BITS);
            put(&mut writer);
            text.push('.');
            padding.write(writer, &mut text);
        };
        if let Some(disclosed) = &self.disclosed_vendors {
            segment(DISCLOSED_VENDORS, &|writer| vendors::put(disclosed, self.form, writer));
        }
        if let Some(publisher) = &self.publisher {
            segment(PUBLISHER, &|writer| publisher.put(writer));
        }
        // A reader has to try forms: only reading tells which one it would take.
        let mut buffer = Buffer::new();
        let read = TcfCanadaRef::read(&text, &mut buffer).map(|canada| canada.to_builder());
        if read.is_ok_and(|read| read.form(self.form) == *self) {
            Ok(text)
        } else {
            Err(EncodeError::new(EncodeErrorKind::ReadsOtherwise, "form"))
        }
    }
}

/// The form and how much there is, and nothing of the user's choices.
impl core::fmt::Debug for TcfCanadaBuilder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("TcfCanadaBuilder")
            .field("form", &self.form)
            .field("created", &self.header.created)
            .finish_non_exhaustive()
    }
}
