//! What `inspect` and `compose` share: one input a line, one answer each, bad ones in place.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use consent_string::{DecodeError, Segment};
use serde::Serialize;

/// What was wrong with one input, as the `--json` output shows it.
#[derive(Serialize)]
pub(crate) struct Problem {
    error: String,
    kind: &'static str,
    segment: Option<&'static str>,
    bit: Option<usize>,
}

impl From<DecodeError> for Problem {
    fn from(error: DecodeError) -> Self {
        Self {
            error: error.to_string(),
            kind: error.kind().name(),
            segment: error.segment().map(Segment::name),
            bit: error.bit_offset(),
        }
    }
}

impl From<serde_json::Error> for Problem {
    /// Text that is no JSON, or a value that no string can have.
    fn from(error: serde_json::Error) -> Self {
        let kind = if error.is_data() { "invalid_value" } else { "invalid_json" };
        Self::new(error.to_string(), kind)
    }
}

impl Problem {
    /// A problem of a kind that no segment or bit goes with.
    pub(crate) fn new(error: String, kind: &'static str) -> Self {
        Self { error, kind, segment: None, bit: None }
    }
}

/// Prints one answer for each input: the arguments, or else each line of standard input.
///
/// A bad input is answered in place where `json` is set, and on standard error where not;
/// the exit status is 1 if there was one.
pub(crate) fn answer_each(
    inputs: &[String],
    json: bool,
    answer: impl Fn(&str) -> Result<String, Problem>,
) -> io::Result<ExitCode> {
    let mut output = io::BufWriter::new(io::stdout().lock());
    let source = if inputs.is_empty() { "line" } else { "argument" };
    let mut bad = false;
    let mut one = |index: usize, input: Result<&str, Problem>| -> io::Result<()> {
        match input.and_then(&answer) {
            Ok(text) => writeln!(output, "{text}"),
            Err(problem) => {
                bad = true;
                if json {
                    writeln!(output, "{}", serde_json::to_string(&problem)?)
                } else {
                    let Problem { error, kind, .. } = problem;
                    writeln!(io::stderr(), "error in {source} {}: {error} [{kind}]", index + 1)
                }
            }
        }
    };
    if inputs.is_empty() {
        // Split at line feeds only: a carriage return is part of the line, and an error there.
        for (index, line) in io::stdin().lock().split(b'\n').enumerate() {
            let line = line?;
            let text = std::str::from_utf8(&line);
            one(index, text.map_err(|_| Problem::new("not UTF-8".to_owned(), "not_utf8")))?;
        }
    } else {
        for (index, input) in inputs.iter().enumerate() {
            one(index, Ok(input))?;
        }
    }
    output.flush()?;
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Splits the command line into the flags that are known and the other arguments; an unknown
/// flag is an error.
pub(crate) fn arguments<const N: usize>(
    usage: &str,
    known: [&str; N],
) -> Result<([bool; N], Vec<String>), ExitCode> {
    let mut flags = [false; N];
    let mut inputs = Vec::new();
    let mut literal = false;
    for argument in std::env::args_os().skip(1) {
        let argument = argument.to_string_lossy().into_owned();
        if literal || !argument.starts_with("--") {
            inputs.push(argument);
        } else if argument == "--" {
            literal = true;
        } else if let Some(index) = known.iter().position(|&flag| flag == argument) {
            flags[index] = true;
        } else {
            eprintln!("unknown option {argument}\n{usage}");
            return Err(ExitCode::from(2));
        }
    }
    Ok((flags, inputs))
}
