//! Pre-authorized links: made by Didomi's API for a caller with a bearer token, so that the
//! link needs no digest.
//!
//! `POST /consents/links?organization_id=ID`, a JSON body of `organization_user_id`, `action`,
//! `event`, `redirect_url` and `lifetime`; the answer has the link in `url` (documented).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;

use http::{Request, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use super::{AnswerError, RequestError, RequestErrorKind};
use crate::Secret;
use crate::http_api::{Base, Draft, Extra, Fields, required};

/// The base URL of Didomi's API (documented).
pub(super) const API: Base = Base::Documented("https://api.didomi.io");

/// How long a pre-authorized link lives when the request doesn't say, in seconds (documented).
pub const DEFAULT_LIFETIME: NonZeroU32 = NonZeroU32::new(900).unwrap();

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum Action {
    #[serde(rename = "event.create")]
    Create,
    #[serde(rename = "event.update")]
    Update,
}

/// A request for a pre-authorized link: whoever opens it in time has the event created or
/// updated, without further proof of who they are.
///
/// ```
/// use consent_string::Secret;
/// use consent_string::link::PreAuthorizedLink;
/// use serde_json::json;
///
/// let event = json!({"consents": {"purposes": [{"id": "newsletter", "enabled": false}]}});
/// let link = PreAuthorizedLink::create("org", "user-1", event.as_object().unwrap().clone());
///
/// let request = link.to_http(&Secret::new("bearer-token")?)?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri(), "https://api.didomi.io/consents/links?organization_id=org");
///
/// // Sent by the HTTP client of your choice; then its status and body are read.
/// let body = br#"{"url": "https://api.privacy-center.org/v1/consents/execute?token=abc"}"#;
/// let created = link.read(http::StatusCode::CREATED, body)?;
/// assert_eq!(created.url().query(), Some("token=abc"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct PreAuthorizedLink {
    base: Base,
    organization_id: String,
    organization_user_id: String,
    action: Action,
    event: Map<String, Value>,
    redirect_url: Option<Url>,
    lifetime: NonZeroU32,
}

#[derive(Serialize)]
struct Body<'a> {
    organization_user_id: &'a str,
    action: Action,
    event: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    redirect_url: Option<&'a str>,
    #[serde(skip_serializing_if = "is_default")]
    lifetime: NonZeroU32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_default(lifetime: &NonZeroU32) -> bool {
    *lifetime == DEFAULT_LIFETIME
}

impl PreAuthorizedLink {
    /// A link that creates `event` for a user of an organization.
    pub fn create(
        organization_id: impl Into<String>,
        organization_user_id: impl Into<String>,
        event: Map<String, Value>,
    ) -> Self {
        Self {
            base: API,
            organization_id: organization_id.into(),
            organization_user_id: organization_user_id.into(),
            action: Action::Create,
            event,
            redirect_url: None,
            lifetime: DEFAULT_LIFETIME,
        }
    }

    /// A link that merges `event` into the one that has its `id`.
    pub fn update(
        organization_id: impl Into<String>,
        organization_user_id: impl Into<String>,
        event: Map<String, Value>,
    ) -> Self {
        let create = Self::create(organization_id, organization_user_id, event);
        Self { action: Action::Update, ..create }
    }

    /// Sends whoever opened the link on to this http or https URL. None unless set; that it may
    /// be left out is inferred from links with a digest.
    pub fn redirect_url(mut self, url: Url) -> Self {
        self.redirect_url = Some(url);
        self
    }

    /// Sets how long the link lives, in seconds; [`DEFAULT_LIFETIME`] if never set, which is not
    /// sent.
    pub const fn lifetime(mut self, seconds: NonZeroU32) -> Self {
        self.lifetime = seconds;
        self
    }

    /// Sends the request elsewhere than to `https://api.didomi.io`. Keep to `https`: `http` is
    /// accepted for tests on one's own machine, and sends the token in the clear.
    pub fn base_url(mut self, url: Url) -> Self {
        self.base = Base::Given(url);
        self
    }

