//! What a reader tells of the bits that it takes, to whoever wants them explained.
//!
//! The readers of all formats tell of each field once they have taken it, and of a wrong one
//! before they refuse it. `()` hears nothing: then nothing of this is left in the program, which
//! the counted instructions of the benchmarks hold it to.
#![cfg_attr(
    not(feature = "explain"),
    allow(dead_code, unreachable_pub, reason = "nobody listens but feature `explain`")
)]

use crate::error::Segment;

/// How well a rule of a format is known.
///
/// There are four, and this has them all: to be matched in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// The owner of the format publishes the rule.
    Documented,
    /// The rule is not published, but real strings follow it.
    Seen,
    /// The rule is neither published nor seen: it is what is left, or what symmetry asks for.
    Inferred,
    /// A specification of the industry has the rule: of the IAB, or of Google.
    Specified,
}

impl Mark {
    /// All four, from the best known on.
    pub const ALL: &'static [Self] =
        &[Self::Specified, Self::Documented, Self::Seen, Self::Inferred];

    /// The mark's name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Seen => "seen",
            Self::Inferred => "inferred",
            Self::Specified => "specified",
        }
    }
}

/// How well a rule is known, and where it is described.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) mark: Mark,
    /// A heading of the repository's `docs/format.md` or `docs/gpp.md`, or a section of a
    /// specification.
    pub(crate) described: &'static str,
}

impl Rule {
    pub(crate) const fn documented(described: &'static str) -> Self {
        Self { mark: Mark::Documented, described }
    }

    pub(crate) const fn seen(described: &'static str) -> Self {
        Self { mark: Mark::Seen, described }
    }

    pub(crate) const fn inferred(described: &'static str) -> Self {
        Self { mark: Mark::Inferred, described }
    }

    pub(crate) const fn specified(described: &'static str) -> Self {
        Self { mark: Mark::Specified, described }
    }
}

/// A segment of a text, of which fields are told from now on.
#[derive(Clone, Copy)]
pub(crate) struct SegmentStart {
    pub(crate) segment: Segment,
    /// How many characters of the text stand before it.
    pub(crate) character: usize,
    /// How many characters it has.
    pub(crate) characters: usize,
    /// The reader's position at its first bit.
    pub(crate) origin: usize,
}

/// What the bits of a field are.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "each format has some of them")]
pub(crate) enum Value {
    /// Nothing that could be read.
    Unread,
    Flag(bool),
    Number(u64),
    /// A number, and what it stands for.
    Named(u64, &'static str),
    /// A name alone.
    Name(&'static str),
    /// How many there are of what is named.
    Count(u16, &'static str),
    /// The ID of what the path is about.
    Id(u32),
    /// Deciseconds since 1970.
    Time(u64),
    Uuid(u128),
    /// Two letters of six bits each.
    Letters(u16),
    /// The characters themselves.
    Text,
}

/// Entries of a bit field, one for each ID.
#[derive(Clone, Copy)]
pub(crate) struct Entries {
    pub(crate) name: &'static str,
    /// The reader's position at the first entry.
    pub(crate) start: usize,
    pub(crate) first: u16,
    pub(crate) count: u16,
    /// What each value of an entry says; an entry has as many bits as they need.
    pub(crate) names: &'static [&'static str],
}

/// The values of an entry of one bit.
#[cfg(any(feature = "explain", feature = "tcf", feature = "token"))]
pub(crate) const FLAGS: &[&str] = &["no", "yes"];

/// Who hears what is told.
///
/// Positions are those of the reader.
pub(crate) trait Sink {
    /// Whether anybody listens.
    const LISTENS: bool;

    /// A segment starts.
    fn segment(&mut self, start: SegmentStart);

    /// The fields that follow are known by this rule.
    fn rule(&mut self, rule: Rule);

    /// The IDs that follow are of such things.
    fn ids_of(&mut self, noun: &'static str);

    /// The fields that follow are parts of this one.
    fn enter(&mut self, name: &'static str);

    /// The fields that follow are parts of the entries of a list, which has so many.
    fn enter_list(&mut self, name: &'static str, count: u32);

    /// The next entry of the list starts.
    fn next_entry(&mut self);

    /// The field or the list is complete.
    fn leave(&mut self);

    /// A field of the path, or the path itself where the name is empty.
    fn field(&mut self, name: &'static str, start: usize, end: usize, value: Value);

    /// A bit field.
    fn entries(&mut self, entries: Entries);

    /// The current entry of the list says something of all IDs from one to another.
    fn range(&mut self, first: u32, last: u32);
}

/// Nobody listens.
impl Sink for () {
    const LISTENS: bool = false;

    #[inline(always)]
    fn segment(&mut self, _start: SegmentStart) {}

    #[inline(always)]
    fn rule(&mut self, _rule: Rule) {}

    #[inline(always)]
    fn ids_of(&mut self, _noun: &'static str) {}

    #[inline(always)]
    fn enter(&mut self, _name: &'static str) {}

    #[inline(always)]
    fn enter_list(&mut self, _name: &'static str, _count: u32) {}

    #[inline(always)]
    fn next_entry(&mut self) {}

    #[inline(always)]
    fn leave(&mut self) {}

    #[inline(always)]
    fn field(&mut self, _name: &'static str, _start: usize, _end: usize, _value: Value) {}

    #[inline(always)]
    fn entries(&mut self, _entries: Entries) {}

    #[inline(always)]
    fn range(&mut self, _first: u32, _last: u32) {}
}
