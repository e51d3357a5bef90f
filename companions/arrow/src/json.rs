//! All of each string, as JSON.

use std::sync::Arc;

use arrow_array::{ArrayRef, LargeStringArray};
use arrow_buffer::{Buffer, NullBufferBuilder, OffsetBuffer};
use arrow_schema::ArrowError;
use consent_string::Format;
use consent_string::any::DecodeOptions;

use crate::error::KernelError;
use crate::strings::{Kernel, Text, run};

/// All of each string, as a column of `large_utf8`: the object that the command
/// `inspect --json` prints. Null where the row is null or can't be read.
///
/// Strings are those of a format, or each of the one format that accepts it. Each string is made a
/// value of its own, and ranges are written out as IDs: a row can be many times as long as its
/// string.
///
/// # Errors
///
/// [`KernelError::NotStrings`].
pub fn decode_json(array: &ArrayRef, format: Option<Format>) -> Result<ArrayRef, KernelError> {
    run(array, Json { format, text: Vec::new(), ends: vec![0], good: NullBufferBuilder::new(0) })
}

struct Json {
    format: Option<Format>,
    text: Vec<u8>,
    ends: Vec<i64>,
    good: NullBufferBuilder,
}

impl Kernel for Json {
    fn row(&mut self, _: usize, text: Option<Text<'_>>) -> Result<(), KernelError> {
        let read = |text| DecodeOptions::new().decode(text, self.format).ok();
        let string = text.and_then(Result::ok).and_then(read);
        if let Some(string) = &string {
            serde_json::to_writer(&mut self.text, &string.decoded())
                .map_err(|error| ArrowError::ExternalError(error.into()))?;
        }
        self.ends.push(self.text.len().try_into().expect("a length is less than 2^63"));
        self.good.append(string.is_some());
        Ok(())
    }

    fn finish(mut self) -> Result<ArrayRef, KernelError> {
        let ends = OffsetBuffer::new(self.ends.into());
        let text = Buffer::from_vec(self.text);
        Ok(Arc::new(LargeStringArray::try_new(ends, text, self.good.finish())?))
    }
}
