//! Section 2 is a TC string: the one place where this format meets that one.

use super::DecodeOptions;
use crate::buffer::Buffer;
use crate::error::DecodeError;
use crate::tcf::TcStringRef;

/// Reads the TC string of section 2.
pub(super) fn read<'t, 'b>(
    text: &'t str,
    buffer: &'b mut Buffer,
    options: DecodeOptions,
) -> Result<TcStringRef<'t, 'b>, DecodeError> {
    options.tcf.max_text_length(options.max_text_length).decode_ref(text, buffer)
}
