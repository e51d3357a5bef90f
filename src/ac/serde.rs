//! serde for AC strings, as text, and for IDs of providers, as numbers.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AcString, AcStringRef, InvalidProviderId, ProviderId};
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
