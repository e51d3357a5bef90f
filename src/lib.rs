//! Consent strings as typed values, and proof that a signed consent link or user ID is genuine.
//!
//! ```text
//! BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA.AQAACAFkVONkgUIavQPm.XF22...hB0~CAIS...hBg
//! │└ header: version, user ID, dates ┘└ purposes and vendors ─┘ └ device ID ───────┘ └ user ID┘ └ signature
//! └ `B`: version 1
//! ```
//!
//! May vendor 130 act on the user's consent, for purpose 2? On the hot path, without an allocation:
//!
//! ```
//! use consent_string::Buffer;
//! use consent_string::didomi::{ConsentStringRef, LegalBasis, PurposeId, VendorId};
//!
//! const US: VendorId = VendorId::new(130).unwrap();
//! const ADS: PurposeId = PurposeId::new(2).unwrap();
//!
//! let cookie = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
//! let mut buffer = Buffer::new();
//! let consent = ConsentStringRef::parse(cookie, &mut buffer)?;
//! assert!(consent.allows(US, [ADS], LegalBasis::Consent).is_ok());
//! # Ok::<(), consent_string::DecodeError>(())
//! ```
//!
//! # What is here
//!
//! - [`didomi`]: the Didomi Consent String, versions 1 and 2, read, built, changed and written.
//!   Its format is published in part only: [`didomi`] and the format document in the
//!   repository (`docs/format.md`) mark every rule as documented, seen in real strings, or
//!   inferred.
#![cfg_attr(feature = "tcf", doc = "- [`tcf`]: the IAB TC string, version 2.")]
#![cfg_attr(feature = "gpp", doc = "- [`gpp`]: the IAB GPP string and its sections.")]
#![cfg_attr(feature = "gpp", doc = "- [`us_privacy`]: the US Privacy string.")]
#![cfg_attr(feature = "ac", doc = "- [`ac`]: Google's Additional Consent string.")]
#![cfg_attr(feature = "token", doc = "- [`token`]: the `didomi_token`, older than the DCS.")]
#![cfg_attr(
    feature = "token",
    doc = "- [`conversion`]: a `didomi_token` as a Didomi Consent String, and the way back."
)]
//! - [`diff`]: what differs between two strings.
#![cfg_attr(feature = "explain", doc = "- [`explain`]: every bit of a string, with what it says.")]
#![cfg_attr(
    feature = "gvl",
    doc = "- [`gvl`]: IAB Europe's Global Vendor List and its list of platforms."
)]
#![cfg_attr(
    any(feature = "token", feature = "numeric-ids", feature = "request"),
    doc = "- [`numeric_ids`]: which of Didomi's numbers stands for which vendor or purpose."
)]
#![cfg_attr(feature = "request", doc = "- [`request`]: the consent of one request.")]
#![cfg_attr(
    feature = "request",
    doc = "- [`decision`]: may this vendor, for this purpose? One answer over several strings."
)]
#![cfg_attr(
    feature = "digest",
    doc = "- [`digest`]: the digests that authenticate consent links and signed user IDs."
)]
#![cfg_attr(
    feature = "link",
    doc = "- [`link`]: consent links and events, and Didomi's calls that make links and secrets."
)]
#![cfg_attr(feature = "netid", doc = "- [`netid`]: the netID browser API.")]
#![cfg_attr(feature = "algonomy", doc = "- [`algonomy`]: Algonomy Real-time CDP access tokens.")]
//!
//! # What is not
//!
//! No I/O, no clock, no randomness: times come in as arguments, HTTP calls are values that
//! become an `http::Request`, salts and keys are the caller's, vendor lists are read from what the
//! caller has fetched. No consent user interface, no opinion on what the law asks for: the crate
//! says what a string says.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `std` | yes | conversions of [`Timestamp`] from and to `SystemTime` |
//! | `digest` | yes | module `digest`, [`Secret`] |
//! | `link` | | module `link`; brings url, `serde_json` |
//! | `didomi-api` | | `link` and the calls of Didomi's API; needs `std`, brings http |
//! | `tcf` | | module `tcf` |
//! | `gpp` | | modules `gpp` and `us_privacy`; brings `tcf` |
//! | `ac` | | module `ac` |
//! | `token` | | modules `token`, `conversion` and `numeric_ids`; brings `serde_json` |
//! | `gvl` | | module `gvl`; brings `serde_json` |
//! | `request` | | modules `request`, `decision` and `numeric_ids`; brings `gpp` and `ac` |
//! | `numeric-ids` | | the calls of module `numeric_ids`; needs `std`, brings url, http, `serde_json` |
//! | `netid` | | module `netid`; needs `std`, brings url, http, `serde_json` |
//! | `algonomy` | | module `algonomy`; needs `std`, brings url, http, `serde_json` |
//! | `explain` | | module `explain` |
//! | `serde` | | `Serialize` and `Deserialize` for strings, sets, IDs and times |
//!
//! Without `std` the crate is `no_std` with `alloc`.
//!
//! # Errors
//!
//! There is one error type a verb, [`DecodeError`] and [`EncodeError`] before all; each has a
//! `kind()` to match on, whose `name()` goes into logs and metrics. A message names the field,
//! the place and what was expected. It never repeats the input: consent strings are personal
//! data.
//!
//! # Security
//!
//! - Where a choice is between an error and a guess, it is an error: IDs past the limits,
//!   disordered ranges, ones in the fill and undefined codes are refused.
//! - Memory and time are bounded by the input, whatever it says of itself; texts past
//!   [`MAX_TEXT_LENGTH`] are refused before any work.
//! - A consent string that decodes is not thereby genuine: anybody can write one. How Didomi
//!   signs them is not published; `signed_part` and `signature` give a caller who knows the
//!   key what there is to check.
//! - There is no `unsafe` code in the crate.
#![no_std]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(any(
    feature = "didomi-api",
    feature = "netid",
    feature = "algonomy",
    feature = "numeric-ids"
))]
mod http_api;
#[cfg(any(
    feature = "json",
    feature = "link",
    feature = "netid",
    feature = "algonomy",
    feature = "token",
    feature = "numeric-ids",
))]
#[cfg_attr(
    not(any(feature = "link", feature = "netid", feature = "algonomy", feature = "token")),
    allow(dead_code, reason = "strings of any format take objects as a whole")
)]
mod json;
#[cfg(any(feature = "digest", feature = "netid", feature = "algonomy", feature = "numeric-ids",))]
mod secret;

