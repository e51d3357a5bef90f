//! Columns of lists of IDs.

use std::sync::Arc;

use arrow_array::{ArrayRef, ListArray, UInt16Array};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer};
use arrow_schema::{DataType, Field};

use crate::error::KernelError;

/// A column of lists of IDs, or null.
pub(crate) struct IdLists {
    ids: Vec<u16>,
    ends: Vec<i32>,
    good: NullBufferBuilder,
}

impl IdLists {
    pub(crate) fn new() -> Self {
        Self { ids: Vec::new(), ends: vec![0], good: NullBufferBuilder::new(0) }
    }

    /// Adds a row, whose IDs a function appends; null without one.
    pub(crate) fn append(
        &mut self,
        put: Option<impl FnOnce(&mut Vec<u16>)>,
    ) -> Result<(), KernelError> {
        self.good.append(put.is_some());
        if let Some(put) = put {
            put(&mut self.ids);
        }
        self.ends.push(self.ids.len().try_into().map_err(|_| KernelError::TooManyIds)?);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<ArrayRef, KernelError> {
        let item = Arc::new(Field::new_list_field(DataType::UInt16, true));
        let ends = OffsetBuffer::new(self.ends.into());
        let ids = Arc::new(UInt16Array::from(self.ids));
        Ok(Arc::new(ListArray::try_new(item, ends, ids, self.good.finish())?))
    }
}
