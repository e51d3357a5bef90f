//! The caller's own hosts, to which users may be redirected.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};

use url::Url;

use super::{RedirectError, RedirectErrorKind, RedirectUrl, query};

/// The hosts to which a redirect may go: exactly these, over https.
///
/// A host is compared as a browser would resolve it (lower case, Punycode), and whole: neither
/// its subdomains nor the name with a dot at its end are allowed with it. So is the port, which
/// is the scheme's own if none is given.
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
    hosts: BTreeSet<(String, Option<u16>)>,
    http: bool,
}

impl AllowedHosts {
    /// Allows these hosts, each with an optional port: `www.example.com`, `localhost:8080`.
    ///
    /// # Errors
    ///
    /// [`NotAHost`](RedirectErrorKind::NotAHost): `*.example.com`, `https://example.com`, `""`.
    pub fn new<H: AsRef<str>>(hosts: impl IntoIterator<Item = H>) -> Result<Self, RedirectError> {
        let hosts = hosts.into_iter().map(|host| parse_host(host.as_ref()));
        let hosts = hosts.collect::<Option<_>>().ok_or(RedirectErrorKind::NotAHost)?;
        Ok(Self { hosts, http: false })
    }

    /// Allows plain http as well: for development. Whoever is on the way can change where it leads.
    pub fn with_http(self) -> Self {
        Self { http: true, ..self }
    }

    /// Checks where a redirect goes.
    ///
    /// # Errors
    ///
    /// - [`PlainHttp`](RedirectErrorKind::PlainHttp): `http://www.example.com`.
    /// - [`HostNotAllowed`](RedirectErrorKind::HostNotAllowed): `https://evil.example`.
    pub fn check(&self, redirect: &RedirectUrl) -> Result<(), RedirectError> {
        let url = redirect.as_url();
        if url.scheme() != "https" && !self.http {
            return Err(RedirectErrorKind::PlainHttp.into());
        }
        if !authority(url).is_some_and(|authority| self.hosts.contains(&authority)) {
            return Err(RedirectErrorKind::HostNotAllowed.into());
        }
        Ok(())
    }
}

fn parse_host(host: &str) -> Option<(String, Option<u16>)> {
    let bare = !host.contains(['*', '/', '?', '#', '@', '\\']);
    authority(&query::parse_http_url(&alloc::format!("https://{host}")).filter(|_| bare)?)
}

fn authority(url: &Url) -> Option<(String, Option<u16>)> {
    Some((url.host_str()?.to_string(), url.port()))
}
