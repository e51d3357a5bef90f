//! serde: strings as their text, and what a string says as one flat object.

use alloc::vec::Vec;

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::header::VERSION;
use super::ids::SmallId;
use super::restriction::{Restriction, RestrictionType};
use super::{
    CustomPurposeId, Decoded, Letters, PublisherTc, PurposeId, SmallSet, SpecialFeatureId,
    SpecialPurposeId, TcString, TcStringRef, VendorId,
};
use crate::ids::IdSet;
use crate::serde_impls::{flag, integer, list, number, object, parsed, read_text, serde_id};
use crate::time::Timestamp;

serde_id!(VendorId, PurposeId, SpecialFeatureId, SpecialPurposeId, CustomPurposeId);

impl Serialize for TcStringRef<'_, '_> {
    /// The text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for TcString {
    /// The text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for TcString {
    /// Reads the text, under the default [`DecodeOptions`](super::DecodeOptions).
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(deserializer, "not text, expected a TC string", Self::parse)
    }
}

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

// Each property that may not be left out says by what it is read: else the derived reader asks its
// type what stands for a property that is missing, and the type answers that it is wrong.

impl<'de> Deserialize<'de> for PublisherTc {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Shape {
            #[serde(deserialize_with = "Deserialize::deserialize")]
            purposes_consent: SmallSet<PurposeId>,
            #[serde(deserialize_with = "Deserialize::deserialize")]
            purposes_li: SmallSet<PurposeId>,
            #[serde(deserialize_with = "integer")]
            custom_purposes_count: u8,
            #[serde(deserialize_with = "Deserialize::deserialize")]
            custom_purposes_consent: SmallSet<CustomPurposeId>,
            #[serde(deserialize_with = "Deserialize::deserialize")]
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
            #[serde(deserialize_with = "Deserialize::deserialize")]
            purpose: PurposeId,
            #[serde(rename = "type", deserialize_with = "Deserialize::deserialize")]
            restriction_type: RestrictionType,
            #[serde(deserialize_with = "Deserialize::deserialize")]
            vendors: IdSet<VendorId>,
        }

        let Shape { purpose, restriction_type, vendors } = object(deserializer)?;
        Ok(Self::new(purpose, restriction_type, vendors))
    }
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

impl Serialize for Decoded {
    /// One flat object: `version`, then the fields, `null` for what is absent.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Decoded", 22)?;
        object.serialize_field("version", &Version)?;
        object.serialize_field("created", &self.created)?;
        object.serialize_field("last_updated", &self.last_updated)?;
        object.serialize_field("cmp_id", &self.cmp_id)?;
        object.serialize_field("cmp_version", &self.cmp_version)?;
        object.serialize_field("consent_screen", &self.consent_screen)?;
        object.serialize_field("consent_language", &self.consent_language)?;
        object.serialize_field("vendor_list_version", &self.vendor_list_version)?;
        object.serialize_field("tcf_policy_version", &self.tcf_policy_version)?;
        object.serialize_field("is_service_specific", &self.is_service_specific)?;
        object.serialize_field("use_non_standard_texts", &self.use_non_standard_texts)?;
        object.serialize_field("special_feature_opt_ins", &self.special_feature_opt_ins)?;
        object.serialize_field("purposes_consent", &self.purposes_consent)?;
        object.serialize_field("purposes_li", &self.purposes_li)?;
        object.serialize_field("purpose_one_treatment", &self.purpose_one_treatment)?;
        object.serialize_field("publisher_country_code", &self.publisher_country_code)?;
        object.serialize_field("vendors_consent", &self.vendors_consent)?;
        object.serialize_field("vendors_li", &self.vendors_li)?;
        object.serialize_field("publisher_restrictions", &self.publisher_restrictions)?;
        object.serialize_field("disclosed_vendors", &self.disclosed_vendors)?;
        object.serialize_field("allowed_vendors", &self.allowed_vendors)?;
        object.serialize_field("publisher_tc", &self.publisher_tc)?;
        object.end()
    }
}

impl<'de> Deserialize<'de> for Decoded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Shape {
            #[serde(rename = "version", deserialize_with = "Deserialize::deserialize")]
            _version: Version,
            #[serde(deserialize_with = "Deserialize::deserialize")]
            created: Timestamp,
            #[serde(deserialize_with = "Deserialize::deserialize")]
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
            #[serde(deserialize_with = "Deserialize::deserialize")]
            special_feature_opt_ins: SmallSet<SpecialFeatureId>,
            #[serde(deserialize_with = "Deserialize::deserialize")]
            purposes_consent: SmallSet<PurposeId>,
            #[serde(deserialize_with = "Deserialize::deserialize")]
            purposes_li: SmallSet<PurposeId>,
            #[serde(deserialize_with = "flag")]
            purpose_one_treatment: bool,
            publisher_country_code: Option<Letters>,
            #[serde(deserialize_with = "Deserialize::deserialize")]
            vendors_consent: IdSet<VendorId>,
            #[serde(deserialize_with = "Deserialize::deserialize")]
            vendors_li: IdSet<VendorId>,
            #[serde(deserialize_with = "list")]
            publisher_restrictions: Vec<Restriction>,
            disclosed_vendors: Option<IdSet<VendorId>>,
            allowed_vendors: Option<IdSet<VendorId>>,
            publisher_tc: Option<PublisherTc>,
        }

        let shape: Shape = object(deserializer)?;
        Ok(Self {
            created: shape.created,
            last_updated: shape.last_updated,
            cmp_id: shape.cmp_id,
            cmp_version: shape.cmp_version,
            consent_screen: shape.consent_screen,
            consent_language: shape.consent_language,
            vendor_list_version: shape.vendor_list_version,
            tcf_policy_version: shape.tcf_policy_version,
            is_service_specific: shape.is_service_specific,
            use_non_standard_texts: shape.use_non_standard_texts,
            special_feature_opt_ins: shape.special_feature_opt_ins,
            purposes_consent: shape.purposes_consent,
            purposes_li: shape.purposes_li,
            purpose_one_treatment: shape.purpose_one_treatment,
            publisher_country_code: shape.publisher_country_code,
            vendors_consent: shape.vendors_consent,
            vendors_li: shape.vendors_li,
            publisher_restrictions: shape.publisher_restrictions,
            disclosed_vendors: shape.disclosed_vendors,
            allowed_vendors: shape.allowed_vendors,
            publisher_tc: shape.publisher_tc,
        })
    }
}
