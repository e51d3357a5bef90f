//! Why an event can't be used.

use crate::json::ObjectError;

/// An event that can't be read, carried by a link, or merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct EventError {
    kind: EventErrorKind,
}

impl EventError {
    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> EventErrorKind {
        self.kind
    }
}

impl From<EventErrorKind> for EventError {
    fn from(kind: EventErrorKind) -> Self {
        Self { kind }
    }
}

/// What is wrong with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventErrorKind {
    /// Not valid JSON, or nested more than 128 deep.
    #[error("not valid JSON")]
    NotJson,
    /// A property stands in an object twice.
    #[error("a property is repeated in its object")]
    RepeatedProperty,
    /// JSON, but no object.
    #[error("no JSON object")]
    NotObject,
    /// A known property isn't of its type.
    #[error("a property is not of its type")]
    WrongType,
    /// The `id` is missing or empty, and the event is an update.
    #[error("id is missing, which an update needs")]
    IdMissing,
    /// A choice stands there twice.
    #[error("{place} has a choice twice")]
    Ambiguous {
        /// Where: `consents.purposes`, `consents.channels` or `consents.vendors`.
        place: &'static str,
    },
    /// `user.organization_user_id` isn't the user ID of the link; in an event to update, also:
    /// it is missing.
    #[error("user.organization_user_id is not the user ID of the link")]
    OtherUser,
    /// The link creates an event and can't be merged into one.
    #[error("action is event.create, expected event.update")]
    NotUpdate,
    /// The update names another event.
    #[error("id is not the ID of the event to update")]
    OtherEvent,
}

impl EventErrorKind {
    /// The kind in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotJson => "not_json",
            Self::RepeatedProperty => "repeated_property",
            Self::NotObject => "not_object",
            Self::WrongType => "wrong_type",
            Self::IdMissing => "id_missing",
            Self::Ambiguous { .. } => "ambiguous",
            Self::OtherUser => "other_user",
            Self::NotUpdate => "not_update",
            Self::OtherEvent => "other_event",
        }
    }
}

impl From<ObjectError> for EventErrorKind {
    fn from(error: ObjectError) -> Self {
        match error {
            ObjectError::NotJson => Self::NotJson,
            ObjectError::NotObject => Self::NotObject,
            ObjectError::Repeated => Self::RepeatedProperty,
        }
    }
}
