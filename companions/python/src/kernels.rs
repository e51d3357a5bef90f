//! The kernels, as Python calls them. python/consent_string/arrow.py documents each.

use arrow_array::Array as _;
use consent_string::gpp::DataUse;
use consent_string::tcf::{LegalBasis, PurposeId, VendorId};
use consent_string::{Format, Timestamp};
use consent_string_arrow::{self as kernels, DidomiId, Flexible, Section, Sid};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::argument::Given;
use crate::column::map;

/// The format of a name; `None` for `auto`.
pub(crate) fn format(kind: &str) -> PyResult<Option<Format>> {
    if kind == "auto" {
        return Ok(None);
    }
    Format::from_name(&kind.replace('-', "_")).map(Some).ok_or_else(|| {
        let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
        PyValueError::new_err(format!("kind: expected auto or one of {}", names.join(", ")))
    })
}

#[pyfunction]
pub(crate) fn check(array: &Bound<'_, PyAny>, kind: &str) -> PyResult<Py<PyAny>> {
    let format = format(kind)?;
    map(array, &[], |array, _| kernels::check(array, format))
}

#[pyfunction]
pub(crate) fn decode_json(array: &Bound<'_, PyAny>, kind: &str) -> PyResult<Py<PyAny>> {
    let format = format(kind)?;
    map(array, &[], |array, _| kernels::decode_json(array, format))
}

/// Kernels that take nothing but strings.
macro_rules! plain {
    ($($name:ident = $kernel:path;)+) => {$(
        #[pyfunction]
        pub(crate) fn $name(array: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
            map(array, &[], |array, _| $kernel(array))
        }
    )+};
}

plain! {
    tcf_header = kernels::tcf::header;
    tcf_vendors_consent = kernels::tcf::vendors_consent;
    tcf_vendors_li = kernels::tcf::vendors_li;
    tcf_purposes_consent = kernels::tcf::purposes_consent;
    tcf_purposes_li = kernels::tcf::purposes_li;
    tcf_special_feature_opt_ins = kernels::tcf::special_feature_opt_ins;
    tcf_disclosed_vendors = kernels::tcf::disclosed_vendors;
    tcf_allowed_vendors = kernels::tcf::allowed_vendors;
    didomi_header = kernels::didomi::header;
    gpp_sections = kernels::gpp::sections;
    us_privacy_opt_out = kernels::gpp::us_privacy_opt_out;
}

#[pyfunction]
pub(crate) fn tcf_has_vendor_consent(
    array: &Bound<'_, PyAny>,
    vendor: &Bound<'_, PyAny>,
) -> PyResult<Py<PyAny>> {
    let vendor = vendor_id(vendor)?;
    map(array, &[vendor.length()], |array, before| {
        kernels::tcf::has_vendor_consent(array, &vendor.rows(before, array.len())?)
    })
}

#[pyfunction]
pub(crate) fn tcf_has_vendor_li(
    array: &Bound<'_, PyAny>,
    vendor: &Bound<'_, PyAny>,
) -> PyResult<Py<PyAny>> {
    let vendor = vendor_id(vendor)?;
    map(array, &[vendor.length()], |array, before| {
        kernels::tcf::has_vendor_li(array, &vendor.rows(before, array.len())?)
    })
}

/// `at` is in milliseconds since 1970.
#[pyfunction]
pub(crate) fn tcf_permits(
    array: &Bound<'_, PyAny>,
    vendor: &Bound<'_, PyAny>,
    purpose: &Bound<'_, PyAny>,
    basis: &Bound<'_, PyAny>,
    flexible: &Bound<'_, PyAny>,
    at: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<PyAny>> {
    let vendor = vendor_id(vendor)?;
    let purpose: Given<PurposeId> =
        Given::new(purpose, |number: i64| PurposeId::try_from(number).ok())?;
    let basis: Given<LegalBasis> = Given::new(basis, |name: String| kernels::legal_basis(&name))?;
    let flexible: Given<Flexible> = Given::new(flexible, |flexible| Some(Flexible(flexible)))?;
    let time = |at: &Bound<'_, PyAny>| {
        Given::new(at, |millis: i64| Timestamp::from_unix_millis(millis).ok())
    };
    let at: Option<Given<Timestamp>> = at.map(time).transpose()?;
    let lengths = [
        vendor.length(),
        purpose.length(),
        basis.length(),
        flexible.length(),
        at.as_ref().and_then(Given::length),
    ];
    map(array, &lengths, |array, before| {
        let rows = array.len();
        let question = kernels::tcf::Question {
            vendor: vendor.rows(before, rows)?,
            purpose: purpose.rows(before, rows)?,
            basis: basis.rows(before, rows)?,
            flexible: flexible.rows(before, rows)?,
            at: at.as_ref().map(|at| at.rows(before, rows)).transpose()?,
        };
        kernels::tcf::permits(array, &question)
    })
}

#[pyfunction]
pub(crate) fn didomi_status(
    array: &Bound<'_, PyAny>,
    section: &Bound<'_, PyAny>,
    id: &Bound<'_, PyAny>,
) -> PyResult<Py<PyAny>> {
    let section: Given<Section> = Given::new(section, |name: String| kernels::section(&name))?;
    let id: Given<DidomiId> = Given::new(id, |number: i64| DidomiId::try_from(number).ok())?;
    map(array, &[section.length(), id.length()], |array, before| {
        let (section, id) = (section.rows(before, array.len())?, id.rows(before, array.len())?);
        kernels::didomi::status(array, &section, &id)
    })
}

#[pyfunction]
pub(crate) fn gpp_opted_out(
    array: &Bound<'_, PyAny>,
    what: &Bound<'_, PyAny>,
    sid: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<PyAny>> {
    let what: Given<DataUse> = Given::new(what, |name: String| kernels::data_use(&name))?;
    // A list for all rows is the caller's, and must be good.
    let list = |list: String| list.parse().ok().map(|sid| Sid(Some(sid)));
    let sid: Option<Given<Sid>> = sid.map(|sid| Given::new(sid, list)).transpose()?;
    let lengths = [what.length(), sid.as_ref().and_then(Given::length)];
    map(array, &lengths, |array, before| {
        let what = what.rows(before, array.len())?;
        let sid = sid.as_ref().map(|sid| sid.rows(before, array.len())).transpose()?;
        kernels::gpp::opted_out(array, &what, sid.as_ref())
    })
}

fn vendor_id(vendor: &Bound<'_, PyAny>) -> PyResult<Given<VendorId>> {
    Given::new(vendor, |number: i64| VendorId::try_from(number).ok())
}
