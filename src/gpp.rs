//! The IAB GPP string and its sections (feature `gpp`).
//!
//! ```text
//! DBACNY~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA~1YNN
//! └header┘└ section 2: a TC string ─────────────────┘ └ section 6: US Privacy
//! ```
//!
//! A GPP string is a header that lists section IDs, and a section for each. Sections are of
//! many kinds: the TC strings of the European Union and of Canada, the US Privacy string, and
//! one for the United States and for each of twenty states.
//!
//! - [`GppString`] is a value of its own: to keep, compare and print.
//! - [`GppStringRef`] reads the same strings in place, without an allocation: for hot paths.
//!
//! Has this person opted out of the sale of personal data?
//!
//! ```
//! use consent_string::Buffer;
//! use consent_string::gpp::{DataUse, GppSid, GppStringRef, OptOutAnswer};
//!
//! let (gpp, gpp_sid) = ("DBABL~BVQqAAAAAg", "7");
//! let mut buffer = Buffer::new();
//! let gpp = GppStringRef::parse(gpp, &mut buffer)?;
//! let applicable: GppSid = gpp_sid.parse()?;
//! assert_eq!(gpp.opted_out(DataUse::Sale, Some(&applicable)), OptOutAnswer::DidNotOptOut);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is accepted
//!
//! A text that was accepted is printed as it is, byte for byte. Parsing reads the header and
//! checks that there are as many sections as it lists. Each section is read when asked for,
//! and is readable or an error by itself; one that is not known is kept as text.
//!
//! - A character is six bits, and parts may have any number of characters and of bits behind
//!   the last field: platforms fill the last byte in several ways.
//! - What real platforms write against the specification is read where its meaning is beyond
//!   doubt, and told as a [`Finding`].
//! - A version that is not known, a subsection of an undefined type, a core that is too short
//!   and a US Privacy string of another version are errors of their section.
//!
//! The [description of the whole format](self::format) (`docs/gpp.md` in the source) says for
//! every section what its fields are, where writers differ from each other, and which of them
//! this crate follows and why.

#[cfg(doc)]
#[doc = include_str!("../docs/gpp.md")]
pub mod format {}

mod builder;
mod canada;
mod check;
#[cfg(feature = "serde")]
mod decoded;
mod equality;
mod fibonacci_ranges;
mod findings;
mod gpp_string;
mod header;
mod opt_outs;
mod options;
mod padding;
mod parts;
mod rules;
mod section;
mod section_id;
#[cfg(feature = "serde")]
mod serde;
mod sid;
mod tcf_eu;
mod us;
mod values;
mod view;

#[cfg(feature = "request")]
pub(crate) use header::Header;

pub use builder::Builder;
pub use canada::{
    CanadaForm, CanadaPublisher, CanadaRestriction, CanadaRestrictionRef, CanadaRestrictionType,
    CanadaRestrictionsRef, CanadaVendorRanges, CanadaVendorsRef, TcfCanadaBuilder, TcfCanadaRef,
};
#[cfg(feature = "serde")]
pub use decoded::Decoded;
pub use findings::{Finding, FindingKind};
pub use gpp_string::GppString;
pub use header::SectionIds;
pub use opt_outs::{DataUse, OptOutAnswer, OptOuts};
pub use options::DecodeOptions;
pub use padding::Padding;
pub use section::{SectionRef, Sections};
pub use section_id::SectionId;
pub use sid::{GppSid, InvalidGppSid};
pub use us::{UsBuilder, UsField, UsFields, UsSection, UsValue};
pub use values::{
    Consent, Entries, EntriesIter, MspaAnswer, MspaMode, Notice, OptOut, SensitiveData, Value,
};
pub use view::GppStringRef;
