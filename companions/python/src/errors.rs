//! The package's exceptions.

use consent_string::EncodeError;
use consent_string::any::{JsonError, StringError};
use consent_string_arrow::KernelError;
use pyo3::create_exception;
use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;

create_exception!(
    consent_string,
    ConsentError,
    PyValueError,
    "A string or a list that can't be read, an object that no string says, or a link that is not \
     genuine.\n\nNeither the message nor an attribute shows the input."
);

create_exception!(
    consent_string,
    InternalError,
    PyRuntimeError,
    "A bug in this package: its own checks failed. The message says where, and shows no data."
);

/// What a `ConsentError` tells.
pub(crate) struct Told {
    message: String,
    kind: &'static str,
    segment: Option<&'static str>,
    bit: Option<usize>,
}

impl Told {
    /// An error of a kind that no place goes with.
    pub(crate) fn new(message: &impl ToString, kind: &'static str) -> Self {
        Self { message: message.to_string(), kind, segment: None, bit: None }
    }

    pub(crate) fn into_exception(self, py: Python<'_>) -> PyErr {
        let error = ConsentError::new_err(self.message);
        let value = error.value(py);
        let attributes = [
            value.setattr("kind", self.kind),
            value.setattr("segment", self.segment),
            value.setattr("bit", self.bit),
        ];
        attributes.into_iter().find_map(Result::err).unwrap_or(error)
    }
}

impl From<StringError> for Told {
    fn from(error: StringError) -> Self {
        Self {
            message: error.to_string(),
            kind: error.kind_name(),
            segment: error.segment_name(),
            bit: error.bit_offset(),
        }
    }
}

impl From<JsonError> for Told {
    fn from(error: JsonError) -> Self {
        Self::new(&error, error.kind().name())
    }
}

impl From<EncodeError> for Told {
    fn from(error: EncodeError) -> Self {
        Self::new(&error, error.kind().name())
    }
}

/// The exception of a kernel that was not run: a `TypeError`, or a `ValueError`.
pub(crate) fn of_kernel(error: &KernelError) -> PyErr {
    let message = error.to_string();
    match error {
        error if error.is_type() => PyTypeError::new_err(message),
        KernelError::Arrow(_) => PyRuntimeError::new_err(message),
        _ => PyValueError::new_err(message),
    }
}
