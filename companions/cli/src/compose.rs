//! `compose`: canonical strings of JSON.

use consent_string::any::Decoded;

use crate::args::Compose;
use crate::failure::Failure;
use crate::input;
use crate::output::Output;
use crate::problem::Problem;

pub(crate) fn run(compose: &Compose) -> Result<bool, Failure> {
    let mut output = Output::new(compose.json);
    input::for_each_object(&compose.inputs, |place, object| {
        let answer = match &object {
            Ok(object) => string(object, compose),
            Err(problem) => Err(problem.clone()),
        };
        output.answer(place, object.unwrap_or_default(), answer)
    })?;
    output.finish()
}

fn string(object: &str, compose: &Compose) -> Result<String, Problem> {
    let decoded = Decoded::from_json(object, compose.kind.format())?;
    let string = decoded
        .encode_with_signature()
        .map_err(|error| Problem::new(error.to_string(), error.kind().name()))?;
    Ok(string.to_string())
}
