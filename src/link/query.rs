//! Absolute URLs and their queries, as text: one strict reading for links and redirects.
//!
//! A query is read by the rules of form encoding, where `+` and `%20` are both a space. Two things
//! that these rules let pass are refused, as their meaning is a guess: a `%` without two
//! hexadecimal digits, and bytes that aren't UTF-8. A space is written as `%20`, which readers
//! without form encoding understand as well.

use alloc::borrow::Cow;
use alloc::string::String;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use url::{Position, Url};

/// All but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The longest host and port, in bytes. A host name has at most 253 letters, of which none stands
/// for more than four bytes of UTF-8; to encode a longer one in Punycode costs as much as a
/// thousand letters of anything else.
const MAX_AUTHORITY: usize = 1024;

/// Reads an absolute `http` or `https` URL that all readers understand alike.
///
/// `None` also for what browsers silently mend and others read differently: white space and
/// control characters, backslashes, a scheme without exactly two slashes, user information, a
/// percent-encoded host; and for a host that is too long for any name server.
pub(super) fn parse_http_url(text: &str) -> Option<Url> {
    let (scheme, rest) = text.split_once("://")?;
    let is_http = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let before_query = rest.split(['?', '#']).next()?;
    if !is_http
        || before_query.starts_with('/')
        || before_query.contains('\\')
        || text.contains(|c: char| c.is_control() || c.is_whitespace())
    {
        return None;
    }
    // User information is looked for in the text: an empty one (`https://@host`) leaves no trace.
    let authority = before_query.split('/').next()?;
    if authority.len() > MAX_AUTHORITY || authority.contains(['@', '%']) {
        return None;
    }
    // Encoded, a host can be longer than it was.
    let authority = |url: &Url| url[Position::BeforeHost..Position::AfterPort].len();
    Url::parse(text).ok().filter(|url| url.has_host() && authority(url) <= MAX_AUTHORITY)
}

/// A URL cut into what stands before the query, the query, and the fragment, all as written.
pub(super) struct Cut<'a> {
    pub(super) base: &'a str,
    pub(super) query: &'a str,
    pub(super) fragment: Option<&'a str>,
}

pub(super) fn cut(url: &str) -> Cut<'_> {
    let (rest, fragment) = match url.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (url, None),
    };
    let (base, query) = rest.split_once('?').unwrap_or((rest, ""));
    Cut { base, query, fragment }
}

/// The parameters of a query as written: each with its name, decoded, if that can be done.
pub(super) fn pairs(query: &str) -> Pairs<'_> {
    Pairs(query.split('&'))
}

#[derive(Clone)]
pub(super) struct Pairs<'a>(core::str::Split<'a, char>);

impl<'a> Iterator for Pairs<'a> {
    type Item = Pair<'a>;

    fn next(&mut self) -> Option<Pair<'a>> {
        let raw = self.0.find(|raw| !raw.is_empty())?;
        let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
        Some(Pair { raw, name: decode(name), value })
    }
}

/// One parameter of a query.
pub(super) struct Pair<'a> {
    /// All of it, as written.
    pub(super) raw: &'a str,
    /// The name; `None` if it can't be decoded.
    pub(super) name: Option<Cow<'a, str>>,
    /// The value, as written.
    pub(super) value: &'a str,
}

/// Decodes a name or a value; `None` for `%zz`, `%4`, and `%FF`, which isn't UTF-8.
pub(super) fn decode(text: &str) -> Option<Cow<'_, str>> {
    let mut escapes = text.split('%').skip(1);
    if !escapes.all(|rest| {
        rest.as_bytes().first_chunk::<2>().is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
    }) {
        return None;
    }
    if text.contains('+') {
        let text = text.replace('+', " ");
        let decoded = percent_decode_str(&text).decode_utf8().ok()?;
        return Some(Cow::Owned(decoded.into_owned()));
    }
    percent_decode_str(text).decode_utf8().ok()
}

/// Appends `name=value`, encoded, to a query that may be empty.
pub(super) fn push(query: &mut String, name: &str, value: &str) {
    let raw = [name, value].map(|part| utf8_percent_encode(part, ENCODED));
    push_raw(query, &alloc::format!("{}={}", raw[0], raw[1]));
}

/// Appends a parameter that is encoded already.
pub(super) fn push_raw(query: &mut String, raw: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(raw);
}
