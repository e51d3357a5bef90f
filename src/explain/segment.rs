//! A segment of a text, and the spans of it.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Span, Value};
use crate::any::StringError;
use crate::bits::Rule;
use crate::text;

/// A segment, as far as it was told of.
pub(super) struct SegmentSpans<'t> {
    pub(super) text: &'t str,
    pub(super) name: String,
    /// How many bits a character counts.
    pub(super) each: usize,
    pub(super) character: usize,
    pub(super) origin: usize,
    pub(super) bits: usize,
    pub(super) spans: Vec<Span>,
    /// The path of a field that was wrong before any of its bits were taken, and where it starts.
    pub(super) wrong: Option<(usize, String)>,
}

impl SegmentSpans<'_> {
    pub(super) fn end(&self) -> usize {
        self.spans.last().map_or(0, |span| span.bit + span.bits)
    }

    /// Some bits as zeros and ones.
    pub(super) fn raw(&self, start: usize, end: usize) -> String {
        let each = self.each;
        let bytes = self.text.as_bytes();
        let bit = |bit: usize| {
            let byte = bytes[self.character + bit / each];
            let value = if each == 8 { byte } else { six_bits(byte) };
            if value >> (each - 1 - bit % each) & 1 == 1 { '1' } else { '0' }
        };
        (start..end).map(bit).collect()
    }

    /// The characters of some bits, which are whole ones.
    pub(super) fn characters(&self, start: usize, end: usize) -> &str {
        let place = self.character + start / self.each..self.character + end / self.each;
        self.text.get(place).unwrap_or_default()
    }

    pub(super) fn span(&self, path: String, start: usize, end: usize, rule: Rule) -> Span {
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
    pub(super) fn pass_over(&mut self, end: usize, path: &str, rule: Rule) {
        let start = self.end();
        if start < end {
            let span = self.span(path.into(), start, end, rule);
            self.spans.push(span);
        }
    }

    /// Puts the fault at its bit: all before it stays, what is behind it is unread.
    pub(super) fn put_fault(&mut self, bit: usize, error: StringError, rule: Rule) {
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
pub(super) const UNREAD: &str = "unread";

pub(super) fn field_name(error: &StringError) -> &'static str {
    error.field_name().unwrap_or("text")
}

/// The six bits of a character: of web-safe base64, or of the standard one that tokens have.
fn six_bits(character: u8) -> u8 {
    let web_safe = match character {
        b'+' => b'-',
        b'/' => b'_',
        other => other,
    };
    text::six_bits(web_safe).unwrap_or_default()
}
