//! Reading algorithms and signed user IDs from JSON, by errors that never show a part of it.

use alloc::string::String;

use serde::de::{Deserialize, Deserializer};

use super::{Algorithm, SignedUserId, UserAuthWithHashParams};
use crate::serde_impls::{integer, open_object, parsed, text};

impl<'de> Deserialize<'de> for Algorithm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "not an algorithm, expected one of the five names")
    }
}

/// Reads the parts of a signed user ID from an object that has them under these names, in this
/// order: user ID, algorithm, ID of the secret, digest, salt, expiration. Other properties are
/// passed over.
macro_rules! deserialize {
    ($type:ty: $id:literal, $algorithm:literal, $sid:literal, $digest:literal, $salt:literal,
     $expiration:literal) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(serde::Deserialize)]
                struct Parts {
                    #[serde(rename = $id)]
                    id: Text,
                    #[serde(rename = $algorithm)]
                    algorithm: Algorithm,
                    #[serde(rename = $sid)]
                    sid: Text,
                    #[serde(rename = $digest)]
                    digest: Text,
                    #[serde(rename = $salt)]
                    salt: Option<Text>,
                    #[serde(rename = $expiration)]
                    expiration: Option<Seconds>,
                }

                let parts: Parts = open_object(deserializer)?;
                let params = UserAuthWithHashParams {
                    unverified_id: parts.id.0,
                    algorithm: parts.algorithm,
                    secret_id: parts.sid.0,
                    digest: parts.digest.0,
                    salt: parts.salt.map(|salt| salt.0),
                    expiration: parts.expiration.map(|expiration| expiration.0),
                };
                Ok(params.into())
            }
        }
    };
}

deserialize!(
    UserAuthWithHashParams: "id", "algorithm", "secretId", "digest", "salt", "expiration"
);
deserialize!(
    SignedUserId: "organizationUserId", "organizationUserIdAuthAlgorithm",
    "organizationUserIdAuthSid", "organizationUserIdAuthDigest", "organizationUserIdAuthSalt",
    "organizationUserIdExp"
);

struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer).map(Self)
    }
}

struct Seconds(u64);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        integer(deserializer).map(Self)
    }
}
