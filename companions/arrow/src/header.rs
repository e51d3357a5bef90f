//! Columns of structs with the fields of a header.

/// Declares `$name`, a struct of the builders of some columns, which takes a row's fields from a
/// string.
macro_rules! header {
    ($name:ident of $string:ty {
        $($field:ident: $builder:ty = $new:expr, |$from:ident| $value:expr;)+
    }) => {
        struct $name {
            good: arrow_buffer::NullBufferBuilder,
            $($field: $builder,)+
        }

        impl $name {
            fn new() -> Self {
                Self { good: arrow_buffer::NullBufferBuilder::new(0), $($field: $new,)+ }
            }

            fn append(&mut self, string: Option<&$string>) {
                self.good.append(string.is_some());
                $(self.$field.append_option(string.and_then(|$from| $value));)+
            }

            fn finish(mut self) -> Result<arrow_array::ArrayRef, arrow_schema::ArrowError> {
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
