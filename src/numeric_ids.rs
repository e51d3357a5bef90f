//! Which of Didomi's numbers stands for which vendor or purpose.
//!
//! A Didomi Consent String names vendors and purposes by number, everything else of Didomi's by
//! text: `google`, `geolocation_data`. [`NumericIds`] is the table between the two, made by hand
//! or from the answers of Didomi's API. The numbers are Didomi's own (documented): a vendor's
//! number here is not its number in IAB Europe's Global Vendor List.
//!
//! ```
//! use consent_string::didomi::VendorId;
//! use consent_string::numeric_ids::NumericIds;
//!
//! let google = VendorId::new(2).unwrap();
//! let mut vendors = NumericIds::new();
//! vendors.insert(google, "google")?;
//! assert_eq!(vendors.text(google), Some("google"));
//! assert_eq!(vendors.number("google"), Some(google));
//! assert!(vendors.insert(google, "another").is_err());
//! # Ok::<(), consent_string::numeric_ids::NumericIdsError>(())
//! ```
#![cfg_attr(feature = "numeric-ids", doc = "")]
#![cfg_attr(
    feature = "numeric-ids",
    doc = "[`NumericIdsRequest`] asks Didomi's API for them, page by page (feature `numeric-ids`)."
)]

#[cfg(feature = "numeric-ids")]
mod page;
#[cfg(feature = "numeric-ids")]
mod request;
mod table;

#[cfg(feature = "numeric-ids")]
pub use page::{NumericId, NumericIdsPage};
#[cfg(feature = "numeric-ids")]
pub use request::{NamedId, NumericIdsRequest};
#[cfg(feature = "token")]
pub(crate) use table::CUSTOM_PREFIX;
pub use table::{NumericIds, NumericIdsError, Pairs};

#[cfg(feature = "numeric-ids")]
pub use crate::http_api::{AnswerError, AnswerErrorKind, RequestError};
