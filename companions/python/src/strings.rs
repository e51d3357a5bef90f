//! One string at a time. Objects go to and from Python as JSON, which Python's own reader and
//! writer turn into dictionaries.

use consent_string::any::{DecodeOptions, Decoded};
use consent_string::explain::Options;
use pyo3::prelude::*;

use crate::border::without_gil;
use crate::errors::Told;
use crate::kernels::format;
use crate::text::Text;

#[pyfunction]
pub(crate) fn decode(py: Python<'_>, text: Text, kind: &str) -> PyResult<String> {
    let format = format(kind)?;
    let json = without_gil(py, || {
        let string = DecodeOptions::new().decode(&text, format)?;
        Ok(serde_json::to_string(&string.decoded()).expect("a consent string is plain JSON"))
    })?;
    json.map_err(|error: Told| error.into_exception(py))
}

#[pyfunction]
pub(crate) fn encode(py: Python<'_>, json: Text, kind: &str) -> PyResult<String> {
    let format = format(kind)?;
    let text = without_gil(py, || {
        let string = Decoded::from_json(&json, format)?.encode_with_signature()?;
        Ok(string.to_string())
    })?;
    text.map_err(|error: Told| error.into_exception(py))
}

#[pyfunction]
pub(crate) fn explain(py: Python<'_>, text: Text, kind: &str, all: bool) -> PyResult<String> {
    let format = format(kind)?;
    without_gil(py, || {
        let explanation = Options::new().all(all).explain(&text, format);
        serde_json::to_string(&explanation).expect("an explanation is plain JSON")
    })
}
