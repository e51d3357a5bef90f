//! Ranges that are kept while they are checked, so that a set need not read them again.

use alloc::vec::Vec;

use super::form::StatusesCode;
use crate::bits::Span;
use crate::ids::Id;
use crate::ids::{INLINE_RANGES, IdSet};

/// What becomes of the ranges of a section while they are checked.
pub(super) trait Keep {
    /// Groups of ranges follow, whose statuses have this code.
    fn section(&mut self, code: StatusesCode);

    /// No more than so many ranges follow.
    fn group(&mut self, count: usize);

    /// Takes the next range.
    fn push(&mut self, span: Span);
}

/// For the borrowed form: nothing.
impl Keep for () {
    fn section(&mut self, _code: StatusesCode) {}

    fn group(&mut self, _count: usize) {}

    fn push(&mut self, _span: Span) {}
}

/// For the owned form: the ranges of enabled IDs, in a section that has no others, if they are
/// too many for a set without an allocation; those that touch as one. The rest is read again.
pub(super) struct Kept {
    wanted: bool,
    spans: Vec<Span>,
}

impl Kept {
    /// Nothing.
    pub(super) const fn new() -> Self {
        Self { wanted: false, spans: Vec::new() }
    }

    /// The set of what was kept, if it was.
    pub(super) fn into_set<I: Id>(self) -> Option<IdSet<I>> {
        self.wanted.then(|| IdSet::from_spans(self.spans.into_iter()))
    }
}

impl Keep for Kept {
    fn section(&mut self, code: StatusesCode) {
        self.wanted = code == StatusesCode::ENABLED;
    }

    fn group(&mut self, count: usize) {
        self.wanted &= count > INLINE_RANGES;
        if self.wanted {
            self.spans.reserve_exact(count);
        }
    }

    #[inline(always)]
    fn push(&mut self, span: Span) {
        if !self.wanted {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if last.last + 1 == span.first => last.last = span.last,
            _ => self.spans.push(span),
        }
    }
}
