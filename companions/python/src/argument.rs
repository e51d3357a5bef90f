//! Arguments of kernels: values, or columns.

use std::any::TypeId;

use arrow_array::{Array as _, ArrayRef};
use consent_string_arrow::{Argument, KernelError, Parameter};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyInt};

use crate::column::{arrow_of, whole};

fn wants<V: 'static, T: 'static>() -> bool {
    TypeId::of::<V>() == TypeId::of::<T>()
}

/// An argument as Python gives it.
pub(crate) enum Given<P> {
    One(P),
    Each(ArrayRef),
}

impl<P: Parameter> Given<P> {
    /// The argument of a Python value, or of a column.
    pub(crate) fn new<'py, V>(
        value: &Bound<'py, PyAny>,
        read: impl FnOnce(V) -> Option<P>,
    ) -> PyResult<Self>
    where
        V: for<'a> FromPyObject<'a, 'py> + 'static,
    {
        let message = || format!("{}: expected {}", P::NAME, P::EXPECTED);
        let wrong = || PyValueError::new_err(message());
        // True is an int to Python.
        let is_bool = value.is_instance_of::<PyBool>();
        if !is_bool || wants::<V, bool>() {
            if let Ok(value) = value.extract::<V>() {
                return read(value).map(Self::One).ok_or_else(wrong);
            }
        }
        if let Some(column) = arrow_of(value)? {
            return whole(&column, P::NAME).map(Self::Each);
        }
        if wants::<V, i64>() && !is_bool && value.is_instance_of::<PyInt>() {
            // One that is too large for any.
            return Err(wrong());
        }
        Err(PyTypeError::new_err(format!("{}, or a column", message())))
    }

    /// The name of a column, and how many rows it has.
    pub(crate) fn length(&self) -> Option<(&'static str, usize)> {
        match self {
            Self::One(_) => None,
            Self::Each(column) => Some((P::NAME, column.len())),
        }
    }

    /// The argument of some rows behind others.
    pub(crate) fn rows(&self, before: usize, rows: usize) -> Result<Argument<P>, KernelError> {
        match self {
            Self::One(value) => Ok(Argument::One(value.clone())),
            Self::Each(column) => {
                let rest = column.len().saturating_sub(before);
                Argument::each(&column.slice(column.len() - rest, rest.min(rows)))
            }
        }
    }
}
