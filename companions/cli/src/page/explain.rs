//! The table of every bit.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use consent_string::Format;
use consent_string::explain::{Explanation, Mark, Span, Value};

use super::{BAD, DIM, Page, printable, wrapped};

/// How the columns of a table share its width.
struct Columns {
    path: usize,
    raw: usize,
    /// None where all rules are known alike: then the title says it.
    mark: usize,
    says: usize,
}

/// How wide a bit's number and a number of bits are, with the space behind each.
const BIT: usize = 8;
const BITS: usize = 6;
/// Where that stands which has no room in its column.
const BELOW: usize = BIT + BITS + 2;

impl Columns {
    fn new(width: usize, rows: &[Row], has_marks: bool) -> Self {
        let longest = |cell: fn(&Row) -> usize| rows.iter().map(cell).max().unwrap_or_default();
        let wide = width >= 120;
        let path = longest(|row| row.shown().chars().count()).clamp(8, if wide { 44 } else { 28 });
        let raw = longest(|row| row.raw.len()).clamp(4, if wide { 36 } else { 8 });
        let mark = if has_marks { 11 } else { 0 };
        let rest = BIT + BITS + path + 1 + raw + 1 + mark;
        Self { path, raw, mark, says: width.saturating_sub(rest).max(10) }
    }

    /// How many columns stand before what a row says.
    const fn before_says(&self) -> usize {
        BIT + BITS + self.path + 1 + self.raw + 1 + self.mark
    }
}

/// A line of the table: a span, or the entries of a bit field that stand side by side.
struct Row {
    /// The field that this is a part of.
    group: Option<String>,
    path: String,
    bit: usize,
    bits: usize,
    raw: String,
    says: String,
    mark: Mark,
    style: Style,
    fault: Option<String>,
}

impl Row {
    /// The path as it stands under its group.
    fn shown(&self) -> String {
        if self.group.is_some() { format!("  {}", self.path) } else { self.path.clone() }
    }
}

pub(super) fn write(page: &mut Page, explanation: &Explanation, all: bool) {
    let Explanation { format, spans, error, .. } = explanation;
    let bits: usize = spans.iter().map(|span| span.bits).sum();
    let what = format.map_or("a text", described);
    let verdict = if error.is_some() { ", which is refused" } else { "" };
    let mut marks = spans.iter().map(|span| span.mark);
    let first = marks.next();
    let has_marks = marks.any(|mark| Some(mark) != first);
    let alike = first.filter(|_| !has_marks).map(|mark| format!(", all {}", mark.name()));
    page.title(&format!("{what}{verdict}: {bits} bits{}", alike.unwrap_or_default()));
    for segment in spans.chunk_by(|one, next| one.segment == next.segment && next.bit > 0) {
        let rows = rows(segment, all);
        let columns = Columns::new(page.width, &rows, has_marks);
        let bits: usize = segment.iter().map(|span| span.bits).sum();
        page.heading(&format!("{} ({bits} bits)", segment[0].segment));
        header(page, &columns);
        let mut group = None;
        for row in &rows {
            if row.group != group {
                group.clone_from(&row.group);
                if let Some(name) = &group {
                    let bold = Style::new().bold();
                    let _ = writeln!(page.text, "{:1$}{bold}{name}{bold:#}", "", BIT + BITS);
                }
            }
            put(page, &columns, row);
        }
    }
    // The line end is the output's.
    page.text.truncate(page.text.trim_end().len());
}

/// What a format is called.
fn described(format: Format) -> &'static str {
    match format {
        Format::Didomi => "Didomi Consent String",
        Format::Tcf => "TC string",
        Format::Gpp => "GPP string",
        Format::UsPrivacy => "US Privacy string",
        Format::Ac => "Additional Consent string",
        Format::Token => "didomi_token",
        _ => "string",
    }
}

fn header(page: &mut Page, columns: &Columns) {
    let Columns { path, raw, mark, .. } = *columns;
    let rule = if mark > 0 { "rule" } else { "" };
    let _ = writeln!(
        page.text,
        "{DIM}{:>6}  {:>4}  {:path$} {:raw$} {rule:mark$}says{DIM:#}",
        "bit", "bits", "field", "raw"
    );
}

fn rows(spans: &[Span], all: bool) -> Vec<Row> {
    let is_side_by_side = |one: &Span, next: &Span| {
        let list = entry_of(one);
        !all && list.is_some() && list == entry_of(next) && next.error.is_none()
    };
    spans.chunk_by(is_side_by_side).map(row).collect()
}

/// The bit field that a span is an entry of.
fn entry_of(span: &Span) -> Option<&str> {
    let entry = matches!(span.value, Value::Flag(_) | Value::Text(_));
    let (list, index) = span.path.rsplit_once('[')?;
    (entry && index.ends_with(']') && span.error.is_none()).then_some(list)
}

