//! The parameters of a link by name.

use core::fmt;

/// A parameter of the query that a link is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Parameter {
    /// `key`: API key of the organization.
    Key,
    /// `auth_algorithm`: one of the five [algorithms](crate::digest::Algorithm).
    AuthAlgorithm,
    /// `auth_sid`: ID of the secret.
    AuthSid,
    /// `auth_digest`: the digest in hexadecimal.
    AuthDigest,
    /// `auth_salt`: optional, public.
    AuthSalt,
    /// `organization_user_id`: whom the digest proves.
    OrganizationUserId,
    /// `action`: one of the two [actions](super::Action).
    Action,
    /// `event`: JSON of a [consent event](super::ConsentEvent).
    Event,
    /// `redirect_url`: optional, untrusted.
    RedirectUrl,
}

impl Parameter {
    /// Every parameter, in the order in which a link is printed.
    pub const ALL: &[Self] = &[
        Self::Key,
        Self::AuthAlgorithm,
        Self::AuthSid,
        Self::AuthDigest,
        Self::AuthSalt,
        Self::OrganizationUserId,
        Self::Action,
        Self::Event,
        Self::RedirectUrl,
    ];

    /// The name on the wire, such as `auth_sid`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::AuthAlgorithm => "auth_algorithm",
            Self::AuthSid => "auth_sid",
            Self::AuthDigest => "auth_digest",
            Self::AuthSalt => "auth_salt",
            Self::OrganizationUserId => "organization_user_id",
            Self::Action => "action",
            Self::Event => "event",
            Self::RedirectUrl => "redirect_url",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|parameter| parameter.name() == name)
    }
}

impl fmt::Display for Parameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
