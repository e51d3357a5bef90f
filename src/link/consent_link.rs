//! A consent link: its URL, read and printed.

use alloc::string::{String, ToString};
use core::fmt;
use core::str::FromStr;

use super::{
    Action, AllowedHosts, ConsentEvent, ConsentLinkBuilder, EventError, LinkError, Parameter,
    RedirectError, RedirectUrl, query,
};
use crate::digest::{Algorithm, DigestParts, PreparedSecret};

/// A consent link as its URL says it: read, but not proven. [`verify`](Self::verify) proves it.
///
/// A link is read from a URL with `parse`. Unknown parameters are kept. A parameter of the link's
/// own that is there twice is refused; one that is missing, or makes no sense, is found by
/// [`verify`](Self::verify). A link prints as the URL that it was read from, byte for byte.
///
/// **The digest covers the user ID and the salt, but neither the action nor the event nor the
/// redirect URL**: see the [module](super#what-a-verified-link-does-not-prove).
///
/// There is no `PartialEq`, as links hold digests, and a comparison that stops at the first
/// difference tells how much of a digest was right. `Display` gives the whole URL; `Debug` shows
/// the algorithm and the action.
///
/// ```
/// use consent_string::link::{ConsentLink, Parameter};
///
/// let link: ConsentLink = "https://api.privacy-center.org/v1/consents/execute\
///     ?key=k&organization_user_id={organization_user_id}&utm_source=mail".parse()?;
/// assert_eq!(link.unverified(Parameter::Key), Some("k"));
/// assert!(link.is_template());
/// assert_eq!(link.unknown_parameters().collect::<Vec<_>>(), ["utm_source=mail"]);
/// # Ok::<(), consent_string::link::LinkError>(())
/// ```
#[derive(Clone)]
pub struct ConsentLink {
    text: String,
    /// Decoded, in the order of `Parameter`.
    values: [Option<String>; Parameter::ALL.len()],
}

impl ConsentLink {
    /// Where Didomi executes links.
    pub const ENDPOINT: &str = "https://api.privacy-center.org/v1/consents/execute";

    /// The longest URL that is read, in bytes: 128 KiB, far more than mail clients carry.
    pub const MAX_LEN: usize = 128 * 1024;

    /// What stands for the user ID in a template, to be replaced for each user.
    pub const PLACEHOLDER: &str = "{organization_user_id}";

    /// Starts a link with the three things that every link has, and the event to follow.
    ///
    /// For a template, give [`PLACEHOLDER`](Self::PLACEHOLDER) as the user ID.
    pub fn builder(
        key: impl Into<String>,
        organization_user_id: impl Into<String>,
        action: Action,
    ) -> ConsentLinkBuilder {
        ConsentLinkBuilder::new(key.into(), organization_user_id.into(), action)
    }

    /// Reads the query of a link, as a server gets it: without `?`, still encoded.
    ///
    /// The link is taken to be one of [`ENDPOINT`](Self::ENDPOINT).
    ///
    /// # Errors
    ///
    /// Those of `parse`.
    pub fn from_query(query: &str) -> Result<Self, LinkError> {
        alloc::format!("{}?{query}", Self::ENDPOINT).parse()
    }

    /// The URL: it authorizes whoever has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The decoded value of a parameter; `""` if it stands there without one.
    ///
    /// **Nothing of it is proven**, and a `redirect_url` is untrusted whatever is proven: see
    /// [`redirect`](Self::redirect).
    #[must_use]
    pub fn unverified(&self, parameter: Parameter) -> Option<&str> {
        self.values[parameter as usize].as_deref()
    }

    /// The value of a parameter, if it has one. That an empty value counts as none is inferred.
    pub(super) fn value(&self, parameter: Parameter) -> Option<&str> {
        self.unverified(parameter).filter(|value| !value.is_empty())
    }

    fn required(&self, parameter: Parameter) -> Result<&str, LinkError> {
        self.value(parameter).ok_or(LinkError::Missing(parameter))
    }

