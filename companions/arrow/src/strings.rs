//! Columns of strings, whatever their layout, and how a kernel runs over one.

use std::str::Utf8Error;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{
    Array, ArrayAccessor, ArrayRef, BinaryArray, BinaryViewArray, LargeBinaryArray, new_null_array,
};
use arrow_schema::DataType;
use arrow_select::take::take;

use crate::error::KernelError;

/// A row that is not null: its text, where its bytes are UTF-8.
pub(crate) type Text<'a> = Result<&'a str, Utf8Error>;

/// What a kernel makes of one row after the other.
pub(crate) trait Kernel {
    /// Whether the answer to a text is the same in every row: no argument is a column.
    fn same_in_every_row(&self) -> bool {
        true
    }

    /// Takes the next row, which is that of a number; `None` for null.
    fn row(&mut self, row: usize, text: Option<Text<'_>>) -> Result<(), KernelError>;

    /// The column of results.
    fn finish(self) -> Result<ArrayRef, KernelError>;
}

/// Runs a kernel over a column.
pub(crate) fn run(array: &ArrayRef, mut kernel: impl Kernel) -> Result<ArrayRef, KernelError> {
    if let Some(dictionary) = array.as_any_dictionary_opt() {
        let values = dictionary.values();
        if kernel.same_in_every_row() && values.len() <= dictionary.len() {
            return Ok(take(&run(values, kernel)?, dictionary.keys(), None)?);
        }
        let views: ArrayRef = Arc::new(Strings::new(values)?.into_views());
        return run(&take(&views, dictionary.keys(), None)?, kernel);
    }
    match Strings::new(array)? {
        Strings::Small(texts) => rows(&texts, &mut kernel),
        Strings::Large(texts) => rows(&texts, &mut kernel),
        Strings::Views(texts) => rows(&texts, &mut kernel),
    }?;
    kernel.finish()
}

fn rows<'a, A>(texts: &'a A, kernel: &mut impl Kernel) -> Result<(), KernelError>
where
    &'a A: ArrayAccessor<Item = &'a [u8]>,
{
    for row in 0..texts.len() {
        let text = (!texts.is_null(row)).then(|| std::str::from_utf8(texts.value(row)));
        kernel.row(row, text)?;
    }
    Ok(())
}

/// A column of strings as bytes. Whether they are UTF-8 is asked in each row: a column of `utf8`
/// from elsewhere only says so.
enum Strings {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    Views(BinaryViewArray),
}

impl Strings {
    fn new(array: &ArrayRef) -> Result<Self, KernelError> {
        Ok(match array.data_type() {
            DataType::Utf8 => Self::Small(array.as_string::<i32>().clone().into()),
            DataType::LargeUtf8 => Self::Large(array.as_string::<i64>().clone().into()),
            DataType::Utf8View => Self::Views(array.as_string_view().clone().to_binary_view()),
            DataType::Binary => Self::Small(array.as_binary::<i32>().clone()),
            DataType::LargeBinary => Self::Large(array.as_binary::<i64>().clone()),
            DataType::BinaryView => Self::Views(array.as_binary_view().clone()),
            DataType::Null => {
                let nulls = new_null_array(&DataType::BinaryView, array.len());
                Self::Views(nulls.as_binary_view().clone())
            }
            other => return Err(KernelError::NotStrings(other.clone())),
        })
    }

    /// The same texts, where they are.
    fn into_views(self) -> BinaryViewArray {
        match self {
            Self::Small(texts) => BinaryViewArray::from(&texts),
            Self::Large(texts) => BinaryViewArray::from(&texts),
            Self::Views(texts) => texts,
        }
    }
}
