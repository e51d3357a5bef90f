//! serde for a TC string of Canada, in the shape of one flat object.

use alloc::vec::Vec;

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::TcfCanadaBuilder;
use super::header::VERSION;
use super::{CanadaForm, CanadaPublisher, CanadaRestriction, CanadaRestrictionType};
use crate::ids::IdSet;
use crate::serde_impls::{flag, integer, list, number, object};
use crate::tcf::{CustomPurposeId, Letters, PurposeId, SmallSet, SpecialFeatureId, VendorId};
use crate::time::Timestamp;

impl CanadaForm {
    /// The form of a name.
    pub(in crate::gpp) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.name() == name)
    }
}

impl Serialize for CanadaRestrictionType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

impl<'de> Deserialize<'de> for CanadaRestrictionType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number(deserializer, Self::from_number, "not a restriction type, expected 0 to 3")
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
struct RestrictionShape {
    purpose: PurposeId,
    #[serde(rename = "type")]
    kind: CanadaRestrictionType,
    vendors: IdSet<VendorId>,
}

impl Serialize for CanadaRestriction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { purpose, kind, vendors } = self.clone();
        RestrictionShape { purpose, kind, vendors }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CanadaRestriction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let RestrictionShape { purpose, kind, vendors } = object(deserializer)?;
        Ok(Self { purpose, kind, vendors })
    }
}

#[derive(serde::Serialize, serde::Deserialize)]
struct PublisherShape {
    purposes_express: SmallSet<PurposeId>,
    purposes_implied: SmallSet<PurposeId>,
    #[serde(deserialize_with = "integer")]
    custom_purposes_count: u8,
    custom_purposes_express: SmallSet<CustomPurposeId>,
    custom_purposes_implied: SmallSet<CustomPurposeId>,
}

impl Serialize for CanadaPublisher {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        PublisherShape {
            purposes_express: self.purposes_express(),
            purposes_implied: self.purposes_implied(),
            custom_purposes_count: self.custom_purposes_count(),
            custom_purposes_express: self.custom_purposes_express(),
            custom_purposes_implied: self.custom_purposes_implied(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CanadaPublisher {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let shape: PublisherShape = object(deserializer)?;
        Self::new(shape.purposes_express, shape.purposes_implied)
            .with_custom_purposes(
                shape.custom_purposes_count,
                shape.custom_purposes_express,
                shape.custom_purposes_implied,
            )
            .map_err(de::Error::custom)
    }
}

/// The number 1.
struct Version;

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let version = |number: u8| (number == VERSION).then_some(Self);
        number(deserializer, version, "not a version of a TC string of Canada, expected 1")
    }
}

/// The string as an object; `null` for a segment that is absent.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename = "TcfCanada")]
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
    consent_language: Letters,
    #[serde(deserialize_with = "integer")]
    vendor_list_version: u16,
    #[serde(deserialize_with = "integer")]
    tcf_policy_version: u8,
    #[serde(deserialize_with = "flag")]
    use_non_standard_stacks: bool,
    special_feature_opt_ins: SmallSet<SpecialFeatureId>,
    purposes_express: SmallSet<PurposeId>,
    purposes_implied: SmallSet<PurposeId>,
    vendors_express: IdSet<VendorId>,
    vendors_implied: IdSet<VendorId>,
    #[serde(deserialize_with = "list")]
    publisher_restrictions: Vec<CanadaRestriction>,
    disclosed_vendors: Option<IdSet<VendorId>>,
    publisher_tc: Option<CanadaPublisher>,
}

impl Serialize for TcfCanadaBuilder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let parts = self.clone();
        Shape {
            version: Version,
            created: parts.header.created,
            last_updated: parts.header.last_updated,
            cmp_id: parts.header.cmp_id,
            cmp_version: parts.header.cmp_version,
            consent_screen: parts.header.consent_screen,
            consent_language: parts.header.consent_language,
            vendor_list_version: parts.header.vendor_list_version,
            tcf_policy_version: parts.header.tcf_policy_version,
            use_non_standard_stacks: parts.header.use_non_standard_stacks,
            special_feature_opt_ins: parts.header.special_feature_opt_ins,
            purposes_express: parts.header.purposes_express,
            purposes_implied: parts.header.purposes_implied,
            vendors_express: parts.vendors_express,
            vendors_implied: parts.vendors_implied,
            publisher_restrictions: parts.restrictions,
            disclosed_vendors: parts.disclosed_vendors,
            publisher_tc: parts.publisher,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TcfCanadaBuilder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let shape: Shape = object(deserializer)?;
        let mut builder = Self::new(shape.created)
            .last_updated(shape.last_updated)
            .cmp_id(shape.cmp_id)
            .cmp_version(shape.cmp_version)
            .consent_screen(shape.consent_screen)
            .consent_language(shape.consent_language)
            .vendor_list_version(shape.vendor_list_version)
            .tcf_policy_version(shape.tcf_policy_version)
            .use_non_standard_stacks(shape.use_non_standard_stacks)
            .special_feature_opt_ins(shape.special_feature_opt_ins)
            .purposes_express(shape.purposes_express)
            .purposes_implied(shape.purposes_implied)
            .vendors_express(shape.vendors_express)
            .vendors_implied(shape.vendors_implied)
            .disclosed_vendors(shape.disclosed_vendors)
            .publisher(shape.publisher_tc);
        builder.restrictions = shape.publisher_restrictions;
        Ok(builder)
    }
}
