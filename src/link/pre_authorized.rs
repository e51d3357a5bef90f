//! Pre-authorized links: made by Didomi's API for a caller with a bearer token, so that the
//! link needs no digest.
//!
//! `POST /consents/links?organization_id=ID`, a JSON body of `organization_user_id`, `action`,
//! `event`, `redirect_url` and `lifetime`; the answer has the link in `url` (documented).

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;

use http::{Request, Response};
use serde::Serialize;
use url::{Url, form_urlencoded};

use super::{Action, AnswerError, ConsentEvent, EventError, RedirectUrl, RequestError, query};
use crate::Secret;
use crate::http_api::{Base, Draft, Extra, Fields, extra, required};

/// The base URL of Didomi's API (documented).
pub(super) const API: Base = Base::Documented("https://api.didomi.io");

/// How long a pre-authorized link lives when the request doesn't say, in seconds (documented).
pub const DEFAULT_LIFETIME: NonZeroU32 = NonZeroU32::new(900).unwrap();

/// A request for a pre-authorized link. When somebody opens that in time, the event is created or
/// updated, without further proof of who they are.
///
/// ```
/// use consent_string::Secret;
/// use consent_string::link::{Action, PreAuthorizedLink};
///
/// let event = r#"{"consents": {"purposes": [{"id": "newsletter", "enabled": false}]}}"#;
/// let link = PreAuthorizedLink::new("org", "user-1", Action::EventCreate, event.parse()?)?;
///
/// let request = link.to_http(&Secret::new("bearer-token")?)?;
/// assert_eq!(request.method(), "POST");
/// assert_eq!(request.uri(), "https://api.didomi.io/consents/links?organization_id=org");
///
/// // The HTTP client of your choice sends it, and gives back a response:
/// let body = br#"{"url": "https://api.privacy-center.org/v1/consents/execute?token=abc"}"#;
/// let created = link.read(&http::Response::new(body))?;
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
    event: ConsentEvent,
    redirect_url: Option<RedirectUrl>,
    lifetime: NonZeroU32,
}