    /// The request as an HTTP client sends it, with the bearer token of Didomi's API. The header
    /// that holds the token is marked as sensitive.
    ///
    /// # Errors
    ///
    /// [`RequestErrorKind::Missing`] for an organization or user ID of `""`,
    /// [`EventId`](RequestErrorKind::EventId) for an update with the event `{}`,
    /// [`RedirectUrl`](RequestErrorKind::RedirectUrl) for `javascript:alert(1)`,
    /// [`BaseUrl`](RequestErrorKind::BaseUrl) for `ftp://api.example`,
    /// [`Uri`](RequestErrorKind::Uri) for an organization ID of more than 64 KiB,
    /// [`Header`](RequestErrorKind::Header) for a token such as `"a b\n"`.
    pub fn to_http(&self, token: &Secret) -> Result<Request<Vec<u8>>, RequestError> {
        let organization_id = required("organization_id", &self.organization_id)?;
        let id = self.event.get("id").and_then(Value::as_str).unwrap_or_default();
        if self.action == Action::Update && id.is_empty() {
            return Err(RequestError::new(RequestErrorKind::EventId));
        }
        if self.redirect_url.as_ref().is_some_and(|url| !matches!(url.scheme(), "http" | "https")) {
            return Err(RequestError::new(RequestErrorKind::RedirectUrl));
        }
        let mut url = self.base.join(&["consents", "links"])?;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("organization_id", organization_id)
            .finish();
        url.set_query(Some(&query));
        let body = Body {
            organization_user_id: required("organization_user_id", &self.organization_user_id)?,
            action: self.action,
            event: &self.event,
            redirect_url: self.redirect_url.as_ref().map(Url::as_str),
            lifetime: self.lifetime,
        };
        let draft = Draft::post(&url, "application/json", &body)?;
        Ok(draft.secret_header("authorization", "Bearer ", token)?.finish())
    }

    /// Reads the answer: any 2xx status (inferred) with a `url` in its body.
    ///
    /// # Errors
    ///
    /// [`AnswerErrorKind::Status`](super::AnswerErrorKind::Status) for any other status,
    /// [`Json`](super::AnswerErrorKind::Json) for a body such as `""`,
    /// [`Field`](super::AnswerErrorKind::Field) for `{"url": "/relative"}`,
    /// [`TooLong`](super::AnswerErrorKind::TooLong) for a body past its limit.
    pub fn read(&self, status: StatusCode, body: &[u8]) -> Result<CreatedLink, AnswerError> {
        let mut fields = Fields::read(status, body, |status| status.is_success())?;
        let url = Url::parse(&fields.text("url")?)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .ok_or_else(|| fields.fault("url"))?;
        Ok(CreatedLink { url, extra: fields.rest() })
    }
}

/// Shows neither the user nor their choices.
impl fmt::Debug for PreAuthorizedLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PreAuthorizedLink")
            .field("organization_id", &self.organization_id)
            .field("action", &self.action)
            .field("lifetime", &self.lifetime)
            .finish_non_exhaustive()
    }
}

/// A pre-authorized link that was made.
#[derive(Clone)]
#[must_use]
pub struct CreatedLink {
    url: Url,
    extra: Extra,
}

impl CreatedLink {
    /// The link. It acts for the user by itself: treat it like a password with a short life.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    /// The other properties of the answer, as they came.
    #[must_use]
    pub const fn extra(&self) -> &Map<String, Value> {
        &self.extra.0
    }
}