#[cfg(any(doc, doctest))]
#[cfg_attr(feature = "tcf", doc = include_str!("../docs/recipes.md"))]
pub mod recipes {}

mod bits;
mod both_forms;
mod buffer;
mod chunks;
mod error;
mod format;
pub mod ids;
#[cfg(feature = "serde")]
mod serde_impls;
mod shape;
mod text;
mod time;
#[cfg(any(feature = "tcf", feature = "token"))]
mod vendor_section;

pub mod any;
pub mod cookie;
pub mod didomi;
pub mod diff;
#[cfg(feature = "explain")]
pub mod explain;

#[cfg(feature = "ac")]
pub mod ac;
#[cfg(feature = "algonomy")]
pub mod algonomy;
#[cfg(feature = "token")]
pub mod conversion;
#[cfg(feature = "request")]
pub mod decision;
#[cfg(feature = "digest")]
pub mod digest;
#[cfg(feature = "gpp")]
pub mod gpp;
#[cfg(feature = "gvl")]
pub mod gvl;
#[cfg(feature = "link")]
pub mod link;
#[cfg(feature = "netid")]
pub mod netid;
#[cfg(any(feature = "token", feature = "numeric-ids", feature = "request"))]
pub mod numeric_ids;
#[cfg(feature = "request")]
pub mod request;
#[cfg(feature = "tcf")]
pub mod tcf;
#[cfg(feature = "token")]
pub mod token;
#[cfg(feature = "gpp")]
pub mod us_privacy;

#[cfg(any(
    feature = "digest",
    feature = "netid",
    feature = "algonomy",
    feature = "numeric-ids",
))]
pub use secret::{EmptySecret, Secret};

pub use buffer::Buffer;
pub use error::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Hint, ParseInError, Segment,
};
pub use format::Format;
pub use ids::{Id, IdRange, IdSet, InvalidId};
pub use text::MAX_TEXT_LENGTH;
pub use time::{Timestamp, TimestampError};
