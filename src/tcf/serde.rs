//! serde for a TC string, in the shape of one flat object.

use alloc::borrow::Cow;

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::header::VERSION;
use super::ids::SmallId;
use super::restriction::{Restriction, RestrictionType};
use super::{
    CustomPurposeId, Letters, PublisherTc, PurposeId, SmallSet, SpecialFeatureId, TcString,
    VendorId,
};
use crate::ids::IdSet;
use crate::serde_impls::{flag, integer, list, number, object, parsed, serde_id};
use crate::time::Timestamp;

serde_id!(VendorId, PurposeId, SpecialFeatureId, CustomPurposeId);

impl<I: SmallId> Serialize for SmallSet<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.into_iter().map(I::get))
    }
}

impl<'de, I: SmallId> Deserialize<'de> for SmallSet<I> {
    /// Reads numbers in any order; one said twice is in the set once.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IdSet::deserialize(deserializer).map(|set: IdSet<I>| set.iter().collect())
    }
}

impl Serialize for Letters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Letters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "not a two-letter code, expected A-Z twice")
    }
}

impl Serialize for RestrictionType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

impl<'de> Deserialize<'de> for RestrictionType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number(deserializer, Self::from_number, "not a restriction type, expected 0 to 3")
    }
}

impl<'de> Deserialize<'de> for PublisherTc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Shape {
            purposes_consent: SmallSet<PurposeId>,
            purposes_li: SmallSet<PurposeId>,
            #[serde(deserialize_with = "integer")]
            custom_purposes_count: u8,
            custom_purposes_consent: SmallSet<CustomPurposeId>,
            custom_purposes_li: SmallSet<CustomPurposeId>,
        }

        let shape: Shape = object(deserializer)?;
        Self::new(shape.purposes_consent, shape.purposes_li)
            .with_custom_purposes(
                shape.custom_purposes_count,
                shape.custom_purposes_consent,
                shape.custom_purposes_li,
            )
            .map_err(de::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Restriction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Shape {
            purpose: PurposeId,
            #[serde(rename = "type")]
            kind: RestrictionType,
            vendors: IdSet<VendorId>,
        }

        let Shape { purpose, kind, vendors } = object(deserializer)?;
        Ok(Self { purpose, kind, vendors })
    }
}

fn restrictions<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Cow<'static, [Restriction]>, D::Error> {
    list(deserializer).map(Cow::Owned)
}

/// The number 2.
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

/// A TC string as an object; `null` for a segment that is absent.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename = "TcString")]
struct Shape<'a> {
    version: Version,
    created: Timestamp,
    last_updated: Timestamp,
    #[serde(deserialize_with = "integer")]
    cmp_id: u16,
    #[serde(deserialize_with = "integer")]
    cmp_version: u16,
    #[serde(deserialize_with = "integer")]
    consent_screen: u8,
    consent_language: Letters,
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
    publisher_country_code: Letters,
    vendors_consent: Cow<'a, IdSet<VendorId>>,
    vendors_li: Cow<'a, IdSet<VendorId>>,
    #[serde(deserialize_with = "restrictions")]
    publisher_restrictions: Cow<'a, [Restriction]>,
    disclosed_vendors: Option<Cow<'a, IdSet<VendorId>>>,
    allowed_vendors: Option<Cow<'a, IdSet<VendorId>>>,
    publisher_tc: Option<PublisherTc>,
}

impl Serialize for TcString {
    /// One flat object with a property for each field, sets as rising lists of numbers.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Shape {
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
            vendors_consent: Cow::Borrowed(self.vendors_consent()),
            vendors_li: Cow::Borrowed(self.vendors_li()),
            publisher_restrictions: Cow::Borrowed(self.publisher_restrictions()),
            disclosed_vendors: self.disclosed_vendors().map(Cow::Borrowed),
            allowed_vendors: self.allowed_vendors().map(Cow::Borrowed),
            publisher_tc: self.publisher_tc(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TcString {
    /// Builds the canonical string of an object of the same shape. Only the three segments
    /// may be left out; a property that the shape doesn't have is an error.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let shape: Shape<'_> = object(deserializer)?;
        let mut builder = Self::builder(shape.created)
            .last_updated(shape.last_updated)
            .cmp_id(shape.cmp_id)
            .cmp_version(shape.cmp_version)
            .consent_screen(shape.consent_screen)
            .consent_language(shape.consent_language)
            .vendor_list_version(shape.vendor_list_version)
            .tcf_policy_version(shape.tcf_policy_version)
            .is_service_specific(shape.is_service_specific)
            .use_non_standard_texts(shape.use_non_standard_texts)
            .special_feature_opt_ins(shape.special_feature_opt_ins)
            .purposes_consent(shape.purposes_consent)
            .purposes_li(shape.purposes_li)
            .purpose_one_treatment(shape.purpose_one_treatment)
            .publisher_country_code(shape.publisher_country_code)
            .vendors_consent(shape.vendors_consent.into_owned())
            .vendors_li(shape.vendors_li.into_owned())
            .disclosed_vendors(shape.disclosed_vendors.map(Cow::into_owned))
            .allowed_vendors(shape.allowed_vendors.map(Cow::into_owned))
            .publisher_tc(shape.publisher_tc);
        for restriction in shape.publisher_restrictions.into_owned() {
            builder = builder.push_restriction(restriction);
        }
        builder.build().map_err(de::Error::custom)
    }
}
