//! Making a link.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::{
    Action, ConsentEvent, ConsentLink, EventError, LinkError, Parameter, RedirectUrl, query,
};
use crate::digest::{Algorithm, DigestParts, PreparedSecret};

/// A link to be signed; see [`ConsentLink::builder`].
///
/// **What is signed is the user ID and the salt**: anyone who has the link can change the rest.
#[derive(Clone)]
#[must_use]
pub struct ConsentLinkBuilder {
    endpoint: String,
    key: String,
    organization_user_id: String,
    action: Action,
    /// Its JSON text, or why it has none.
    event: Result<String, EventError>,
    salt: Option<String>,
    redirect_url: Option<String>,
    unknown: Vec<(String, String)>,
}

impl ConsentLinkBuilder {
    pub(super) fn new(key: String, organization_user_id: String, action: Action) -> Self {
        Self {
            endpoint: ConsentLink::ENDPOINT.into(),
            key,
            organization_user_id,
            action,
            event: Ok(String::new()),
            salt: None,
            redirect_url: None,
            unknown: Vec::new(),
        }
    }

    /// Sets the event.
    pub fn event(self, event: &ConsentEvent) -> Self {
        Self { event: event.to_json(), ..self }
    }

    /// Sets the event by its JSON text, which the link carries as it is.
    pub fn event_json(self, json: impl Into<String>) -> Self {
        Self { event: Ok(json.into()), ..self }
    }

    /// Sets the salt: random text, new for each link, always of the same length; see
    /// [`Salts`](crate::digest::Salts).
    pub fn salt(self, salt: impl Into<String>) -> Self {
        Self { salt: Some(salt.into()), ..self }
    }

    /// Sets where the user is sent afterwards: an absolute http or https URL.
    pub fn redirect_url(self, url: impl Into<String>) -> Self {
        Self { redirect_url: Some(url.into()), ..self }
    }

    /// Sets another endpoint than [`ConsentLink::ENDPOINT`].
    pub fn endpoint(self, url: impl Into<String>) -> Self {
        Self { endpoint: url.into(), ..self }
    }

    /// Adds a parameter that isn't the link's own, such as `utm_source`. It isn't signed.
    pub fn unknown_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.unknown.push((name.into(), value.into()));
        self
    }

    /// Signs the link with the secret whose ID is `sid`.
    ///
    /// # Errors
    ///
    /// - [`Missing`](LinkError::Missing): a key, user ID, `sid` or event that is `""`.
    /// - [`Placeholder`](LinkError::Placeholder): the user ID is a template's.
    /// - [`Event`](LinkError::Event): an event `[]`, or an update with `{}`.
    /// - [`Redirect`](LinkError::Redirect): a redirect to `/done` or `ftp://example.com`.
    /// - [`Endpoint`](LinkError::Endpoint): `https://example.com/?a`.
    /// - [`Reserved`](LinkError::Reserved): an unknown parameter named `event`.
    /// - [`TooLong`](LinkError::TooLong): more than [`ConsentLink::MAX_LEN`] bytes.
    pub fn sign(
        self,
        algorithm: Algorithm,
        sid: &str,
        secret: &PreparedSecret,
    ) -> Result<ConsentLink, LinkError> {
        let parts = DigestParts::new(&self.organization_user_id)
            .with_salt(self.salt.as_deref().unwrap_or_default());
        let digest = secret.digest(algorithm, &parts).to_string();
        let link = self.build(algorithm, sid, Some(&digest))?;
        link.check()?;
        Ok(link)
    }

    /// Makes a template, unsigned, to be [filled](ConsentLink::fill) for each user.
    ///
    /// The placeholder is printed as it is, not encoded, so that tools can find it.
    ///
    /// # Errors
    ///
    /// Those of [`sign`](Self::sign), with [`NotTemplate`](LinkError::NotTemplate) for a user
    /// ID that isn't [`ConsentLink::PLACEHOLDER`].
    pub fn template(self, algorithm: Algorithm, sid: &str) -> Result<ConsentLink, LinkError> {
        let link = self.build(algorithm, sid, None)?;
        match link.check() {
            Err(LinkError::Placeholder) => Ok(link),
            Ok(()) => Err(LinkError::NotTemplate),
            Err(error) => Err(error),
        }
    }

    /// Prints the link and reads it back: what its reader would refuse is refused here.
    fn build(
        self,
        algorithm: Algorithm,
        sid: &str,
        digest: Option<&str>,
    ) -> Result<ConsentLink, LinkError> {
        let endpoint = self.endpoint.as_str();
        if endpoint.contains(['?', '#']) || query::parse_http_url(endpoint).is_none() {
            return Err(LinkError::Endpoint);
        }
        if let Some(url) = &self.redirect_url {
            url.parse::<RedirectUrl>().map_err(LinkError::Redirect)?;
        }
        let event = self.event.map_err(LinkError::Event)?;
        let mut query = String::new();
        for &parameter in Parameter::ALL {
            let value = match parameter {
                Parameter::Key => Some(self.key.as_str()),
                Parameter::AuthAlgorithm => Some(algorithm.name()),
                Parameter::AuthSid => Some(sid),
                Parameter::AuthDigest => digest,
                Parameter::AuthSalt => self.salt.as_deref(),
                Parameter::OrganizationUserId => Some(self.organization_user_id.as_str()),
                Parameter::Action => Some(self.action.name()),
                Parameter::Event => Some(event.as_str()),
                Parameter::RedirectUrl => self.redirect_url.as_deref(),
            };
            match value {
                Some(ConsentLink::PLACEHOLDER) if parameter == Parameter::OrganizationUserId => {
                    let raw = alloc::format!("{parameter}={}", ConsentLink::PLACEHOLDER);
                    query::push_raw(&mut query, &raw);
                }
                Some(value) => query::push(&mut query, parameter.name(), value),
                None => {}
            }
        }
        for (name, value) in &self.unknown {
            if let Some(parameter) = Parameter::from_name(name) {
                return Err(LinkError::Reserved(parameter));
            }
            query::push(&mut query, name, value);
        }
        alloc::format!("{endpoint}?{query}").parse()
    }
}

/// Neither the user ID nor the event, which are personal data.
impl fmt::Debug for ConsentLinkBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsentLinkBuilder").field("action", &self.action).finish_non_exhaustive()
    }
}
