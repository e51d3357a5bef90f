//! `inspect`: what strings say.

use consent_string::any::DecodeOptions;
use consent_string::cookie::{self, Cookie};
use consent_string::{Format, Timestamp, didomi};

use crate::args::{Inspect, Reading};
use crate::failure::Failure;
use crate::output::Output;
use crate::problem::Problem;
use crate::{input, page};

pub(crate) fn run(inspect: &Inspect) -> Result<bool, Failure> {
    let options = options(&inspect.reading);
    let at = inspect.at.unwrap_or_else(now);
    let show = |text: &str, format: Option<Format>| -> Result<String, Problem> {
        let string = options.decode(text, format)?;
        if inspect.json {
            return Ok(
                serde_json::to_string(&string.decoded()).expect("a consent string is plain JSON")
            );
        }
        Ok(page::of(&string, at))
    };
    let mut output = Output::new(inspect.json);
    let Inspect { sources, reading, cookie, .. } = inspect;
    input::for_each(&sources.strings, &sources.files, |place, text| {
        let text = match text {
            Ok(text) => text,
            Err(problem) => return output.answer(place, "", Err(problem)),
        };
        if !cookie {
            return output.answer(place, text, show(text, reading.kind.format()));
        }
        for (format, value) in values(text, reading.kind.format()) {
            let answer = value.and_then(|value| show(&value, format));
            output.answer(place, text, answer)?;
        }
        Ok(())
    })?;
    output.finish()
}

/// How strings are read, by the command line.
pub(crate) fn options(reading: &Reading) -> DecodeOptions {
    let didomi = didomi::DecodeOptions::new().inferred_codes(reading.inferred_codes.into());
    DecodeOptions::new().didomi(didomi)
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
