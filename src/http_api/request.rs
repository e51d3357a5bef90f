//! Drafting a request: where it goes, its headers, its JSON body.

use alloc::vec::Vec;
use core::fmt;

use http::header::{HeaderName, HeaderValue};
use http::{Method, Request, Uri};
use url::Url;

use crate::Secret;

/// Why a request could not be made. Nothing has been sent then.
///
/// The message names the field at fault and never shows its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The base URL is of another scheme than `http` and `https`, or carries a user, a password,
    /// a query or a fragment. `ftp://files.example`, for one.
    #[error("base_url: expected http or https and a host, without user, query and fragment")]
    BaseUrl,
    /// The URL as a whole is longer than a URI may be, or the path of the base can't stand in a
    /// URI.
    #[error("url: expected a URI of at most 65534 bytes")]
    Uri,
    /// A field that the API requires is empty: an organization ID of `""`, a list without entries.
    #[error("{field}: is empty, expected a value")]
    Missing {
        /// The field's name in the API.
        field: &'static str,
    },
    /// The value for a header has a byte that may not stand there, such as the line feed of a
    /// secret read from a file: `"s3cr3t\n"`.
    #[error("header {name}: expected visible ASCII characters that may stand in its value")]
    Header {
        /// The header's name.
        name: &'static str,
    },
    /// A secret that goes into a JSON body is not UTF-8.
    #[error("{field}: expected UTF-8 text")]
    NotText {
        /// The field's name in the API.
        field: &'static str,
    },
    /// The body can't be written as JSON: an event that no reader would accept, as a property is
    /// in it twice.
    #[error("body: expected values that can be written as JSON")]
    Body,
    /// The origin is not of scheme `http` or `https`, as that of `data:,` isn't.
    #[error("header origin: expected the origin of an http or https URL")]
    Origin,
    /// There is neither an `idconsent` nor an `iab_tc_string` to write.
    #[error("body: expected idconsent, iab_tc_string or both")]
    NothingToWrite,
    /// The TC string to write is one that isn't read by default: with padding, for one.
    #[error("iab_tc_string: expected a TC string that is read without further options")]
    TcString,
}

impl RequestError {
    /// The error in `snake_case`, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BaseUrl => "base_url",
            Self::Uri => "uri",
            Self::Missing { .. } => "missing",
            Self::Header { .. } => "header",
            Self::NotText { .. } => "not_text",
            Self::Body => "body",
            Self::Origin => "origin",
            Self::NothingToWrite => "nothing_to_write",
            Self::TcString => "tc_string",
        }
    }
}

/// Where an API is: where its documentation says, or where the caller says.
#[derive(Clone)]
pub(crate) enum Base {
    #[cfg(any(feature = "didomi-api", feature = "netid", feature = "numeric-ids"))]
    Documented(&'static str),
    Given(Url),
}

impl Base {
    /// The URL of `path` below the base, whose own path is kept.
    pub(crate) fn join(&self, path: &[&str]) -> Result<Url, RequestError> {
        const ERROR: RequestError = RequestError::BaseUrl;
        let mut url = match self {
            #[cfg(any(feature = "didomi-api", feature = "netid", feature = "numeric-ids"))]
            Self::Documented(base) => Url::parse(base).expect("documented bases are URLs"),
            Self::Given(base) => base.clone(),
        };
        let plain = matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !plain {
            return Err(ERROR);
        }
        url.path_segments_mut().map_err(|()| ERROR)?.pop_if_empty().extend(path);
        Ok(url)
    }
}

/// Shows scheme, host and port only: a user and password in the URL are refused, but later.
impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(any(feature = "didomi-api", feature = "netid", feature = "numeric-ids"))]
            Self::Documented(base) => f.write_str(base),
            Self::Given(base) => f.write_str(&base.origin().ascii_serialization()),
        }
    }
}

/// A request under construction.
pub(crate) struct Draft(Request<Vec<u8>>);

impl Draft {
    #[cfg(any(feature = "netid", feature = "numeric-ids"))]
    pub(crate) fn get(url: &Url) -> Result<Self, RequestError> {
        Self::new(Method::GET, url, Vec::new())
    }

