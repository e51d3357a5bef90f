//! serde: strings as their text, and what a string says as the object of Didomi's samples.

use alloc::string::String;

use serde::de::{self, Deserialize, Deserializer};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use uuid::Uuid;

use super::consent_string::ConsentString;
use super::decoded::{Decoded, Signed};
use super::ids::{PurposeId, VendorId};
use super::section::Section;
use super::version::{Regulation, Version};
use super::view::ConsentStringRef;
use crate::ids::{Id, IdSet};
use crate::serde_impls::{number, object, parsed, read_text, required, text};
use crate::time::Timestamp;

impl Serialize for ConsentString {
    /// The text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for ConsentStringRef<'_, '_> {
    /// The text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for ConsentString {
    /// Reads a text under the default options.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_text(deserializer, "not text, expected a Didomi Consent String", Self::parse)
    }
}

impl Serialize for Decoded {
    /// `version`, `user_id`, `created`, `updated`, `regulation`, `sync`, the four sections as
    /// `{"enabled": [...], "disabled": [...]}`, `did`, `ouid`, `signature`; `null` for what is
    /// absent.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Decoded", 13)?;
        object.serialize_field("version", &self.version)?;
        object.serialize_field("user_id", &Text(self.user_id))?;
        object.serialize_field("created", &self.created)?;
        object.serialize_field("updated", &self.updated)?;
        object.serialize_field("regulation", &self.regulation)?;
        object.serialize_field("sync", &self.sync)?;
        object.serialize_field("purposes", &self.purposes)?;
        object.serialize_field("purposes_li", &self.purposes_li)?;
        object.serialize_field("vendors", &self.vendors)?;
        object.serialize_field("vendors_li", &self.vendors_li)?;
        object.serialize_field("did", &self.did)?;
        object.serialize_field("ouid", &self.ouid)?;
        object.serialize_field("signature", &self.signature)?;
        object.end()
    }
}

impl<'de> Deserialize<'de> for Decoded {
    /// Reads an object of the same shape, or with the names that version 2 is documented with.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        struct Parts {
            #[serde(deserialize_with = "required")]
            version: Version,
            #[serde(deserialize_with = "required")]
            user_id: Text<Uuid>,
            #[serde(deserialize_with = "required")]
            created: Timestamp,
            #[serde(deserialize_with = "required")]
            updated: Timestamp,
            #[serde(default, alias = "regulation_id")]
            regulation: Option<Regulation>,
            #[serde(default)]
            sync: Option<Timestamp>,
            #[serde(default, alias = "purposes_optin")]
            purposes: Section<PurposeId>,
            #[serde(default, alias = "purposes_optout")]
            purposes_li: Section<PurposeId>,
            #[serde(default, alias = "vendors_optin")]
            vendors: Section<VendorId>,
            #[serde(default, alias = "vendors_optout")]
            vendors_li: Section<VendorId>,
            #[serde(default)]
            did: Option<Text<String>>,
            #[serde(default)]
            ouid: Option<Text<String>>,
            #[serde(default)]
            signature: Option<Text<String>>,
        }

        let parts: Parts = object(deserializer)?;
        let token = |token: Option<Text<String>>| token.map(|Text(token)| token);
        Ok(Self {
            version: parts.version,
            user_id: parts.user_id.0,
            created: parts.created,
            updated: parts.updated,
            regulation: parts.regulation,
            sync: parts.sync,
            purposes: parts.purposes,
            purposes_li: parts.purposes_li,
            vendors: parts.vendors,
            vendors_li: parts.vendors_li,
            did: token(parts.did),
            ouid: token(parts.ouid),
            signature: token(parts.signature),
            signed: Signed::default(),
        })
    }
}

/// A value that is text in JSON.
struct Text<T>(T);

impl Serialize for Text<Uuid> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text<Uuid> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "user_id: not a UUID, expected its text form").map(Self)
    }
}

impl<'de> Deserialize<'de> for Text<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer).map(Self)
    }
}

impl Serialize for Version {
    /// The number.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number(deserializer, Self::from_number, "not a version, expected 1 or 2")
    }
}

impl Serialize for Regulation {
    /// The number.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl<'de> Deserialize<'de> for Regulation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        number(
            deserializer,
            |number| Some(Self(number)),
            "not a regulation, expected a number from 0 to 65535",
        )
    }
}

impl<I: Id> Serialize for Section<I> {
    /// `{"enabled": [...], "disabled": [...]}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Section", 2)?;
        object.serialize_field("enabled", self.enabled())?;
        object.serialize_field("disabled", self.disabled())?;
        object.end()
    }
}

impl<'de, I: Id> Deserialize<'de> for Section<I> {
    /// Either list may be left out; an ID in both is an error.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(bound = "")]
        struct Sets<I: Id> {
            #[serde(default)]
            enabled: IdSet<I>,
            #[serde(default)]
            disabled: IdSet<I>,
        }

        let Sets { enabled, disabled } = object(deserializer)?;
        Self::from_sets(enabled, disabled).map_err(de::Error::custom)
    }
}
