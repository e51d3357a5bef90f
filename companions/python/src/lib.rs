//! The native part of the Python package `consent_string`: the library, and the kernels over
//! Arrow arrays. What Python users see of it, with its documentation, is in python/consent_string.

#![allow(clippy::needless_pass_by_value, reason = "what is extracted of Python's values is owned")]

mod argument;
mod border;
mod column;
mod decision;
mod errors;
mod kernels;
mod links;
mod lists;
mod strings;
mod text;

use pyo3::prelude::*;

/// The native part of `consent_string`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::column::{Array, ChunkedArray};
    #[pymodule_export]
    use super::decision::{permits, read_time, request};
    #[pymodule_export]
    use super::errors::{ConsentError, InternalError};
    #[pymodule_export]
    use super::kernels::{
        check, decode_json, didomi_header, didomi_status, gpp_opted_out, gpp_sections,
        tcf_allowed_vendors, tcf_disclosed_vendors, tcf_has_vendor_consent, tcf_has_vendor_li,
        tcf_header, tcf_permits, tcf_purposes_consent, tcf_purposes_li,
        tcf_special_feature_opt_ins, tcf_vendors_consent, tcf_vendors_li, us_privacy_opt_out,
    };
    #[pymodule_export]
    use super::links::{sign_link, sign_user_id, verify_link};
    #[pymodule_export]
    use super::lists::VendorList;
    #[pymodule_export]
    use super::strings::{decode, encode, explain};

    #[cfg(feature = "deliberate-panic")]
    #[pymodule_export]
    use super::border::{panic_in_batch, panic_in_call};

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        super::border::keep_panics_quiet();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
