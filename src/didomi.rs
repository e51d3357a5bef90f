//! The Didomi Consent String (DCS), versions 1 and 2.
//!
//! ```text
//! BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA . AQAA...QPm . XF22...hB0 ~ CAIS...hBg
//! └─ sections: header, purposes and vendors ────────────────┘   └─ DID ──┘   └─ OUID ┘   └─ signature
//! ```
//!
//! There are two ways to read one, under one grammar:
//!
//! - [`ConsentString`] owns its parts: build, change, compare and print with it.
//! - [`ConsentStringRef`] borrows the text and a buffer, checks the whole string once,
//!   allocates nothing and answers straight from the bits: for the hot path.
//!
//! Both accept and refuse the same strings. Didomi documents the format in part only: the
//! [description of the whole format](self::format) (`docs/format.md` in the source) marks
//! each rule as documented, seen in real strings, or inferred, and so do the types here.

#[cfg(doc)]
#[doc = include_str!("../docs/format.md")]
pub mod format {}

mod builder;
mod choose;
mod consent_string;
mod form;
mod frame;
mod header;
mod ids;
mod keep;
mod options;
mod runs;
mod section;
#[cfg(feature = "serde")]
mod serde;
mod view;
mod walk;
mod write;

pub use builder::Builder;
pub use consent_string::ConsentString;
pub use form::{Encoding, SectionForm, SectionKind, StatusesCode};
pub use header::{Regulation, Version};
pub use ids::{PurposeId, VendorId};
pub use options::{DecodeOptions, EncodeOptions, InferredCodes};
pub use section::{Section, Status};
pub use view::{ConsentStringRef, SectionRef};
