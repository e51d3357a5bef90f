//! A string as a person would want to read it: what it means before how it is encoded.

mod didomi;
mod explain;
mod fields;
mod tcf;

use std::fmt::{Display, Write as _};

use anstyle::{AnsiColor, Style};
use consent_string::any::AnyString;
use consent_string::explain::Explanation;
use consent_string::{Format, Timestamp};

use crate::names::Kind;
use crate::output::width;

/// The page of a string; validity is that of a time. The names of its numbers come last, where
/// they are asked for.
pub(crate) fn of(string: &AnyString, at: Timestamp, names: Option<Vec<Kind>>) -> String {
    let mut page = Page::new(width());
    match string {
        AnyString::Didomi(consent) => didomi::write(&mut page, consent),
        AnyString::Tcf(consent) => tcf::write(&mut page, consent, at),
        other => fields::write(&mut page, title(other.format()), other),
    }
    if let Some(kinds) = names {
        page.names(&kinds);
    }
    page.text
}

/// What a string of a format is called.
fn title(format: Format) -> &'static str {
    match format {
        Format::Gpp => "GPP string",
        Format::UsPrivacy => "US Privacy string",
        Format::Ac => "Additional Consent string",
        Format::Token => "didomi_token",
        _ => "Consent string",
    }
}

/// The table of every bit of a text; with each entry of a bit field, or without.
pub(crate) fn of_explanation(explanation: &Explanation, all: bool) -> String {
    let mut page = Page::new(width());
    explain::write(&mut page, explanation, all);
    page.text
}

/// Aligned rows of names and values, wrapped to a width.
struct Page {
    text: String,
    width: usize,
    /// How wide the names are.
    name: usize,
}

const DIM: Style = Style::new().dimmed();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();

impl Page {
    fn new(width: usize) -> Self {
        Self { text: String::new(), width, name: 26 }
    }

    /// The first line.
    fn title(&mut self, title: &str) {
        let bold = Style::new().bold();
        let _ = writeln!(self.text, "{bold}{title}{bold:#}");
    }

    /// The line over some rows.
    fn heading(&mut self, heading: &str) {
        let bold = Style::new().bold();
        let _ = writeln!(self.text, "\n{bold}{heading}{bold:#}");
    }

    /// The names of numbers, one a row.
    fn names(&mut self, kinds: &[Kind]) {
        for Kind { name, names } in kinds {
            self.heading(&format!("Names of {}", name.replace('_', " ")));
            for (id, name) in names {
                self.row(&id.to_string(), name);
            }
            if names.is_empty() {
                self.styled_row(DIM, "none", "");
            }
        }
    }

    /// A name and its value.
    fn row(&mut self, name: &str, value: impl Display) {
        self.styled_row(Style::new(), name, &value.to_string());
    }

    /// IDs that were allowed, told apart without colour too.
    fn allowed(&mut self, name: &str, sign: &str, ids: impl Display) {
        self.ids(GOOD, name, &format!("+ {sign}"), &ids.to_string());
    }

    /// IDs that were refused.
    fn refused(&mut self, name: &str, sign: &str, ids: impl Display) {
        self.ids(BAD, name, &format!("- {sign}"), &ids.to_string());
    }

    fn ids(&mut self, style: Style, name: &str, sign: &str, ids: &str) {
        if ids.is_empty() {
            self.styled_row(DIM, name, &format!("{sign:<11} none"));
        } else {
            self.lines(style, name, &format!("{sign:<11} "), ids);
        }
    }

    fn styled_row(&mut self, style: Style, name: &str, value: &str) {
        self.lines(style, name, "", value);
    }

    /// A name, a lead in style and a list that goes on under itself where it is too long.
    fn lines(&mut self, style: Style, name: &str, lead: &str, value: &str) {
        let names = self.name;
        let indent = 2 + names + lead.chars().count();
        let room = self.width.saturating_sub(indent).max(16);
        let mut start = format!("  {name:<names$}{style}{lead}");
        for line in wrapped(value, room) {
            let _ = writeln!(self.text, "{start}{line}{style:#}");
            start = format!("{:indent$}{style}", "");
        }
    }
}

/// A text of a string for a terminal, which would take some characters for commands.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// A text in lines of some width, broken at spaces.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is a line from the start");
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines
}

/// A time as people write it.
fn time(time: Timestamp) -> String {
    let text = time.to_string();
    let (date, clock) = text.split_once('T').expect("a time has a T");
    let clock = clock.trim_end_matches('Z').trim_end_matches(".000");
    format!("{date} {clock} UTC")
}

fn yes(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

/// IDs, or the word for none.
fn ids(ids: impl Display) -> String {
    let list = ids.to_string();
    if list.is_empty() { "none".to_owned() } else { list }
}
