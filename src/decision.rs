//! May this vendor, for this purpose? One answer over several strings (feature `request`).
//!
//! No string speaks of every vendor. Each question goes to the string, and to the list, that
//! has the answer:
//!
//! | asked about | who answers | source |
//! | --- | --- | --- |
//! | an IAB vendor, a purpose of IAB's | the TC string, by [`Valid::permits`](crate::tcf::Valid::permits), on the basis that the Global Vendor List names | documented |
//! | a Google provider, a purpose of IAB's | the AC string for the provider, the TC string for the purpose, on consent | documented; that the purpose is asked on consent is ours |
//! | an IAB vendor, a special purpose | the TC string: the vendor is disclosed; and the list: the vendor declares it. A string that doesn't say who was disclosed is a no | documented (TCF 2.3) |
//! | an IAB vendor, a feature | the list: the vendor declares it | ours |
//! | an IAB vendor, a special feature | the list, as above, and the TC string: the user opted in to it, and the vendor was disclosed where the string says who was | ours |
//! | a vendor of Didomi's or of one's own, a purpose of Didomi's or of one's own | the Didomi Consent String for both | documented |
//! | a vendor of Didomi's or of one's own, a purpose of IAB's | the Didomi Consent String for the vendor, the TC string for the purpose | ours |
//! | anything else | nobody: no | ours |
//!
//! A string that is needed and absent, unreadable, too old, from the future or invalid is a no
//! with that reason, and so is one that contradicts another (ours): a Didomi Consent String of
//! another user, or a TC string that is much older than the Didomi Consent String.
//!
//! [`Refused::is_withdrawal`] tells a no of the person's from every other no: only a string that
//! can be read, is young enough and says "no" is one. What was stored may be deleted for that,
//! and for nothing else.
//!
//! ```
//! use consent_string::decision::{DecidedBy, Question, Strings};
//! use consent_string::didomi::ConsentString;
//! use consent_string::Timestamp;
//!
//! let now: Timestamp = "2023-05-01T00:00:00Z".parse()?;
//! let dcs: ConsentString = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA".parse()?;
//! let strings = Strings::new(now).didomi(dcs.view());
//!
//! let question = Question::new("didomi:130".parse()?, "didomi:2".parse()?);
//! assert_eq!(strings.permits(question)?.decided_by(), DecidedBy::Didomi);
//!
//! let question = Question::new("iab:755".parse()?, "iab:1".parse()?);
//! let refused = strings.permits(question).unwrap_err();
//! assert_eq!(refused.name(), "absent");
//! assert_eq!(refused.decided_by(), Some(DecidedBy::Tcf));
//! assert!(!refused.is_withdrawal());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`RequestConsent::permits`](crate::request::RequestConsent::permits) asks the strings of a
//! request. Nothing is allocated where only strings are asked, nor where a list is.

#[cfg(doc)]
#[doc = include_str!("../docs/decisions.md")]
pub mod rules {}

mod answer;
mod permits;
mod question;
#[cfg(feature = "serde")]
mod serde;
mod strings;
mod subject;

pub use answer::{Allowed, DecidedBy, Reason, Refused};
pub use question::Question;
pub use strings::Strings;
pub use subject::{InvalidName, Purpose, Vendor};