    /// The parameters that aren't the link's own, in order, `name=value` as written.
    pub fn unknown_parameters(&self) -> UnknownParameters<'_> {
        UnknownParameters { pairs: query::pairs(query::cut(&self.text).query) }
    }

    /// Whether the user ID is still the placeholder, percent-encoded or not.
    #[must_use]
    pub fn is_template(&self) -> bool {
        self.unverified(Parameter::OrganizationUserId) == Some(Self::PLACEHOLDER)
    }

    /// Fills a template for one user and signs it, with the algorithm and the secret ID that it
    /// names.
    ///
    /// Salt and digest of the template, if any, are replaced; without a `salt` there is none. All
    /// else stays as written, also the endpoint: fill only templates of your own. Didomi advises a
    /// new random salt for each link; give all of them one length, for the sake of
    /// [`Salts`](crate::digest::Salts).
    ///
    /// # Errors
    ///
    /// - [`NotTemplate`](LinkError::NotTemplate): `organization_user_id=a`.
    /// - [`Missing`](LinkError::Missing): a user ID `""`, a template without `auth_sid`.
    /// - [`Placeholder`](LinkError::Placeholder): the user ID is the placeholder again.
    /// - [`AlgorithmUnknown`](LinkError::AlgorithmUnknown),
    ///   [`ActionUnknown`](LinkError::ActionUnknown), [`Event`](LinkError::Event),
    ///   [`TooLong`](LinkError::TooLong): the link would be refused.
    pub fn fill(
        &self,
        organization_user_id: &str,
        salt: Option<&str>,
        secret: &PreparedSecret,
    ) -> Result<Self, LinkError> {
        if !self.is_template() {
            return Err(LinkError::NotTemplate);
        }
        let algorithm: Algorithm = self
            .required(Parameter::AuthAlgorithm)?
            .parse()
            .map_err(|_| LinkError::AlgorithmUnknown)?;
        let parts = DigestParts::new(organization_user_id).with_salt(salt.unwrap_or_default());
        let digest = secret.digest(algorithm, &parts).to_string();

        let url = query::cut(&self.text);
        let mut filled = String::new();
        for pair in query::pairs(url.query) {
            match known(&pair) {
                Some(Parameter::AuthDigest | Parameter::AuthSalt) => {}
                Some(Parameter::OrganizationUserId) => {
                    query::push(&mut filled, Parameter::AuthDigest.name(), &digest);
                    if let Some(salt) = salt {
                        query::push(&mut filled, Parameter::AuthSalt.name(), salt);
                    }
                    let name = Parameter::OrganizationUserId.name();
                    query::push(&mut filled, name, organization_user_id);
                }
                _ => query::push_raw(&mut filled, pair.raw),
            }
        }
        let link: Self = alloc::format!("{}?{filled}", url.base).parse()?;
        link.check()?;
        Ok(link)
    }

    /// Checks all that a server would refuse, except for a wrong digest.
    pub(super) fn check(&self) -> Result<(), LinkError> {
        for parameter in [Parameter::Key, Parameter::AuthSid, Parameter::OrganizationUserId] {
            self.required(parameter)?;
        }
        self.content()?;
        if self.is_template() { Err(LinkError::Placeholder) } else { Ok(()) }
    }

    /// The action and the event, checked against each other and the user ID.
    pub(super) fn content(&self) -> Result<(Action, ConsentEvent), ContentFault> {
        let action = self.value(Parameter::Action).ok_or(ContentFault::ActionMissing)?;
        let action: Action = action.parse().map_err(|_| ContentFault::ActionUnknown)?;
        let event = self.value(Parameter::Event).ok_or(ContentFault::EventMissing)?;
        let event: ConsentEvent = event.parse().map_err(ContentFault::Event)?;
        event.check(action).map_err(ContentFault::Event)?;
        if let Some(user_id) = self.value(Parameter::OrganizationUserId) {
            event.check_user(user_id).map_err(ContentFault::Event)?;
        }
        Ok((action, event))
    }

    /// The redirect URL, if there is one and its host is among the caller's own.
    ///
    /// **It is untrusted input, also on a link that is genuine**: anyone can put any URL into a
    /// link. So it is only given checked; the text as it was received is among the
    /// [`unverified`](Self::unverified) parameters.
    ///
    /// # Errors
    ///
    /// Those of [`RedirectUrl`]'s `parse` and of [`AllowedHosts::check`].
    pub fn redirect(&self, hosts: &AllowedHosts) -> Result<Option<RedirectUrl>, RedirectError> {
        let Some(text) = self.value(Parameter::RedirectUrl) else { return Ok(None) };
        let redirect: RedirectUrl = text.parse()?;
        hosts.check(&redirect)?;
        Ok(Some(redirect))
    }
}

