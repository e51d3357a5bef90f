//! Where Python ends and Rust starts: the GIL is released, and a panic becomes an exception.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

use pyo3::prelude::*;

use crate::errors::InternalError;

thread_local! {
    /// Where this thread panicked last.
    static PLACE: Cell<Option<String>> = const { Cell::new(None) };
}

/// Makes panics in this module print nothing: a panic's message could show a string. Where it
/// was, the exception says.
pub(crate) fn keep_panics_quiet() {
    panic::set_hook(Box::new(|panic| {
        PLACE.set(panic.location().map(ToString::to_string));
    }));
}

/// Does work without the GIL. A panic is an `InternalError`.
pub(crate) fn without_gil<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| {
        panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
            let place = PLACE.take().unwrap_or_default();
            InternalError::new_err(format!("a bug in consent_string: panic at {place}"))
        })
    })
}

/// Panics in a call, to test what becomes of it.
#[cfg(feature = "deliberate-panic")]
#[pyfunction]
pub(crate) fn panic_in_call(py: Python<'_>, text: &str) -> PyResult<()> {
    without_gil(py, || panic!("{text}"))
}

/// Panics in the last row of a column, to test what becomes of it.
#[cfg(feature = "deliberate-panic")]
#[pyfunction]
pub(crate) fn panic_in_batch(array: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    crate::column::map(array, &[], |array, _| {
        let checked = consent_string_arrow::check(array, None)?;
        panic!("behind row {}", checked.len());
    })
}
