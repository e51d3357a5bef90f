//! The IAB TC string, version 2, of policies up to TCF 2.3 (feature `tcf`).
//!
//! ```text
//! CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA
//! └─────────────────── core ─────────────────┘ └ disclosed vendors┘ └publisher ┘
//! ```
//!
//! May this vendor show this person personalised ads, now? On a hot path, without an allocation:
//!
//! ```
//! use consent_string::tcf::{LegalBasis, LegalBasisRules, TcStringRef, VendorId, purposes};
//! use consent_string::{Buffer, Timestamp};
//!
//! const US: VendorId = VendorId::new(755).unwrap();
//!
//! fn may_we(cookie: &str, now: Timestamp, buffer: &mut Buffer) -> bool {
//!     let declared = LegalBasisRules::new(LegalBasis::Consent);
//!     TcStringRef::parse(cookie, buffer).is_ok_and(|tc| {
//!         tc.valid_at(now).is_ok_and(|tc| {
//!             tc.permits(US, purposes::SELECT_PERSONALISED_ADS, declared).is_ok()
//!         })
//!     })
//! }
//!
//! let mut buffer = Buffer::new();
//! let now: Timestamp = "2020-03-10T12:00:00Z".parse()?;
//! assert!(!may_we("COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA", now, &mut buffer));
//! # Ok::<(), consent_string::TimestampError>(())
//! ```
//!
//! A vendor's bit alone permits nothing: the purpose, the publisher's restrictions, the
//! disclosed vendors and the framework's own rules of validity decide too. So there are three
//! questions, each with its own answers:
//!
//! 1. Is the text of the format? [`TcStringRef::parse`] and [`TcString::parse`] say it, with
//!    what is wrong and where.
//! 2. Is the string valid now? [`TcString::valid_at`] says it, by [`ValidityRules`];
//!    [`TcString::violations`] lists all that speaks against the string.
//! 3. May a vendor process for a purpose? [`Valid::permits`] says it, with the first reason
//!    against.
//!
//! # Which type?
//!
//! - [`TcString`] keeps its text: to store, compare, print, and to make changed ones of.
//! - [`TcStringRef`] reads the same strings in place, without an allocation: for hot paths.
//! - [`Decoded`] is what a string says, field by field: serde's object of it. Strings
//!   themselves serialize as text.
//!
//! ```
//! use consent_string::tcf::TcString;
//!
//! let text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
//! let consent: TcString = text.parse()?;
//! assert_eq!(consent.created().to_string(), "2020-03-09T19:11:31.300Z");
//! assert_eq!(consent.cmp_id(), 888);
//! assert_eq!(consent.consent_language().unwrap().as_str(), "EN");
//! assert_eq!(consent.vendors_consent().to_set().to_string(), "1-10");
//! let restriction = consent.publisher_restrictions().next().unwrap();
//! assert_eq!(restriction.vendors().to_set().to_string(), "32");
//! # Ok::<(), consent_string::DecodeError>(())
//! ```
//!
//! # What is accepted
//!
//! A text that was accepted is printed as it is, byte for byte. Where the specification is
//! silent, [`DecodeOptions`] has a stricter choice beside the default, and each leniency by its
//! own name.
//!
//! - Created and `LastUpdated` may be any times, `TcfPolicyVersion` any number.
//! - A character is six bits. A segment may have any number of characters, and any number of
//!   zero bits behind its last field: platforms differ in how they fill the last byte.
//! - The segments behind the core come in any order, each once.
//! - Vendors past `MaxVendorId`, and ranges that overlap or don't rise, are read as what they
//!   say; the vendor 0 and reversed ranges are errors.
//!
//! Memory is bounded by the text: a [`TcString`] needs the text and its bits, less than two
//! bytes for each character and some 300 for the whole. Sets that are copied out of it are kept
//! as ranges that neither overlap nor touch.

// Floors, each upon those before it.

// Vocabulary.
mod ids;
mod letters;
mod options;
mod publisher_tc;
pub mod purposes;
mod restriction;
mod small_set;
pub mod special_features;
pub mod special_purposes;

// Grammar: reading.
mod checked;
mod fields;
mod frame;
mod header;
mod restrictions;
mod rules;
mod vendors;

// Strings.
mod getters;
mod tc_string;
mod view;

// Writing.
mod builder;
mod write;

// Meaning.
mod decoded;
mod diff;
mod permits;
mod restricted;
mod same_meaning;
#[cfg(feature = "serde")]
mod serde;
mod validity;
mod violation;

#[cfg(feature = "request")]
pub(crate) use checked::Checked;
#[cfg(feature = "gpp")]
pub(crate) use diff::small_changes;
#[cfg(feature = "gpp")]
pub(crate) use restricted::{restricted, restricted_changes};

pub use builder::Builder;
pub use decoded::Decoded;
pub use diff::{Difference, FieldChange, RestrictionChange};
pub use ids::{
    CustomPurposeId, FeatureId, PurposeId, SmallId, SpecialFeatureId, SpecialPurposeId, VendorId,
};
pub use letters::{InvalidLetters, Letters};
pub use options::DecodeOptions;
pub use permits::{LegalBasis, LegalBasisRules, Refusal, Valid};
pub use publisher_tc::PublisherTc;
pub use restriction::{Restriction, RestrictionType};
pub use restrictions::{RestrictionRef, Restrictions};
pub use small_set::{SmallIds, SmallSet};
pub use tc_string::TcString;
pub use validity::{ValidityRules, Violations};
pub use vendors::{VendorRanges, Vendors, VendorsRef};
pub use view::TcStringRef;
pub use violation::{Effect, Invalid, Violation};
