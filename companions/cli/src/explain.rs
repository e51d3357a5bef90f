//! `explain`: every bit of a string.

use consent_string::explain::{Explanation, Options};

use crate::args::Explain;
use crate::failure::Failure;
use crate::output::Output;
use crate::problem::Problem;
use crate::{input, inspect, page};

pub(crate) fn run(explain: &Explain) -> Result<bool, Failure> {
    let Explain { inputs, reading, all, json } = explain;
    let options = Options::new().decode(inspect::options(reading)).all(*all);
    let mut output = Output::new(*json);
    let mut is_first = true;
    input::for_each(inputs, |place, text| {
        let text = match text {
            Ok(text) => text,
            Err(problem) => return output.answer(place, "", Err(problem)),
        };
        let explanation = options.explain(text, reading.kind.format());
        if *json {
            if explanation.error.is_some() {
                output.refuse();
            }
            let line = serde_json::to_string(&explanation).expect("an explanation is plain JSON");
            return output.line(&line);
        }
        let Explanation { error, spans, .. } = &explanation;
        if !spans.is_empty() {
            if !std::mem::take(&mut is_first) {
                output.line("")?;
            }
            output.answer(place, text, Ok(page::of_explanation(&explanation, *all)))?;
        }
        match error {
            Some(error) => output.answer(place, text, Err(Problem::from(*error))),
            None => Ok(()),
        }
    })?;
    output.finish()
}
