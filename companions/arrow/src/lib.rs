//! Kernels over Arrow arrays of consent strings: a column of strings in, a column of answers out.
//!
//! ```
//! use std::sync::Arc;
//!
//! use arrow_array::cast::AsArray;
//! use arrow_array::{Array, ArrayRef, StringArray};
//! use consent_string::tcf::VendorId;
//! use consent_string_arrow::{Argument, tcf};
//!
//! let strings: ArrayRef = Arc::new(StringArray::from(vec![
//!     Some("COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA"),
//!     Some("no consent string"),
//!     None,
//! ]));
//! let vendor = Argument::One(VendorId::new(7).unwrap());
//! let consent = tcf::has_vendor_consent(&strings, &vendor)?;
//! assert!(consent.as_boolean().value(0));
//! assert!(consent.is_null(1) && consent.is_null(2));
//! # Ok::<(), consent_string_arrow::KernelError>(())
//! ```
//!
//! # What comes in
//!
//! Columns of `utf8`, `large_utf8`, `utf8_view`, or `null`, and dictionaries of them: each value of
//! a dictionary is read once, where it has no more values than rows. Columns of `binary`,
//! `large_binary` and `binary_view` are taken as well; bytes that are no UTF-8 are a bad row.
//!
//! # What comes out
//!
//! One row for each: null where the row is null, and null where the string can't be read; [`check`]
//! tells the two apart. A bad row is never an error. An error is for a column of another type, and
//! for arguments that are wrong.
//!
//! Strings are read in place, in one buffer for the whole column: nothing is allocated for a row
//! but its result. [`decode_json`] is the exception.

mod argument;
mod check;
pub mod didomi;
mod error;
pub mod gpp;
mod header;
mod id_lists;
mod json;
mod names;
mod strings;
pub mod tcf;

pub use argument::{
    Argument, DidomiId, Flexible, Parameter, Section, Sid, data_use, legal_basis, section,
};
pub use check::check;
pub use error::KernelError;
pub use json::decode_json;
