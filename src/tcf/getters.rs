//! What both forms of a string answer about their parts, each getter stated once.

use super::restrictions::Restrictions;
use super::vendors::VendorsRef;
use super::{
    Letters, PublisherTc, PurposeId, SmallSet, SpecialFeatureId, TcString, TcStringRef, VendorId,
};
use crate::both_forms::both_forms;
use crate::time::Timestamp;

both_forms! { TcStringRef<'t, 'b>, TcString:

/// When the string was first created. From TCF 2.2 on it is the same as
/// [`last_updated`](Self::last_updated) and midnight UTC; decoding asks for neither.
#[must_use]
pub fn created(self) -> Timestamp {
    self.header().created
}

/// When the string was last changed.
#[must_use]
pub fn last_updated(self) -> Timestamp {
    self.header().last_updated
}

/// The consent management platform's number in IAB Europe's list, 0 to 4095.
#[must_use]
pub fn cmp_id(self) -> u16 {
    self.header().cmp_id
}

/// The platform's own version, 0 to 4095.
#[must_use]
pub fn cmp_version(self) -> u16 {
    self.header().cmp_version
}

/// The screen on which the user chose, by the platform's own numbers, 0 to 63.
#[must_use]
pub fn consent_screen(self) -> u8 {
    self.header().consent_screen
}

/// The language in which the user was asked. `None` where what stands there are no
/// letters, which only
/// [`allow_undefined_letters`](crate::tcf::DecodeOptions::allow_undefined_letters) accepts.
#[must_use]
pub fn consent_language(self) -> Option<Letters> {
    self.header().consent_language
}

/// The version of the Global Vendor List that was used, 0 to 4095.
#[must_use]
pub fn vendor_list_version(self) -> u16 {
    self.header().vendor_list_version
}

/// The version of the framework's policies, 0 to 63: 2 for TCF 2.0 and 2.1, 4 from
/// TCF 2.2 on, 5 for TCF 2.3.
#[must_use]
pub fn tcf_policy_version(self) -> u8 {
    self.header().tcf_policy_version
}

/// Whether the choices are for one service or group of services, rather than for all of
/// the web.
#[must_use]
pub fn is_service_specific(self) -> bool {
    self.header().is_service_specific
}

/// Whether the user was shown other texts than the standard ones.
#[must_use]
pub fn use_non_standard_texts(self) -> bool {
    self.header().use_non_standard_texts
}

/// The special features that the user opted in to, for all vendors at once.
#[must_use]
pub fn special_feature_opt_ins(self) -> SmallSet<SpecialFeatureId> {
    self.header().special_feature_opt_ins
}

/// The purposes that the user consented to.
#[must_use]
pub fn purposes_consent(self) -> SmallSet<PurposeId> {
    self.header().purposes_consent
}

/// The purposes for which legitimate interest was shown to the user, who did not object.
/// Some of the bits can be void: see
/// [`Violation::LegitimateInterest`](crate::tcf::Violation::LegitimateInterest).
#[must_use]
pub fn purposes_li(self) -> SmallSet<PurposeId> {
    self.header().purposes_li
}

/// Whether purpose 1 was *not* disclosed, because the law of the publisher's country asks
/// for no consent to it.
#[must_use]
pub fn purpose_one_treatment(self) -> bool {
    self.header().purpose_one_treatment
}

/// The country of the publisher's establishment, or of the law that applies. `None` where
/// what stands there are no letters, which only
/// [`allow_undefined_letters`](crate::tcf::DecodeOptions::allow_undefined_letters) accepts.
#[must_use]
pub fn publisher_country_code(self) -> Option<Letters> {
    self.header().publisher_country_code
}

/// The vendors that the user consented to.
#[must_use]
pub fn vendors_consent(self: 'b) -> VendorsRef<'b> {
    VendorsRef::new(self.checked.vendors_consent.read(self.reader()))
}

/// The vendors whose legitimate interest was shown to the user, who did not object.
#[must_use]
pub fn vendors_li(self: 'b) -> VendorsRef<'b> {
    VendorsRef::new(self.checked.vendors_li.read(self.reader()))
}

/// Whether the user consented to this vendor. Whether the vendor may process is another
/// question: [`permits`](crate::tcf::Valid::permits).
#[must_use]
pub fn vendor_consent(self, vendor: VendorId) -> bool {
    self.vendors_consent().contains(vendor)
}

/// Whether this vendor's legitimate interest was shown to the user, who did not object.
/// Whether the vendor may process is another question:
/// [`permits`](crate::tcf::Valid::permits).
#[must_use]
pub fn vendor_legitimate_interest(self, vendor: VendorId) -> bool {
    self.vendors_li().contains(vendor)
}

/// The publisher restrictions, in the order of the string.
///
/// It may have the same purpose and type more than once, each with vendors of its own, and
/// restrictions of no vendor: they are given as they are.
pub fn publisher_restrictions(self: 'b) -> Restrictions<'b> {
    self.checked.restrictions.read(self.reader())
}

/// The vendors that were disclosed to the user; `None` where the string doesn't say, which
/// is not the same as an empty set.
#[must_use]
pub fn disclosed_vendors(self: 'b) -> Option<VendorsRef<'b>> {
    self.checked.disclosed_vendors.map(|section| VendorsRef::new(section.read(self.reader())))
}

/// The vendors that the publisher let use legal bases from outside the framework; `None`
/// where the string doesn't say. Newer strings don't.
#[must_use]
pub fn allowed_vendors(self: 'b) -> Option<VendorsRef<'b>> {
    self.checked.allowed_vendors.map(|section| VendorsRef::new(section.read(self.reader())))
}

/// The choices for the publisher itself; `None` where the string has no such segment.
#[must_use]
pub fn publisher_tc(self) -> Option<PublisherTc> {
    self.checked.publisher_tc(self.bits())
}

/// How many segments were passed over, because they were of unknown type or empty: 0
/// unless the [options](crate::tcf::DecodeOptions) asked for that.
#[must_use]
pub fn skipped_segments(self) -> u32 {
    self.checked.skipped_segments
}

}
