//! Section 2 is a TC string: the one place where this format meets that one.

use super::DecodeOptions;
use crate::buffer::Buffer;
use crate::error::DecodeError;
use crate::tcf::{self, TcStringRef};

/// Reads the TC string of section 2.
pub(super) fn read<'a>(
    text: &'a str,
    buffer: &'a mut Buffer,
    options: DecodeOptions,
) -> Result<TcStringRef<'a>, DecodeError> {
    options_of(options).decode_ref(text, buffer.room(TcStringRef::buffer_len(text.len())))
}

fn options_of(options: DecodeOptions) -> tcf::DecodeOptions {
    options.tcf.max_text_length(options.max_text_length)
}
