//! Consent links: made for an e-mail, proven by the server that receives one.
//!
//! ```text
//! https://api.privacy-center.org/v1/consents/execute
//!   ?key=...                    API key of the organization
//!   &auth_algorithm=hmac-sha256
//!   &auth_sid=...               ID of the secret, never the secret
//!   &auth_digest=...            hexadecimal, over the user ID and the salt
//!   &auth_salt=...              optional
//!   &organization_user_id=...
//!   &action=event.create        or event.update
//!   &event={...}                JSON of a consent event
//!   &redirect_url=https%3A...   optional
//! ```
//!
//! A server that executes links knows its live secrets, how long its salts are, and where it may
//! send users. While one secret replaces another, both are live:
//!
//! ```
//! use std::collections::BTreeMap;
//! use consent_string::digest::{PreparedSecret, Salts, Secret, SecretMap, Verifier};
//! use consent_string::link::{Action, AllowedHosts, ConsentEvent, ConsentLink};
//!
//! struct Server {
//!     verifier: Verifier,
//!     secrets: SecretMap,
//!     hosts: AllowedHosts,
//!     /// By API key and ID.
//!     events: BTreeMap<(String, String), ConsentEvent>,
//! }
//!
//! impl Server {
//!     fn new() -> Result<Self, Box<dyn std::error::Error>> {
//!         let secret = |value| Secret::new(value).map(PreparedSecret::new);
//!         let mut secrets = SecretMap::new();
//!         secrets.insert("api-key", "sid", [secret("new secret")?, secret("old secret")?]);
//!         Ok(Self {
//!             verifier: Verifier::new(Salts::OfLength(16)),
//!             secrets,
//!             hosts: AllowedHosts::new(["www.example.com"])?,
//!             events: BTreeMap::new(),
//!         })
//!     }
//!
//!     /// Executes the link of a request, and says where to send the user, if anywhere.
//!     fn execute(&mut self, query: &str) -> Option<String> {
//!         let link = ConsentLink::from_query(query).ok()?;
//!         // Untrusted, whoever signed the link: only to our own hosts.
//!         let redirect = link.redirect(&self.hosts).ok()??;
//!         let done = match link.verify(&self.verifier, &self.secrets) {
//!             Err(error) => Err(error.name()),
//!             Ok(verified) => {
//!                 let key = verified.key().to_owned();
//!                 match verified.action() {
//!                     Action::EventCreate => {
//!                         let id = format!("event-{}", self.events.len() + 1);
//!                         let mut event = verified.into_event(); // of the user who is proven
//!                         event.id = Some(id.clone());
//!                         self.events.insert((key, id), event);
//!                         Ok(())
//!                     }
//!                     Action::EventUpdate => {
//!                         let id = verified.event().id.clone().unwrap_or_default();
//!                         match self.events.get_mut(&(key, id)) {
//!                             // Refuses an event of somebody else.
//!                             Some(stored) => verified.merge_into(stored).map_err(|e| e.name()),
//!                             None => Err("event_unknown"),
//!                         }
//!                     }
//!                 }
//!             }
//!         };
//!         Some(match done {
//!             Ok(()) => redirect.to_string(),
//!             Err(code) => redirect.with_error(code).to_string(),
//!         })
//!     }
//! }
//!
//! // The link of an e-mail that was sent before the secret was replaced:
//! use consent_string::digest::Algorithm;
//!
//! let link = ConsentLink::builder("api-key", "user@domain.com", Action::EventCreate)
//!     .event_json(r#"{"consents": {"purposes": [{"id": "cookies", "enabled": true}]}}"#)
//!     .salt("f3a1c09be5d24478")
//!     .redirect_url("https://www.example.com/done")
//!     .sign(Algorithm::HmacSha256, "sid", &PreparedSecret::new(Secret::new("old secret")?))?;
//! let (_, query) = link.as_str().split_once('?').unwrap();
//!
//! let mut server = Server::new()?;
//! assert_eq!(server.execute(query).unwrap(), "https://www.example.com/done");
//! let event = server.events.values().next().unwrap();
//! let user = event.user.as_ref().unwrap();
//! assert_eq!(user.organization_user_id.as_deref(), Some("user@domain.com"));
//! let forged = query.replace("user%40domain.com", "mallory");
//! let failed = server.execute(&forged).unwrap();
//! assert_eq!(failed, "https://www.example.com/done?error=auth_digest_mismatch");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a verified link proves
//!
//! It proves **one user ID**, `organization_user_id`, to the organization whose secret signed it.
//! So all else in a link that names somebody is checked against that, or left out:
//!
//! - Secrets are looked up by the API key and the ID of the secret together, so that a link can't
//!   be taken to another organization ([`SecretStore`](crate::digest::SecretStore)).
//! - An event that names another user is refused, whether it does so in
//!   `user.organization_user_id` or in `organization_user_id`.
//! - The event of a [`VerifiedLink`] is the proven user's, and says so. It has no `user.id`,
//!   `organization_id` or `created_at`, which anybody could have written.
//! - An update is merged only into an event of the proven user, and doesn't change whose that is
//!   ([`VerifiedLink::merge_into`]).
//!
//! # What a verified link does not prove
//!
//! - **Action, event and redirect URL are not signed.** The digest covers the user ID and the
//!   salt alone. Whoever has one good link of a user can put other choices into it, as often as
//!   they like. Let a link do nothing that whoever holds it mustn't do.
//! - **Nothing separates the user ID from the salt** in the digest, and plain hashes can be
//!   extended: see [`digest`](crate::digest#what-a-digest-does-not-prove), and make all salts of
//!   one length.
//! - **A redirect URL from a link is untrusted input**, also on a link that is genuine.
//!   [`ConsentLink::redirect`] only gives it if its host is one of your own.
//! - A link can be used any number of times, by whoever gets hold of it: a mail scanner that
//!   follows links executes it.
//!
#![cfg_attr(
    feature = "didomi-api",
    doc = "# Links without a digest

