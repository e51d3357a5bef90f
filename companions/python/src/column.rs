//! Columns that come in and go out by the Arrow PyCapsule interface.

use std::fmt::Write as _;
use std::sync::Arc;

use arrow_array::{Array as _, ArrayRef, NullArray};
use arrow_schema::{ArrowError, DataType, Field, FieldRef};
use consent_string_arrow::KernelError;
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::PyArrayReader;
use pyo3_arrow::error::PyArrowResult;
use pyo3_arrow::ffi::{
    ArrayIterator, to_array_pycapsules, to_schema_pycapsule, to_stream_pycapsule,
};
use pyo3_arrow::input::AnyArray;

use crate::border::without_gil;
use crate::errors::of_kernel;

/// The results of one array: give it to anything that takes Arrow arrays, as `pyarrow.array`.
#[pyclass(module = "consent_string.arrow", frozen)]
pub(crate) struct Array {
    array: ArrayRef,
    field: FieldRef,
}

/// The results of a stream of arrays: give it to anything that takes Arrow streams, as
/// `pyarrow.chunked_array`.
#[pyclass(module = "consent_string.arrow", frozen)]
pub(crate) struct ChunkedArray {
    chunks: Vec<ArrayRef>,
    field: FieldRef,
}

#[pymethods]
impl Array {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyTuple>> {
        to_array_pycapsules(py, self.field.clone(), &self.array, requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.field.as_ref())
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }

    /// The type and the length, and no data.
    fn __repr__(&self) -> String {
        shown("Array", &self.field, self.array.len())
    }

    /// The same as a `pyarrow.Array`, without a copy.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        py.import(intern!(py, "pyarrow"))?.call_method1(intern!(py, "array"), (slf,))
    }

    /// The same as a list; needs pyarrow.
    fn to_pylist<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::to_pyarrow(slf)?.call_method0(intern!(slf.py(), "to_pylist"))
    }
}

#[pymethods]
impl ChunkedArray {
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyArrowResult<Bound<'py, PyCapsule>> {
        let chunks = self.chunks.clone().into_iter().map(Ok);
        let stream = Box::new(ArrayIterator::new(chunks, self.field.clone()));
        to_stream_pycapsule(py, stream, requested_schema)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyArrowResult<Bound<'py, PyCapsule>> {
        to_schema_pycapsule(py, self.field.as_ref())
    }

    fn __len__(&self) -> usize {
        self.chunks.iter().map(arrow_array::Array::len).sum()
    }

    /// The type and the length, and no data.
    fn __repr__(&self) -> String {
        shown("ChunkedArray", &self.field, self.__len__())
    }

    /// The same as a `pyarrow.ChunkedArray`, without a copy.
    fn to_pyarrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let py = slf.py();
        py.import(intern!(py, "pyarrow"))?.call_method1(intern!(py, "chunked_array"), (slf,))
    }

    /// The same as a list; needs pyarrow.
    fn to_pylist<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        Self::to_pyarrow(slf)?.call_method0(intern!(slf.py(), "to_pylist"))
    }
}

fn shown(name: &str, field: &Field, rows: usize) -> String {
    let mut shown = format!("<consent_string.arrow.{name} of ");
    write!(shown, "{}, {rows} rows>", field.data_type()).expect("a String takes all");
    shown
}

