//! Google's Additional Consent string, which stands beside a TC string: the choices about those
//! of Google's ad tech providers that the Global Vendor List doesn't have.
//!
//! ```text
//! 2~1.35.41.101~dv.9.21.81
//! │ │           └ disclosed: the user was told of these (version 2 only)
//! │ └ consented: the user said yes to these
//! └ version
//! ```
//!
//! | part | in version 1 | in version 2 |
//! | --- | --- | --- |
//! | version | `1` | `2` |
//! | `~`, then the IDs of the providers that the user consented to, with dots between | yes | yes |
//! | `~dv.`, then the IDs of the providers that were disclosed, with dots between | no | yes |
//!
//! Documented by Google: both versions, and what the lists say. Each list may be empty: `1~`,
//! `2~~dv.`. Some writers put the consented IDs into the second list as well, others only the
//! rest; both say the same.
//!
//! Ours, where Google says nothing: an ID is a number from 1 to 4294967295 without zeros in
//! front; a list that has an ID twice is refused unless
//! [an option](ParseOptions::accept_duplicates) accepts it; order doesn't matter; a version 2
//! without `~dv.` is refused, as whoever wrote it may have meant either version.
//!
//! A string is read as a whole and printed as it was read. It counts only beside a TC string:
//! nothing here looks at one.
//!
//! ```
//! use consent_string::ac::{AcString, AcStringRef, ProviderId};
//!
//! // Nothing is allocated.
//! let ac = AcStringRef::parse("2~1.35.41.101~dv.9.21.81")?;
//! let provider = const { ProviderId::new(35).unwrap() };
//! assert!(ac.consented().contains(provider));
//! assert_eq!(ac.disclosed().len(), 7);
//!
//! let ac: AcString = "2~41.1~dv.1.9".parse()?;
//! assert_eq!(ac.as_str(), "2~41.1~dv.1.9");
//! let canonical = AcString::v2(ac.consented(), ac.disclosed())?;
//! assert_eq!(canonical.as_str(), "2~1.41~dv.9");
//! assert!(canonical.says_the_same_as(&ac));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ac_string;
mod decoded;
mod error;
mod grammar;
mod options;
mod provider_id;
mod providers;
#[cfg(feature = "serde")]
mod serde;
mod write;

#[cfg(feature = "request")]
pub(crate) use grammar::Checked;

pub use ac_string::{AcString, AcStringRef};
pub use decoded::Decoded;
pub use error::{ParseError, ParseErrorKind};
pub use grammar::Version;
pub use options::ParseOptions;
pub use provider_id::{InvalidProviderId, ProviderId};
pub use providers::{ProviderIds, Providers};
