//! Makes spans of what the readers tell.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write as _;

use uuid::Uuid;

use super::{FOLD_ABOVE, Span, Value};
use crate::any::{FormatError, StringError};
use crate::bits::{Entries, FLAGS, Rule, SegmentStart, Sink, Value as Told};
use crate::error::Segment;
use crate::text;
use crate::time::Timestamp;

/// Hears what a reader tells of a text.
pub(super) struct Recorder<'t> {
    text: &'t str,
    unfolded: bool,
    /// What stands before the names of segments and the paths of fields: of a part of a text.
    part: String,
    /// Where the part stands in the text, and how long it is.
    place: core::ops::Range<usize>,
    /// Whether the text is one segment, of whose parts errors have the names.
    is_whole: bool,
    segments: Vec<Recorded<'t>>,
    path: Vec<Step>,
    rule: Rule,
    noun: &'static str,
    fold: Option<Fold>,
}

/// A segment, as far as it was told of.
struct Recorded<'t> {
    text: &'t str,
    name: String,
    /// How many bits a character counts.
    each: usize,
    character: usize,
    origin: usize,
    bits: usize,
    spans: Vec<Span>,
    /// The path of a field that was wrong before any of its bits were taken, and where it starts.
    wrong: Option<(usize, String)>,
}

/// A field that has parts.
struct Step {
    name: &'static str,
    /// The current entry of a list.
    index: Option<u32>,
}

/// A list that becomes one span.
struct Fold {
    /// How long the path of its entries is.
    depth: usize,
    path: String,
    count: u32,
    start: usize,
    /// Where the current entry starts.
    entry: usize,
    /// How many spans stand before the current entry.
    spans: usize,
    /// What the entries before the current one say, and what it says.
    ids: Vec<(u32, u32)>,
    current: Vec<(u32, u32)>,
    rule: Rule,
}

impl Recorded<'_> {
    fn end(&self) -> usize {
        self.spans.last().map_or(0, |span| span.bit + span.bits)
    }

    /// Some bits as zeros and ones.
    fn raw(&self, start: usize, end: usize) -> String {
        let each = self.each;
        let bytes = self.text.as_bytes();
        let bit = |bit: usize| {
            let byte = bytes[self.character + bit / each];
            let value = if each == 8 { byte } else { text::six_bits(byte).unwrap_or_default() };
            if value >> (each - 1 - bit % each) & 1 == 1 { '1' } else { '0' }
        };
        (start..end).map(bit).collect()
    }

    fn span(&self, path: String, start: usize, end: usize, rule: Rule) -> Span {
        Span {
            path,
            segment: self.name.clone(),
            bit: start,
            bits: end - start,
            raw: self.raw(start, end),
            value: Value::Nothing,
            text: None,
            mark: rule.mark,
            described: rule.described,
            error: None,
        }
    }

    /// Adds a span for what nobody told of, up to a bit.
    fn pass_over(&mut self, end: usize, path: &str, rule: Rule) {
        let start = self.end();
        if start < end {
            let span = self.span(path.into(), start, end, rule);
            self.spans.push(span);
        }
    }

    /// Puts the fault at its bit: all before it stays, what is behind it is unread.
    fn put_fault(&mut self, bit: usize, error: StringError, rule: Rule) {
        let at = self.spans.iter().position(|span| span.bit + span.bits > bit);
        if let Some(at) = at {
            self.spans.truncate(at + 1);
        } else {
            self.pass_over(bit, UNREAD, rule);
            let wrong = self.wrong.take().filter(|(start, _)| *start == bit);
            let path = wrong.map(|(_, path)| path);
            let path = path.unwrap_or_else(|| field_name(&error).into());
            // A wrong character has no bits; what is cut has all that are left.
            let end = if field_name(&error) == "base64" { bit } else { self.bits.max(bit) };
            let span = self.span(path, bit, end, rule);
            self.spans.push(span);
        }
        if let Some(span) = self.spans.last_mut() {
            span.error = Some(error);
        }
        self.pass_over(self.bits, UNREAD, rule);
    }
}

/// The path of what a reader did not come to.
const UNREAD: &str = "unread";

fn field_name(error: &StringError) -> &'static str {
    error.field_name().unwrap_or("text")
}

impl<'t> Recorder<'t> {
    pub(super) fn new(text: &'t str, unfolded: bool, rule: Rule) -> Self {
        Self {
            text,
            unfolded,
            part: String::new(),
            place: 0..text.len(),
            is_whole: false,
            segments: Vec::new(),
            path: Vec::new(),
            rule,
            noun: "ID",
            fold: None,
        }
    }

