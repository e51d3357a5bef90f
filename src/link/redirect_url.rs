//! Where a user is sent after a link was executed, or not.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use url::Url;

use super::query;

/// The parameter that carries the code of a failure.
const ERROR: &str = "error";

/// An absolute http or https URL, with or without an error code in its query.
///
/// Only a URL that all readers understand alike is read: without white space and control
/// characters, without a backslash before the query, without user information
/// (`https://good@evil.example`), and with a host that isn't percent-encoded and has at most 1024
/// bytes, its port included, as written and as sent. It is printed as written, or percent-encoded
/// if it isn't all ASCII: fit for a `Location` header.
///
/// **One from a link is untrusted**, until [`AllowedHosts`](super::AllowedHosts) has checked it.
///
/// ```
/// use consent_string::link::RedirectUrl;
///
/// let redirect: RedirectUrl = "https://www.example.com/done?lang=fr".parse()?;
/// let failed = redirect.with_error("some_code");
/// assert_eq!(failed.as_str(), "https://www.example.com/done?lang=fr&error=some_code");
/// assert_eq!(failed.error_code()?.as_deref(), Some("some_code"));
/// # Ok::<(), consent_string::link::RedirectError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct RedirectUrl {
    text: String,
    url: Url,
}

impl RedirectUrl {
    /// The URL as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The URL in its parts, normalized.
    #[must_use]
    pub const fn as_url(&self) -> &Url {
        &self.url
    }

    /// This URL with `error=CODE` at the end of its query, which is kept otherwise.
    ///
    /// An `error` that the query has already is replaced, as a reader of two could take the one
    /// that came with the link. That is our own rule; the documentation says "added".
    #[must_use]
    pub fn with_error(&self, code: &str) -> Self {
        let cut = query::cut(&self.text);
        let mut text = String::new();
        for pair in query::pairs(cut.query).filter(|pair| !is_error(pair)) {
            query::push_raw(&mut text, pair.raw);
        }
        query::push(&mut text, ERROR, code);
        text.insert(0, '?');
        text.insert_str(0, cut.base);
        if let Some(fragment) = cut.fragment {
            text.push('#');
            text.push_str(fragment);
        }
        let mut url = self.url.clone();
        url.set_query(Some(query::cut(&text).query));
        Self { text, url }
    }

    /// The code of a failure, decoded, whatever it is; `None` after a success.
    ///
    /// # Errors
    ///
    /// - [`RepeatedError`](RedirectError::RepeatedError): `?error=a&error=b`.
    /// - [`Encoding`](RedirectError::Encoding): `?error=%FF`.
    pub fn error_code(&self) -> Result<Option<String>, RedirectError> {
        let mut errors = query::pairs(query::cut(&self.text).query).filter(is_error);
        let Some(error) = errors.next() else { return Ok(None) };
        if errors.next().is_some() {
            return Err(RedirectError::RepeatedError);
        }
        let code = query::decode(error.value).ok_or(RedirectError::Encoding)?;
        Ok(Some(code.into_owned()))
    }
}

fn is_error(pair: &query::Pair<'_>) -> bool {
    pair.name.as_deref() == Some(ERROR)
}

/// Fails with [`NotHttpUrl`](RedirectError::NotHttpUrl): `/done`, `//example.com`,
/// `https:example.com`, `https://good@evil.example`, `javascript:alert(1)`.
impl FromStr for RedirectUrl {
    type Err = RedirectError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = query::parse_http_url(text).ok_or(RedirectError::NotHttpUrl)?;
        let text = if text.is_ascii() { text } else { url.as_str() }.to_owned();
        Ok(Self { text, url })
    }
}

impl fmt::Display for RedirectUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

/// Nothing of the URL: it came with a link, and its path and query may say who the user is.
impl fmt::Debug for RedirectUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedirectUrl(..)")
    }
}

/// Why a redirect URL can't be used, or a host can't be allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RedirectError {
    /// No absolute http or https URL, or one that readers understand differently.
    #[error("not a plain absolute http or https URL")]
    NotHttpUrl,
    /// The scheme is http, which isn't allowed.
    #[error("scheme is http, expected https")]
    PlainHttp,
    /// Host and port aren't among those allowed.
    #[error("host and port are not among those allowed")]
    HostNotAllowed,
    /// What was to be allowed is no host: `*.example.com`, `https://example.com`.
    #[error("allowed host is not a host with an optional port")]
    NotAHost,
    /// There is more than one `error` in the query.
    #[error("parameter error is repeated")]
    RepeatedError,
    /// The `error` in the query isn't percent-encoded UTF-8.
    #[error("parameter error is not percent-encoded UTF-8")]
    Encoding,
}

impl RedirectError {
    /// The error in `snake_case`, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotHttpUrl => "not_http_url",
            Self::PlainHttp => "plain_http",
            Self::HostNotAllowed => "host_not_allowed",
            Self::NotAHost => "not_a_host",
            Self::RepeatedError => "repeated_error",
            Self::Encoding => "encoding",
        }
    }
}
