//! Every bit of a consent string: which field it belongs to, what it says, and how the rule for it
//! is known (feature `explain`).
//!
//! The readers of the formats tell of what they take, so nothing here reads a string in a way of
//! its own: an explanation has an error where `parse` has one, the same.
//!
//! ```
//! let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
//! let explanation = consent_string::explain::explain(text);
//! let version = &explanation.spans[0];
//! assert_eq!((&*version.path, &*version.raw), ("version", "000001"));
//! let first = explanation.spans.iter().find(|span| span.path == "vendors.ranges[0].start");
//! assert_eq!(first.unwrap().text.as_deref(), Some("vendor 128"));
//!
//! let cut = consent_string::explain::explain(&text[..56]);
//! assert_eq!(cut.error.unwrap().kind_name(), "truncated");
//! assert_eq!(cut.spans.last().unwrap().path, "vendors_li.ranges[0]");
//! ```

mod fold;
#[cfg(feature = "gpp")]
mod gpp;
mod recorder;
mod segment;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "token")]
mod token;
mod values;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use crate::bits::Mark;

use crate::any::{DecodeOptions, FormatError, StringError};
use crate::bits::Rule;
use crate::buffer::Buffer;
use crate::format::Format;
use recorder::Recorder;

/// Bit fields and lists of more entries are one span, unless [`Options::all`] asks for each.
pub const FOLD_ABOVE: u16 = 64;

/// What the bits of a text say.
///
/// With feature `serde` it is the object that the command `consent-string explain --json` prints.
/// `Debug` shows neither the text nor what it says.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The format; of a bad text the one whose reader got furthest; `None` where two accept it.
    pub format: Option<Format>,
    /// The text.
    pub text: String,
    /// The spans of each segment, in the order of the text.
    pub spans: Vec<Span>,
    /// Why the text is refused.
    pub error: Option<StringError>,
}

/// Some bits that belong together: a field, a part of one, or a long list.
///
/// The spans of a segment tile it: the first starts at bit 0, each of the others where the one
/// before ends. Where a text is refused, the span at fault has the error, and what is behind it in
/// its segment is one span with the path `unread`.
///
/// `Debug` shows where the span is, but not what it says.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Span {
    /// The field: `created`, `vendors.ranges[3].start`, `purposes_consent[7]`.
    ///
    /// Ranges are numbered from 0; an entry of a bit field has the number of its ID.
    pub path: String,
    /// The name of the segment; in a section of a GPP string with the section's name in front:
    /// `usnat.core`.
    pub segment: String,
    /// How many bits of the segment stand before it.
    pub bit: usize,
    /// How many bits it has. A character that may not stand there has none.
    pub bits: usize,
    /// The bits, as zeros and ones.
    pub raw: String,
    /// What they are.
    pub value: Value,
    /// What they say to people.
    pub text: Option<String>,
    /// How well the rule is known by which they are read.
    pub mark: Mark,
    /// Where that rule is described: a heading of the repository's `docs/format.md` or
    /// `docs/gpp.md`, or a section of a specification.
    pub described: &'static str,
    /// What is wrong here.
    pub error: Option<StringError>,
}

/// What the bits of a span are.
///
/// `Debug` shows the kind of value, but not the value: it may be a token, or a user ID.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// Nothing: fill, or what could not be read.
    Nothing,
    /// A yes or no.
    Flag(bool),
    /// A number, or the number of an ID.
    Number(u64),
    /// A time, a user ID, letters, a status, a token.
    Text(String),
    /// IDs, as rising ranges: `1-5, 7`.
    Ids(String),
    /// The IDs of a bit field of statuses, as rising ranges; all others are undefined.
    Statuses {
        /// Those that are enabled.
        enabled: String,
        /// Those that are disabled.
        disabled: String,
    },
}

/// How texts are explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[must_use]
pub struct Options {
    decode: DecodeOptions,
    all: bool,
}

