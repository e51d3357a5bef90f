//! The consent event that a link carries.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use self::part::part;
use crate::json::{Object, Typed, WrongType};

mod check;
mod error;
mod merge;
mod part;

pub use self::error::EventError;

/// A consent event: the parts of Didomi's schema that a link has a use for.
///
/// It is read with `parse` and printed by [`to_json`](Self::to_json). Both refuse a property that
/// is in its object twice. Properties that aren't known are kept in `other`, here and in every
/// part. A known property that is `null` counts as absent. An empty list doesn't, as it may be
/// there to empty a list by an update. Numbers are what `serde_json` makes of them: 64-bit
/// integers and doubles.
///
/// Events are personal data: `Debug` shows which known properties are there, here and in every
/// part, and how many others, but no value.
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
///
/// // One that is made:
/// let mut event = ConsentEvent::of_purposes([
///     PurposeConsent::new("cookies", true),
///     PurposeConsent::new("newsletter", false),
/// ]);
/// event.regulation = Some("gdpr".into());
/// assert_eq!(event.to_json()?.parse::<ConsentEvent>()?, event);
/// # Ok::<(), consent_string::link::EventError>(())
/// ```
#[derive(Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ConsentEvent {
    /// ID of the event: what an update names.
    pub id: Option<String>,
    /// ID of the organization. For the server to say: of a link, it is a claim.
    pub organization_id: Option<String>,
    /// The organization's ID of the user, as one of Didomi's samples has it. Elsewhere it is
    /// [`EventUser::organization_user_id`]; in a link each must be the one that is signed.
    pub organization_user_id: Option<String>,
    /// When it was made: ISO 8601, as text. For the server to say: of a link, it is a claim.
    pub created_at: Option<String>,
    /// Whether it counts yet.
    pub status: Option<EventStatus>,
    /// The regulation that it falls under, such as `gdpr`.
    pub regulation: Option<String>,
    /// Whose it is.
    pub user: Option<EventUser>,
    /// What the user chose.
    pub consents: Option<Consents>,
    /// ID of its proofs.
    pub proofs_id: Option<String>,
    /// Proofs, as data URIs.
    pub proofs: Option<Vec<String>>,
    /// Who acted for the user.
    pub delegate: Option<Delegate>,
    /// Properties that aren't known.
    pub other: Map<String, Value>,
}

impl ConsentEvent {
    /// An event without any property.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An event that says what a user chose for some purposes, and nothing else.
    #[must_use]
    pub fn of_purposes(purposes: impl IntoIterator<Item = PurposeConsent>) -> Self {
        let purposes = Some(purposes.into_iter().collect());
        Self { consents: Some(Consents { purposes, ..Consents::new() }), ..Self::new() }
    }

    /// The event as JSON text.
    ///
    /// # Errors
    ///
    /// What its reader would refuse isn't printed:
    ///
    /// - [`RepeatedProperty`](EventError::RepeatedProperty): an `other` that has an `id`, which
    ///   is a known property.
    /// - [`NotJson`](EventError::NotJson): a value in `metadata` that is nested too deep.
    pub fn to_json(&self) -> Result<String, EventError> {
        let json = serde_json::to_string(&Unchecked(self));
        // Texts as keys, finite numbers: nothing else can fail.
        let json = json.map_err(|_| EventError::RepeatedProperty)?;
        json.parse::<Self>()?;
        Ok(json)
    }
}

/// As [`ConsentEvent::to_json`], and what that refuses is an error.
impl Serialize for ConsentEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().map_err(serde::ser::Error::custom)?;
        self.write(serializer)
    }
}

/// An event whose text is still to be read back.
struct Unchecked<'a>(&'a ConsentEvent);

impl Serialize for Unchecked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// Reads JSON text.
///
/// Fails with [`NotJson`](EventError::NotJson) (`{"id":`),
/// [`RepeatedProperty`](EventError::RepeatedProperty) (`{"id": "a", "id": "b"}`),
/// [`NotObject`](EventError::NotObject) (`[]`) and
/// [`WrongType`](EventError::WrongType) (`{"id": 1}`).
impl FromStr for ConsentEvent {
    type Err = EventError;

    fn from_str(json: &str) -> Result<Self, Self::Err> {
        let object = Object::parse(json.as_bytes())?;
        Self::read(Value::Object(object.rest()), "")
            .map_err(|WrongType(place)| EventError::WrongType { place })
    }
}

part!(ConsentEvent at "": id, organization_id, organization_user_id, created_at, status, regulation,
    user, consents, proofs_id, proofs, delegate);
part!(EventUser at "user.": id, organization_user_id, country, metadata);
part!(Consents at "consents.": purposes, vendors, channels, tcfcs);
part!(PurposeConsent at "consents.purposes.": id, enabled, enabled_li, metadata, values);
part!(Preference at "consents.purposes.values.": value);
part!(VendorConsents at "consents.vendors.": enabled, enabled_li, disabled, disabled_li);
part!(ChannelConsent at "consents.channels.": id, enabled, metadata);
part!(Delegate at "delegate.": id, name, metadata);

/// The parts are written inside of an event, which is checked as a whole.
macro_rules! serialize {
    ($($part:ident),+) => {$(
        impl Serialize for $part {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.write(serializer)
            }
        }
    )+};
}

