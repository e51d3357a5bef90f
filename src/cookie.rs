//! Consent strings as they stand in cookies.
//!
//! ```
//! use consent_string::{Format, cookie};
//!
//! let header = "theme=dark; didomi_dcs=%22BGHW...%7Ec2ln%22; usprivacy=1YNN";
//! let mut consent = cookie::known(header);
//! let (cookie, value) = consent.next().unwrap();
//! assert_eq!(cookie.name(), "didomi_dcs");
//! assert_eq!(cookie.format(), Some(Format::Didomi));
//! assert_eq!(cookie::decode(value)?, "BGHW...~c2ln");
//! assert_eq!(consent.next().map(|(cookie, value)| (cookie.name(), value)), Some(("usprivacy", "1YNN")));
//! # Ok::<(), consent_string::cookie::CookieError>(())
//! ```

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::chunks::as_chunks;
use crate::format::Format;

/// A cookie that holds what a person allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cookie {
    /// `didomi_dcs`: the Didomi Consent String. Documented.
    DidomiDcs,
    /// `didomi_token`: the older token. Documented.
    DidomiToken,
    /// `euconsent-v2`: the TC string. Documented by Didomi, and the usual name elsewhere.
    EuconsentV2,
    /// `addtl_consent`: Google's Additional Consent string. Documented.
    AddtlConsent,
    /// `__gpp`: the GPP string. A convention: GPP defines no cookie.
    Gpp,
    /// `__gpp_sid`: the sections of the GPP string that apply, as numbers with commas between
    /// them. A convention.
    GppSid,
    /// `usprivacy`: the US Privacy string. Specified.
    Usprivacy,
    /// `us_privacy`: the same, by habit.
    UsPrivacy,
}

impl Cookie {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::DidomiDcs,
        Self::DidomiToken,
        Self::EuconsentV2,
        Self::AddtlConsent,
        Self::Gpp,
        Self::GppSid,
        Self::Usprivacy,
        Self::UsPrivacy,
    ];

    /// The cookie's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DidomiDcs => "didomi_dcs",
            Self::DidomiToken => "didomi_token",
            Self::EuconsentV2 => "euconsent-v2",
            Self::AddtlConsent => "addtl_consent",
            Self::Gpp => "__gpp",
            Self::GppSid => "__gpp_sid",
            Self::Usprivacy => "usprivacy",
            Self::UsPrivacy => "us_privacy",
        }
    }

    /// The format of the cookie's value; `None` for `__gpp_sid`, which is no string of its own.
    #[must_use]
    pub const fn format(self) -> Option<Format> {
        Some(match self {
            Self::DidomiDcs => Format::Didomi,
            Self::DidomiToken => Format::Token,
            Self::EuconsentV2 => Format::Tcf,
            Self::AddtlConsent => Format::Ac,
            Self::Gpp => Format::Gpp,
            Self::GppSid => return None,
            Self::Usprivacy | Self::UsPrivacy => Format::UsPrivacy,
        })
    }

    /// The cookie of a name, in the case that it is written in.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cookie| cookie.name() == name)
    }
}

impl fmt::Display for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why the value of a cookie can't be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum CookieError {
    /// A percent sign without two hexadecimal digits behind it: `"%"`, `"%7"`, `"%GG"`.
    #[error("a percent sign without two hexadecimal digits behind it")]
    InvalidEscape,
    /// Decoded, the value is no UTF-8: `"%FF"`.
    #[error("not UTF-8 once it is decoded")]
    NotUtf8,
    /// A quotation mark on one side only: `"\"B"`.
    #[error("a quotation mark on one side only")]
    OpenQuote,
}

impl CookieError {
    /// The error's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidEscape => "invalid_escape",
            Self::NotUtf8 => "not_utf8",
            Self::OpenQuote => "open_quote",
        }
    }
}

/// The value of a cookie without what servers put around it: double quotes and
/// percent-encoding, either or both, once. Spaces around it are dropped.
///
/// Nothing is copied where there is nothing to decode.
///
/// # Errors
///
/// [`CookieError`], for a value that is encoded in a wrong way. Whether what is left is a
/// consent string is its reader's to say.
pub fn decode(value: &str) -> Result<Cow<'_, str>, CookieError> {
    let value = unquoted(value)?;
    if find(value, b'%').is_none() {
        return Ok(Cow::Borrowed(value));
    }
    let text = percent_decode(value)?;
    // Quotes that were encoded with the rest.
    let inner = unquote(&text)?;
    Ok(Cow::Owned(if inner.len() == text.len() { text } else { inner.into() }))
}