/// Explains a text under the default [`Options`]: a string of whichever format accepts it.
#[must_use]
pub fn explain(text: &str) -> Explanation {
    Options::new().explain(text, None)
}

impl Options {
    /// The defaults of each format, and long lists as one span.
    pub const fn new() -> Self {
        Self { decode: DecodeOptions::new(), all: false }
    }

    /// How strings are read.
    pub const fn decode(self, decode: DecodeOptions) -> Self {
        Self { decode, ..self }
    }

    /// Gives each entry of a long list spans of its own: some hundred bytes for each bit, at the
    /// most.
    pub const fn all(self, all: bool) -> Self {
        Self { all, ..self }
    }

    /// Explains a text as a string of a format, or of the one format that accepts it.
    #[must_use]
    pub fn explain(&self, text: &str, format: Option<Format>) -> Explanation {
        let mut buffer = Buffer::new();
        let (format, error) = match self.decode.check(text, format, &mut buffer) {
            Ok(format) => (Some(format), None),
            Err(error @ StringError::Refused { format, .. }) => (Some(format), Some(error)),
            Err(error) => (None, Some(error)),
        };
        let spans = format.map(|format| self.spans(text, format, error, &mut buffer));
        Explanation { format, text: text.into(), spans: spans.unwrap_or_default(), error }
    }

    fn spans(
        &self,
        text: &str,
        format: Format,
        error: Option<StringError>,
        buffer: &mut Buffer,
    ) -> Vec<Span> {
        #[cfg(feature = "token")]
        if format == Format::Token {
            return token::spans(text, error);
        }
        if error.is_some_and(|error| error.bit_offset().is_none()) {
            return Vec::new();
        }
        let new = || match format {
            #[cfg(feature = "ac")]
            Format::Ac => Recorder::of_whole(text, format.name(), self.all, rule_of(format)),
            _ => Recorder::new(text, self.all, rule_of(format)),
        };
        let mut recorder = new();
        let told = self.decode.tell(text, format, buffer, &mut recorder);
        debug_assert_eq!(told.err(), refused(error), "the sink changes nothing");
        let is_text_fault = error.is_some_and(|error| error.field_name() == Some("base64"));
        if let Some(before) = error.and_then(|error| text.get(..error.char_offset()?)) {
            if is_text_fault && format != Format::Didomi {
                // What stands before a wrong character may still be read, as far as it goes.
                recorder = new();
                let _ = self.decode.tell(before, format, buffer, &mut recorder);
            }
        }
        #[cfg(feature = "gpp")]
        if format == Format::Gpp && error.is_none() {
            let mut spans = recorder.finish(error);
            let read = self.decode.gpp_of(text, buffer).expect("the string was read before");
            gpp::put_sections(&read, self.all, &mut spans);
            return spans;
        }
        recorder.finish(error)
    }
}

/// Why a format refuses a text, where it was read as that.
const fn refused(error: Option<StringError>) -> Option<FormatError> {
    match error {
        Some(StringError::Refused { error, .. }) => Some(error),
        _ => None,
    }
}

/// Where tokens are described.
const TOKEN: &str = "The didomi_token";

/// The rule of what no other rule is for.
const fn rule_of(format: Format) -> Rule {
    match format {
        Format::Didomi => Rule::documented("The text"),
        Format::Tcf => Rule::specified("TC String Format"),
        Format::Gpp => Rule::specified("GPP Consent String"),
        Format::UsPrivacy => Rule::specified("US Privacy String Format"),
        Format::Ac => Rule::specified("AC String format"),
        Format::Token => Rule::seen(TOKEN),
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Flag(_) => "Flag(..)",
            Self::Number(_) => "Number(..)",
            Self::Text(_) => "Text(..)",
            Self::Ids(_) => "Ids(..)",
            Self::Statuses { .. } => "Statuses { .. }",
        })
    }
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explanation")
            .field("format", &self.format)
            .field("spans", &self.spans.len())
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Span")
            .field("segment", &self.segment)
            .field("bit", &self.bit)
            .field("bits", &self.bits)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}
