//! Strings from arguments, from files and from standard input.

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::{fs, str};

use crate::args::Inputs;
use crate::failure::Failure;
use crate::problem::Problem;

/// The longest line that is looked at, in bytes: longer than any string that is read.
pub(crate) const MAX_LINE: usize = 256 * 1024;

/// The longest line of JSON that is looked at: a short string can have a long object.
const MAX_OBJECT: usize = 64 * MAX_LINE;

/// A line of so many bytes is no line of a list: reading stops there.
const HOPELESS: usize = 64 * MAX_LINE;

/// Where an input came from, for messages.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    Argument(usize),
    Line(Option<PathBuf>, u64),
    /// Two inputs together.
    Both(Box<[Place; 2]>),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Argument(number) => write!(f, "argument {number}"),
            Self::Line(None, number) => write!(f, "line {number}"),
            Self::Line(Some(path), number) => write!(f, "{}, line {number}", path.display()),
            Self::Both(places) => write!(f, "{} and {}", places[0], places[1]),
        }
    }
}

/// Calls `each` with every input: the arguments, or else each line of the files or of standard
/// input, without its line end. A line that is no text is a problem in its place.
pub(crate) fn for_each(
    inputs: &Inputs,
    each: impl FnMut(&Place, Result<&str, Problem>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for_each_within(MAX_LINE, inputs, each)
}

/// The same for objects, one a line.
pub(crate) fn for_each_object(
    inputs: &Inputs,
    each: impl FnMut(&Place, Result<&str, Problem>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    for_each_within(MAX_OBJECT, inputs, each)
}

fn for_each_within(
    max_line: usize,
    inputs: &Inputs,
    mut each: impl FnMut(&Place, Result<&str, Problem>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let Inputs { inputs: arguments, files } = inputs;
    if files.is_empty() && !arguments.is_empty() {
        for (number, argument) in (1..).zip(arguments) {
            each(&Place::Argument(number), Ok(argument))?;
        }
        return Ok(());
    }
    if files.is_empty() {
        return lines(max_line, io::stdin().lock(), None, &mut each);
    }
    for path in files {
        if path == Path::new("-") {
            lines(max_line, io::stdin().lock(), None, &mut each)?;
        } else {
            lines(max_line, BufReader::with_capacity(1 << 16, open(path)?), Some(path), &mut each)?;
        }
    }
    Ok(())
}

/// Opens a file, which must not be a directory.
pub(crate) fn open(path: &Path) -> Result<fs::File, Failure> {
    let failure = |error| Failure::File(path.to_owned(), error);
    let file = fs::File::open(path).map_err(failure)?;
    if file.metadata().map_err(failure)?.is_dir() {
        return Err(failure(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    Ok(file)
}

fn lines(
    max_line: usize,
    mut reader: impl BufRead,
    path: Option<&Path>,
    each: &mut impl FnMut(&Place, Result<&str, Problem>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let failure = |error| match path {
        Some(path) => Failure::File(path.to_owned(), error),
        None => Failure::Input(error),
    };
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let limit = u64::try_from(max_line).expect("a small number");
        let read = (&mut reader).take(limit).read_until(b'\n', &mut line).map_err(failure)?;
        if read == 0 {
            break;
        }
        let place = Place::Line(path.map(Path::to_owned), number);
        if line.pop_if_line_end() || read < max_line {
            let text = str::from_utf8(&line);
            each(&place, text.map_err(|_| Problem::not_utf8()))?;
            continue;
        }
        each(&place, Err(Problem::too_long()))?;
        if !skip_line(&mut reader).map_err(failure)? {
            return Err(Failure::Hopeless(place));
        }
    }
    Ok(())
}

/// Passes over the rest of a line; `false` where it takes too long to end.
fn skip_line(reader: &mut impl BufRead) -> io::Result<bool> {
    let mut skipped = 0;
    while skipped < HOPELESS {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(true);
        }
        let end = memchr::memchr(b'\n', buffer);
        let used = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(used);
        skipped += used;
        if end.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

trait LineEnd {
    /// Takes a line end off, `\n` or `\r\n`; whether there was one.
    fn pop_if_line_end(&mut self) -> bool;
}

impl LineEnd for Vec<u8> {
    fn pop_if_line_end(&mut self) -> bool {
        let ends = self.last() == Some(&b'\n');
        if ends {
            self.pop();
        }
        if self.last() == Some(&b'\r') {
            self.pop();
        }
        ends
    }
}
