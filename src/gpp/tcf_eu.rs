//! Section 2 is a TC string: the one place where this format meets that one.

use super::DecodeOptions;
use crate::buffer::Buffer;
use crate::error::DecodeError;
#[cfg(feature = "request")]
use crate::error::ParseInError;
use crate::tcf::{self, TcStringRef};

/// Reads the TC string of section 2.
pub(super) fn read<'t, 'b>(
    text: &'t str,
    buffer: &'b mut Buffer,
    options: DecodeOptions,
) -> Result<TcStringRef<'t, 'b>, DecodeError> {
    options_of(options).decode_ref(text, buffer)
}

/// Reads the TC string of section 2 with bytes for its bits, of which there are enough.
#[cfg(feature = "request")]
pub(super) fn read_in<'t, 'b>(
    text: &'t str,
    buffer: &'b mut [u8],
    options: DecodeOptions,
) -> Result<TcStringRef<'t, 'b>, DecodeError> {
    options_of(options).decode_in(text, buffer).map_err(ParseInError::expect_decode)
}

const fn options_of(options: DecodeOptions) -> tcf::DecodeOptions {
    options.tcf.max_text_length(options.max_text_length)
}
