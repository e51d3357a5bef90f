//! Why an event can't be used.

use crate::json::ObjectError;

/// Why an event can't be read, printed, carried by a link, or merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventError {
    /// Not valid JSON, or nested more than 128 deep.
    #[error("not valid JSON, or nested too deep")]
    NotJson,
    /// A property stands in an object twice; in an event that was made, also: `other` has a known
    /// property.
    #[error("a property is repeated in its object")]
    RepeatedProperty,
    /// JSON, but no object.
    #[error("no JSON object")]
    NotObject,
    /// A known property isn't of its type, or a part has no `id`: `{"consents": {"purposes": [{}]}}`.
    #[error("{place} is not of its type")]
    WrongType {
        /// Where: the names from the outermost to the property's own, such as
        /// `consents.purposes.id`.
        place: &'static str,
    },
    /// The `id` is missing or empty, and the event is an update.
    #[error("id is missing, which an update needs")]
    IdMissing,
    /// A choice stands there twice.
    #[error("{place} has a choice twice")]
    Ambiguous {
        /// Where: `consents.purposes`, `consents.channels` or `consents.vendors`.
        place: &'static str,
    },
    /// The event is another user's: its `user.organization_user_id`, or its
    /// `organization_user_id`, isn't the user ID that the link proves; of an update, also: isn't
    /// that of the event to update.
    #[error("organization_user_id is another user's")]
    OtherUser,
    /// The event to update doesn't say whose it is: it has neither `user.organization_user_id` nor
    /// `organization_user_id`. So nobody can be allowed to update it.
    #[error("the event to update has no organization_user_id")]
    UserMissing,
    /// The link creates an event and can't be merged into one.
    #[error("action is event.create, expected event.update")]
    NotUpdate,
    /// The update names another event.
    #[error("id is not the ID of the event to update")]
    OtherEvent,
}

impl EventError {
    /// The error in `snake_case`, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotJson => "not_json",
            Self::RepeatedProperty => "repeated_property",
            Self::NotObject => "not_object",
            Self::WrongType { .. } => "wrong_type",
            Self::IdMissing => "id_missing",
            Self::Ambiguous { .. } => "ambiguous",
            Self::OtherUser => "other_user",
            Self::UserMissing => "user_missing",
            Self::NotUpdate => "not_update",
            Self::OtherEvent => "other_event",
        }
    }
}

impl From<ObjectError> for EventError {
    fn from(error: ObjectError) -> Self {
        match error {
            ObjectError::NotJson => Self::NotJson,
            ObjectError::NotObject => Self::NotObject,
            ObjectError::Repeated => Self::RepeatedProperty,
        }
    }
}
