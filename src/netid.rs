//! The browser-based API of the netID Permission Center: a user's identifiers, their `idconsent`
//! and their TC string, read and written for one partner.
//!
//! The source is netID's page "Browser-based API". What it says is marked *documented*; what
//! follows from it without being said is marked *inferred*.
//!
//! | call | request |
//! | --- | --- |
//! | [`ReadPrivacyStatus`] | `GET https://einwilligungsspeicher.netid.de/netid-user-status` |
//! | [`WritePrivacyStatus`] | `POST https://einwilligen.netid.de/netid-permissions` |
//!
//! Both take `q.tapp_id.eq` (the partner's TAPP) and `q.identifier.in` (what to return) in the
//! query, the user's token in the cookie `tpid_sec`, and the `Origin` that the TAPP is registered
//! for (documented). In a browser these two headers are the browser's to set.
//!
//! The answer of netID is an [`Answer`]: what was asked for, or a refusal with a [`StatusCode`].
//! netID has rules for when an identifier may come back:
//! [`SubjectIdentifiers::broken_rules`] says which of them are broken, and
//! [`SubjectIdentifiers::usable`] gives an identifier only if none of its rules is.
//!
//! ```
//! use consent_string::Secret;
//! use consent_string::netid::{
//!     Answer, IdConsent, Identifier, ReadPrivacyStatus, StatusCode, WritePrivacyStatus,
//! };
//! use url::Url;
//!
//! let origin = Url::parse("https://www.example.com")?.origin();
//! let tpid_sec = Secret::new("eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl")?;
//!
//! let read = ReadPrivacyStatus::new("tapp-1", origin.clone(), [Identifier::Tpid]);
//! let request = read.to_http(&tpid_sec)?;
//! assert_eq!(
//!     request.uri(),
//!     "https://einwilligungsspeicher.netid.de/netid-user-status\
//!      ?q.tapp_id.eq=tapp-1&q.identifier.in=TPID",
//! );
//!
//! // The HTTP client of your choice sends it, and gives back a response:
//! let body = br#"{
//!     "status_code": "PERMISSIONS_FOUND",
//!     "subject_identifiers": {"tpid": "user-7"},
//!     "netid_privacy_settings": {"idconsent": {"status": "VALID"}}
//! }"#;
//! match read.read(&http::Response::new(body))? {
//!     Answer::Given(status) => {
//!         assert_eq!(status.subject_identifiers().usable(Identifier::Tpid), Some("user-7"));
//!         assert!(status.settings().iab_tcstring().is_none());
//!     }
//!     Answer::Refused(refusal) if refusal.status_code() == Some(&StatusCode::NoTpid) => {
//!         // No one is logged in at netID on this device.
//!     }
//!     Answer::Refused(_) => {}
//! }
//!
//! let write = WritePrivacyStatus::new("tapp-1", origin, [Identifier::Tpid])
//!     .idconsent(IdConsent::Invalid);
//! assert_eq!(write.to_http(&tpid_sec)?.body(), br#"{"idconsent":"INVALID"}"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod call;
mod identifier;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use crate::http_api::{AnswerError, AnswerErrorKind, RequestError};
pub use answer::{Answer, Refusal, StatusCode};
pub use identifier::{BrokenRule, ETPID_LIFETIME, Identifier, SubjectIdentifiers, etpid_is_alive};
pub use read::{
    IdConsentSetting, PrivacySettings, PrivacyStatus, ReadPrivacyStatus, TcStringSetting,
};
pub use write::{IdConsent, SubjectStatus, WritePrivacyStatus};
/// The crates whose types are in this API.
pub use {http, serde_json, url};
