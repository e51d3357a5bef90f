//! A TC string as an object, and back.

use alloc::vec::Vec;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::getters::on_both;
use super::header::VERSION;
use super::{
    Letters, PublisherTc, PurposeId, Restriction, SmallSet, SpecialFeatureId, TcString,
    TcStringRef, VendorId,
};
use crate::error::EncodeError;
use crate::ids::IdSet;
use crate::serde_impls::{flag, integer, list, number, object};
use crate::time::Timestamp;

/// What a TC string says, as serde's object of it (feature `serde`).
///
/// It is one flat object: a property for each field under the name of its getter, sets as
/// rising lists of numbers, times as text, `null` for a segment that is absent and for letters
/// that are none. When it is read, only the three segments may be left out, and a property that
/// there is not is an error.
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
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decoded(Shape);

on_both! {
    /// What this string says, as serde's object of it.
    pub fn decoded(&self) -> Decoded {
        Decoded(Shape {
            version: Version,
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
            publisher_restrictions: self
                .publisher_restrictions()
                .map(|on| on.to_restriction())
                .collect(),
            disclosed_vendors: self.disclosed_vendors().map(|vendors| vendors.to_set()),
            allowed_vendors: self.allowed_vendors().map(|vendors| vendors.to_set()),
            publisher_tc: self.publisher_tc(),
        })
    }
}

impl Decoded {
    /// The canonical string of the object.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] where no string can say that, such as a `cmp_id` of 4096: see
    /// [`Builder::build`](super::Builder::build).
    pub fn encode(&self) -> Result<TcString, EncodeError> {
        let shape = self.0.clone();
        let mut builder = TcString::builder(shape.created)
            .last_updated(shape.last_updated)
            .cmp_id(shape.cmp_id)
            .cmp_version(shape.cmp_version)
            .consent_screen(shape.consent_screen)
            .vendor_list_version(shape.vendor_list_version)
            .tcf_policy_version(shape.tcf_policy_version)
            .is_service_specific(shape.is_service_specific)
            .use_non_standard_texts(shape.use_non_standard_texts)
            .special_feature_opt_ins(shape.special_feature_opt_ins)
            .purposes_consent(shape.purposes_consent)
            .purposes_li(shape.purposes_li)
            .purpose_one_treatment(shape.purpose_one_treatment)
            .vendors_consent(shape.vendors_consent)
            .vendors_li(shape.vendors_li);
        builder.header.consent_language = shape.consent_language;
        builder.header.publisher_country_code = shape.publisher_country_code;
        builder.restrictions = shape.publisher_restrictions;
        builder.disclosed_vendors = shape.disclosed_vendors;
        builder.allowed_vendors = shape.allowed_vendors;
        builder.publisher_tc = shape.publisher_tc;
        builder.build()
    }
}

impl Serialize for Decoded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decoded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        object(deserializer).map(Self)
    }
}

/// The number 2.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Version;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let version = |number: u8| (number == VERSION).then_some(Self);
        number(deserializer, version, "not a version of a TC string, expected 2")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename = "TcString")]
struct Shape {
    version: Version,
    created: Timestamp,
    last_updated: Timestamp,
    #[serde(deserialize_with = "integer")]
    cmp_id: u16,
    #[serde(deserialize_with = "integer")]
    cmp_version: u16,
    #[serde(deserialize_with = "integer")]
    consent_screen: u8,
    consent_language: Option<Letters>,
    #[serde(deserialize_with = "integer")]
    vendor_list_version: u16,
    #[serde(deserialize_with = "integer")]
    tcf_policy_version: u8,
    #[serde(deserialize_with = "flag")]
    is_service_specific: bool,
    #[serde(deserialize_with = "flag")]
    use_non_standard_texts: bool,
    special_feature_opt_ins: SmallSet<SpecialFeatureId>,
    purposes_consent: SmallSet<PurposeId>,
    purposes_li: SmallSet<PurposeId>,
    #[serde(deserialize_with = "flag")]
    purpose_one_treatment: bool,
    publisher_country_code: Option<Letters>,
    vendors_consent: IdSet<VendorId>,
    vendors_li: IdSet<VendorId>,
    #[serde(deserialize_with = "list")]
    publisher_restrictions: Vec<Restriction>,
    disclosed_vendors: Option<IdSet<VendorId>>,
    allowed_vendors: Option<IdSet<VendorId>>,
    publisher_tc: Option<PublisherTc>,
}
