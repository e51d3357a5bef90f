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
//! ```
//! use std::collections::BTreeMap;
//! use consent_string::digest::{Algorithm, PreparedSecret, Secret, Verifier};
//! use consent_string::link::{Action, AllowedHosts, ConsentLink};
//!
//! let secret = PreparedSecret::new(Secret::new("secret")?);
//! let link = ConsentLink::builder("api-key", "user@domain.com", Action::EventCreate)
//!     .event_json(r#"{"consents": {"purposes": [{"id": "cookies", "enabled": true}]}}"#)
//!     .salt("salt")
//!     .redirect_url("https://www.example.com/done")
//!     .sign(Algorithm::HmacSha256, "sid", &secret)?;
//!
//! // The server gets the URL back:
//! let received: ConsentLink = link.as_str().parse()?;
//! let store = BTreeMap::from([("sid", secret)]);
//! let verified = received.verify(&Verifier::new(), &store)?;
//! assert_eq!(verified.organization_user_id(), "user@domain.com");
//! let redirect = received.redirect(&AllowedHosts::new(["www.example.com"])?)?;
//! assert_eq!(redirect.unwrap().as_str(), "https://www.example.com/done");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What a verified link does not prove
//!
//! - **Action, event and redirect URL are not signed.** The digest covers the user ID and the
//!   salt alone. Whoever has one good link of a user can put another event into it: the event
//!   of an update may be another user's, which [`VerifiedLink::merge_into`] refuses. Grant
//!   through a link nothing that its holder mustn't have.
//! - **Nothing separates the user ID from the salt**, and plain hashes can be extended: see
//!   [`digest`](crate::digest#what-a-digest-does-not-prove).
//! - **A redirect URL from a link is untrusted input**, also on a link that is genuine. Check it
//!   against your own hosts: [`ConsentLink::redirect`] gives it in no other way.
//! - A link can be used any number of times, by whoever gets hold of it: a mail scanner that
//!   follows links executes it.
//!
//! # Links without a digest
//!
//! Didomi's API makes links that need no digest, and the secrets for those that do:
//! [`PreAuthorizedLink`] and [`CreateSecret`] are its two calls.
//!
//! # Conditions and codes
//!
//! A server that refuses a link redirects with `error=CODE` in the query. The documentation
//! names the conditions; the spellings of the codes aren't ours to make up. Each condition is a
//! [`LinkVerifyErrorKind`], which the caller maps to a code for [`RedirectUrl::with_error`];
//! [`RedirectUrl::error_code`] reads a code back, whatever it is.

mod action;
mod allowed_hosts;
mod builder;
mod consent_link;
mod error;
mod event;
mod parameter;
mod pre_authorized;
mod query;
mod redirect_url;
mod secrets;
mod verify;
mod verify_error;

pub use self::action::{Action, UnknownAction};
pub use self::allowed_hosts::AllowedHosts;
pub use self::builder::ConsentLinkBuilder;
pub use self::consent_link::ConsentLink;
pub use self::error::{LinkError, LinkErrorKind};
pub use self::event::{
    ChannelConsent, ConsentEvent, Consents, Delegate, EventError, EventErrorKind, EventStatus,
    EventUser, Preference, PurposeConsent, VendorConsents,
};
pub use self::parameter::Parameter;
pub use self::pre_authorized::{CreatedLink, DEFAULT_LIFETIME, PreAuthorizedLink};
pub use self::redirect_url::{RedirectError, RedirectErrorKind, RedirectUrl};
pub use self::secrets::{CreateSecret, CreatedSecret};
pub use self::verify::VerifiedLink;
pub use self::verify_error::{LinkVerifyError, LinkVerifyErrorKind};
pub use crate::http_api::{AnswerError, AnswerErrorKind, RequestError, RequestErrorKind};
