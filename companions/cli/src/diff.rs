//! `diff`: what changed between two strings.

use crate::args::Diff;
use crate::failure::Failure;
use crate::inspect;
use crate::output::Output;
use crate::pairs::{self, Wrong};
use crate::problem::Problem;

pub(crate) fn run(diff: &Diff) -> Result<bool, Failure> {
    let Diff { sources, reading, cookie, json } = diff;
    let options = inspect::options(reading);
    let mut output = Output::new(*json);
    let mut differs = false;
    pairs::answer(sources, &mut output, |before, after| {
        let [before, after] = pairs::read(&options, reading, *cookie, [before, after])?;
        let difference = before
            .diff(&after)
            .map_err(|error| Wrong::Both(Problem::new(error.to_string(), error.name())))?;
        differs |= !difference.is_empty();
        Ok(if *json {
            serde_json::to_string(&difference).expect("a difference is plain JSON")
        } else if difference.is_empty() {
            "no difference".into()
        } else {
            difference.to_string()
        })
    })?;
    if differs {
        output.refuse();
    }
    output.finish()
}
