//! Standard output and standard error: one answer an input.

use std::io::{self, BufWriter, IsTerminal, Write};

use anstyle::Style;

use crate::failure::Failure;
use crate::input::Place;
use crate::problem::Problem;

/// Where answers go, and whether all of them were good.
pub(crate) struct Output {
    out: BufWriter<anstream::AutoStream<io::StdoutLock<'static>>>,
    json: bool,
    /// Whether a person is there to look at a picture of what is wrong.
    pictures: bool,
    good: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        let out =
            BufWriter::with_capacity(1 << 16, anstream::AutoStream::auto(io::stdout().lock()));
        Self { out, json, pictures: io::stderr().is_terminal(), good: true }
    }

    /// Prints the answer to an input, or what is wrong with it: in its place with `--json`, on
    /// standard error without.
    pub(crate) fn answer(
        &mut self,
        place: &Place,
        input: &str,
        answer: Result<String, Problem>,
    ) -> Result<(), Failure> {
        match answer {
            Ok(text) => writeln!(self.out, "{text}")?,
            Err(problem) => {
                self.good = false;
                if self.json {
                    let line = serde_json::to_string(&problem)?;
                    writeln!(self.out, "{line}")?;
                } else {
                    // What was printed comes before what is wrong with the next input.
                    self.out.flush()?;
                    self.picture(place, input, &problem);
                }
            }
        }
        Ok(())
    }

    /// Tells what is wrong on standard error, whatever is asked for as JSON.
    pub(crate) fn complain(&mut self, place: &dyn std::fmt::Display, problem: &Problem) {
        self.good = false;
        anstream::eprintln!("{}", problem.line(place));
    }

    fn picture(&self, place: &Place, input: &str, problem: &Problem) {
        let mut text = problem.line(place);
        text.push('\n');
        // A string goes to standard error only where the person is who gave it: logs are no
        // place for it.
        if self.pictures || matches!(place, Place::Argument(_)) {
            text.push_str(&problem.picture(input, width()));
        }
        // Without a standard error there is nobody to tell.
        let _ = anstream::stderr().lock().write_all(text.as_bytes());
    }

    /// Tells on standard error what the answer to an input lacks.
    pub(crate) fn lost(
        &mut self,
        place: &Place,
        losses: impl Iterator<Item = String>,
    ) -> Result<(), Failure> {
        let losses: Vec<_> = losses.collect();
        if !losses.is_empty() {
            // What was printed comes before.
            self.out.flush()?;
            let bold = Style::new().bold();
            let line = format!("{bold}lost in {place}{bold:#}: {}\n", losses.join("; "));
            // Without a standard error there is nobody to tell.
            let _ = anstream::stderr().lock().write_all(line.as_bytes());
        }
        Ok(())
    }

    /// Prints a line.
    pub(crate) fn line(&mut self, line: &str) -> Result<(), Failure> {
        Ok(writeln!(self.out, "{line}")?)
    }

    pub(crate) fn refuse(&mut self) {
        self.good = false;
    }

    /// Writes out what is left; whether all answers were good.
    pub(crate) fn finish(mut self) -> Result<bool, Failure> {
        self.out.flush()?;
        Ok(self.good)
    }
}

/// How many columns there are to write in: those of the terminal, or of `COLUMNS`, or 80.
pub(crate) fn width() -> usize {
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns().or_else(terminal).unwrap_or(80).clamp(40, 160)
}
