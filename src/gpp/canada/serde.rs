//! serde for a TC string of Canada, in the shape of one flat object.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::header::VERSION;
use super::{CanadaForm, CanadaPublisher, CanadaRestriction, CanadaRestrictionType};
use super::{TcfCanadaBuilder, TcfCanadaRef};
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

fn restrictions<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Cow<'static, [CanadaRestriction]>, D::Error> {
    list(deserializer).map(Cow::Owned)
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
    use_non_standard_stacks: bool,
    special_feature_opt_ins: SmallSet<SpecialFeatureId>,
    purposes_express: SmallSet<PurposeId>,
    purposes_implied: SmallSet<PurposeId>,
    vendors_express: Cow<'a, IdSet<VendorId>>,
    vendors_implied: Cow<'a, IdSet<VendorId>>,
    #[serde(deserialize_with = "restrictions")]
    publisher_restrictions: Cow<'a, [CanadaRestriction]>,
    disclosed_vendors: Option<Cow<'a, IdSet<VendorId>>>,
    publisher_tc: Option<CanadaPublisher>,
}

impl Serialize for TcfCanadaRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let owned = |on: super::CanadaRestrictionRef<'_>| CanadaRestriction {
            purpose: on.purpose,
            kind: on.kind,
            vendors: on.vendors.to_set(),
        };
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
            use_non_standard_stacks: self.use_non_standard_stacks(),
            special_feature_opt_ins: self.special_feature_opt_ins(),
            purposes_express: self.purposes_express(),
            purposes_implied: self.purposes_implied(),
            vendors_express: Cow::Owned(self.vendors_express().to_set()),
            vendors_implied: Cow::Owned(self.vendors_implied().to_set()),
            publisher_restrictions: self
                .publisher_restrictions()
                .map(owned)
                .collect::<Vec<_>>()
                .into(),
            disclosed_vendors: self.disclosed_vendors().map(|set| Cow::Owned(set.to_set())),
            publisher_tc: self.publisher(),
        }
        .serialize(serializer)
    }
}
