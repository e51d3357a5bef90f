//! Codec for the Didomi Consent String.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(any(feature = "digest", feature = "netid", feature = "algonomy"))]
mod secret;

mod bits;
mod error;
mod id;
pub mod id_set;
#[cfg(feature = "serde")]
mod serde_impls;
mod text;
mod time;

pub mod didomi;

#[cfg(feature = "algonomy")]
pub mod algonomy;
#[cfg(feature = "digest")]
pub mod digest;
#[cfg(feature = "link")]
pub mod link;
#[cfg(feature = "netid")]
pub mod netid;
#[cfg(feature = "tcf")]
pub mod tcf;

#[cfg(any(feature = "digest", feature = "netid", feature = "algonomy"))]
pub use secret::{EmptySecret, Secret};

pub use error::{DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Segment};
pub use id::{Id, InvalidId, PurposeId, VendorId};
pub use id_set::{IdRange, IdSet};
pub use text::MAX_TEXT_LENGTH;
pub use time::{Timestamp, TimestampError};
