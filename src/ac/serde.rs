//! serde for AC strings, as text, and for IDs of providers, as numbers.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AcString, AcStringRef, Decoded, InvalidProviderId, ProviderId, Version};
use crate::serde_impls;

impl Serialize for AcStringRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for AcString {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AcString {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_impls::parsed(deserializer, "not an AC string, expected the form 2~1.35~dv.9")
    }
}

impl Serialize for ProviderId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.get())
    }
}

impl<'de> Deserialize<'de> for ProviderId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_impls::number(deserializer, Self::new, InvalidProviderId)
    }
}

/// The properties of the object.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename = "AcString")]
struct Shape {
    version: Number,
    #[serde(deserialize_with = "ids")]
    consented: BTreeSet<ProviderId>,
    #[serde(deserialize_with = "ids")]
    disclosed: BTreeSet<ProviderId>,
}

struct Number(Version);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.0.number())
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let version = |number| match number {
            1_u8 => Some(Version::V1),
            2 => Some(Version::V2),
            _ => None,
        };
        serde_impls::number(deserializer, version, "not a version, expected 1 or 2").map(Self)
    }
}

fn ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeSet<ProviderId>, D::Error> {
    let ids: Vec<ProviderId> = serde_impls::list(deserializer)?;
    Ok(ids.into_iter().collect())
}

impl Serialize for Decoded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { version, consented, disclosed } = self.clone();
        Shape { version: Number(version), consented, disclosed }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decoded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Shape { version: Number(version), consented, disclosed } =
            serde_impls::object(deserializer)?;
        Ok(Self { version, consented, disclosed })
    }
}
