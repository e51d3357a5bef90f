//! What is wrong with each string.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::StringBuilder;
use consent_string::any::DecodeOptions;
use consent_string::{Buffer, Format};

use crate::error::KernelError;
use crate::strings::{Kernel, Text, run};

/// What is wrong with each string, as a column of `utf8`: the name of the error's kind, or null
/// where the string is good. Null rows stay null.
///
/// Strings are those of a format, or each of the one format that accepts it. A row of bytes that
/// are no UTF-8 is `not_utf8`.
///
/// # Errors
///
/// [`KernelError::NotStrings`].
pub fn check(array: &ArrayRef, format: Option<Format>) -> Result<ArrayRef, KernelError> {
    run(array, Check { format, buffer: Buffer::new(), kinds: StringBuilder::new() })
}

struct Check {
    format: Option<Format>,
    buffer: Buffer,
    kinds: StringBuilder,
}

impl Kernel for Check {
    fn row(&mut self, _: usize, text: Option<Text<'_>>) -> Result<(), KernelError> {
        let options = DecodeOptions::new();
        self.kinds.append_option(match text {
            None => None,
            Some(Err(_)) => Some("not_utf8"),
            Some(Ok(text)) => {
                let checked = options.check(text, self.format, &mut self.buffer);
                checked.err().map(|error| error.kind_name())
            }
        });
        Ok(())
    }

    fn finish(mut self) -> Result<ArrayRef, KernelError> {
        Ok(Arc::new(self.kinds.finish()))
    }
}
