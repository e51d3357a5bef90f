//! Access tokens of Algonomy's Real-time CDP: created, and updated with further resources.
//!
//! The source is Algonomy's page "API Authentication". What it says is marked *documented*, what
//! follows from it without being said *inferred*.
//!
//! | call | path below the base URL |
//! | --- | --- |
//! | create | `secureApi/token/profile/create`, `secureApi/token/gdpr/create` |
//! | update | `secureApi/token/profile/update`, `secureApi/token/gdpr/update` |
//!
//! Each is a `POST` with the header `tenant_hash` and, for tenants with OAuth, the header
//! `oauth_key_secret` (documented). The base URL is the one that Algonomy gave to the tenant for
//! the API in question; there is no default.
//!
//! ```
//! use core::num::NonZeroU32;
//!
//! use consent_string::{Secret, Timestamp};
//! use consent_string::algonomy::{Api, Tenant, TokenRequest};
//! use url::Url;
//!
//! let base_url = Url::parse("https://cdp.example.com")?;
//! let tenant = Tenant::new(Api::Gdpr, base_url, Secret::new("abcd1234efgh5678")?);
//!
//! let create = TokenRequest::create(["basic"]).validity(NonZeroU32::new(300).unwrap());
//! let request = create.to_http(&tenant)?;
//! assert_eq!(request.uri(), "https://cdp.example.com/secureApi/token/gdpr/create");
//! assert_eq!(request.body(), br#"{"resource":["basic"],"validity":300}"#);
//!
//! // The HTTP client of your choice sends it, and gives back a response:
//! let sent: Timestamp = "2024-02-29T12:00:00.000Z".parse()?;
//! let answer = create.read(&http::Response::new(br#"{"token": "CkFV8QOtY37j"}"#))?;
//! assert_eq!(answer.token().expose(), b"CkFV8QOtY37j");
//! assert_eq!(create.expires_at(sent)?.to_string(), "2024-02-29T17:00:00.000Z");
//!
//! let update = TokenRequest::update(answer.into_token(), ["basic", "segments"]);
//! let body = br#"{"message": "Token updated successfully", "token": "CkFV8QOtY37j"}"#;
//! let answer = update.read(&http::Response::new(body))?;
//! assert_eq!(answer.message(), Some("Token updated successfully"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(test)]
mod tests;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;

use http::{Request, Response};
use serde::Serialize;
use url::Url;

pub use crate::http_api::{AnswerError, AnswerErrorKind, RequestError};
use crate::http_api::{Base, Draft, Extra, Fields, extra};
use crate::{Secret, Timestamp, TimestampError};
/// The crates whose types are in this API.
pub use {http, serde_json, url};

/// How long a token lives when the request doesn't say, in minutes (documented).
pub const DEFAULT_VALIDITY: NonZeroU32 = NonZeroU32::new(15).unwrap();

/// The API that a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Api {
    /// The Customer Profile API.
    Profile,
    /// The GDPR API.
    Gdpr,
}

impl Api {
    const fn segment(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Gdpr => "gdpr",
        }
    }
}

/// One of a tenant's APIs: where it is, and what proves that the tenant calls.
#[derive(Debug, Clone)]
pub struct Tenant {
    api: Api,
    base: Base,
    hash: Secret,
    oauth_key_secret: Option<Secret>,
}

impl Tenant {
    /// An API at the base URL that Algonomy gave for it, and the tenant's hash.
    ///
    /// The base may have a path. It should be `https`: `http` is accepted for tests on one's own
    /// machine, and sends every secret in the clear. The hash is treated as a secret because
    /// tenants without OAuth have nothing else to prove themselves with (inferred).
    #[must_use]
    pub const fn new(api: Api, base_url: Url, tenant_hash: Secret) -> Self {
        Self { api, base: Base::Given(base_url), hash: tenant_hash, oauth_key_secret: None }
    }

    /// Adds the secret that tenants with OAuth need.
    #[must_use]
    pub fn oauth_key_secret(mut self, secret: Secret) -> Self {
        self.oauth_key_secret = Some(secret);
        self
    }
}

/// A request for a new token, or for more resources under the one there is.
#[derive(Debug, Clone)]
#[must_use]
pub struct TokenRequest {
    resource: Vec<String>,
    validity: Option<NonZeroU32>,
    token: Option<Secret>,
}

#[derive(Serialize)]
struct Body<'a> {
    resource: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    validity: Option<NonZeroU32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
}

impl TokenRequest {
    /// Asks for a token that opens these resources, such as `basic`, `segments` and
    /// `userActivity` (documented examples; there is no published list).
    pub fn create<R: Into<String>>(resource: impl IntoIterator<Item = R>) -> Self {
        let resource = resource.into_iter().map(Into::into).collect();
        Self { resource, validity: None, token: None }
    }

