//! serde for tokens, as text, for times, as text, and for IDs of providers, as numbers.

use serde::ser::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{AdTechProviders, DidomiToken, ProviderId, TokenTime};
use crate::serde_impls;

serde_impls::serde_id!(ProviderId);

impl Serialize for DidomiToken {
    /// As its base64; one that is too long to be read back is an error.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.encode().map_err(S::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for DidomiToken {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_impls::parsed(deserializer, "not a didomi_token, expected base64 of its JSON")
    }
}

impl Serialize for AdTechProviders {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AdTechProviders {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_impls::parsed(deserializer, "not two sets of providers, expected the form AAAA.AAAA")
    }
}

impl Serialize for TokenTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TokenTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde_impls::parsed(
            deserializer,
            "not a time, expected the form 2024-08-27T07:15:05.610Z, to the millisecond",
        )
    }
}
