//! Texts of Python's.

use std::ops::Deref;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// A text that can be a person's, or a secret. Python's own error for one with lone surrogates,
/// `UnicodeEncodeError`, holds all of it; this one's holds nothing.
pub(crate) struct Text(String);

impl Text {
    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'py> FromPyObject<'_, 'py> for Text {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let text = object.cast::<PyString>()?;
        let text = text.to_str().map_err(|_| PyValueError::new_err("a text with lone surrogates"));
        text.map(|text| Self(text.to_owned()))
    }
}