    /// Hears of a text that is one segment, of eight bits a character.
    #[cfg(any(feature = "ac", feature = "token"))]
    pub(super) fn of_whole(text: &'t str, name: &str, unfolded: bool, rule: Rule) -> Self {
        let mut recorder = Self { is_whole: true, ..Self::new(text, unfolded, rule) };
        recorder.start(name.into(), 8, 0, text.len(), 0);
        recorder
    }

    /// The text as one span.
    #[cfg(feature = "token")]
    pub(super) fn finish_as_one(
        mut self,
        path: &str,
        value: Value,
        error: Option<StringError>,
    ) -> Vec<Span> {
        let text = match &value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        };
        if self.segment().bits > 0 {
            self.push(path.into(), 0, self.text.len() * 8, value, text);
        }
        let mut spans = self.finish(None);
        if let Some(span) = spans.first_mut() {
            span.error = error;
        }
        spans
    }

    /// Hears of one part of a text, whose name stands before all others.
    #[cfg(feature = "gpp")]
    pub(super) fn of_part(
        text: &'t str,
        (name, start, part): (String, usize, &str),
        unfolded: bool,
        rule: Rule,
    ) -> Self {
        let place = start..start + part.len();
        Self { part: name + ".", place, ..Self::new(text, unfolded, rule) }
    }

    /// Passes over the segments of the part that nobody told of.
    #[cfg(feature = "gpp")]
    pub(super) fn pass_over_rest(&mut self) {
        self.close();
        let mut start = self.place.start;
        for segment in self.text[self.place.clone()].split('.') {
            let is_told = self.segments.iter().any(|told| told.character == start);
            let good = segment.bytes().map_while(text::six_bits).count();
            if !is_told && good > 0 {
                let name = format!("{}{}", self.part, Segment::Other);
                self.start(name, 6, start, good, 0);
            }
            start += segment.len() + 1;
        }
    }

    /// All spans, in the order of the text; those of a bad text up to the fault.
    pub(super) fn finish(mut self, error: Option<StringError>) -> Vec<Span> {
        self.close();
        let rule = self.rule;
        let place = error.and_then(|error| {
            Some((error, error.segment_name()?, error.char_offset()?, error.bit_offset()?))
        });
        let fault = place.map(|(error, name, character, bit)| {
            let name = format!("{}{name}", self.part);
            let is_here = |segment: &Recorded<'_>| {
                (segment.name == name || self.is_whole) && segment.character <= character
            };
            let found = self.segments.iter().rposition(is_here);
            (found.unwrap_or_else(|| self.add_unread(name, &error, character, bit)), bit, error)
        });
        if let Some((index, bit, error)) = fault {
            self.segments[index].put_fault(bit, error, rule);
        }
        self.segments.sort_by_key(|segment| segment.character);
        for segment in &mut self.segments {
            let path = match error {
                Some(_) => UNREAD,
                None if segment.spans.is_empty() => "skipped",
                None => "fill",
            };
            segment.pass_over(segment.bits, path, rule);
        }
        self.segments.into_iter().flat_map(|segment| segment.spans).collect()
    }

    /// A segment that nobody told of before its fault was found.
    fn add_unread(
        &mut self,
        name: String,
        error: &StringError,
        character: usize,
        bit: usize,
    ) -> usize {
        let each = match error {
            StringError::Refused { error: FormatError::Decode(error), .. } => {
                error.segment().map_or(8, Segment::bits_per_character) as usize
            }
            _ => 8,
        };
        self.start(name, each, character - bit / each, bit / each, 0);
        self.segments.len() - 1
    }

    fn start(
        &mut self,
        name: String,
        each: usize,
        character: usize,
        characters: usize,
        origin: usize,
    ) {
        self.segments.push(Recorded {
            text: self.text,
            name,
            each,
            character,
            origin,
            bits: characters * each,
            spans: Vec::new(),
            wrong: None,
        });
    }

    /// Ends what is still open, as nothing more is told of it.
    fn close(&mut self) {
        if let Some(fold) = self.fold.take() {
            self.put_fold(fold, false);
        }
        self.path.clear();
    }

    fn path_of(&self, name: &str) -> String {
        let mut path = self.part.clone();
        for step in &self.path {
            if !path.is_empty() && !path.ends_with('.') {
                path.push('.');
            }
            path.push_str(step.name);
            if let Some(index) = step.index {
                let _ = write!(path, "[{index}]");
            }
        }
        if !path.is_empty() && !path.ends_with('.') && !name.is_empty() {
            path.push('.');
        }
        path.push_str(name);
        path
    }

    /// The segment that is told of.
    fn segment(&mut self) -> &mut Recorded<'t> {
        self.segments.last_mut().expect("a segment starts before its fields")
    }

    fn push(&mut self, path: String, start: usize, end: usize, value: Value, text: Option<String>) {
        let rule = self.rule;
        let segment = self.segment();
        let span = Span { value, text, ..segment.span(path, start, end, rule) };
        segment.spans.push(span);
    }

    /// Makes one span of the entries of a list; with those of the current one, or without.
    fn put_fold(&mut self, fold: Fold, is_complete: bool) {
        let Fold { path, count, start, entry, spans, mut ids, current, rule, .. } = fold;
        let segment = self.segment();
        let end = if is_complete { segment.end() } else { entry };
        let behind = segment.spans.split_off(spans);
        if is_complete {
            ids.extend(current);
        }
        if start < end {
            let set = ids_text(ids);
            let text = format!("{count} entries: {set}");
            let span = segment.span(path, start, end, rule);
            segment.spans.push(Span { value: Value::Ids(set), text: Some(text), ..span });
        }
        if !is_complete {
            segment.spans.extend(behind);
        }
    }

    /// What a value is, and how people would say it.
    fn value(&self, value: Told, start: usize, end: usize) -> (Value, Option<String>) {
        let (value, text) = match value {
            Told::Unread => return (Value::Nothing, None),
            Told::Flag(flag) => (Value::Flag(flag), FLAGS[usize::from(flag)].into()),
            Told::Number(number) => (Value::Number(number), number.to_string()),
            Told::Named(number, name) => (Value::Number(number), name.into()),
            Told::Name(name) => (Value::Text(name.into()), name.replace('_', " ")),
            Told::Count(1, noun) => (Value::Number(1), format!("1 {noun}")),
            Told::Count(count, noun) => (Value::Number(count.into()), format!("{count} {noun}s")),
            Told::Id(id) => (Value::Number(id.into()), format!("{} {id}", self.noun)),
            Told::Time(deciseconds) => {
                let time = Timestamp::from_bits(deciseconds).to_string();
                (Value::Text(time.clone()), time)
            }
            Told::Uuid(id) => {
                let id = Uuid::from_u128(id).to_string();
                (Value::Text(id.clone()), id)
            }
            Told::Letters(bits) => {
                let letters = [bits >> 6, bits & 0x3F];
                if letters.iter().any(|&letter| letter > 25) {
                    return (Value::Nothing, Some("no letters".into()));
                }
                let letters: String =
                    letters.iter().filter_map(|&n| ('A'..='Z').nth(n.into())).collect();
                (Value::Text(letters.clone()), letters)
            }
            Told::Text => {
                let character = self.segments.last().map_or(0, |segment| segment.character);
                let text = self.text.get(character + start / 8..character + end / 8);
                let text = text.unwrap_or_default();
                (Value::Text(text.into()), text.into())
            }
        };
        (value, Some(text))
    }

    /// Tells of entries as one span with the IDs of each value.
    fn put_entries(&mut self, entries: Entries, start: usize, end: usize) {
        let Entries { name, first, names, .. } = entries;
        let width = names.len().ilog2() as usize;
        let of = |segment: &Recorded<'_>, wanted: usize| {
            let raw = segment.raw(start, end);
            let is_wanted = |entry: &[u8]| {
                entry.iter().fold(0, |value, &bit| value << 1 | usize::from(bit == b'1')) == wanted
            };
            let found = raw.as_bytes().chunks(width).zip(first..=u16::MAX);
            let ids = found.filter(|(entry, _)| is_wanted(entry)).map(|(_, id)| id);
            ids_text(ids.map(u32::from).map(|id| (id, id)).collect())
        };
        let segment = self.segment();
        let (value, text) = if width == 1 {
            let ids = of(segment, 1);
            (Value::Ids(ids.clone()), if ids.is_empty() { "none".into() } else { ids })
        } else {
            let (disabled, enabled) = (of(segment, 1), of(segment, 2));
            let text = format!("enabled: {enabled}; disabled: {disabled}");
            (Value::Statuses { enabled, disabled }, text)
        };
        let path = self.path_of(name);
        self.push(path, start, end, value, Some(text));
    }
}

