//! Why a kernel was not run.

use arrow_schema::{ArrowError, DataType};

/// Why a kernel was not run: the call is wrong, not a row's string. Shows types, names and places;
/// never a value.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KernelError {
    /// The column is none of strings.
    #[error("a column of {0}, expected one of strings")]
    NotStrings(DataType),
    /// The column of an argument has another type than the argument.
    #[error("{argument}: a column of {found}, expected {expected}")]
    ArgumentType {
        /// The argument's name.
        argument: &'static str,
        /// The column's type.
        found: DataType,
        /// What the argument is.
        expected: &'static str,
    },
    /// The column of an argument has another length than the column of strings.
    #[error("{argument}: {found} rows, expected {expected} as in the column of strings")]
    ArgumentLength {
        /// The argument's name.
        argument: &'static str,
        /// The argument's length.
        found: usize,
        /// The length of the column of strings.
        expected: usize,
    },
    /// A value of an argument is none that it can have: the vendor 0.
    #[error("{argument} in row {row}: expected {expected}")]
    ArgumentValue {
        /// The argument's name.
        argument: &'static str,
        /// The row, from 0.
        row: usize,
        /// What the argument is.
        expected: &'static str,
    },
    /// The results have more IDs than a list column has room for, 2³¹ - 1.
    #[error("more IDs than a list column has room for, expected fewer rows at once")]
    TooManyIds,
    /// Arrow's own error.
    #[error(transparent)]
    Arrow(#[from] ArrowError),
}

impl KernelError {
    /// The same, for a column that starts `rows` behind the start of all.
    #[must_use]
    pub fn behind(self, rows: usize) -> Self {
        match self {
            Self::ArgumentValue { argument, row, expected } => {
                Self::ArgumentValue { argument, row: row + rows, expected }
            }
            other => other,
        }
    }

    /// Whether a type is wrong, rather than a value.
    #[must_use]
    pub const fn is_type(&self) -> bool {
        matches!(self, Self::NotStrings(_) | Self::ArgumentType { .. })
    }
}
