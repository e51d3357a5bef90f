//! A long list as one span.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::segment::SegmentSpans;
use super::values::ids_text;
use super::{Span, Value};
use crate::bits::Rule;

/// A list that becomes one span.
///
/// The spans of the current entry are kept until it is complete: where the reader stops within it,
/// they stay.
pub(super) struct Fold {
    /// How long the path of its entries is.
    pub(super) depth: usize,
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

impl Fold {
    /// A list of so many entries, which start where the segment's spans end.
    pub(super) fn new(
        depth: usize,
        path: String,
        count: u32,
        rule: Rule,
        segment: &SegmentSpans<'_>,
    ) -> Self {
        let (start, spans) = (segment.end(), segment.spans.len());
        let (ids, current) = (Vec::new(), Vec::new());
        Self { depth, path, count, start, entry: start, spans, ids, current, rule }
    }

    /// The current entry says something of all IDs from one to another.
    pub(super) fn range(&mut self, first: u32, last: u32) {
        self.current.push((first, last));
    }

    /// The current entry is complete, and the next one starts.
    pub(super) fn next_entry(&mut self, segment: &mut SegmentSpans<'_>) {
        self.entry = self.entry.max(segment.end());
        segment.spans.truncate(self.spans);
        self.ids.append(&mut self.current);
    }

    /// Makes one span of the entries: with the current one, or without.
    pub(super) fn put(self, segment: &mut SegmentSpans<'_>, is_complete: bool) {
        let Self { path, count, start, entry, spans, mut ids, current, rule, .. } = self;
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
}
