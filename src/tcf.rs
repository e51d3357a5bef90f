//! The IAB TC string, version 2, of policies up to TCF 2.3 (feature `tcf`).
//!
//! ```text
//! CQSbk4AQSbk4ANwAAAENAwCgAAAAAAAAAAYgACPAAAAA.IDKQA4AAgAKAGQAygAAA.YAAAAAAAAAAA
//! └─────────────────── core ─────────────────┘ └ disclosed vendors┘ └publisher ┘
//! ```
//!
//! - [`TcString`] is a value of its own: to keep, compare, print, and to make changed ones of.
//! - [`TcStringRef`] reads the same strings in place, without an allocation: for hot paths.
//!
//! ```
//! use consent_string::tcf::{LegalBasis, LegalBasisRules, PurposeId, TcString, VendorId};
//!
//! let text = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";
//! let consent: TcString = text.parse()?;
//! assert_eq!(consent.created().to_string(), "2020-03-09T19:11:31.300Z");
//! assert_eq!(consent.cmp_id(), 888);
//! assert_eq!(consent.consent_language().as_str(), "EN");
//! assert_eq!(consent.vendors_consent().to_string(), "1-10");
//! assert_eq!(consent.publisher_restrictions()[0].vendors().to_string(), "32");
//!
//! let rules = LegalBasisRules::new(LegalBasis::Consent);
//! let (vendor, purpose) = (VendorId::new(6).unwrap(), PurposeId::new(6).unwrap());
//! assert_eq!(consent.permits(vendor, purpose, rules), Ok(LegalBasis::Consent));
//! # Ok::<(), consent_string::DecodeError>(())
//! ```
//!
//! Decoding asks whether a text is of the format. Whether the string is one that may be used
//! today is another question: [`TcString::validate`] answers it, with the reasons. Whether a
//! vendor may process is a third: [`TcString::permits`].
//!
//! # What is accepted
//!
//! A text that was accepted is printed as it is, byte for byte. Where the specification is
//! silent, [`DecodeOptions`] has a stricter and a more lenient choice beside the default.
//!
//! - Created and `LastUpdated` may be any times, `TcfPolicyVersion` any number.
//! - A character is six bits. A segment may have any number of characters, and any number of
//!   zero bits behind its last field: platforms differ in how they fill the last byte.
//! - The segments behind the core come in any order, each once.
//! - Vendors past `MaxVendorId`, and ranges that overlap or don't rise, are read as what they
//!   say; the vendor 0 and reversed ranges are errors.
//!
//! Memory is bounded by the text: a [`TcString`] needs at most 20 bytes for each character,
//! whatever ranges the text claims, because a set of vendors is kept as ranges that neither
//! overlap nor touch. A [`TcStringRef`] needs none.

mod builder;
mod encode;
mod fields;
mod header;
mod ids;
mod letters;
mod options;
mod parts;
mod permits;
mod publisher_tc;
mod restriction;
mod segment;
#[cfg(feature = "serde")]
mod serde;
mod small_set;
mod tc_string;
mod validity;
mod vendors;
mod view;

pub use builder::Builder;
pub use ids::{CustomPurposeId, PurposeId, SmallId, SpecialFeatureId, VendorId};
pub use letters::{InvalidLetters, Letters};
pub use options::DecodeOptions;
pub use permits::{LegalBasis, LegalBasisRules, Refusal};
pub use publisher_tc::PublisherTc;
pub use restriction::{Restriction, RestrictionRef, RestrictionType, RestrictionsRef};
pub use small_set::{SmallIds, SmallSet};
pub use tc_string::TcString;
pub use validity::{Violation, Violations};
pub use vendors::{VendorRanges, VendorsRef};
pub use view::TcStringRef;
