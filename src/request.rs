//! The consent of one request (feature `request`).
//!
//! A request brings strings of several formats, in cookies, in headers or in a bid request. Each
//! is read alone, and keeps its own state: one that can't be read doesn't hide the others.
//!
//! ```
//! use consent_string::decision::Question;
//! use consent_string::request::{Options, Signals, State};
//! use consent_string::Timestamp;
//!
//! let now: Timestamp = "2023-05-01T00:00:00Z".parse()?;
//! let cookies = "theme=dark; euconsent-v2=broken; \
//!     didomi_dcs=BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
//! let consent = Options::new().read(&Signals::from_cookies(cookies).sec_gpc("1"), now);
//!
//! assert!(matches!(consent.didomi(), State::Read(_)));
//! assert!(matches!(consent.tcf(), State::Unreadable(_)));
//! assert!(matches!(consent.gpp(), State::Absent));
//! assert!(consent.gdpr_applies(), "a TC string is there, whether or not it can be read");
//! assert!(consent.gpc());
//!
//! let question = Question::new("didomi:130".parse()?, "didomi:2".parse()?);
//! assert!(consent.permits(question).is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`RequestConsent`] is one small value that owns what it was made of: the texts in one piece of
//! memory, their bits in another. So a service keeps it for the time of the request and asks it
//! as often as it likes; nothing is decoded twice.
//!
//! # The rules
//!
//! None of them is in a specification. They are what services do, and each that could be
//! otherwise is an option whose default is the careful choice.
//!
//! - **Absent, unreadable, "no" and "says nothing of it" stay apart** to the end. A permission
//!   only comes from a readable yes, a withdrawal only from a readable no
//!   ([`Refused::is_withdrawal`](crate::decision::Refused::is_withdrawal)).
//! - A cookie that is there twice with different values can't be read: [`SignalError::NamedTwice`].
//!   An empty value is none (ours).
//! - A string older than [a maximum](Options::max_age), 395 days, counts as none; its age is that
//!   of its last update. Only the old string is dropped.
//! - The GDPR applies as [`gdpr_applies`](RequestConsent::gdpr_applies) says; which TC string
//!   counts, [`tc_string`](RequestConsent::tc_string); the United States,
//!   [`opted_out`](RequestConsent::opted_out).

mod consent;
mod options;
mod read;
#[cfg(feature = "serde")]
mod report;
mod signals;
mod state;
mod tc_choice;

pub use consent::{Contradictions, RequestConsent};
pub use options::{InvalidUsState, Options, UsState, WhenTcStringsDiffer};
#[cfg(feature = "serde")]
pub use report::Report;
pub use signals::{Signal, Signals};
pub use state::{SignalError, State};
pub use tc_choice::{CountingTcString, TcChoice, TcSource};
