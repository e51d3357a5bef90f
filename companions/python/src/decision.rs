//! May a vendor act for a purpose, by some strings or by those of a request?

use std::time::Duration;

use consent_string::Timestamp;
use consent_string::cookie::Cookie;
use consent_string::decision::{Allowed, DecidedBy, Question, Refused};
use consent_string::request::{Options, RequestConsent, Signal, Signals};
use consent_string::tcf::LegalBasis;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::border::without_gil;
use crate::lists::{Asked, VendorList};
use crate::text::Text;

const DAY: u64 = 24 * 60 * 60;

/// Whether it is allowed, the basis, the reason against, and who decided.
type Answer = (bool, Option<&'static str>, Option<&'static str>, Option<&'static str>);

/// `at` is in milliseconds since 1970.
#[pyfunction]
pub(crate) fn permits(
    py: Python<'_>,
    tc: Option<Text>,
    dcs: Option<Text>,
    ac: Option<Text>,
    asked: Asked,
    gvl: Option<&Bound<'_, VendorList>>,
    at: i64,
) -> PyResult<Answer> {
    let question = asked.question(py)?;
    let at = time(at)?;
    let gvl = gvl.map(Bound::get);
    without_gil(py, || {
        let strings = [(Signal::Tcf, &tc), (Signal::Didomi, &dcs), (Signal::Ac, &ac)];
        let signals = strings.into_iter().fold(Signals::new(), |signals, (signal, text)| {
            text.as_ref().map_or(signals, |text| signals.text(signal, text))
        });
        // Only a TC string can be too old here.
        let consent = Options::new().didomi_of_any_age().read(&signals, at);
        match ask(&consent, question, gvl) {
            Ok(allowed) => {
                let basis = allowed.basis().map(LegalBasis::name);
                (true, basis, None, Some(allowed.decided_by().name()))
            }
            Err(refused) => {
                (false, None, Some(refused.name()), refused.decided_by().map(DecidedBy::name))
            }
        }
    })
}

/// What a request brings, as Python gives it.
#[derive(FromPyObject)]
pub(crate) struct Given {
    /// `Cookie` headers.
    headers: Vec<Text>,
    /// Cookies by their names.
    cookies: Vec<(String, Text)>,
    /// `Sec-GPC` headers.
    sec_gpc: Vec<Text>,
}

impl Given {
    fn signals(&self) -> Signals<'_> {
        let signals = Signals::new();
        let signals = self.headers.iter().fold(signals, |signals, header| signals.cookies(header));
        let signals = self.cookies.iter().fold(signals, |signals, (name, value)| {
            Cookie::from_name(name).map_or(signals, |cookie| signals.cookie(cookie, value))
        });
        self.sec_gpc.iter().fold(signals, |signals, value| signals.sec_gpc(value))
    }
}

/// The request as JSON.
#[pyfunction]
#[allow(clippy::too_many_arguments, reason = "keyword arguments in Python")]
pub(crate) fn request(
    py: Python<'_>,
    given: Given,
    at: i64,
    max_age_days: u32,
    gdpr: Option<bool>,
    us_state: Option<&str>,
    asked: Option<Asked>,
    gvl: Option<&Bound<'_, VendorList>>,
) -> PyResult<String> {
    let question = asked.map(|asked| asked.question(py)).transpose()?;
    let at = time(at)?;
    let options = Options::new().max_age(Duration::from_secs(u64::from(max_age_days) * DAY));
    let options = gdpr.map_or(options, |applies| options.gdpr(applies));
    let options = match us_state {
        None => options,
        Some(state) => options.us_state(
            state.parse().map_err(|error| PyValueError::new_err(format!("us_state: {error}")))?,
        ),
    };
    let gvl = gvl.map(Bound::get);
    without_gil(py, || {
        let consent = options.read(&given.signals(), at);
        let report = consent.report();
        let report = match question {
            Some(question) => report.permits(ask(&consent, question, gvl)),
            None => report,
        };
        serde_json::to_string(&report).expect("a report is plain JSON")
    })
}

fn ask(
    consent: &RequestConsent,
    question: Question,
    gvl: Option<&VendorList>,
) -> Result<Allowed, Refused> {
    let strings = consent.strings([question.purpose()]);
    gvl.map_or(strings, |list| strings.vendor_list(&list.0)).permits(question)
}

/// A time as the command takes it, in milliseconds since 1970.
#[pyfunction]
pub(crate) fn read_time(text: &str) -> PyResult<i64> {
    let time: Result<Timestamp, _> = text.parse();
    time.map(Timestamp::unix_millis).map_err(wrong_time)
}

fn time(millis: i64) -> PyResult<Timestamp> {
    Timestamp::from_unix_millis(millis).map_err(wrong_time)
}

fn wrong_time(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(format!("at: {error}"))
}
