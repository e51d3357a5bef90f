//! Two strings at a time, from arguments, from files and from standard input.

use consent_string::any::{AnyString, DecodeOptions};

use crate::args::{PairSources, Reading};
use crate::failure::Failure;
use crate::input::{self, Place};
use crate::inspect;
use crate::output::Output;
use crate::problem::Problem;

/// Answers for the two arguments, or else for each two lines.
pub(crate) fn answer(
    sources: &PairSources,
    output: &mut Output,
    mut answer: impl FnMut(&str, &str) -> Result<String, Wrong>,
) -> Result<(), Failure> {
    let mut first: Option<(Place, Result<String, Problem>)> = None;
    input::for_each(&sources.inputs, |place, text| {
        let text = text.map(str::to_owned);
        let Some((first_place, before)) = first.take() else {
            first = Some((place.clone(), text));
            return Ok(());
        };
        let (before, after) = match (before, text) {
            (Ok(before), Ok(after)) => (before, after),
            (Err(problem), _) => return output.answer(&first_place, "", Err(problem)),
            (_, Err(problem)) => return output.answer(place, "", Err(problem)),
        };
        match answer(&before, &after) {
            Ok(text) => output.answer(place, &after, Ok(text)),
            Err(Wrong::First(problem)) => output.answer(&first_place, &before, Err(problem)),
            Err(Wrong::Second(problem)) => output.answer(place, &after, Err(problem)),
            Err(Wrong::Both(problem)) => {
                let places = Box::new([first_place, place.clone()]);
                output.answer(&Place::Both(places), "", Err(problem))
            }
        }
    })?;
    match first {
        None => Ok(()),
        Some((place, _)) => {
            let problem = Problem::new("one string alone, expected a second one", "unpaired");
            output.answer(&place, "", Err(problem))
        }
    }
}

/// What is wrong with the first or the second of two strings, or with both together.
pub(crate) enum Wrong {
    First(Problem),
    Second(Problem),
    Both(Problem),
}

/// Reads two strings.
pub(crate) fn read(
    options: &DecodeOptions,
    reading: &Reading,
    cookie: bool,
    [before, after]: [&str; 2],
) -> Result<[AnyString; 2], Wrong> {
    let read = |text: &str| -> Result<AnyString, Problem> {
        let format = reading.kind.format();
        if !cookie {
            return Ok(options.decode(text, format)?);
        }
        match &inspect::values(text, format)[..] {
            [(format, value)] => {
                Ok(options.decode(value.as_ref().map_err(Clone::clone)?, *format)?)
            }
            values => {
                let message = format!("{} strings, expected one cookie", values.len());
                Err(Problem::new(message, "not_one_cookie"))
            }
        }
    };
    Ok([read(before).map_err(Wrong::First)?, read(after).map_err(Wrong::Second)?])
}