/// Shows no part of the link but its host.
impl fmt::Debug for CreatedLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedLink")
            .field("host", &self.url.host_str())
            .field("extra", &self.extra)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::AnswerErrorKind;
    use super::*;

    fn event(value: &Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    fn token() -> Secret {
        Secret::new("bearer-token").unwrap()
    }

    fn body(link: &PreAuthorizedLink) -> Value {
        serde_json::from_slice(link.to_http(&token()).unwrap().body()).unwrap()
    }

    #[test]
    fn the_body_has_what_was_set_and_no_default() {
        let choices = json!({"consents": {"purposes": [{"id": "news", "enabled": true}]}});
        let link = PreAuthorizedLink::create("org", "user", event(&choices));
        let least = json!(
            {"organization_user_id": "user", "action": "event.create", "event": choices}
        );
        assert_eq!(body(&link), least);
        assert_eq!(body(&link.lifetime(DEFAULT_LIFETIME)), least);

        let update = json!({"id": "event-1", "status": "confirmed"});
        let link = PreAuthorizedLink::update("org", "user", event(&update))
            .redirect_url(Url::parse("https://shop.example/done?a=b").unwrap())
            .lifetime(NonZeroU32::new(60).unwrap());
        assert_eq!(
            body(&link),
            json!({
                "organization_user_id": "user",
                "action": "event.update",
                "event": update,
                "redirect_url": "https://shop.example/done?a=b",
                "lifetime": 60,
            }),
        );
    }

    #[test]
    fn the_request_carries_the_token_and_the_types_of_json() {
        let request =
            PreAuthorizedLink::create("org", "user", Map::new()).to_http(&token()).unwrap();
        assert_eq!(request.method(), "POST");
        assert_eq!(request.uri(), "https://api.didomi.io/consents/links?organization_id=org");
        assert_eq!(request.headers()["authorization"], "Bearer bearer-token");
        assert_eq!(request.headers()["content-type"], "application/json");
    }

    #[test]
    fn a_request_that_could_not_succeed_is_refused() {
        use PreAuthorizedLink as Link;
        let url = |text| Url::parse(text).unwrap();
        let missing = |field| RequestErrorKind::Missing { field };
        let ok = || Link::create("org", "user", Map::new());
        for (link, kind) in [
            (Link::create("", "user", Map::new()), missing("organization_id")),
            (Link::create("org", "", Map::new()), missing("organization_user_id")),
            (Link::update("org", "user", Map::new()), RequestErrorKind::EventId),
            (Link::update("org", "user", event(&json!({"id": ""}))), RequestErrorKind::EventId),
            (Link::update("org", "user", event(&json!({"id": 5}))), RequestErrorKind::EventId),
            (ok().redirect_url(url("javascript:alert(1)")), RequestErrorKind::RedirectUrl),
            (ok().base_url(url("ftp://api.example")), RequestErrorKind::BaseUrl),
            (Link::create("o".repeat(65_534), "user", Map::new()), RequestErrorKind::Uri),
        ] {
            assert_eq!(link.to_http(&token()).unwrap_err().kind(), kind);
        }
        let kind = ok().to_http(&Secret::new("a b").unwrap()).unwrap_err().kind();
        assert_eq!(kind, RequestErrorKind::Header { name: "authorization" });
    }

    #[test]
    fn an_answer_without_a_link_is_refused() {
        let link = PreAuthorizedLink::create("org", "user", Map::new());
        for body in [
            "{}",
            r#"{"url": ""}"#,
            r#"{"url": 5}"#,
            r#"{"url": "/relative"}"#,
            r#"{"url": "javascript:alert(1)"}"#,
        ] {
            let error = link.read(StatusCode::OK, body.as_bytes()).unwrap_err();
            assert_eq!(error.kind(), AnswerErrorKind::Field { field: "url" }, "{body}");
        }
    }

    proptest! {
        #[test]
        fn every_organization_and_user_id_arrives(org in ".{1,40}", user in ".{1,40}") {
            let link = PreAuthorizedLink::create(org.as_str(), user.as_str(), Map::new());
            let request = link.to_http(&token()).unwrap();
            let url = Url::parse(&alloc::format!("{}", request.uri())).unwrap();
            let pairs: Vec<_> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, [("organization_id".into(), org)]);
            prop_assert_eq!(&body(&link)["organization_user_id"], &user);
        }
    }
}