/// What can be wrong with what a link does, whether it is being made or verified.
pub(super) enum ContentFault {
    ActionMissing,
    ActionUnknown,
    EventMissing,
    Event(EventError),
}

impl From<ContentFault> for LinkError {
    fn from(fault: ContentFault) -> Self {
        match fault {
            ContentFault::ActionMissing => Self::Missing(Parameter::Action),
            ContentFault::ActionUnknown => Self::ActionUnknown,
            ContentFault::EventMissing => Self::Missing(Parameter::Event),
            ContentFault::Event(error) => Self::Event(error),
        }
    }
}

/// The parameters of a link that aren't its own: see [`ConsentLink::unknown_parameters`].
#[derive(Clone)]
#[must_use]
pub struct UnknownParameters<'a> {
    pairs: query::Pairs<'a>,
}

impl<'a> Iterator for UnknownParameters<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.pairs.find(|pair| known(pair).is_none()).map(|pair| pair.raw)
    }
}

impl core::iter::FusedIterator for UnknownParameters<'_> {}

/// Not the parameters themselves.
impl fmt::Debug for UnknownParameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownParameters").finish_non_exhaustive()
    }
}

fn known(pair: &query::Pair<'_>) -> Option<Parameter> {
    Parameter::from_name(pair.name.as_deref()?)
}

/// Reads a URL.
///
/// Fails with [`TooLong`](LinkError::TooLong), [`NotHttpUrl`](LinkError::NotHttpUrl) (also
/// for white space anywhere, which `%20` stands for), [`Fragment`](LinkError::Fragment),
/// [`Repeated`](LinkError::Repeated) (`key=a&key=a`) and
/// [`Encoding`](LinkError::Encoding) (`key=%FF`).
impl FromStr for ConsentLink {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > Self::MAX_LEN {
            return Err(LinkError::TooLong { max: Self::MAX_LEN });
        }
        query::parse_http_url(text).ok_or(LinkError::NotHttpUrl)?;
        let url = query::cut(text);
        if url.fragment.is_some() {
            return Err(LinkError::Fragment);
        }
        let mut values = [const { None }; Parameter::ALL.len()];
        for pair in query::pairs(url.query) {
            let Some(parameter) = known(&pair) else { continue };
            let value = query::decode(pair.value).ok_or(LinkError::Encoding(parameter))?;
            if values[parameter as usize].replace(value.into_owned()).is_some() {
                return Err(LinkError::Repeated(parameter));
            }
        }
        Ok(Self { text: text.into(), values })
    }
}

impl fmt::Display for ConsentLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// The algorithm and the action, if they are known ones: all else is text from outside.
impl fmt::Debug for ConsentLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |parameter| self.unverified(parameter).unwrap_or_default();
        f.debug_struct("ConsentLink")
            .field("auth_algorithm", &text(Parameter::AuthAlgorithm).parse::<Algorithm>().ok())
            .field("action", &text(Parameter::Action).parse::<Action>().ok())
            .finish_non_exhaustive()
    }
}
