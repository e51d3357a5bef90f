//! Secrets of Didomi's platform, with which digests are made.
//!
//! `POST /v1/secrets`, a JSON body of `name`, `organization_id` and, optionally, `description`.
//! The value of the secret is made by the server and comes with the answer (documented).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use http::{Request, Response};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use super::pre_authorized::API;
use super::{AnswerError, RequestError};
use crate::Secret;
use crate::http_api::{Base, Draft, Extra, Fields, extra, required};

/// A request for a new secret.
///
/// Make one for each environment and each platform, so that none has to be shared; an
/// organization has at most 300 (documented).
///
/// ```
/// use consent_string::Secret;
/// use consent_string::link::CreateSecret;
///
/// let create = CreateSecret::new("org", "links in e-mails, staging");
/// let request = create.to_http(&Secret::new("bearer-token")?)?;
/// assert_eq!(request.uri(), "https://api.didomi.io/v1/secrets");
///
/// // The HTTP client of your choice sends it, and gives back a response:
/// let body = br#"{"id": "secret-id", "secret": "made-by-the-server", "version": 1}"#;
/// let created = create.read(&http::Response::new(body))?;
/// assert_eq!(created.id(), "secret-id");
/// assert_eq!(created.secret().expose(), b"made-by-the-server");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct CreateSecret {
    base: Base,
    organization_id: String,
    name: String,
    description: Option<String>,
}

#[derive(Serialize)]
struct Body<'a> {
    name: &'a str,
    organization_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
}

impl CreateSecret {
    /// A secret of an organization under a name that says what it is used for.
    pub fn new(organization_id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            base: API,
            organization_id: organization_id.into(),
            name: name.into(),
            description: None,
        }
    }

    /// Adds a description.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sends the request elsewhere than to `https://api.didomi.io`. Keep to `https`: `http` is
    /// accepted for tests on one's own machine, and sends the token and the new secret in the
    /// clear.
    pub fn base_url(mut self, url: Url) -> Self {
        self.base = Base::Given(url);
        self
    }

    /// The request as an HTTP client sends it, with the bearer token of Didomi's API. The header
    /// that holds the token is marked as sensitive.
    ///
    /// # Errors
    ///
    /// [`Missing`](super::RequestError::Missing) for an organization ID or a name of `""`,
    /// [`BaseUrl`](super::RequestError::BaseUrl) for `ftp://api.example`,
    /// [`Header`](super::RequestError::Header) for a token such as `"a b\n"`.
    pub fn to_http(&self, token: &Secret) -> Result<Request<Vec<u8>>, RequestError> {
        let body = Body {
            name: required("name", &self.name)?,
            organization_id: required("organization_id", &self.organization_id)?,
            description: self.description.as_deref(),
        };
        let url = self.base.join(&["v1", "secrets"])?;
        let draft = Draft::post(&url, "application/json", &body)?;
        Ok(draft.secret_header("authorization", "Bearer ", token)?.finish())
    }

    /// Reads the answer: any 2xx status (inferred) with an `id` and a `secret` in its body. The
    /// caller wipes the body.
    ///
    /// # Errors
    ///
    /// [`AnswerErrorKind::Status`](super::AnswerErrorKind::Status) for any other status,
    /// [`Json`](super::AnswerErrorKind::Json) for a body such as `""`,
    /// [`Field`](super::AnswerErrorKind::Field) for `{"id": "a", "secret": ""}`,
    /// [`TooLong`](super::AnswerErrorKind::TooLong) for a body past its limit.
    pub fn read(
        &self,
        response: &Response<impl AsRef<[u8]>>,
    ) -> Result<CreatedSecret, AnswerError> {
        let mut fields = Fields::read(response, |status| status.is_success())?;
        Ok(CreatedSecret {
            id: fields.text("id")?,
            secret: fields.secret("secret")?,
            name: fields.optional_text("name")?,
            description: fields.optional_text("description")?,
            organization_id: fields.optional_text("organization_id")?,
            created_at: fields.optional_text("created_at")?,
            updated_at: fields.optional_text("updated_at")?,
            version: fields.optional_value("version")?,
            extra: fields.rest(),
        })
    }
}

/// A secret that was made.
///
/// Only its ID and its value are needed for digests; the rest may be missing.
#[derive(Clone)]
#[must_use = "the value of a secret comes with this answer"]
pub struct CreatedSecret {
    id: String,
    secret: Secret,
    name: Option<String>,
    description: Option<String>,
    organization_id: Option<String>,
    created_at: Option<String>,
    updated_at: Option<String>,
    version: Option<Value>,
    extra: Extra,
}

impl CreatedSecret {
    /// The secret's ID, which goes into links as `auth_sid`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The secret's value.
    #[must_use]
    pub const fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The secret's value, taken out.
    #[must_use]
    pub fn into_secret(self) -> Secret {
        self.secret
    }

    /// The name it was made under.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The description it was made with.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// The organization whose it is.
    #[must_use]
    pub fn organization_id(&self) -> Option<&str> {
        self.organization_id.as_deref()
    }

    /// When it was made, as the server wrote it.
    #[must_use]
    pub fn created_at(&self) -> Option<&str> {
        self.created_at.as_deref()
    }

    /// When it was last changed, as the server wrote it.
    #[must_use]
    pub fn updated_at(&self) -> Option<&str> {
        self.updated_at.as_deref()
    }

    /// Its version, as the server wrote it: the type isn't documented.
    #[must_use]
    pub const fn version(&self) -> Option<&Value> {
        self.version.as_ref()
    }

    extra!();
}

/// Shows neither the secret nor any text of the answer.
impl fmt::Debug for CreatedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedSecret")
            .field("secret", &self.secret)
            .field("extra", &self.extra)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AnswerErrorKind, RequestError};
    use super::*;

    fn token() -> Secret {
        Secret::new("bearer-token").unwrap()
    }

    #[test]
    fn the_body_has_a_description_only_if_there_is_one() {
        let create = CreateSecret::new("org", "e-mail");
        let body = |create: &CreateSecret| create.to_http(&token()).unwrap().into_body();
        assert_eq!(body(&create), br#"{"name":"e-mail","organization_id":"org"}"#);
        assert_eq!(
            body(&create.description("d")),
            br#"{"name":"e-mail","organization_id":"org","description":"d"}"#
        );
    }

    #[test]
    fn a_request_that_could_not_succeed_is_refused() {
        let missing = |field| RequestError::Missing { field };
        let ftp = Url::parse("ftp://api.example").unwrap();
        for (create, kind) in [
            (CreateSecret::new("", "e-mail"), missing("organization_id")),
            (CreateSecret::new("org", ""), missing("name")),
            (CreateSecret::new("org", "e-mail").base_url(ftp), RequestError::BaseUrl),
        ] {
            assert_eq!(create.to_http(&token()).unwrap_err(), kind);
        }
    }

    #[test]
    fn an_answer_without_id_and_secret_is_refused() {
        let create = CreateSecret::new("org", "e-mail");
        for (body, field) in [
            (r#"{"secret": "s"}"#, "id"),
            (r#"{"id": "", "secret": "s"}"#, "id"),
            (r#"{"id": "i"}"#, "secret"),
            (r#"{"id": "i", "secret": ""}"#, "secret"),
            (r#"{"id": "i", "secret": "s", "created_at": 5}"#, "created_at"),
        ] {
            let error = create.read(&Response::new(body)).unwrap_err();
            assert_eq!(error.kind(), AnswerErrorKind::Field { field }, "{body}");
        }
    }
}
