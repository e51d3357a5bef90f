//! The table of every bit.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use consent_string::explain::{Explanation, Mark, Span, Value};

use super::{BAD, DIM, Page, wrapped};

/// How the columns of a table share its width.
struct Columns {
    path: usize,
    raw: usize,
    says: usize,
}

/// How wide a bit's number, a number of bits and a mark are, with the space behind each.
const BIT: usize = 8;
const BITS: usize = 6;
const MARK: usize = 10;

impl Columns {
    fn new(width: usize, rows: &[Row]) -> Self {
        let longest = |cell: fn(&Row) -> usize| rows.iter().map(cell).max().unwrap_or_default();
        let wide = width >= 120;
        let path = longest(|row| row.path.chars().count()).clamp(8, if wide { 48 } else { 28 });
        let raw = longest(|row| row.raw.len()).clamp(4, if wide { 40 } else { 12 });
        let rest = BIT + BITS + path + 1 + raw + 1 + MARK + 1;
        Self { path, raw, says: width.saturating_sub(rest).max(10) }
    }
}

/// A line of the table: a span, or the entries of a bit field that stand side by side.
struct Row {
    path: String,
    bit: usize,
    bits: usize,
    raw: String,
    says: String,
    mark: Mark,
    style: Style,
    fault: Option<String>,
}

pub(super) fn write(page: &mut Page, explanation: &Explanation, all: bool) {
    let Explanation { format, spans, error, .. } = explanation;
    let bits: usize = spans.iter().map(|span| span.bits).sum();
    let what = format.map_or("a text", |format| format.name());
    let verdict = if error.is_some() { ", refused" } else { "" };
    page.title(&format!("every bit of {what}: {bits}{verdict}"));
    for segment in spans.chunk_by(|one, next| one.segment == next.segment && next.bit > 0) {
        let rows = rows(segment, all);
        let columns = Columns::new(page.width, &rows);
        let bits: usize = segment.iter().map(|span| span.bits).sum();
        page.heading(&format!("{} ({bits} bits)", segment[0].segment));
        header(page, &columns);
        for row in &rows {
            put(page, &columns, row);
        }
    }
    // The line end is the output's.
    page.text.truncate(page.text.trim_end().len());
}

fn header(page: &mut Page, columns: &Columns) {
    let Columns { path, raw, .. } = *columns;
    let _ = writeln!(
        page.text,
        "{DIM}{:>6}  {:>4}  {:path$} {:raw$} {:MARK$} says{DIM:#}",
        "bit", "bits", "field", "raw", "rule"
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
    Row {
        path: joined.unwrap_or(&first.path).to_owned(),
        bit: first.bit,
        bits: raw.len(),
        raw,
        says,
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
        named(&format!("{name}:"), of(&|value| *value == Value::Text((*name).to_owned())))
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
    let Row { path, bit, bits, raw, says, mark, style, fault } = row;
    let path = shortened(path, columns.path);
    let raw = shortened(raw, columns.raw);
    let (path_width, raw_width) = (columns.path, columns.raw);
    let mark = mark.name();
    let mut lines = wrapped(says, columns.says).into_iter();
    let says = lines.next().unwrap_or_default();
    let start = format!(
        "{bit:>6}  {bits:>4}  {path:path_width$} {DIM}{raw:raw_width$}{DIM:#} {mark:MARK$} "
    );
    let line = format!("{start}{style}{says}{style:#}");
    let _ = writeln!(page.text, "{}", line.trim_end());
    let indent = BIT + BITS + path_width + 1 + raw_width + 1 + MARK + 1;
    for line in lines {
        let _ = writeln!(page.text, "{:indent$}{style}{line}{style:#}", "");
    }
    if let Some(fault) = fault {
        let room = page.width.saturating_sub(BIT + BITS + 2);
        let mut lead = "^ ";
        for line in wrapped(fault, room) {
            let _ = writeln!(page.text, "{:1$}{BAD}{lead}{line}{BAD:#}", "", BIT + BITS);
            lead = "  ";
        }
    }
}

/// A cell that fits its column: the start and the end of a path, the start of bits.
fn shortened(cell: &str, width: usize) -> String {
    if cell.len() <= width {
        return cell.to_owned();
    }
    if cell.bytes().all(|byte| byte == b'0' || byte == b'1') {
        return format!("{}...", &cell[..width - 3]);
    }
    let end = (width - 3) * 2 / 3;
    format!("{}...{}", &cell[..width - 3 - end], &cell[cell.len() - end..])
}
