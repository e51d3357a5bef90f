//! Why a text is no link, or a link can't be made.

use super::{EventError, Parameter, RedirectError};

/// Why a text is no link, or why a link can't be built, filled or signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// The URL is longer than [`ConsentLink::MAX_LEN`](super::ConsentLink::MAX_LEN).
    #[error("link is too long, expected at most {max} bytes")]
    TooLong {
        /// The greatest length, in bytes.
        max: usize,
    },
    /// No absolute http or https URL, such as `/v1/consents/execute?key=a`.
    #[error("link is no absolute http or https URL")]
    NotHttpUrl,
    /// There is a `#`. A server never gets to see what follows one, so that some value in front
    /// of it should have been encoded.
    #[error("link has a fragment, expected every # in a parameter to be encoded")]
    Fragment,
    /// A parameter of the link stands there twice: which one counts is a guess.
    #[error("parameter {0} is repeated")]
    Repeated(Parameter),
    /// A `%` without two hexadecimal digits, or bytes that aren't UTF-8: `%zz`, `%FF`.
    #[error("parameter {0} is not percent-encoded UTF-8")]
    Encoding(Parameter),
    /// A parameter that is needed is missing or empty.
    #[error("parameter {0} is missing or empty")]
    Missing(Parameter),
    /// The user ID is the placeholder of a template.
    #[error("organization_user_id is the placeholder of a template, expected a user ID")]
    Placeholder,
    /// The user ID isn't the placeholder: there is nothing to fill.
    #[error("link is no template, expected the placeholder as organization_user_id")]
    NotTemplate,
    /// `auth_algorithm` isn't one of the five.
    #[error("auth_algorithm is none of the five algorithms")]
    AlgorithmUnknown,
    /// `action` isn't one of the two.
    #[error("action is none of event.create and event.update")]
    ActionUnknown,
    /// The event can't be carried by a link with this action and user.
    #[error("event: {0}")]
    Event(EventError),
    /// The redirect URL can't be used.
    #[error("redirect_url: {0}")]
    Redirect(RedirectError),
    /// The endpoint is no absolute http or https URL without query and fragment.
    #[error("endpoint is no absolute http or https URL without query and fragment")]
    Endpoint,
    /// A parameter of the link's own was added as an unknown one.
    #[error("parameter {0} has a method of its own")]
    Reserved(Parameter),
}

impl LinkError {
    /// The error in `snake_case`, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooLong { .. } => "too_long",
            Self::NotHttpUrl => "not_http_url",
            Self::Fragment => "fragment",
            Self::Repeated(_) => "repeated",
            Self::Encoding(_) => "encoding",
            Self::Missing(_) => "missing",
            Self::Placeholder => "placeholder",
            Self::NotTemplate => "not_template",
            Self::AlgorithmUnknown => "algorithm_unknown",
            Self::ActionUnknown => "action_unknown",
            Self::Event(_) => "event",
            Self::Redirect(_) => "redirect",
            Self::Endpoint => "endpoint",
            Self::Reserved(_) => "reserved",
        }
    }
}
