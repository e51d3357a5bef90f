//! What a checked section says, walked through in its bits: runs, spans and IDs of a status.

use super::bit_field::{entry_of_status, status_of_entry};
use super::encoding::Encoding;
use super::groups::{GroupWalk, SixteenBit};
use super::section_bits::CheckedSection;
use super::status::Status;
use crate::bits::{BitReader, EntryIds, EntrySpans, Fibonacci, JoinedSpans, Runs, Span};

/// The runs of IDs that share a status, rising; those of undefined IDs may be left out. Runs of one
/// status may touch.
#[derive(Clone)]
pub(super) enum Walk<'a> {
    BitField(Runs<'a, 2>),
    Ranges(GroupWalk<'a, SixteenBit>),
    Fibonacci(GroupWalk<'a, Fibonacci>),
}

impl<'a> Walk<'a> {
    /// Walks a section, whose bits these are.
    #[inline]
    pub(super) fn new(section: &CheckedSection, bits: BitReader<'a>) -> Self {
        match (section.statuses(), section.form.encoding) {
            (None, _) => Self::BitField(section.bit_field(bits)),
            (Some(statuses), Encoding::Fibonacci) => {
                Self::Fibonacci(GroupWalk::new(bits, section.groups, statuses))
            }
            (Some(statuses), _) => Self::Ranges(GroupWalk::new(bits, section.groups, statuses)),
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = (Span, Status);

    #[inline]
    fn next(&mut self) -> Option<(Span, Status)> {
        match self {
            Self::BitField(runs) => runs.next().map(|(span, entry)| (span, status_of_entry(entry))),
            Self::Ranges(groups) => groups.next(),
            Self::Fibonacci(groups) => groups.next(),
        }
    }
}

/// The spans of IDs that have one status, rising; no two touch.
#[derive(Clone)]
pub(super) enum Spans<'a> {
    BitField(EntrySpans<'a, 2>),
    Ranges(JoinedSpans<'a, SixteenBit>),
    Fibonacci(JoinedSpans<'a, Fibonacci>),
    /// What no group lists.
    Rest(Walk<'a>, Status),
    None,
}

impl<'a> Spans<'a> {
    /// The spans of a status, enabled or disabled, in a section, whose bits these are.
    #[inline]
    pub(super) fn new(section: &CheckedSection, bits: BitReader<'a>, status: Status) -> Self {
        let Some(statuses) = section.statuses() else {
            let runs = section.bit_field(bits);
            return Self::BitField(runs.matching(entry_of_status(status)).spans());
        };
        match statuses.groups.iter().position(|&group| group == Some(status)) {
            Some(index) => match section.form.encoding {
                Encoding::Fibonacci => {
                    Self::Fibonacci(JoinedSpans::new(section.groups[index].list(bits)))
                }
                _ => Self::Ranges(JoinedSpans::new(section.groups[index].list(bits))),
            },
            None if statuses.rest == status => Self::Rest(Walk::new(section, bits), status),
            None => Self::None,
        }
    }
}

impl Iterator for Spans<'_> {
    type Item = Span;

    #[inline]
    fn next(&mut self) -> Option<Span> {
        match self {
            Self::BitField(spans) => spans.next(),
            Self::Ranges(spans) => spans.next(),
            Self::Fibonacci(spans) => spans.next(),
            Self::Rest(walk, rest) => walk.find(|(_, status)| status == rest).map(|(span, _)| span),
            Self::None => None,
        }
    }

    #[inline]
    fn fold<B, F: FnMut(B, Span) -> B>(self, init: B, add: F) -> B {
        match self {
            Self::BitField(spans) => spans.fold(init, add),
            Self::Ranges(spans) => spans.fold(init, add),
            Self::Fibonacci(spans) => spans.fold(init, add),
            Self::Rest(walk, rest) => {
                walk.filter(|&(_, status)| status == rest).map(|(span, _)| span).fold(init, add)
            }
            Self::None => init,
        }
    }
}

/// The IDs that have one status, rising.
#[derive(Clone)]
pub(super) enum SpanIds<'a> {
    BitField(EntryIds<'a, 2>),
    Spans { spans: Spans<'a>, open: core::ops::Range<u32> },
}

impl<'a> SpanIds<'a> {
    /// The IDs of a status, enabled or disabled, in a section, whose bits these are.
    #[inline]
    pub(super) fn new(section: &CheckedSection, bits: BitReader<'a>, status: Status) -> Self {
        if section.form.statuses.is_none() {
            let runs = section.bit_field(bits);
            return Self::BitField(runs.matching(entry_of_status(status)).ids());
        }
        Self::Spans { spans: Spans::new(section, bits, status), open: 0..0 }
    }
}

#[inline]
fn numbers(span: Span) -> core::ops::Range<u32> {
    u32::from(span.first)..u32::from(span.last) + 1
}

impl Iterator for SpanIds<'_> {
    type Item = u16;

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "spans have 16-bit IDs")]
    fn next(&mut self) -> Option<u16> {
        match self {
            Self::BitField(ids) => ids.next(),
            Self::Spans { spans, open } => loop {
                if let Some(id) = open.next() {
                    return Some(id as u16);
                }
                *open = numbers(spans.next()?);
            },
        }
    }

    #[inline]
    #[allow(clippy::cast_possible_truncation, reason = "spans have 16-bit IDs")]
    fn fold<B, F: FnMut(B, u16) -> B>(self, init: B, mut add: F) -> B {
        match self {
            Self::BitField(ids) => ids.fold(init, add),
            Self::Spans { spans, open } => {
                let all = open.fold(init, |all, id| add(all, id as u16));
                spans.fold(all, |all, span| numbers(span).fold(all, |all, id| add(all, id as u16)))
            }
        }
    }
}
