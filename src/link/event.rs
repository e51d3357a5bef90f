//! The consent event that a link carries.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::json;

mod check;
mod debug;
mod error;
mod merge;

pub use self::error::{EventError, EventErrorKind};

/// A consent event: the parts of Didomi's schema that a link has a use for.
///
/// Properties that aren't known are kept in `other`, here and in every part. A known property
/// that is `null` counts as absent; an empty list doesn't, as it may be there to empty a list by
/// an update. Numbers are what `serde_json` makes of them: 64-bit integers and doubles. Read it
/// with `parse`, which also refuses what serde would let pass: a property that is there twice.
///
/// Events are personal data: `Debug` shows which known properties are there, here and in every
/// part, how many others, and no value. [`to_json`](Self::to_json) gives all of it.
///
/// ```
/// use consent_string::link::{Action, ConsentEvent, EventStatus, PurposeConsent};
///
/// let event: ConsentEvent = r#"{
///     "status": "pending_approval",
///     "consents": {"purposes": [{"id": "cookies", "enabled": true}]},
///     "source": "newsletter"
/// }"#.parse()?;
/// assert_eq!(event.status, Some(EventStatus::PendingApproval));
/// assert_eq!(event.other["source"], "newsletter");
/// assert!(event.check(Action::EventUpdate).is_err()); // it has no id
/// assert_eq!(event.consents.unwrap().purposes.unwrap()[0].enabled, Some(true));
/// # Ok::<(), consent_string::link::EventError>(())
/// ```
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ConsentEvent {
    /// ID of the event: what an update names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// ID of the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// When it was made: ISO 8601, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// Whether it counts yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<EventStatus>,
    /// The regulation that it falls under, such as `gdpr`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regulation: Option<String>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<EventUser>,
    /// What the user chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consents: Option<Consents>,
    /// ID of its proofs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proofs_id: Option<String>,
    /// Proofs, as data URIs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proofs: Option<Vec<String>>,
    /// Who acted for the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegate: Option<Delegate>,
    /// Properties that aren't known.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

impl ConsentEvent {
    /// The event as JSON text.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "text keys and finite numbers never fail")]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("an event has text keys and no failing parts")
    }
}

/// Reads JSON text.
///
/// Fails with [`NotJson`](EventErrorKind::NotJson) (`{"id":`),
/// [`RepeatedProperty`](EventErrorKind::RepeatedProperty) (`{"id": "a", "id": "b"}`),
/// [`NotObject`](EventErrorKind::NotObject) (`[]`) and
/// [`WrongType`](EventErrorKind::WrongType) (`{"id": 1}`).
impl FromStr for ConsentEvent {
    type Err = EventError;

    fn from_str(json: &str) -> Result<Self, Self::Err> {
        let object = json::parse_object(json.as_bytes()).map_err(EventErrorKind::from)?;
        Self::deserialize(Value::Object(object)).map_err(|_| EventErrorKind::WrongType.into())
    }
}

/// Whether an event counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EventStatus {
    /// `confirmed`.
    Confirmed,
    /// `pending_approval`: a later update is to confirm it.
    PendingApproval,
    /// Any other, as it was received.
    #[serde(untagged)]
    Other(String),
}

/// Whose an event is.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct EventUser {
    /// Didomi's ID of the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The organization's ID of the user. In a link it must be the one that is signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_user_id: Option<String>,
    /// Country of the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The organization's own data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
    /// Properties that aren't known.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What a user chose.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Consents {
    /// Choices by purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purposes: Option<Vec<PurposeConsent>>,
    /// Choices by vendor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendors: Option<VendorConsents>,
    /// Choices by channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channels: Option<Vec<ChannelConsent>>,
    /// An IAB TC string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tcfcs: Option<String>,
    /// Properties that aren't known.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The choice for one purpose.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PurposeConsent {
    /// ID of the purpose.
    pub id: String,
    /// Consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// Legitimate interest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled_li: Option<bool>,
    /// The organization's own data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
    /// Values of preferences, by their ID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<BTreeMap<String, Preference>>,
    /// Properties that aren't known.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The value of one preference.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Preference {
    /// The value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// Properties that aren't known.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Vendors by choice: text IDs.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct VendorConsents {
    /// Consent given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<Vec<String>>,
    /// Legitimate interest not objected to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_li: Option<Vec<String>>,
    /// Consent refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled: Option<Vec<String>>,
    /// Legitimate interest objected to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disabled_li: Option<Vec<String>>,
    /// Properties that aren't known.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The choice for one channel, such as e-mail.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChannelConsent {
    /// ID of the channel.
    pub id: String,
    /// Consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The organization's own data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
    /// Properties that aren't known.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Who acted for a user.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Delegate {
    /// ID of the delegate.
    pub id: String,
    /// Name of the delegate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The organization's own data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metadata: Option<Value>,
    /// Properties that aren't known.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}
