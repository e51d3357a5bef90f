//! The caller's own hosts, to which users may be redirected.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};

use super::{RedirectError, RedirectUrl, query};

/// The hosts to which a redirect may go: exactly these, over https.
///
/// A host is compared as a browser would resolve it (lower case, Punycode), and whole: neither
/// its subdomains nor its name with a dot at the end are allowed with it. A host with a port
/// allows this port only, also under another scheme; one without a port allows that of the scheme,
/// 443 for https.
///
/// ```
/// use consent_string::link::{AllowedHosts, RedirectUrl};
///
/// let hosts = AllowedHosts::new(["www.example.com", "staging.example.com:8443"])?;
/// let check = |url: &str| url.parse::<RedirectUrl>().and_then(|url| hosts.check(&url));
/// assert!(check("https://WWW.example.com/done").is_ok());
/// assert!(check("https://staging.example.com/").is_err());
/// assert!(check("https://www.example.com.evil.example/").is_err());
/// assert!(check("http://www.example.com/").is_err());
/// # Ok::<(), consent_string::link::RedirectError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct AllowedHosts {
    /// Each with the port that it was given, if any.
    hosts: BTreeSet<(String, Option<u16>)>,
    http: bool,
}

impl AllowedHosts {
    /// Allows these hosts, each with an optional port: `www.example.com`, `localhost:8080`.
    ///
    /// # Errors
    ///
    /// [`NotAHost`](RedirectError::NotAHost): `*.example.com`, `https://example.com`, `""`.
    pub fn new<H: AsRef<str>>(hosts: impl IntoIterator<Item = H>) -> Result<Self, RedirectError> {
        let hosts = hosts.into_iter().map(|host| parse_host(host.as_ref()));
        let hosts = hosts.collect::<Option<_>>().ok_or(RedirectError::NotAHost)?;
        Ok(Self { hosts, http: false })
    }

    /// Allows plain http as well, for development: whoever sits on the network between can read
    /// such a redirect, and change where it leads.
    pub fn with_http(self) -> Self {
        Self { http: true, ..self }
    }

    /// Checks where a redirect goes.
    ///
    /// # Errors
    ///
    /// - [`PlainHttp`](RedirectError::PlainHttp): `http://www.example.com`.
    /// - [`HostNotAllowed`](RedirectError::HostNotAllowed): `https://evil.example`.
    #[expect(clippy::missing_panics_doc, reason = "URLs of http have a host")]
    pub fn check(&self, redirect: &RedirectUrl) -> Result<(), RedirectError> {
        let url = redirect.as_url();
        if url.scheme() != "https" && !self.http {
            return Err(RedirectError::PlainHttp);
        }
        let host = url.host_str().expect("http URLs have a host");
        // A URL leaves out the port of its scheme.
        let with_port = (host.to_string(), url.port_or_known_default());
        let without_port = (host.to_string(), None);
        let has_own_port = url.port().is_none();
        if self.hosts.contains(&with_port) || (has_own_port && self.hosts.contains(&without_port)) {
            return Ok(());
        }
        Err(RedirectError::HostNotAllowed)
    }
}

fn parse_host(host: &str) -> Option<(String, Option<u16>)> {
    if host.contains(['*', '/', '?', '#', '@', '\\']) || host.ends_with(':') {
        return None;
    }
    // A URL doesn't tell the port of its scheme from none; only one of two schemes has it.
    let [https, http] =
        ["https", "http"].map(|scheme| query::parse_http_url(&alloc::format!("{scheme}://{host}")));
    let (https, http) = (https?, http?);
    Some((https.host_str()?.to_string(), https.port().or(http.port())))
}
