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

/// Passes over properties that it doesn't know.
impl<'de> Deserialize<'de> for UserAuthWithHashParams {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Shape { id, algorithm, secret_id, digest, salt, expiration } =
            open_object(deserializer)?;
        Ok(params(id, algorithm, secret_id, digest, salt, expiration))
    }
}

/// Passes over properties that it doesn't know.
impl<'de> Deserialize<'de> for SignedUserId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let WebShape { id, algorithm, secret_id, digest, salt, expiration } =
            open_object(deserializer)?;
        Ok(params(id, algorithm, secret_id, digest, salt, expiration).into())
    }
}

/// What both shapes hold.
fn params(
    id: Text,
    algorithm: Algorithm,
    secret_id: Text,
    digest: Text,
    salt: Option<Text>,
    expiration: Option<Seconds>,
) -> UserAuthWithHashParams {
    UserAuthWithHashParams {
        unverified_id: id.0,
        algorithm,
        secret_id: secret_id.0,
        digest: digest.0,
        salt: salt.map(|salt| salt.0),
        expiration: expiration.map(|seconds| seconds.0),
    }
}

/// By the names of the mobile SDKs.
#[derive(serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shape {
    id: Text,
    algorithm: Algorithm,
    secret_id: Text,
    digest: Text,
    salt: Option<Text>,
    expiration: Option<Seconds>,
}

/// By the names of the Web SDK.
#[derive(serde::Deserialize)]
struct WebShape {
    #[serde(rename = "organizationUserId")]
    id: Text,
    #[serde(rename = "organizationUserIdAuthAlgorithm")]
    algorithm: Algorithm,
    #[serde(rename = "organizationUserIdAuthSid")]
    secret_id: Text,
    #[serde(rename = "organizationUserIdAuthDigest")]
    digest: Text,
    #[serde(rename = "organizationUserIdAuthSalt")]
    salt: Option<Text>,
    #[serde(rename = "organizationUserIdExp")]
    expiration: Option<Seconds>,
}

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