/// IDs as rising ranges: `1-5, 7`.
fn ids_text(mut ids: Vec<(u32, u32)>) -> String {
    ids.sort_unstable();
    let mut text = String::new();
    let mut ranges = ids.into_iter().peekable();
    while let Some((first, mut last)) = ranges.next() {
        while let Some((_, more)) = ranges.next_if(|&(next, _)| next <= last.saturating_add(1)) {
            last = last.max(more);
        }
        let comma = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{comma}{first}");
        if last > first {
            let _ = write!(text, "-{last}");
        }
    }
    text
}

impl Sink for Recorder<'_> {
    const LISTENS: bool = true;

    fn segment(&mut self, start: SegmentStart) {
        self.close();
        let SegmentStart { segment, character, characters, origin } = start;
        let name = format!("{}{}", self.part, segment.name());
        let character = character + self.place.start;
        self.start(name, segment.bits_per_character() as usize, character, characters, origin);
    }

    fn rule(&mut self, rule: Rule) {
        self.rule = rule;
    }

    fn ids_of(&mut self, noun: &'static str) {
        self.noun = noun;
    }

    fn enter(&mut self, name: &'static str) {
        self.path.push(Step { name, index: None });
    }

    fn enter_list(&mut self, name: &'static str, count: u32) {
        if count > FOLD_ABOVE.into() && !self.unfolded && self.fold.is_none() {
            let path = self.path_of(name);
            let (depth, rule) = (self.path.len() + 1, self.rule);
            let segment = self.segment();
            let (start, spans) = (segment.end(), segment.spans.len());
            let (entry, ids, current) = (start, Vec::new(), Vec::new());
            self.fold = Some(Fold { depth, path, count, start, entry, spans, ids, current, rule });
        }
        self.path.push(Step { name, index: None });
    }

    fn next_entry(&mut self) {
        let depth = self.path.len();
        if let Some(step) = self.path.last_mut() {
            step.index = Some(step.index.map_or(0, |index| index + 1));
        }
        if let Some(fold) = self.fold.as_mut().filter(|fold| fold.depth == depth) {
            let segment = self.segments.last_mut().expect("a list stands in a segment");
            let end = segment.end();
            fold.entry = end.max(fold.entry);
            segment.spans.truncate(fold.spans);
            fold.ids.append(&mut fold.current);
        }
    }

    fn leave(&mut self) {
        if let Some(fold) = self.fold.take_if(|fold| fold.depth == self.path.len()) {
            self.put_fold(fold, true);
        }
        self.path.pop();
    }

    fn field(&mut self, name: &'static str, start: usize, end: usize, value: Told) {
        let path = self.path_of(name);
        let origin = self.segment().origin;
        let (start, end) = (start - origin, end - origin);
        if start == end {
            self.segment().wrong = Some((start, path));
            return;
        }
        let (value, text) = self.value(value, start, end);
        self.push(path, start, end, value, text);
    }

    fn entries(&mut self, entries: Entries) {
        let Entries { name, start, first, count, names } = entries;
        let start = start - self.segment().origin;
        let width = names.len().ilog2() as usize;
        let number = |recorder: &mut Self, index: usize| {
            let at = start + index * width;
            let raw = recorder.segment().raw(at, at + width);
            raw.bytes().fold(0, |value, bit| value << 1 | usize::from(bit == b'1'))
        };
        let is_wrong = |recorder: &mut Self, index| names[number(recorder, index)].is_empty();
        let count = usize::from(count);
        let wrong = (0..count).find(|&index| names.contains(&"") && is_wrong(self, index));
        let good = wrong.unwrap_or(count);
        if count > usize::from(FOLD_ABOVE) && !self.unfolded {
            if good > 0 {
                self.put_entries(entries, start, start + good * width);
            }
        } else {
            for (index, id) in (0..good).zip(first..=u16::MAX) {
                let value = number(self, index);
                let text = format!("{} {id}: {}", self.noun, names[value]);
                let value = if width == 1 {
                    Value::Flag(value == 1)
                } else {
                    Value::Text(names[value].into())
                };
                let path = format!("{}[{id}]", self.path_of(name));
                let at = start + index * width;
                self.push(path, at, at + width, value, Some(text));
            }
        }
        if let Some(index) = wrong {
            let id = usize::from(first) + index;
            let path = format!("{}[{id}]", self.path_of(name));
            let at = start + index * width;
            self.push(path, at, at + width, Value::Nothing, None);
        }
    }

    fn range(&mut self, first: u32, last: u32) {
        if let Some(fold) = &mut self.fold {
            fold.current.push((first, last));
        }
    }
}
