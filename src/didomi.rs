//! The Didomi Consent String (DCS), versions 1 and 2.
//!
//! ```text
//! BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA . AQAA...QPm . XF22...hB0 ~ CAIS...hBg
//! └─ sections: header, purposes and vendors ────────────────┘   └─ DID ──┘   └─ OUID ┘   └─ signature
//! ```
//!
//! It says what a person chose for Didomi's own vendors and purposes. May a vendor act, for these
//! purposes, on this basis? [`allows`](ConsentStringRef::allows) answers that:
//!
//! ```
//! use consent_string::Buffer;
//! use consent_string::didomi::{ConsentStringRef, LegalBasis, PurposeId, VendorId};
//!
//! const US: VendorId = VendorId::new(130).unwrap();
//! const ADS: PurposeId = PurposeId::new(2).unwrap();
//!
//! let mut buffer = Buffer::new();
//! let cookie = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
//! let consent = ConsentStringRef::parse(cookie, &mut buffer)?;
//! assert!(consent.allows(US, [ADS], LegalBasis::Consent).is_ok());
//! # Ok::<(), consent_string::DecodeError>(())
//! ```
//!
//! Under the GDPR it is the TC string, not this one, that answers for the vendors of IAB Europe's
//! list and the purposes of its framework. Their numbers have nothing to do with the numbers here.
//!
//! A string is its checked text. It is checked once, from end to end, and every answer is read from
//! its bits:
//!
//! - [`ConsentStringRef`] borrows the text and a buffer and allocates nothing: for the hot path.
//! - [`ConsentString`] owns both, and answers the same.
//! - [`Builder`] makes another string; [`Decoded`] is the object of Didomi's samples, for JSON.
//!
//! This crate is not Didomi's. Didomi publishes libraries of its own, in TypeScript, Go and Rust;
//! this one is for services that read strings on every request. Didomi documents the format in part
//! only: the [description of the whole format](self::format) (`docs/format.md` in the source) marks
//! each rule as documented, seen in real strings, or inferred, and so do the types here.

#[cfg(doc)]
#[doc = include_str!("../docs/format.md")]
pub mod format {}

// Floors, each upon those before it.

// Vocabulary.
mod encoding;
mod ids;
mod legal_basis;
mod options;
mod rules;
mod section;
mod section_kind;
mod status;
mod statuses_code;
mod token_characters;
mod version;

// Grammar: reading.
mod bit_field;
mod checked;
mod field;
mod frame;
mod groups;
mod header;
mod section_bits;
mod section_walk;

// Strings.
mod consent_string;
mod getters;
mod section_ref;
mod view;

// Writing.
mod builder;
mod choose_encoding;
mod signature;
mod write_section;

// Meaning.
mod allows;
mod decoded;
mod diff;
mod merge;
mod same_meaning;
#[cfg(feature = "serde")]
mod serde;

#[cfg(feature = "request")]
pub(crate) use checked::Checked;

pub use allows::Refusal;
pub use builder::Builder;
pub use consent_string::ConsentString;
pub use decoded::Decoded;
pub use diff::{Difference, FieldChange};
pub use encoding::{Encoding, SectionForm};
pub use getters::InferredSections;
pub use ids::{PurposeId, VendorId};
pub use legal_basis::LegalBasis;
pub use merge::MergeError;
pub use options::{DecodeOptions, EncodeOptions};
pub use section::{Section, SectionRuns, SectionStatuses};
pub use section_kind::SectionKind;
pub use section_ref::{IdsRef, Iter, Ranges, Runs, SectionRef, Statuses};
pub use status::Status;
pub use statuses_code::{InferredCodes, StatusesCode};
pub use token_characters::TokenCharacters;
pub use version::{Regulation, Version};
pub use view::ConsentStringRef;
