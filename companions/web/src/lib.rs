//! The functions of the WASM module. Text comes in, JSON goes out, and what is thrown is JSON too:
//! the objects are those of the command `consent-string` with `--json`.

#![allow(
    clippy::needless_pass_by_value,
    reason = "wasm-bindgen hands over optional text as its own"
)]

mod problem;
mod question;

use std::borrow::Cow;
use std::fmt::Write as _;

use consent_string::any::{AnyString, DecodeOptions, Decoded};
use consent_string::didomi::{self, InferredCodes};
use consent_string::{Format, Timestamp, cookie, explain};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::problem::Problem;
use crate::question::Question;

/// What a string says.
///
/// # Errors
///
/// What is wrong with it, as JSON; this is so for each of the functions.
#[wasm_bindgen]
pub fn decode(
    text: &str,
    format: Option<String>,
    inferred_codes: Option<String>,
) -> Result<String, String> {
    answer(|| Ok(read(text, format, inferred_codes)?.decoded()))
}

/// The canonical string of an object.
///
/// # Errors
///
/// See [`decode`].
#[wasm_bindgen]
pub fn encode(object: &str) -> Result<String, String> {
    answer(|| {
        let string = Decoded::from_json(object, None)?.encode_with_signature()?;
        let mut text = String::new();
        // Only a token is written as late as here.
        write!(text, "{string}")
            .map_err(|_| Problem::new("a text that is too long", "too_long"))?;
        Ok(text)
    })
}

/// Every bit of a string, good or bad.
///
/// # Errors
///
/// See [`decode`]; a bad string is none: its explanation says what is wrong.
#[wasm_bindgen]
pub fn explain(
    text: &str,
    format: Option<String>,
    inferred_codes: Option<String>,
    all: bool,
) -> Result<String, String> {
    answer(|| {
        let options = explain::Options::new().decode(options(inferred_codes.as_deref())?).all(all);
        Ok(options.explain(text, self::format(format.as_deref())?))
    })
}

/// What the framework holds against a TC string at a time, in milliseconds since the epoch.
///
/// # Errors
///
/// See [`decode`].
#[wasm_bindgen]
pub fn violations(text: &str, at: f64) -> Result<String, String> {
    answer(|| {
        let tc = question::tc_string(text)?;
        Ok(tc.violations(time(at)?).map(Violation::from).collect::<Vec<_>>())
    })
}

/// Whether a vendor may, at a time: the question is an object.
///
/// # Errors
///
/// See [`decode`].
#[wasm_bindgen]
pub fn permits(question: &str, at: f64) -> Result<String, String> {
    answer(|| {
        let question: Question = serde_json::from_str(question)?;
        question.answer(time(at)?)
    })
}

/// The consent strings in a `Cookie` header, or the one that the text is, as it stands in a cookie
/// or as it is.
#[must_use]
#[wasm_bindgen]
pub fn strings(text: &str) -> String {
    let mut found: Vec<_> = cookie::known(text)
        .filter_map(|(cookie, value)| {
            let decoded = cookie::decode(value);
            Some(Found {
                name: Some(cookie.name()),
                format: Some(cookie.format()?.name()),
                error: decoded.as_ref().err().map(|error| Problem::new(error, error.name())),
                text: decoded.ok(),
            })
        })
        .collect();
    if found.is_empty() {
        // What is wrong with a text that is in no cookie is its reader's to say.
        let decoded = cookie::decode(text).unwrap_or(Cow::Borrowed(text));
        found.push(Found { name: None, format: None, text: Some(decoded), error: None });
    }
    to_json(&found)
}

#[derive(Serialize)]
struct Violation {
    name: &'static str,
    message: String,
    effect: &'static str,
}

impl From<consent_string::tcf::Violation> for Violation {
    fn from(violation: consent_string::tcf::Violation) -> Self {
        let effect = violation.effect().name();
        Self { name: violation.name(), message: violation.to_string(), effect }
    }
}

#[derive(Serialize)]
struct Found<'t> {
    name: Option<&'static str>,
    format: Option<&'static str>,
    text: Option<Cow<'t, str>>,
    error: Option<Problem>,
}

fn answer<T: Serialize>(call: impl FnOnce() -> Result<T, Problem>) -> Result<String, String> {
    match call() {
        Ok(value) => Ok(to_json(&value)),
        Err(problem) => Err(to_json(&problem)),
    }
}

fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("these values are plain JSON")
}

fn read(
    text: &str,
    format: Option<String>,
    inferred_codes: Option<String>,
) -> Result<AnyString, Problem> {
    let options = options(inferred_codes.as_deref())?;
    Ok(options.decode(text, self::format(format.as_deref())?)?)
}

fn format(name: Option<&str>) -> Result<Option<Format>, Problem> {
    name.map(|name| {
        Format::from_name(name).ok_or_else(|| {
            Problem::new("an unknown format, expected the name of one", "unknown_format")
        })
    })
    .transpose()
}

fn options(inferred_codes: Option<&str>) -> Result<DecodeOptions, Problem> {
    let codes = match inferred_codes {
        None | Some("refuse") => InferredCodes::Refuse,
        Some("listed") => InferredCodes::Listed,
        Some("accept") => InferredCodes::Accept,
        Some(_) => {
            let expected = "inferredCodes: expected refuse, listed or accept";
            return Err(Problem::new(expected, "invalid_option"));
        }
    };
    Ok(DecodeOptions::new().didomi(didomi::DecodeOptions::new().inferred_codes(codes)))
}

/// The time of a number of JavaScript's, which holds the milliseconds of any date exactly.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and what is past the years is refused"
)]
fn time(millis: f64) -> Result<Timestamp, Problem> {
    if millis.is_nan() {
        return Err(Problem::new("at: not a time", "invalid_option"));
    }
    Timestamp::from_unix_millis(millis as i64)
        .map_err(|error| Problem::new(error, "invalid_option"))
}