fn row(spans: &[Span]) -> Row {
    let first = &spans[0];
    let joined = if spans.len() > 1 { entry_of(first) } else { None };
    let raw: String = spans.iter().map(|span| &*span.raw).collect();
    let says = match joined {
        Some(_) => entries(spans),
        None => first.text.clone().unwrap_or_default(),
    };
    let path = joined.unwrap_or(&first.path);
    // The name of a section of a GPP string is that of its segment, too.
    let segment = first.segment.split_once('.').map(|(section, _)| section);
    let path =
        segment.and_then(|section| path.strip_prefix(section)?.strip_prefix('.')).unwrap_or(path);
    // Parts of a token stand between others, and the entries of a list are none to stand alone.
    let is_group =
        |(group, _): &(&str, &str)| first.segment != Format::Token.name() && !group.contains('[');
    let (group, path) = match path.split_once('.').filter(is_group) {
        Some((group, path)) => (Some(group.to_owned()), path),
        None => (None, path),
    };
    Row {
        group,
        path: printable(path),
        bit: first.bit,
        bits: raw.len(),
        raw,
        says: printable(&says),
        mark: first.mark,
        style: style(first),
        fault: first.error.map(|error| error.to_string()),
    }
}

/// What the entries of a bit field say, those of each value together.
fn entries(spans: &[Span]) -> String {
    let id = |span: &Span| -> Option<u32> {
        span.path.rsplit_once('[')?.1.trim_end_matches(']').parse().ok()
    };
    let of = |wanted: &dyn Fn(&Value) -> bool| {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for id in spans.iter().filter(|span| wanted(&span.value)).filter_map(id) {
            match ranges.last_mut() {
                Some((_, last)) if *last + 1 == id => *last = id,
                _ => ranges.push((id, id)),
            }
        }
        let text = |&(first, last): &(u32, u32)| {
            if first == last { first.to_string() } else { format!("{first}-{last}") }
        };
        ranges.iter().map(text).collect::<Vec<_>>().join(", ")
    };
    let named = |name: &str, ids: String| {
        if ids.is_empty() { None } else { Some(format!("{name} {ids}")) }
    };
    let mut names: Vec<&str> = Vec::new();
    for span in spans {
        if let Value::Text(name) = &span.value {
            if !names.contains(&name.as_str()) && name != "undefined" {
                names.push(name);
            }
        }
    }
    let flags = named("yes:", of(&|value| *value == Value::Flag(true)));
    let statuses = names.iter().filter_map(|name| {
        named(
            &format!("{}:", name.replace('_', " ")),
            of(&|value| *value == Value::Text((*name).to_owned())),
        )
    });
    let says: Vec<String> = flags.into_iter().chain(statuses).collect();
    if says.is_empty() { "none".to_owned() } else { says.join("; ") }
}

/// The colour of a kind of field.
fn style(span: &Span) -> Style {
    if span.error.is_some() {
        return BAD;
    }
    match span.value {
        Value::Nothing => DIM,
        Value::Flag(_) => AnsiColor::Yellow.on_default(),
        Value::Number(_) => AnsiColor::Cyan.on_default(),
        Value::Ids(_) | Value::Statuses { .. } => AnsiColor::Green.on_default(),
        _ => AnsiColor::Magenta.on_default(),
    }
}

fn put(page: &mut Page, columns: &Columns, row: &Row) {
    let Row { bit, bits, raw, says, mark, style, fault, .. } = row;
    let Columns { path: path_width, raw: raw_width, mark: mark_width, .. } = *columns;
    let path = shortened(&row.shown(), path_width);
    let raw = shortened(raw, raw_width);
    let mark = if mark_width > 0 { mark.name() } else { "" };
    // What has no room beside the field stands below it, if it has there.
    let longest = says.split(' ').map(|word| word.chars().count()).max().unwrap_or_default();
    let below = page.width.saturating_sub(BELOW);
    let is_below = longest > columns.says && longest <= below;
    let indent = if is_below { BELOW } else { columns.before_says() };
    let mut lines = broken(says, if is_below { below } else { columns.says }).into_iter();
    let says = if is_below { String::new() } else { lines.next().unwrap_or_default() };
    let start = format!(
        "{bit:>6}  {bits:>4}  {path:path_width$} {DIM}{raw}{DIM:#}{:1$} {mark:mark_width$}",
        "",
        raw_width - raw.chars().count()
    );
    let line = if says.is_empty() { start } else { format!("{start}{style}{says}{style:#}") };
    let _ = writeln!(page.text, "{}", line.trim_end());
    for line in lines {
        let _ = writeln!(page.text, "{:indent$}{style}{line}{style:#}", "");
    }
    if let Some(fault) = fault {
        let mut lead = "^ ";
        for line in wrapped(fault, page.width.saturating_sub(BIT + BITS + 2)) {
            let _ = writeln!(page.text, "{:1$}{BAD}{lead}{line}{BAD:#}", "", BIT + BITS);
            lead = "  ";
        }
    }
}

/// A text in lines of some width, broken at spaces, and within a word that is longer.
fn broken(text: &str, width: usize) -> Vec<String> {
    let pieces = |line: String| -> Vec<String> {
        let characters: Vec<char> = line.chars().collect();
        characters.chunks(width).map(|piece| piece.iter().collect()).collect()
    };
    wrapped(text, width).into_iter().flat_map(pieces).collect()
}

/// A cell that fits its column: the start and the end of a path, the start of bits.
fn shortened(cell: &str, width: usize) -> String {
    let count = cell.chars().count();
    if count <= width {
        return cell.to_owned();
    }
    let is_bits = cell.bytes().all(|byte| byte == b'0' || byte == b'1');
    let end = if is_bits { 0 } else { (width - 3) * 2 / 3 };
    let part = |from: usize, of: usize| cell.chars().skip(from).take(of).collect::<String>();
    format!("{}...{}", part(0, width - 3 - end), part(count - end, end))
}
