//! Columns of structs with the fields of a header.

/// Declares `$name`, a kernel that reads each string by `$read` and makes a struct of its fields.
macro_rules! header {
    ($name:ident by $read:path {
        $($field:ident: $builder:ty = $new:expr, |$from:ident| $value:expr;)+
    }) => {
        struct $name {
            buffer: consent_string::Buffer,
            good: arrow_buffer::NullBufferBuilder,
            $($field: $builder,)+
        }

        impl $name {
            fn new() -> Self {
                Self {
                    buffer: consent_string::Buffer::new(),
                    good: arrow_buffer::NullBufferBuilder::new(0),
                    $($field: $new,)+
                }
            }
        }

        impl crate::strings::Kernel for $name {
            fn row(
                &mut self,
                _: usize,
                text: Option<crate::strings::Text<'_>>,
            ) -> Result<(), crate::error::KernelError> {
                let string = $read(text, &mut self.buffer);
                self.good.append(string.is_some());
                $(self.$field.append_option(string.as_ref().and_then(|$from| $value));)+
                Ok(())
            }

            fn finish(mut self) -> Result<arrow_array::ArrayRef, crate::error::KernelError> {
                let columns: Vec<(&str, arrow_array::ArrayRef)> =
                    vec![$((stringify!($field), std::sync::Arc::new(self.$field.finish())),)+];
                let field = |(name, column): &(&str, arrow_array::ArrayRef)| {
                    arrow_schema::Field::new(*name, column.data_type().clone(), true)
                };
                let fields = columns.iter().map(field).collect();
                let columns = columns.into_iter().map(|(_, column)| column).collect();
                let structs =
                    arrow_array::StructArray::try_new(fields, columns, self.good.finish())?;
                Ok(std::sync::Arc::new(structs))
            }
        }
    };
}
pub(crate) use header;

use arrow_array::builder::TimestampMillisecondBuilder;

/// A column of times.
pub(crate) fn times() -> TimestampMillisecondBuilder {
    TimestampMillisecondBuilder::new().with_timezone("UTC")
}
