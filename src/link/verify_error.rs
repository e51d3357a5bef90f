//! Why a link isn't to be executed.

use super::EventError;
#[cfg(doc)]
use super::VerifiedLink;
use super::consent_link::ContentFault;
#[cfg(doc)]
use crate::digest::Verifier;
use crate::digest::VerifyError;

/// Why a link isn't to be executed, in the order in which the conditions are looked for.
///
/// It says nothing about the digest that would have been right. Those marked *published* are
/// conditions that Didomi's documentation has a code for; the others are finer, or our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkVerifyError {
    /// The user ID is still `{organization_user_id}`: a template, no link.
    #[error("organization_user_id is the placeholder of a template")]
    OrganizationUserIdPlaceholder,
    /// There is no `key`. *Published* as `organization_id` missing; that the key is what names
    /// the organization in a link is inferred, as links have no parameter of that name.
    #[error("key is missing, which names the organization")]
    OrganizationIdMissing,
    /// There is no `auth_sid`. *Published*.
    #[error("auth_sid is missing")]
    AuthSidMissing,
    /// `auth_sid` is the ID of no live secret of the organization that `key` names. *Published*.
    #[error("auth_sid is the ID of no live secret of this organization")]
    AuthSidUnknown,
    /// There is no `auth_algorithm`. Not told apart from an invalid one in what is published.
    #[error("auth_algorithm is missing")]
    AuthAlgorithmMissing,
    /// `auth_algorithm` isn't one of the five: `hmac-md5`. *Published*.
    #[error("auth_algorithm is none of the five algorithms")]
    AuthAlgorithmInvalid,
    /// There is no `organization_user_id`. *Published*.
    #[error("organization_user_id is missing")]
    OrganizationUserIdMissing,
    /// There is no `auth_digest`. Not told apart from a wrong one in what is published.
    #[error("auth_digest is missing")]
    AuthDigestMissing,
    /// `auth_algorithm` is one that the [`Verifier`] doesn't accept; by default, `hash-md5`.
    #[error("auth_algorithm is not accepted by this verifier")]
    AuthAlgorithmRefused,
    /// The [`Verifier`] asks for a salt of another length.
    #[error("auth_salt does not have the {expected} bytes that this verifier asks for")]
    AuthSaltLength {
        /// Bytes that the verifier asks for.
        expected: usize,
    },
    /// `auth_digest` is too short or too long for its algorithm.
    #[error("auth_digest has {found} characters, expected {expected} hexadecimal digits")]
    AuthDigestLength {
        /// Hexadecimal digits of a digest of the algorithm.
        expected: usize,
        /// Bytes in the text.
        found: usize,
    },
    /// `auth_digest` has a character that is no hexadecimal digit.
    #[error("auth_digest has a character that is no hexadecimal digit")]
    AuthDigestNotHex,
    /// `auth_digest` isn't the one computed. *Published*.
    #[error("auth_digest does not match")]
    AuthDigestMismatch,
    /// There is no `action`. *Published*.
    #[error("action is missing")]
    ActionMissing,
    /// `action` isn't one of the two: `event.delete`. *Published*.
    #[error("action is none of event.create and event.update")]
    ActionInvalid,
    /// The user ID breaks the server's own rule. *Published*, and the action is executed all the
    /// same: only [`VerifiedLink::check_user_id`] finds it.
    #[error("organization_user_id breaks the rule of the server")]
    OrganizationUserIdInvalid,
    /// There is no `event`. *Published*.
    #[error("event is missing")]
    EventMissing,
    /// `event` isn't valid JSON: `{"id":`. *Published*.
    #[error("event is not valid JSON")]
    EventNotJson,
    /// `event` is JSON but no consent event, says two things at once, or is another user's:
    /// `{"user": {"organization_user_id": "other"}}`.
    #[error("event: {0}")]
    EventInvalid(EventError),
    /// The event of an `event.update` has no `id`. *Published*.
    #[error("event has no id, which an update needs")]
    EventIdMissing,
}

impl LinkVerifyError {
    /// The error in `snake_case`, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OrganizationUserIdPlaceholder => "organization_user_id_placeholder",
            Self::OrganizationIdMissing => "organization_id_missing",
            Self::AuthSidMissing => "auth_sid_missing",
            Self::AuthSidUnknown => "auth_sid_unknown",
            Self::AuthAlgorithmMissing => "auth_algorithm_missing",
            Self::AuthAlgorithmInvalid => "auth_algorithm_invalid",
            Self::OrganizationUserIdMissing => "organization_user_id_missing",
            Self::AuthDigestMissing => "auth_digest_missing",
            Self::AuthAlgorithmRefused => "auth_algorithm_refused",
            Self::AuthSaltLength { .. } => "auth_salt_length",
            Self::AuthDigestLength { .. } => "auth_digest_length",
            Self::AuthDigestNotHex => "auth_digest_not_hex",
            Self::AuthDigestMismatch => "auth_digest_mismatch",
            Self::ActionMissing => "action_missing",
            Self::ActionInvalid => "action_invalid",
            Self::OrganizationUserIdInvalid => "organization_user_id_invalid",
            Self::EventMissing => "event_missing",
            Self::EventNotJson => "event_not_json",
            Self::EventInvalid(_) => "event_invalid",
            Self::EventIdMissing => "event_id_missing",
        }
    }
}

impl LinkVerifyError {
    /// The same of the digest of a link, which has no expiration.
    pub(super) fn of_digest(error: VerifyError) -> Self {
        match error {
            VerifyError::SecretUnknown => Self::AuthSidUnknown,
            VerifyError::AlgorithmRefused => Self::AuthAlgorithmRefused,
            VerifyError::UserIdMissing => Self::OrganizationUserIdMissing,
            VerifyError::SaltLength { expected } => Self::AuthSaltLength { expected },
            VerifyError::ExpirationMissing
            | VerifyError::ExpirationUnexpected
            | VerifyError::TimeMissing
            | VerifyError::ExpirationRange
            | VerifyError::Expired => unreachable!("a link has no expiration, and needs none"),
            VerifyError::DigestLength { expected, found } => {
                Self::AuthDigestLength { expected, found }
            }
            VerifyError::DigestNotHex => Self::AuthDigestNotHex,
            VerifyError::DigestMismatch => Self::AuthDigestMismatch,
        }
    }
}

impl From<ContentFault> for LinkVerifyError {
    fn from(fault: ContentFault) -> Self {
        match fault {
            ContentFault::ActionMissing => Self::ActionMissing,
            ContentFault::ActionUnknown => Self::ActionInvalid,
            ContentFault::EventMissing => Self::EventMissing,
            ContentFault::Event(EventError::NotJson) => Self::EventNotJson,
            ContentFault::Event(EventError::IdMissing) => Self::EventIdMissing,
            ContentFault::Event(error) => Self::EventInvalid(error),
        }
    }
}
