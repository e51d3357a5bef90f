//! What ends the command before its work is done.

use std::io;
use std::path::{Path, PathBuf};

use crate::input::Place;

/// Why the command stops.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Nobody reads what is printed: that is no fault of anybody.
    BrokenPipe,
    /// What is printed can't be written.
    Output(io::Error),
    /// Standard input can't be read.
    Input(io::Error),
    /// A file can't be read or written.
    File(PathBuf, io::Error),
    /// A file is not what it should be.
    Content(PathBuf, String),
    /// A line does not end.
    Hopeless(Place),
    /// The arguments make no sense together.
    Usage(String),
}

impl Failure {
    /// A file that was read is not what it should be.
    pub(crate) fn of_content(path: &Path, error: impl std::error::Error) -> Self {
        Self::Content(path.to_owned(), error.to_string())
    }
}

impl From<io::Error> for Failure {
    /// An error of standard output.
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::BrokenPipe,
            _ => Self::Output(error),
        }
    }
}

impl From<serde_json::Error> for Failure {
    /// An error of standard output, to which JSON is written.
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::BrokenPipe => f.write_str("nobody reads the output"),
            Self::Output(error) => write!(f, "the output can't be written: {error}"),
            Self::Input(error) => write!(f, "standard input can't be read: {error}"),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Content(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Hopeless(place) => {
                write!(f, "{place}: does not end; this is no list of strings, one a line")
            }
            Self::Usage(message) => f.write_str(message),
        }
    }
}