serialize!(
    EventUser,
    Consents,
    PurposeConsent,
    Preference,
    VendorConsents,
    ChannelConsent,
    Delegate
);

/// Whether an event counts.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventStatus {
    /// `confirmed`.
    Confirmed,
    /// `pending_approval`: a later update is to confirm it.
    PendingApproval,
    /// Any other, as it was received.
    Other(String),
}

impl EventStatus {
    /// The status as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Confirmed => "confirmed",
            Self::PendingApproval => "pending_approval",
            Self::Other(status) => status,
        }
    }
}

impl Typed for EventStatus {
    fn read(value: Value, place: &'static str) -> Result<Self, WrongType> {
        let text = String::read(value, place)?;
        let known = [Self::Confirmed, Self::PendingApproval];
        let known = known.into_iter().find(|status| status.as_str() == text);
        Ok(known.unwrap_or(Self::Other(text)))
    }
}

impl Serialize for EventStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Not the word of a status that isn't known.
impl fmt::Debug for EventStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Confirmed => "Confirmed",
            Self::PendingApproval => "PendingApproval",
            Self::Other(_) => "Other(..)",
        })
    }
}

/// Whose an event is.
#[derive(Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct EventUser {
    /// Didomi's ID of the user. In a link it is a claim, which no digest proves.
    pub id: Option<String>,
    /// The organization's ID of the user. In a link it must be the one that is signed.
    pub organization_user_id: Option<String>,
    /// Country of the user.
    pub country: Option<String>,
    /// The organization's own data.
    pub metadata: Option<Value>,
    /// Properties that aren't known.
    pub other: Map<String, Value>,
}

impl EventUser {
    /// The user with this ID of the organization's.
    #[must_use]
    pub fn new(organization_user_id: impl Into<String>) -> Self {
        Self { organization_user_id: Some(organization_user_id.into()), ..Self::default() }
    }
}

/// What a user chose.
#[derive(Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Consents {
    /// Choices by purpose.
    pub purposes: Option<Vec<PurposeConsent>>,
    /// Choices by vendor.
    pub vendors: Option<VendorConsents>,
    /// Choices by channel.
    pub channels: Option<Vec<ChannelConsent>>,
    /// An IAB TC string.
    pub tcfcs: Option<String>,
    /// Properties that aren't known.
    pub other: Map<String, Value>,
}

impl Consents {
    /// No choices.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

/// The choice for one purpose.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct PurposeConsent {
    /// ID of the purpose.
    pub id: String,
    /// Consent.
    pub enabled: Option<bool>,
    /// Legitimate interest.
    pub enabled_li: Option<bool>,
    /// The organization's own data.
    pub metadata: Option<Value>,
    /// Values of preferences, by their ID.
    pub values: Option<BTreeMap<String, Preference>>,
    /// Properties that aren't known.
    pub other: Map<String, Value>,
}

impl PurposeConsent {
    /// The choice for a purpose: consent given (`true`), refused (`false`), or not spoken of
    /// (`None`).
    #[must_use]
    pub fn new(id: impl Into<String>, enabled: impl Into<Option<bool>>) -> Self {
        Self {
            id: id.into(),
            enabled: enabled.into(),
            enabled_li: None,
            metadata: None,
            values: None,
            other: Map::new(),
        }
    }
}

/// The value of one preference.
#[derive(Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Preference {
    /// The value.
    pub value: Option<Value>,
    /// Properties that aren't known.
    pub other: Map<String, Value>,
}

impl Preference {
    /// A preference with this value.
    #[must_use]
    pub fn new(value: impl Into<Value>) -> Self {
        Self { value: Some(value.into()), ..Self::default() }
    }
}

/// Vendors by choice: text IDs.
#[derive(Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct VendorConsents {
    /// Consent given.
    pub enabled: Option<Vec<String>>,
    /// Legitimate interest not objected to.
    pub enabled_li: Option<Vec<String>>,
    /// Consent refused.
    pub disabled: Option<Vec<String>>,
    /// Legitimate interest objected to.
    pub disabled_li: Option<Vec<String>>,
    /// Properties that aren't known.
    pub other: Map<String, Value>,
}

impl VendorConsents {
    /// No choices.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

/// The choice for one channel, such as e-mail.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ChannelConsent {
    /// ID of the channel.
    pub id: String,
    /// Consent.
    pub enabled: Option<bool>,
    /// The organization's own data.
    pub metadata: Option<Value>,
    /// Properties that aren't known.
    pub other: Map<String, Value>,
}

impl ChannelConsent {
    /// The choice for a channel: consent given (`true`), refused (`false`), or not spoken of
    /// (`None`).
    #[must_use]
    pub fn new(id: impl Into<String>, enabled: impl Into<Option<bool>>) -> Self {
        Self { id: id.into(), enabled: enabled.into(), metadata: None, other: Map::new() }
    }
}

/// Who acted for a user.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Delegate {
    /// ID of the delegate.
    pub id: String,
    /// Name of the delegate.
    pub name: Option<String>,
    /// The organization's own data.
    pub metadata: Option<Value>,
    /// Properties that aren't known.
    pub other: Map<String, Value>,
}

impl Delegate {
    /// A delegate with this ID.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), name: None, metadata: None, other: Map::new() }
    }
}