/// The value of a cookie without spaces and quotes around it, percent-encoded or not.
pub(crate) fn unquoted(value: &str) -> Result<&str, CookieError> {
    unquote(value.trim_matches([' ', '\t']))
}

/// The text between two double quotes, or the text itself.
fn unquote(text: &str) -> Result<&str, CookieError> {
    match (text.strip_prefix('"'), text.ends_with('"')) {
        (Some(rest), _) => rest.strip_suffix('"').ok_or(CookieError::OpenQuote),
        (None, false) => Ok(text),
        (None, true) => Err(CookieError::OpenQuote),
    }
}

fn percent_decode(text: &str) -> Result<String, CookieError> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let mut digit = || bytes.next().and_then(|digit| char::from(digit).to_digit(16));
                let (Some(high), Some(low)) = (digit(), digit()) else {
                    return Err(CookieError::InvalidEscape);
                };
                u8::try_from(high << 4 | low).expect("two hexadecimal digits are a byte")
            }
            other => other,
        });
    }
    String::from_utf8(decoded).map_err(|_| CookieError::NotUtf8)
}

/// The names and values of a `Cookie` header, in its order, as they stand there. `Cookie:` may
/// stand in front; what has no `=` is passed over.
pub fn pairs(header: &str) -> Pairs<'_> {
    let header = header.trim_start();
    let name = "cookie:";
    let rest = match header.get(..name.len()) {
        Some(start) if start.eq_ignore_ascii_case(name) => &header[name.len()..],
        _ => header,
    };
    Pairs { rest: Some(rest) }
}

/// Where a byte of ASCII first stands in a text. Headers are long, and are looked through twice.
fn find(text: &str, byte: u8) -> Option<usize> {
    let (mut blocks, _) = as_chunks(text.as_bytes());
    let whole = blocks.len();
    let start = 32 * blocks.position(|block| is_in(block, byte)).unwrap_or(whole);
    let place = text.as_bytes()[start..].iter().position(|&other| other == byte)?;
    Some(start + place)
}

/// Whether a byte stands in a block.
// Not inlined: by itself it becomes a dozen vector instructions.
#[inline(never)]
fn is_in(block: &[u8; 32], byte: u8) -> bool {
    block.iter().fold(0, |found, &other| found | u8::from(other == byte)) != 0
}

/// The names and values of a `Cookie` header; see [`pairs`].
#[derive(Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Pairs<'t> {
    /// What is behind the last pair; `None` behind the end.
    rest: Option<&'t str>,
}

impl<'t> Iterator for Pairs<'t> {
    type Item = (&'t str, &'t str);

    fn next(&mut self) -> Option<(&'t str, &'t str)> {
        loop {
            let rest = self.rest?;
            let end = find(rest, b';');
            self.rest = end.map(|end| &rest[end + 1..]);
            let pair = end.map_or(rest, |end| &rest[..end]);
            if let Some((name, value)) = pair.split_once('=') {
                return Some((name.trim(), value.trim()));
            }
        }
    }
}

impl core::iter::FusedIterator for Pairs<'_> {}

/// Nothing of the cookies: they are personal data.
impl fmt::Debug for Pairs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pairs").finish_non_exhaustive()
    }
}

/// The consent strings of a `Cookie` header, in its order, each with its value as it stands
/// there: [`decode`] it. A header may name a cookie twice.
pub fn known(header: &str) -> Known<'_> {
    Known(pairs(header))
}

/// The consent strings of a `Cookie` header; see [`known`].
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Known<'t>(Pairs<'t>);

impl<'t> Iterator for Known<'t> {
    type Item = (Cookie, &'t str);

    fn next(&mut self) -> Option<(Cookie, &'t str)> {
        self.0.find_map(|(name, value)| Some((Cookie::from_name(name)?, value)))
    }
}

impl core::iter::FusedIterator for Known<'_> {}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::find;

    #[test]
    fn a_byte_is_found_as_by_the_standard_library() {
        for length in 0..130 {
            assert_eq!(find(&";".repeat(length), b';'), (length > 0).then_some(0));
            let text: String = core::iter::repeat_n('\u{e9}', length / 2)
                .chain(core::iter::repeat_n('a', length % 2))
                .collect();
            assert_eq!(find(&text, b';'), None);
            for place in (0..=text.len()).filter(|&place| text.is_char_boundary(place)) {
                let mut text = text.clone() + ";";
                text.insert(place, ';');
                assert_eq!(find(&text, b';'), text.find(';'), "{text}");
            }
        }
    }
}