    #[cfg(any(feature = "didomi-api", feature = "netid", feature = "algonomy"))]
    pub(crate) fn post(
        url: &Url,
        content_type: &'static str,
        body: &impl serde::Serialize,
    ) -> Result<Self, RequestError> {
        let body = serde_json::to_vec(body).map_err(|_| RequestError::Body)?;
        let mut draft = Self::new(Method::POST, url, body)?;
        draft
            .0
            .headers_mut()
            .insert(http::header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        Ok(draft)
    }

    fn new(method: Method, url: &Url, body: Vec<u8>) -> Result<Self, RequestError> {
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = Uri::try_from(url.as_str()).map_err(|_| RequestError::Uri)?;
        Ok(Self(request))
    }

    /// Adds a header that everyone may see. `name` is in lower case.
    #[cfg(feature = "netid")]
    pub(crate) fn header(mut self, name: &'static str, value: &str) -> Result<Self, RequestError> {
        let value = HeaderValue::from_str(value).map_err(|_| RequestError::Header { name })?;
        self.0.headers_mut().insert(HeaderName::from_static(name), value);
        Ok(self)
    }

    /// Adds a header of `prefix` and a secret, marked as sensitive: its `Debug` is elided, and
    /// HTTP/2 keeps it out of its tables. `name` is in lower case.
    pub(crate) fn secret_header(
        mut self,
        name: &'static str,
        prefix: &str,
        secret: &Secret,
    ) -> Result<Self, RequestError> {
        let error = RequestError::Header { name };
        if !secret.expose().iter().all(u8::is_ascii_graphic) {
            return Err(error);
        }
        let bytes = [prefix.as_bytes(), secret.expose()].concat();
        let mut value = HeaderValue::try_from(bytes).map_err(|_| error)?;
        value.set_sensitive(true);
        self.0.headers_mut().insert(HeaderName::from_static(name), value);
        Ok(self)
    }

    pub(crate) fn finish(self) -> Request<Vec<u8>> {
        self.0
    }
}

/// A text that the API requires, which `""` is not.
#[cfg(any(feature = "didomi-api", feature = "netid"))]
pub(crate) fn required<'a>(field: &'static str, text: &'a str) -> Result<&'a str, RequestError> {
    if text.is_empty() {
        return Err(RequestError::Missing { field });
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    fn join(base: &str) -> Result<alloc::string::String, RequestError> {
        let base = Base::Given(Url::parse(base).unwrap());
        base.join(&["v1", "a b"]).map(Into::into)
    }

    #[test]
    fn the_path_is_added_to_that_of_the_base() {
        for (base, joined) in [
            ("https://api.example", "https://api.example/v1/a%20b"),
            ("https://api.example/", "https://api.example/v1/a%20b"),
            ("http://127.0.0.1:8080/gateway", "http://127.0.0.1:8080/gateway/v1/a%20b"),
            ("http://127.0.0.1:8080/gateway/", "http://127.0.0.1:8080/gateway/v1/a%20b"),
        ] {
            assert_eq!(join(base).as_deref(), Ok(joined), "{base}");
        }
    }

    #[test]
    fn a_base_that_would_change_the_request_is_refused() {
        for base in [
            "ftp://api.example/",
            "file:///etc",
            "data:,x",
            "https://user@api.example/",
            "https://:password@api.example/",
            "https://api.example/?key=1",
            "https://api.example/#part",
        ] {
            assert_eq!(join(base), Err(RequestError::BaseUrl), "{base}");
        }
    }

    #[test]
    fn a_url_that_is_too_long_for_a_uri_is_refused() {
        let mut url = Url::parse("https://api.example/").unwrap();
        url.set_query(Some(&"q".repeat(65_534)));
        let error = Draft::post(&url, "application/json", &()).map(Draft::finish).unwrap_err();
        assert_eq!(error, RequestError::Uri);
    }

    #[test]
    fn a_secret_header_is_sensitive_and_takes_visible_ascii_only() {
        let url = Url::parse("https://api.example/").unwrap();
        let header = |secret: &str| {
            Draft::post(&url, "application/json", &())?
                .secret_header("authorization", "Bearer ", &Secret::new(secret).unwrap())
                .map(|draft| draft.finish().headers()["authorization"].clone())
        };
        let value = header("abc.def-~").unwrap();
        assert_eq!(value, "Bearer abc.def-~");
        assert!(value.is_sensitive());
        for bad in ["abc\n", "a bc", "a\u{e9}", "a\0", "\u{7f}"] {
            let kind = RequestError::Header { name: "authorization" };
            assert_eq!(header(bad).unwrap_err(), kind, "{bad:?}");
        }
    }

    #[test]
    fn a_message_names_the_field_and_what_was_expected() {
        for (kind, name, message) in [
            (
                RequestError::Missing { field: "tapp_id" },
                "missing",
                "tapp_id: is empty, expected a value",
            ),
            (
                RequestError::Header { name: "cookie" },
                "header",
                "header cookie: expected visible ASCII characters that may stand in its value",
            ),
            (RequestError::NotText { field: "token" }, "not_text", "token: expected UTF-8 text"),
        ] {
            assert_eq!(kind.name(), name);
            assert_eq!(kind.to_string(), message);
        }
    }
}