    /// Asks that `token` open these resources.
    ///
    /// Name all that it shall open, not only the new ones: the documentation asks for the desired
    /// set, and doesn't say what becomes of a resource that is left out.
    pub fn update<R: Into<String>>(token: Secret, resource: impl IntoIterator<Item = R>) -> Self {
        Self { token: Some(token), ..Self::create(resource) }
    }

    /// Sets how long the token shall live, in minutes; [`DEFAULT_VALIDITY`] if never set.
    pub const fn validity(mut self, minutes: NonZeroU32) -> Self {
        self.validity = Some(minutes);
        self
    }

    /// When the token stops being valid, for a request sent at `sent`.
    ///
    /// `sent` is when the request left, not when the answer came, so that the token is never
    /// taken for valid when it no longer is. An update counts as a new token does. Whether an
    /// update gives the token a new life isn't documented: until you know better, go by the
    /// earlier of this and the expiry that the token had.
    ///
    /// # Errors
    ///
    /// [`TimestampError::OutOfRange`] past [`Timestamp::MAX`], as for a validity of 200 years.
    pub fn expires_at(&self, sent: Timestamp) -> Result<Timestamp, TimestampError> {
        let minutes = self.validity.unwrap_or(DEFAULT_VALIDITY).get();
        Timestamp::from_deciseconds(sent.deciseconds() + u64::from(minutes) * 600)
    }

    /// The request as an HTTP client sends it.
    ///
    /// Its secret headers are marked as sensitive. The body of an update holds the token: don't
    /// log it.
    ///
    /// # Errors
    ///
    /// [`RequestError::BaseUrl`] for a base such as `ftp://cdp.example.com`,
    /// [`Missing`](RequestError::Missing) for no resource or one of `""`,
    /// [`Header`](RequestError::Header) for a tenant hash or OAuth secret such as `"a b\n"`,
    /// [`NotText`](RequestError::NotText) for a token that isn't UTF-8.
    pub fn to_http(&self, tenant: &Tenant) -> Result<Request<Vec<u8>>, RequestError> {
        if self.resource.is_empty() || self.resource.iter().any(String::is_empty) {
            return Err(RequestError::Missing { field: "resource" });
        }
        let token = self.token.as_ref().map(|token| core::str::from_utf8(token.expose()));
        let token = token.transpose().map_err(|_| RequestError::NotText { field: "token" })?;
        let action = if token.is_some() { "update" } else { "create" };
        let url = tenant.base.join(&["secureApi", "token", tenant.api.segment(), action])?;
        let body = Body { resource: &self.resource, validity: self.validity, token };
        let mut draft = Draft::post(&url, "application/json", &body)?.secret_header(
            "tenant_hash",
            "",
            &tenant.hash,
        )?;
        if let Some(secret) = &tenant.oauth_key_secret {
            draft = draft.secret_header("oauth_key_secret", "", secret)?;
        }
        Ok(draft.finish())
    }

    /// Reads the answer: any 2xx status (inferred) with a token in its body. The caller wipes the
    /// body.
    ///
    /// A new token comes alone; an updated one with a `message` or with the `resource`s that it
    /// opens (both documented). All three are accepted for either call.
    ///
    /// # Errors
    ///
    /// [`AnswerErrorKind::Status`] for any other status (none is documented),
    /// [`Json`](AnswerErrorKind::Json) for a body such as `""`,
    /// [`Field`](AnswerErrorKind::Field) for `{"token": ""}`,
    /// [`TooLong`](AnswerErrorKind::TooLong) for a body past its limit.
    pub fn read(&self, response: &Response<impl AsRef<[u8]>>) -> Result<TokenAnswer, AnswerError> {
        let mut fields = Fields::read(response, |status| status.is_success())?;
        Ok(TokenAnswer {
            token: fields.secret("token")?,
            message: fields.optional_text("message")?,
            resource: fields.optional_texts("resource")?,
            extra: fields.rest(),
        })
    }
}

/// A token that was created or updated.
#[derive(Clone)]
#[must_use]
pub struct TokenAnswer {
    token: Secret,
    message: Option<String>,
    resource: Option<Vec<String>>,
    extra: Extra,
}

impl TokenAnswer {
    /// The token, for the header of the calls that it opens.
    #[must_use]
    pub const fn token(&self) -> &Secret {
        &self.token
    }

    /// The token, taken out.
    #[must_use]
    pub fn into_token(self) -> Secret {
        self.token
    }

    /// What the server says about an update.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The resources that the token opens, where the server lists them.
    #[must_use]
    pub fn resource(&self) -> Option<&[String]> {
        self.resource.as_deref()
    }

    extra!();
}

/// Shows no text of the answer: in its message, the server may say anything, even the token.
impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenAnswer")
            .field("token", &self.token)
            .field("extra", &self.extra)
            .finish_non_exhaustive()
    }
}
