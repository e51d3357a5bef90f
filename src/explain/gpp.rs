//! The sections of a GPP string, each explained by its own reader.

use alloc::vec::Vec;

use super::{Options, Span};

/// Adds the spans of the sections of a string that was read.
pub(super) fn put_sections(_text: &str, _options: &Options, _spans: &mut Vec<Span>) {}
