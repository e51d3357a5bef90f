//! The lists that say who the numbers are, and what vendors declare.

use consent_string::decision::{InvalidName, Purpose, Question, Vendor};
use consent_string::gvl;
use consent_string::numeric_ids::{NamedId, NumericIds, NumericIdsPage};
use consent_string_arrow::legal_basis;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::border::without_gil;
use crate::errors::Told;

/// The Global Vendor List, read once.
#[pyclass(module = "consent_string", frozen)]
pub(crate) struct VendorList(pub(crate) gvl::VendorList);

#[pymethods]
impl VendorList {
    #[new]
    fn new(py: Python<'_>, json: &[u8]) -> PyResult<Self> {
        let list = without_gil(py, || gvl::VendorList::parse(json))?;
        list.map(Self).map_err(|error| Told::new(&error, error.kind().name()).into_exception(py))
    }

    /// The list's version.
    #[getter]
    fn version(&self) -> u16 {
        self.0.version()
    }

    fn __repr__(&self) -> String {
        format!("<consent_string.VendorList of version {}>", self.0.version())
    }
}

/// A question as Python asks it. `partners` and `purposes` are answers of Didomi's API.
#[derive(FromPyObject)]
pub(crate) struct Asked {
    vendor: String,
    purpose: String,
    basis: Option<String>,
    flexible: bool,
    partners: Vec<Vec<u8>>,
    purposes: Vec<Vec<u8>>,
}

impl Asked {
    /// The question, with text IDs looked up.
    pub(crate) fn question(self, py: Python<'_>) -> PyResult<Question> {
        let wrong = |argument: &'static str| {
            move |error: InvalidName| PyValueError::new_err(format!("{argument}: {error}"))
        };
        let (partners, purposes) =
            without_gil(py, || Ok::<_, Told>((table(&self.partners)?, table(&self.purposes)?)))?
                .map_err(|error| error.into_exception(py))?;
        let vendor = Vendor::from_text(&self.vendor, &partners).map_err(wrong("vendor"))?;
        let purpose = Purpose::from_text(&self.purpose, &purposes).map_err(wrong("purpose"))?;
        let question = Question::new(vendor, purpose);
        let question = match self.basis.as_deref() {
            None => question,
            Some(name) => question.on(legal_basis(name)
                .ok_or_else(|| PyValueError::new_err("basis: expected consent or li"))?),
        };
        Ok(if self.flexible { question.flexible() } else { question })
    }
}

/// The table of some pages.
fn table<I: NamedId>(pages: &[Vec<u8>]) -> Result<NumericIds<I>, Told> {
    let mut table = NumericIds::new();
    for page in pages {
        let page =
            NumericIdsPage::parse(page).map_err(|error| Told::new(&error, error.kind().name()))?;
        page.add_to(&mut table).map_err(|error| Told::new(&error, error.name()))?;
    }
    Ok(table)
}
