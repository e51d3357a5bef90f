//! What a string says as an object, and the way back.

use alloc::vec::Vec;

use super::{
    Letters, PublisherTc, PurposeId, Restriction, SmallSet, SpecialFeatureId, TcString,
    TcStringRef, VendorId,
};
use crate::both_forms::both_forms;
use crate::error::EncodeError;
use crate::ids::IdSet;
use crate::time::Timestamp;

/// What a TC string says, field by field.
///
/// With feature `serde` it is one flat object: `"version": 2`, then a property for each field
/// here, sets as rising lists of numbers, times as text, `null` for what is absent. Read, the
/// three segments may be left out, as may letters; a property that is not of the shape is an
/// error.
///
/// ```
/// use consent_string::tcf::{Decoded, TcString};
///
/// let text = "CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA";
/// let consent: TcString = text.parse()?;
/// let mut object = serde_json::to_value(consent.decoded())?;
/// assert_eq!(object["vendors_consent"], serde_json::json!([1, 2, 3, 4]));
/// object["cmp_id"] = 31.into();
/// let changed: Decoded = serde_json::from_value(object)?;
/// assert_eq!(changed.encode()?.cmp_id(), 31);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded {
    /// When the string was first created.
    pub created: Timestamp,
    /// When the string was last changed.
    pub last_updated: Timestamp,
    /// The consent management platform's number, 0 to 4095.
    pub cmp_id: u16,
    /// The platform's own version, 0 to 4095.
    pub cmp_version: u16,
    /// The screen on which the user chose, 0 to 63.
    pub consent_screen: u8,
    /// The language in which the user was asked; `None` where what stands there are no letters.
    pub consent_language: Option<Letters>,
    /// The version of the Global Vendor List, 0 to 4095.
    pub vendor_list_version: u16,
    /// The version of the framework's policies, 0 to 63.
    pub tcf_policy_version: u8,
    /// Whether the choices are for one service or group of services.
    pub is_service_specific: bool,
    /// Whether the user was shown other texts than the standard ones.
    pub use_non_standard_texts: bool,
    /// The special features that the user opted in to.
    pub special_feature_opt_ins: SmallSet<SpecialFeatureId>,
    /// The purposes that the user consented to.
    pub purposes_consent: SmallSet<PurposeId>,
    /// The purposes for which legitimate interest was shown, without objection.
    pub purposes_li: SmallSet<PurposeId>,
    /// Whether purpose 1 was not disclosed.
    pub purpose_one_treatment: bool,
    /// The publisher's country; `None` where what stands there are no letters.
    pub publisher_country_code: Option<Letters>,
    /// The vendors that the user consented to.
    pub vendors_consent: IdSet<VendorId>,
    /// The vendors whose legitimate interest was shown, without objection.
    pub vendors_li: IdSet<VendorId>,
    /// The publisher restrictions, in the order of the string.
    pub publisher_restrictions: Vec<Restriction>,
    /// The vendors that were disclosed to the user; `None` for a string that doesn't say.
    pub disclosed_vendors: Option<IdSet<VendorId>>,
    /// The vendors that may use legal bases from outside the framework; `None` for a string
    /// that doesn't say.
    pub allowed_vendors: Option<IdSet<VendorId>>,
    /// The choices for the publisher itself; `None` for a string without them.
    pub publisher_tc: Option<PublisherTc>,
}

both_forms! { TcStringRef<'t, 'b>, TcString:

/// What the string says, field by field, to serialize or to change.
#[must_use]
pub fn decoded(self) -> Decoded {
    Decoded {
        created: self.created(),
        last_updated: self.last_updated(),
        cmp_id: self.cmp_id(),
        cmp_version: self.cmp_version(),
        consent_screen: self.consent_screen(),
        consent_language: self.consent_language(),
        vendor_list_version: self.vendor_list_version(),
        tcf_policy_version: self.tcf_policy_version(),
        is_service_specific: self.is_service_specific(),
        use_non_standard_texts: self.use_non_standard_texts(),
        special_feature_opt_ins: self.special_feature_opt_ins(),
        purposes_consent: self.purposes_consent(),
        purposes_li: self.purposes_li(),
        purpose_one_treatment: self.purpose_one_treatment(),
        publisher_country_code: self.publisher_country_code(),
        vendors_consent: self.vendors_consent().to_set(),
        vendors_li: self.vendors_li().to_set(),
        publisher_restrictions: self.publisher_restrictions().map(|on| on.to_restriction()).collect(),
        disclosed_vendors: self.disclosed_vendors().map(|vendors| vendors.to_set()),
        allowed_vendors: self.allowed_vendors().map(|vendors| vendors.to_set()),
        publisher_tc: self.publisher_tc(),
    }
}

}

impl Decoded {
    /// The canonical string that says this.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] where no string can say that, such as a `cmp_id` of 4096: see
    /// [`Builder::build`](super::Builder::build).
    pub fn encode(&self) -> Result<TcString, EncodeError> {
        let mut builder = TcString::builder(self.created)
            .last_updated(self.last_updated)
            .cmp_id(self.cmp_id)
            .cmp_version(self.cmp_version)
            .consent_screen(self.consent_screen)
            .vendor_list_version(self.vendor_list_version)
            .tcf_policy_version(self.tcf_policy_version)
            .is_service_specific(self.is_service_specific)
            .use_non_standard_texts(self.use_non_standard_texts)
            .special_feature_opt_ins(self.special_feature_opt_ins)
            .purposes_consent(self.purposes_consent)
            .purposes_li(self.purposes_li)
            .purpose_one_treatment(self.purpose_one_treatment)
            .vendors_consent(self.vendors_consent.clone())
            .vendors_li(self.vendors_li.clone());
        builder.header.consent_language = self.consent_language;
        builder.header.publisher_country_code = self.publisher_country_code;
        builder.restrictions.clone_from(&self.publisher_restrictions);
        builder.disclosed_vendors.clone_from(&self.disclosed_vendors);
        builder.allowed_vendors.clone_from(&self.allowed_vendors);
        builder.publisher_tc = self.publisher_tc;
        builder.build()
    }
}
