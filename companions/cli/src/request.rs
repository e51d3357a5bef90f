//! `request`: the consent of requests.

use std::time::Duration;

use consent_string::decision::Question;
use consent_string::request::{Options, Signals};

use crate::args::{Request, YesNo};
use crate::failure::Failure;
use crate::input;
use crate::inspect::now;
use crate::lists::Lists;
use crate::output::Output;
use crate::permits::ask;

const DAY: u64 = 24 * 60 * 60;

/// The headers of one request, as far as they are read.
#[derive(Default)]
struct Headers {
    cookie: Option<String>,
    sec_gpc: Option<String>,
}

pub(crate) fn run(request: &Request) -> Result<bool, Failure> {
    let lists = Lists::read(&request.lists)?;
    let question = match (&request.vendor, &request.purpose) {
        (Some(vendor), Some(purpose)) => Some(lists.question(vendor, purpose, &request.asking)?),
        _ => None,
    };
    let mut output = Output::new(true);
    let mut headers = Headers::default();
    // A file without a line is a request without consent; empty lines behind one are none.
    let mut is_open = true;
    let print = |output: &mut Output, headers: &mut Headers| {
        let headers = std::mem::take(headers);
        output.line(&object(request, &lists, question, &headers)?)
    };
    input::for_each(&request.inputs, |place, line| {
        let line = match line {
            Ok(line) => line,
            Err(problem) => return output.answer(place, "", Err(problem)),
        };
        let (name, value) = header(line);
        let slot = match name {
            Name::Cookie => &mut headers.cookie,
            Name::SecGpc => &mut headers.sec_gpc,
            Name::Other => return Ok(()),
            Name::None if is_open => {
                is_open = false;
                return print(&mut output, &mut headers);
            }
            Name::None => return Ok(()),
        };
        let is_next = slot.is_some();
        if is_next {
            print(&mut output, &mut headers)?;
        }
        is_open = true;
        match name {
            Name::SecGpc => headers.sec_gpc = Some(value.to_owned()),
            _ => headers.cookie = Some(value.to_owned()),
        }
        Ok(())
    })?;
    if is_open {
        print(&mut output, &mut headers)?;
    }
    output.finish()
}

/// What a line is.
enum Name {
    Cookie,
    SecGpc,
    Other,
    /// An empty line, which ends a request.
    None,
}

/// The name and the value of a header; a line without a name is a `Cookie` header.
fn header(line: &str) -> (Name, &str) {
    if line.trim().is_empty() {
        return (Name::None, "");
    }
    let is_token = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match line.split_once(':') {
        Some((name, value)) if name.eq_ignore_ascii_case("cookie") => (Name::Cookie, value.trim()),
        Some((name, value)) if name.eq_ignore_ascii_case("sec-gpc") => {
            (Name::SecGpc, value.trim_matches([' ', '\t']))
        }
        Some((name, _)) if is_token(name) => (Name::Other, ""),
        _ => (Name::Cookie, line),
    }
}

fn object(
    request: &Request,
    lists: &Lists,
    question: Option<Question>,
    headers: &Headers,
) -> Result<String, Failure> {
    let signals = Signals::from_cookies(headers.cookie.as_deref().unwrap_or_default())
        .sec_gpc(headers.sec_gpc.as_deref().unwrap_or_default());
    let consent = options(request).read(&signals, request.asking.at.unwrap_or_else(now));
    let report = consent.report();
    let report = match question {
        Some(question) => report.permits(ask(&consent, lists, question)),
        None => report,
    };
    Ok(serde_json::to_string(&report)?)
}

fn options(request: &Request) -> Options {
    let options = Options::new().didomi(request.codes.options());
    let options = match request.max_age {
        Some(days) => options.max_age(Duration::from_secs(u64::from(days) * DAY)),
        None => options,
    };
    let options = match request.gdpr {
        Some(applies) => options.gdpr(applies == YesNo::Yes),
        None => options,
    };
    request.us_state.map_or(options, |state| options.us_state(state))
}
