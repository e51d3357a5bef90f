//! serde for a TC string, which is its text, and for the parts of a [`Decoded`](super::Decoded).

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::ids::SmallId;
use super::restriction::{Restriction, RestrictionType};
use super::{
    CustomPurposeId, Letters, PublisherTc, PurposeId, SmallSet, SpecialFeatureId, SpecialPurposeId,
    TcString, TcStringRef, VendorId,
};
use crate::ids::IdSet;
use crate::serde_impls::{integer, number, object, parsed, serde_id};

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
        parsed(deserializer, "not a TC string, expected its text")
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
            restriction_type: RestrictionType,
            vendors: IdSet<VendorId>,
        }

        let Shape { purpose, restriction_type, vendors } = object(deserializer)?;
        Ok(Self::new(purpose, restriction_type, vendors))
    }
}