Didomi's API makes links that need no digest, and the secrets for those that do:
[`PreAuthorizedLink`] and [`CreateSecret`] are its two calls.
"
)]
//!
//! # Conditions and codes
//!
//! A server that refuses a link redirects with `error=CODE` in the query. Didomi's documentation
//! names the conditions, but doesn't spell the codes. So each condition is a [`LinkVerifyError`],
//! and you choose the code that goes into [`RedirectUrl::with_error`]. [`RedirectUrl::error_code`]
//! reads any code.

mod action;
mod allowed_hosts;
mod builder;
mod consent_link;
mod error;
mod event;
mod parameter;
#[cfg(feature = "didomi-api")]
mod pre_authorized;
mod query;
mod redirect_url;
#[cfg(feature = "didomi-api")]
mod secrets;
mod verify;
mod verify_error;

pub use self::action::{Action, UnknownAction};
pub use self::allowed_hosts::AllowedHosts;
pub use self::builder::ConsentLinkBuilder;
pub use self::consent_link::{ConsentLink, UnknownParameters};
pub use self::error::LinkError;
pub use self::event::{
    ChannelConsent, ConsentEvent, Consents, Delegate, EventError, EventStatus, EventUser,
    Preference, PurposeConsent, VendorConsents,
};
pub use self::parameter::Parameter;
#[cfg(feature = "didomi-api")]
pub use self::pre_authorized::{CreatedLink, DEFAULT_LIFETIME, PreAuthorizedLink};
pub use self::redirect_url::{RedirectError, RedirectUrl};
#[cfg(feature = "didomi-api")]
pub use self::secrets::{CreateSecret, CreatedSecret};
pub use self::verify::VerifiedLink;
pub use self::verify_error::LinkVerifyError;
#[cfg(feature = "didomi-api")]
pub use crate::http_api::{AnswerError, AnswerErrorKind, RequestError};
/// The crates whose types are in this API.
#[cfg(feature = "didomi-api")]
pub use http;
/// The crates whose types are in this API.
pub use {serde_json, url};
