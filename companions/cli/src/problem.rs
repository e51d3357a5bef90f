//! What is wrong with one input, as JSON and as a person would want to read it.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use consent_string::any::{JsonError, StringError};
use serde::Serialize;

/// What is wrong with one input.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Problem {
    error: String,
    kind: &'static str,
    segment: Option<&'static str>,
    bit: Option<usize>,
    /// How many characters of the input stand before the wrong one.
    #[serde(skip)]
    character: Option<usize>,
    /// What to do about it.
    #[serde(skip)]
    help: Option<String>,
}

impl Problem {
    /// A problem of a kind that no segment or bit goes with.
    pub(crate) fn new(error: impl Into<String>, kind: &'static str) -> Self {
        let error = error.into();
        Self { error, kind, segment: None, bit: None, character: None, help: None }
    }

    /// The same, in a segment.
    pub(crate) fn in_segment(self, segment: Option<&'static str>) -> Self {
        Self { segment, ..self }
    }

    pub(crate) fn not_utf8() -> Self {
        Self::new("not UTF-8, expected text", "not_utf8")
    }

    pub(crate) fn too_long() -> Self {
        Self::new("the line is longer than any that is read", "too_long")
    }

    pub(crate) const fn kind(&self) -> &'static str {
        self.kind
    }

    /// One clear line.
    pub(crate) fn line(&self, place: &dyn std::fmt::Display) -> String {
        let bold = Style::new().bold();
        let red = AnsiColor::Red.on_default().bold();
        let Self { error, kind, .. } = self;
        format!("{red}error{red:#}{bold} in {place}{bold:#}: {error} [{kind}]")
    }

    /// The input with a caret under the place, and what to do about it.
    pub(crate) fn picture(&self, input: &str, width: usize) -> String {
        let mut picture = String::new();
        let blue = AnsiColor::Blue.on_default().bold();
        let red = AnsiColor::Red.on_default().bold();
        if let Some(at) = self.character.filter(|_| input.chars().all(|c| !c.is_control())) {
            let Window { text, caret } = window(input, at, width.saturating_sub(6));
            let _ = writeln!(picture, "  {blue}|{blue:#}");
            let _ = writeln!(picture, "  {blue}|{blue:#} {text}");
            let _ = writeln!(picture, "  {blue}|{blue:#} {}{red}^{red:#}", " ".repeat(caret));
        }
        if let Some(help) = &self.help {
            let _ = writeln!(picture, "  {blue}={blue:#} help: {help}");
        }
        picture
    }
}

/// The part of a long input around a place, and where in it that place is.
struct Window {
    text: String,
    caret: usize,
}

fn window(input: &str, at: usize, width: usize) -> Window {
    let characters: Vec<char> = input.chars().collect();
    let at = input.get(..at).map_or(characters.len(), |before| before.chars().count());
    let width = width.max(20);
    if characters.len() <= width {
        return Window { text: input.to_owned(), caret: at };
    }
    // The place stands in the middle, where there is enough on both sides.
    let inner = width - 6;
    let start = at.saturating_sub(inner / 2).min(characters.len().saturating_sub(inner));
    let end = (start + inner).min(characters.len());
    let mut text: String = characters[start..end].iter().collect();
    let mut caret = at - start;
    if start > 0 {
        text.insert_str(0, "...");
        caret += 3;
    }
    if end < characters.len() {
        text.push_str("...");
    }
    Window { text, caret }
}

impl From<StringError> for Problem {
    fn from(error: StringError) -> Self {
        let help = error.hint().and_then(crate::help::of_hint);
        Self {
            error: error.to_string(),
            kind: error.kind_name(),
            segment: error.segment_name(),
            bit: error.bit_offset(),
            character: error.char_offset(),
            help,
        }
    }
}

impl From<JsonError> for Problem {
    fn from(error: JsonError) -> Self {
        Self::new(error.to_string(), error.kind().name())
    }
}