/// Runs a kernel over a column: over an array at once, over a stream one array after the other.
/// The kernel is told how many rows are before the array. `lengths` are those of the arguments that
/// are columns, which must have as many rows.
pub(crate) fn map(
    array: &Bound<'_, PyAny>,
    lengths: &[Option<(&'static str, usize)>],
    kernel: impl Fn(&ArrayRef, usize) -> Result<ArrayRef, KernelError> + Send + Sync,
) -> PyResult<Py<PyAny>> {
    let py = array.py();
    let field = |array: &ArrayRef| Arc::new(Field::new("", array.data_type().clone(), true));
    match import(array, "array")? {
        AnyArray::Array(array) => {
            let (array, _) = array.into_inner();
            check_lengths(lengths, array.len())?;
            let array = run(py, || kernel(&array, 0))?;
            let field = field(&array);
            Ok(Array { array, field }.into_pyobject(py)?.into_any().unbind())
        }
        AnyArray::Stream(stream) => {
            let reader = stream.into_reader()?;
            let empty = arrow_array::new_empty_array(reader.field().data_type());
            let (chunks, field, rows) = run(py, || {
                let (mut chunks, mut before) = (Vec::new(), 0);
                for array in reader {
                    let array = array?;
                    chunks.push(kernel(&array, before).map_err(|error| error.behind(before))?);
                    before += array.len();
                }
                // For its type, where there are no arrays.
                let field = match chunks.first() {
                    Some(chunk) => field(chunk),
                    None => field(&kernel(&empty, before)?),
                };
                Ok((chunks, field, before))
            })?;
            check_lengths(lengths, rows)?;
            Ok(ChunkedArray { chunks, field }.into_pyobject(py)?.into_any().unbind())
        }
    }
}

fn check_lengths(lengths: &[Option<(&'static str, usize)>], expected: usize) -> PyResult<()> {
    let wrong = lengths.iter().flatten().find(|(_, found)| *found != expected);
    wrong.map_or(Ok(()), |&(argument, found)| {
        Err(of_kernel(&KernelError::ArgumentLength { argument, found, expected }))
    })
}

/// All of a column at once.
pub(crate) fn whole(array: &Bound<'_, PyAny>, name: &'static str) -> PyResult<ArrayRef> {
    let arrays = match import(array, name)? {
        AnyArray::Array(array) => return Ok(array.into_inner().0),
        AnyArray::Stream(stream) => {
            let reader = stream.into_reader()?;
            let empty = arrow_array::new_empty_array(reader.field().data_type());
            run(array.py(), || {
                let mut arrays: Vec<ArrayRef> = reader.collect::<Result<_, ArrowError>>()?;
                if arrays.is_empty() {
                    arrays.push(empty);
                }
                Ok(arrays)
            })?
        }
    };
    let arrays: Vec<_> = arrays.iter().map(AsRef::as_ref).collect();
    arrow_select::concat::concat(&arrays).map_err(|error| of_kernel(&error.into()))
}

fn run<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> Result<T, KernelError> + Send,
) -> PyResult<T> {
    without_gil(py, work)?.map_err(|error| of_kernel(&error))
}

fn import(array: &Bound<'_, PyAny>, name: &'static str) -> PyResult<AnyArray> {
    let Some(array) = arrow_of(array)? else {
        return Err(PyTypeError::new_err(format!(
            "{name}: expected Arrow data, an object with __arrow_c_array__ or __arrow_c_stream__, \
             not {}",
            array.get_type().name()?
        )));
    };
    let given = array.extract()?;
    let AnyArray::Stream(stream) = given else { return Ok(given) };
    let field = stream.field_ref()?;
    let Some(rows) = array.len().ok().filter(|_| *field.data_type() == DataType::Null) else {
        return Ok(AnyArray::Stream(stream));
    };
    // Polars gives nulls a buffer, which they have none of by Arrow's rules: they are not read.
    let nulls: ArrayRef = Arc::new(NullArray::new(rows));
    let nulls = ArrayIterator::new([Ok(nulls)], field);
    Ok(AnyArray::Stream(PyArrayReader::new(Box::new(nulls))))
}

/// What of a value speaks Arrow: itself, or for a series of pandas 2, which doesn't yet, what
/// pyarrow makes of it.
pub(crate) fn arrow_of<'py>(value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    let py = value.py();
    if value.hasattr(intern!(py, "__arrow_c_array__"))?
        || value.hasattr(intern!(py, "__arrow_c_stream__"))?
    {
        return Ok(Some(value.clone()));
    }
    let kind = value.get_type();
    if kind.name()? == "Series" && kind.module()?.to_str()?.starts_with("pandas.") {
        return py.import("pyarrow")?.call_method1("array", (value,)).map(Some);
    }
    Ok(None)
}
