//! What a request brings, unread.

use core::fmt;

use crate::cookie::{self, Cookie};
use crate::us_privacy;

/// A kind of signal that a request can bring as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Signal {
    /// The Didomi Consent String.
    Didomi,
    /// The `didomi_token`.
    Token,
    /// The TC string.
    Tcf,
    /// Google's Additional Consent string.
    Ac,
    /// The GPP string.
    Gpp,
    /// The sections of the GPP string that apply.
    GppSid,
    /// The US Privacy string.
    UsPrivacy,
}

impl Signal {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Didomi, Self::Token, Self::Tcf, Self::Ac, Self::Gpp, Self::GppSid, Self::UsPrivacy];

    pub(super) const COUNT: usize = 7;

    /// The signal's name in `snake_case`: that of its format, where it is a string.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Didomi => "didomi",
            Self::Token => "token",
            Self::Tcf => "tcf",
            Self::Ac => "ac",
            Self::Gpp => "gpp",
            Self::GppSid => "gpp_sid",
            Self::UsPrivacy => "us_privacy",
        }
    }
}

impl From<Cookie> for Signal {
    /// The signal that a cookie holds. `usprivacy` and `us_privacy` are one.
    fn from(cookie: Cookie) -> Self {
        match cookie {
            Cookie::DidomiDcs => Self::Didomi,
            Cookie::DidomiToken => Self::Token,
            Cookie::EuconsentV2 => Self::Tcf,
            Cookie::AddtlConsent => Self::Ac,
            Cookie::Gpp => Self::Gpp,
            Cookie::GppSid => Self::GppSid,
            Cookie::Usprivacy | Cookie::UsPrivacy => Self::UsPrivacy,
        }
    }
}

/// A value as it came.
#[derive(Clone, Copy, Default)]
pub(super) enum Raw<'t> {
    #[default]
    Absent,
    /// The value of a cookie, maybe encoded.
    Cookie(&'t str),
    /// The string itself.
    Plain(&'t str),
    /// Two values that differ; the first.
    Twice(&'t str),
}

impl<'t> Raw<'t> {
    /// The text as it came.
    pub(super) const fn text(self) -> &'t str {
        match self {
            Self::Absent => "",
            Self::Cookie(text) | Self::Plain(text) | Self::Twice(text) => text,
        }
    }

    fn add(&mut self, new: Self) {
        let (Self::Cookie(text) | Self::Plain(text)) = new else { return };
        if text.trim_matches([' ', '\t', '"']).is_empty() {
            return;
        }
        *self = match *self {
            Self::Absent => new,
            Self::Twice(first) => Self::Twice(first),
            same if same.says(new) => same,
            Self::Cookie(first) | Self::Plain(first) => Self::Twice(first),
        };
    }

    /// Whether two values are one, however they are encoded.
    fn says(self, other: Self) -> bool {
        match (self.decoded(), other.decoded()) {
            (Some(Ok(one)), Some(Ok(other))) => one == other,
            _ => false,
        }
    }

    /// The string without what servers put around it.
    pub(super) fn decoded(
        self,
    ) -> Option<Result<alloc::borrow::Cow<'t, str>, cookie::CookieError>> {
        match self {
            Self::Absent => None,
            Self::Cookie(value) => Some(cookie::decode(value)),
            Self::Plain(text) | Self::Twice(text) => Some(Ok(text.into())),
        }
    }
}

/// What a request brings, unread: the values of cookies, of headers and of a bid request.
///
/// | from | how |
/// | --- | --- |
/// | header `Cookie` | [`from_cookies`](Self::from_cookies), or [`cookie`](Self::cookie) for one |
/// | header `Sec-GPC` | [`sec_gpc`](Self::sec_gpc) |
/// | `OpenRTB` `user.consent`, `regs.gpp`, `regs.us_privacy` | [`text`](Self::text) |
/// | `OpenRTB` `regs.gpp_sid` | [`text`](Self::text), with commas between the numbers |
/// | `OpenRTB` `regs.gdpr` | [`gdpr`](Self::gdpr) |
/// | `OpenRTB` `regs.ext.gpc` | [`sec_gpc`](Self::sec_gpc) |
///
/// A signal that comes twice with different values is unreadable; an empty value is none.
#[derive(Clone, Copy, Default)]
#[must_use]
pub struct Signals<'t> {
    pub(super) raw: [Raw<'t>; Signal::COUNT],
    pub(super) gpc: bool,
    pub(super) gdpr: bool,
}

impl<'t> Signals<'t> {
    /// Nothing.
    pub const fn new() -> Self {
        Self { raw: [Raw::Absent; Signal::COUNT], gpc: false, gdpr: false }
    }

    /// The consent strings of a `Cookie` header, each under the [name](Cookie) that is known for
    /// it. `Cookie:` may stand in front.
    pub fn from_cookies(header: &'t str) -> Self {
        Self::new().cookies(header)
    }

    /// The same, with those of a `Cookie` header.
    pub fn cookies(self, header: &'t str) -> Self {
        cookie::known(header).fold(self, |signals, (cookie, value)| signals.cookie(cookie, value))
    }

    /// The same, with the value of a cookie as it stands in the header.
    pub fn cookie(mut self, cookie: Cookie, value: &'t str) -> Self {
        self.raw[Signal::from(cookie) as usize].add(Raw::Cookie(value));
        self
    }

    /// The same, with a text that is the string itself: from a bid request, or a parameter that
    /// is decoded already.
    pub fn text(mut self, signal: Signal, text: &'t str) -> Self {
        self.raw[signal as usize].add(Raw::Plain(text));
        self
    }

    /// The same, with the value of the header `Sec-GPC`: `1`, and everything else is as good as
    /// none.
    pub fn sec_gpc(self, value: &str) -> Self {
        Self { gpc: self.gpc || us_privacy::is_gpc(value), ..self }
    }

    /// The same, with what a bid request says of the GDPR (`regs.gdpr`): that it applies. That it
    /// doesn't is no proof (ours): who knows better says so by
    /// [`Options::gdpr`](super::Options::gdpr).
    pub const fn gdpr(self, applies: bool) -> Self {
        Self { gdpr: self.gdpr || applies, ..self }
    }
}

/// Which signals there are: never their values.
impl fmt::Debug for Signals<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let there =
            Signal::ALL.iter().filter(|&&signal| !matches!(self.raw[signal as usize], Raw::Absent));
        f.debug_list().entries(there).finish()
    }
}
