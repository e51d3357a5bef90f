//! Makes spans of what the readers tell.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::fold::Fold;
use super::segment::{SegmentSpans, UNREAD};
use super::{FOLD_ABOVE, Span, Value, values};
use crate::any::{FormatError, StringError};
use crate::bits::{Entries, Rule, SegmentStart, Sink, Value as Told};
use crate::error::Segment;
use crate::text;

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
    segments: Vec<SegmentSpans<'t>>,
    path: Vec<Step>,
    rule: Rule,
    noun: &'static str,
    fold: Option<Fold>,
}

/// A field that has parts.
struct Step {
    name: &'static str,
    /// The current entry of a list.
    index: Option<u32>,
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
    #[cfg(feature = "ac")]
    pub(super) fn of_whole(text: &'t str, name: &str, unfolded: bool, rule: Rule) -> Self {
        let mut recorder = Self { is_whole: true, ..Self::new(text, unfolded, rule) };
        recorder.start(name.into(), 8, 0, text.len(), 0);
        recorder
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

    /// Starts the segments of the part that nobody told of.
    fn start_rest(&mut self) {
        let mut start = self.place.start;
        for segment in self.text[self.place.clone()].split('.') {
            let is_told = self.segments.iter().any(|told| told.character == start);
            if !is_told && !segment.is_empty() {
                let name = format!("{}{}", self.part, Segment::Other);
                // What is not all base64 is text: nothing of it is left out.
                let is_base64 = self.base64_from(start) == segment.len();
                self.start(name, if is_base64 { 6 } else { 8 }, start, segment.len(), 0);
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
            let is_here = |segment: &SegmentSpans<'_>| {
                (segment.name == name || self.is_whole) && segment.character <= character
            };
            let found = self.segments.iter().rposition(is_here);
            (found.unwrap_or_else(|| self.add_unread(name, &error, character, bit)), bit, error)
        });
        if let Some((index, bit, error)) = fault {
            self.segments[index].put_fault(bit, error, rule);
        }
        if !self.part.is_empty() {
            self.start_rest();
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
        if let (Some(error), None) = (error, fault) {
            self.refuse_whole(error);
        }
        self.segments.into_iter().flat_map(|segment| segment.spans).collect()
    }

    /// How many characters of base64 stand at a place.
    fn base64_from(&self, start: usize) -> usize {
        let rest = self.text.as_bytes()[start..self.place.end].iter();
        rest.map_while(|&byte| text::six_bits(byte)).count()
    }

    /// Puts the error of a part that is refused as a whole at its start.
    fn refuse_whole(&mut self, error: StringError) {
        if self.segments.is_empty() {
            self.start(format!("{}{}", self.part, Segment::Other), 6, self.place.start, 0, 0);
        }
        let rule = self.rule;
        let first = &mut self.segments[0];
        if first.spans.is_empty() {
            let empty = first.span(UNREAD.into(), 0, 0, rule);
            first.spans.push(empty);
        }
        first.spans[0].error = Some(error);
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
        let start = character - bit / each;
        let characters = if each == 6 { self.base64_from(start) } else { 0 };
        self.start(name, each, start, characters.max(bit / each), 0);
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
        self.segments.push(SegmentSpans {
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
            fold.put(self.segment(), false);
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
    fn segment(&mut self) -> &mut SegmentSpans<'t> {
        self.segments.last_mut().expect("a segment starts before its fields")
    }

    fn push(&mut self, path: String, start: usize, end: usize, value: Value, text: Option<String>) {
        let rule = self.rule;
        let segment = self.segment();
        let span = Span { value, text, ..segment.span(path, start, end, rule) };
        segment.spans.push(span);
    }
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
            self.fold = Some(Fold::new(depth, path, count, rule, self.segment()));
        }
        self.path.push(Step { name, index: None });
    }

    fn next_entry(&mut self) {
        let depth = self.path.len();
        if let Some(step) = self.path.last_mut() {
            step.index = Some(step.index.map_or(0, |index| index + 1));
        }
        if let Some(fold) = self.fold.as_mut().filter(|fold| fold.depth == depth) {
            fold.next_entry(self.segments.last_mut().expect("a list stands in a segment"));
        }
    }

    fn leave(&mut self) {
        if let Some(fold) = self.fold.take_if(|fold| fold.depth == self.path.len()) {
            fold.put(self.segment(), true);
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
        let noun = self.noun;
        let characters = self.segment().characters(start, end);
        let (value, text) = values::said(value, noun, characters);
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
                let end = start + good * width;
                let (value, text) = values::of_entries(&self.segment().raw(start, end), entries);
                self.push(self.path_of(name), start, end, value, Some(text));
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
            fold.range(first, last);
        }
    }
}
