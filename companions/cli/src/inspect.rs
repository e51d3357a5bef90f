//! `inspect`: what strings say.

use consent_string::any::{AnyString, DecodeOptions, Decoded};
use consent_string::cookie::{self, Cookie};
use consent_string::{Format, Timestamp};
use serde::Serialize;
use serde_json::Value;

use crate::args::{Inspect, Reading, Showing};
use crate::failure::Failure;
use crate::output::Output;
use crate::problem::Problem;
use crate::{input, names, page};

pub(crate) fn run(inspect: &Inspect) -> Result<bool, Failure> {
    let lists = names::lists(&inspect.lists)?;
    let options = options(&inspect.reading);
    let at = inspect.at.unwrap_or_else(now);
    show_each(&inspect.showing, inspect.reading.kind.format(), |text, format| {
        let string = options.decode(text, format)?;
        let names = lists.as_ref().map(|lists| names::of(&string, lists));
        Ok(if inspect.showing.json { object(&string, names) } else { page::of(&string, at, names) })
    })
}

/// `ac`: shows AC strings.
pub(crate) fn run_ac(showing: &Showing) -> Result<bool, Failure> {
    show_each(showing, Some(Format::Ac), |text, format| {
        let string = DecodeOptions::new().decode(text, format)?;
        Ok(if showing.json { object(&string, None) } else { page::of(&string, now(), None) })
    })
}

/// Answers each input by what `show` makes of it; with `--cookie`, of each string in it.
fn show_each(
    showing: &Showing,
    wanted: Option<Format>,
    show: impl Fn(&str, Option<Format>) -> Result<String, Problem>,
) -> Result<bool, Failure> {
    let mut output = Output::new(showing.json);
    input::for_each(&showing.inputs, |place, text| {
        let text = match text {
            Ok(text) => text,
            Err(problem) => return output.answer(place, "", Err(problem)),
        };
        if !showing.cookie {
            return output.answer(place, text, show(text, wanted));
        }
        for (format, value) in values(text, wanted) {
            let answer = value.and_then(|value| show(&value, format));
            output.answer(place, text, answer)?;
        }
        Ok(())
    })?;
    output.finish()
}

/// The object of a string, with names behind it where they are asked for.
fn object(string: &AnyString, names: Option<Vec<names::Kind>>) -> String {
    #[derive(Serialize)]
    struct Object {
        #[serde(flatten)]
        string: Decoded,
        #[serde(skip_serializing_if = "Option::is_none")]
        names: Option<Value>,
    }
    let object = Object { string: string.decoded(), names: names.map(names::object) };
    serde_json::to_string(&object).expect("a consent string is plain JSON")
}

/// How strings are read, by the command line.
pub(crate) fn options(reading: &Reading) -> DecodeOptions {
    DecodeOptions::new().didomi(reading.codes.options())
}

/// The strings in a `Cookie` header, or the one that a cookie's value is, with or without its
/// name in front; each with its format, where a name tells it or `wanted` says so.
pub(crate) fn values(
    text: &str,
    wanted: Option<Format>,
) -> Vec<(Option<Format>, Result<String, Problem>)> {
    let decode = |value: &str| match cookie::decode(value) {
        Ok(value) => Ok(value.into_owned()),
        Err(error) => Err(Problem::new(error.to_string(), error.name())),
    };
    let known: Vec<(Cookie, &str)> = cookie::known(text).collect();
    if known.is_empty() {
        // A value alone may have an `=` only where base64 is padded, at its end.
        let named =
            cookie::pairs(text).next().filter(|(_, value)| !value.trim_matches('=').is_empty());
        let value = named.map_or(text, |(_, value)| value);
        return vec![(wanted, decode(value))];
    }
    let strings = known.into_iter().filter_map(|(cookie, value)| Some((cookie.format()?, value)));
    strings
        .filter(|(format, _)| wanted.is_none_or(|wanted| wanted == *format))
        .map(|(format, value)| (Some(format), decode(value)))
        .collect()
}

/// The time of the machine's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(Timestamp::MAX)
}