#[derive(Serialize)]
struct Body<'a> {
    organization_user_id: &'a str,
    action: &'static str,
    event: &'a ConsentEvent,
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
    /// A link that creates `event` for a user of an organization, or merges it into the event
    /// that has its `id`.
    ///
    /// # Errors
    ///
    /// Those of [`ConsentEvent::check`] and [`ConsentEvent::check_user`]: an update with the
    /// event `{}`, an event of another user.
    pub fn new(
        organization_id: impl Into<String>,
        organization_user_id: impl Into<String>,
        action: Action,
        event: ConsentEvent,
    ) -> Result<Self, EventError> {
        let organization_user_id = organization_user_id.into();
        event.check(action)?;
        event.check_user(&organization_user_id)?;
        Ok(Self {
            base: API,
            organization_id: organization_id.into(),
            organization_user_id,
            action,
            event,
            redirect_url: None,
            lifetime: DEFAULT_LIFETIME,
        })
    }

    /// Sets where whoever opens the link is sent afterwards. That it may be left out is inferred
    /// from links with a digest.
    pub fn redirect_url(mut self, url: RedirectUrl) -> Self {
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
    /// [`Missing`](super::RequestError::Missing) for an organization or user ID of `""`,
    /// [`BaseUrl`](super::RequestError::BaseUrl) for `ftp://api.example`,
    /// [`Uri`](super::RequestError::Uri) for an organization ID of more than 64 KiB,
    /// [`Header`](super::RequestError::Header) for a token such as `"a b\n"`,
    /// [`Body`](super::RequestError::Body) for an event that [`ConsentEvent::to_json`] refuses.
    pub fn to_http(&self, token: &Secret) -> Result<Request<Vec<u8>>, RequestError> {
        let organization_id = required("organization_id", &self.organization_id)?;
        let mut url = self.base.join(&["consents", "links"])?;
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("organization_id", organization_id)
            .finish();
        url.set_query(Some(&query));
        let body = Body {
            organization_user_id: required("organization_user_id", &self.organization_user_id)?,
            action: self.action.name(),
            event: &self.event,
            redirect_url: self.redirect_url.as_ref().map(RedirectUrl::as_str),
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
    pub fn read(&self, response: &Response<impl AsRef<[u8]>>) -> Result<CreatedLink, AnswerError> {
        let mut fields = Fields::read(response, |status| status.is_success())?;
        let url = query::parse_http_url(&fields.text("url")?).ok_or_else(|| fields.fault("url"))?;
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
    /// The link. Whoever has it acts for the user: treat it like a password that lives for a short
    /// time.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.url
    }

    extra!();
}

/// Shows no part of the link.
impl fmt::Debug for CreatedLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedLink").field("extra", &self.extra).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::{AnswerErrorKind, EventError, RequestError};
    use super::*;

    fn create() -> PreAuthorizedLink {
        PreAuthorizedLink::new("org", "user", Action::EventCreate, ConsentEvent::default()).unwrap()
    }

    fn token() -> Secret {
        Secret::new("bearer-token").unwrap()
    }

    fn body(link: &PreAuthorizedLink) -> Value {
        serde_json::from_slice(link.to_http(&token()).unwrap().body()).unwrap()
    }

    #[test]
    fn the_body_has_what_was_set_and_no_default() {
        let least = json!({"organization_user_id": "user", "action": "event.create", "event": {}});
        assert_eq!(body(&create()), least);
        assert_eq!(body(&create().lifetime(DEFAULT_LIFETIME)), least);

        let update = json!({"id": "event-1", "status": "confirmed", "unknown": [1]});
        let event = update.to_string().parse().unwrap();
        let link = PreAuthorizedLink::new("org", "user", Action::EventUpdate, event)
            .unwrap()
            .redirect_url("https://shop.example/done?a=b".parse().unwrap())
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
        let request = create().to_http(&token()).unwrap();
        assert_eq!(request.method(), "POST");
        assert_eq!(request.uri(), "https://api.didomi.io/consents/links?organization_id=org");
        assert_eq!(request.headers()["authorization"], "Bearer bearer-token");
        assert_eq!(request.headers()["content-type"], "application/json");
    }

    #[test]
    fn an_event_that_a_link_cannot_carry_is_refused() {
        for (action, event, kind) in [
            (Action::EventUpdate, "{}", EventError::IdMissing),
            (Action::EventUpdate, r#"{"id": ""}"#, EventError::IdMissing),
            (
                Action::EventCreate,
                r#"{"user": {"organization_user_id": "other"}}"#,
                EventError::OtherUser,
            ),
        ] {
            let link = PreAuthorizedLink::new("org", "user", action, event.parse().unwrap());
            assert_eq!(link.unwrap_err(), kind, "{event}");
        }
    }

    #[test]
    fn a_request_that_could_not_succeed_is_refused() {
        let missing = |field| RequestError::Missing { field };
        let named = |organization_id: &str, user_id: &str| {
            let event = ConsentEvent::default();
            PreAuthorizedLink::new(organization_id, user_id, Action::EventCreate, event).unwrap()
        };
        let ftp = Url::parse("ftp://api.example").unwrap();
        for (link, kind) in [
            (named("", "user"), missing("organization_id")),
            (named("org", ""), missing("organization_user_id")),
            (create().base_url(ftp), RequestError::BaseUrl),
            (named(&"o".repeat(65_534), "user"), RequestError::Uri),
        ] {
            assert_eq!(link.to_http(&token()).unwrap_err(), kind);
        }
        let kind = create().to_http(&Secret::new("a b").unwrap()).unwrap_err();
        assert_eq!(kind, RequestError::Header { name: "authorization" });
    }

    #[test]
    fn an_answer_without_a_link_is_refused() {
        for body in [
            "{}",
            r#"{"url": ""}"#,
            r#"{"url": 5}"#,
            r#"{"url": "/relative"}"#,
            r#"{"url": "javascript:alert(1)"}"#,
            r#"{"url": "https://good@evil.example"}"#,
        ] {
            let error = create().read(&Response::new(body)).unwrap_err();
            assert_eq!(error.kind(), AnswerErrorKind::Field { field: "url" }, "{body}");
        }
    }

    proptest! {
        #[test]
        fn every_organization_and_user_id_arrives(org in ".{1,40}", user in ".{1,40}") {
            let event = ConsentEvent::default();
            let link =
                PreAuthorizedLink::new(org.as_str(), user.as_str(), Action::EventCreate, event);
            let link = link.unwrap();
            let request = link.to_http(&token()).unwrap();
            let url = Url::parse(&alloc::format!("{}", request.uri())).unwrap();
            let pairs: Vec<_> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, [("organization_id".into(), org)]);
            prop_assert_eq!(&body(&link)["organization_user_id"], &user);
        }
    }
}
