//! Reading: each part of a text is checked once, and where it stands is kept.
//!
//! ```text
//! version 1: "1~" list
//! version 2: "2~" list "~dv." list
//! list:      nothing, or IDs with "." between
//! ```

use alloc::vec::Vec;

use super::{ParseError, ParseErrorKind, ParseOptions, ProviderId};
use crate::bits::{Sink, Value};

/// What stands between the parts.
pub(super) const SEPARATOR: char = '~';
/// What stands between the IDs of a list.
pub(super) const DOT: char = '.';
/// What the list of disclosed providers starts with.
pub(super) const MARKER: &str = "dv.";

/// The version of an AC string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Version {
    /// Version 1: consented providers only.
    V1,
    /// Version 2: consented providers, then disclosed ones.
    V2,
}

impl Version {
    /// The number that a string starts with.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::V1 => 1,
            Self::V2 => 2,
        }
    }
}

/// Where the parts of a checked text stand, and what was found on the way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checked {
    pub(super) version: Version,
    pub(super) consented: List,
    pub(super) disclosed: List,
}

/// A list of IDs in a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct List {
    /// Where its first character stands.
    pub(super) start: u32,
    /// Where the character behind its last one stands.
    pub(super) end: u32,
    /// How many IDs it has, duplicates among them.
    pub(super) count: u32,
    /// Whether each ID is higher than the one before.
    pub(super) is_rising: bool,
}

/// Checks a whole text.
pub(super) fn check(
    text: &str,
    options: ParseOptions,
    sink: &mut impl Sink,
) -> Result<Checked, ParseError> {
    if text.len() > options.max_text_length as usize {
        let maximum = options.max_text_length;
        return Err(ParseError::whole(ParseErrorKind::TooLong { maximum }));
    }
    if text.is_empty() {
        return Err(ParseError::whole(ParseErrorKind::Empty));
    }
    let mut parts = Parts { text, rest: Some(text) };
    let version = match parts.next() {
        Some((_, "1")) => Version::V1,
        Some((_, "2")) => Version::V2,
        _ => return Err(ParseError::at(ParseErrorKind::UnsupportedVersion, "version", 0)),
    };
    sink.ids_of("provider");
    sink.field("version", 0, 8, Value::Number(version.number().into()));
    let (start, list) = parts.expect("consented")?;
    sink.field("separator", 8 * (start - 1), 8 * start, Value::Text);
    let consented = check_list("consented", start, list, options, sink)?;
    let disclosed = match version {
        Version::V1 => List::default(),
        Version::V2 => {
            let (start, marked) = parts.expect("disclosed")?;
            sink.field("separator", 8 * (start - 1), 8 * start, Value::Text);
            let Some(list) = marked.strip_prefix(MARKER) else {
                return Err(ParseError::at(ParseErrorKind::MissingMarker, "disclosed", start));
            };
            let behind = start + MARKER.len();
            sink.field("marker", 8 * start, 8 * behind, Value::Text);
            check_list("disclosed", behind, list, options, sink)?
        }
    };
    if let Some((start, _)) = parts.next() {
        let last = if version == Version::V1 { "consented" } else { "disclosed" };
        return Err(ParseError::at(ParseErrorKind::ExtraPart, last, start));
    }
    Ok(Checked { version, consented, disclosed })
}

/// The parts of a text, with the place where each starts.
struct Parts<'t> {
    text: &'t str,
    rest: Option<&'t str>,
}

impl<'t> Parts<'t> {
    fn next(&mut self) -> Option<(usize, &'t str)> {
        let rest = self.rest?;
        let start = self.text.len() - rest.len();
        let (part, behind) = match rest.split_once(SEPARATOR) {
            Some((part, behind)) => (part, Some(behind)),
            None => (rest, None),
        };
        self.rest = behind;
        Some((start, part))
    }

    /// The next part, which must be there.
    fn expect(&mut self, field: &'static str) -> Result<(usize, &'t str), ParseError> {
        let end = self.text.len();
        self.next().ok_or(ParseError::at(ParseErrorKind::MissingPart, field, end))
    }
}

/// Checks a list that starts at a place of the text.
#[allow(clippy::cast_possible_truncation, reason = "a text has fewer than 2³² bytes")]
fn check_list(
    field: &'static str,
    start: usize,
    list: &str,
    options: ParseOptions,
    sink: &mut impl Sink,
) -> Result<List, ParseError> {
    let mut checked =
        List { start: start as u32, end: (start + list.len()) as u32, count: 0, is_rising: true };
    let mut before = 0;
    if !list.is_empty() {
        let mut place = start;
        tell_list(field, list, sink);
        for id in list.split(DOT) {
            tell_dot(place, place > start, sink);
            let number = check_id(id)
                .map_err(|(kind, offset)| ParseError::at(kind, field, place + offset))?;
            checked.is_rising &= number.get() > before;
            before = number.get();
            sink.field("id", 8 * place, 8 * (place + id.len()), Value::Id(before));
            sink.range(before, before);
            checked.count += 1;
            place += id.len() + 1;
        }
        sink.leave();
    }
    let may_repeat = checked.is_rising || options.duplicates;
    match (!may_repeat).then(|| first_duplicate(list, checked.count)).flatten() {
        Some(offset) => Err(ParseError::at(ParseErrorKind::DuplicateId, field, start + offset)),
        None => Ok(checked),
    }
}

/// Tells of a list that is not empty.
#[inline(always)]
fn tell_list<S: Sink>(field: &'static str, list: &str, sink: &mut S) {
    if S::LISTENS {
        let count = list.split(DOT).count();
        sink.enter_list(field, u32::try_from(count).expect("a text has fewer than 2³² bytes"));
    }
}

/// Tells of an entry of a list, and of the dot before it.
#[inline(always)]
fn tell_dot<S: Sink>(place: usize, has_dot: bool, sink: &mut S) {
    sink.next_entry();
    if S::LISTENS && has_dot {
        sink.field("dot", 8 * (place - 1), 8 * place, Value::Text);
    }
}

/// Checks an ID; an error comes with its place in the ID.
fn check_id(id: &str) -> Result<ProviderId, (ParseErrorKind, usize)> {
    if let Some(place) = id.bytes().position(|byte| !byte.is_ascii_digit()) {
        return Err((ParseErrorKind::InvalidCharacter, place));
    }
    match id.as_bytes() {
        [] => Err((ParseErrorKind::EmptyId, 0)),
        [b'0'] => Err((ParseErrorKind::ZeroId, 0)),
        [b'0', ..] => Err((ParseErrorKind::LeadingZero, 0)),
        _ => id.parse().map_err(|_| (ParseErrorKind::IdTooLarge, 0)),
    }
}

/// Where in a checked list of so many IDs the first one stands that was there before.
fn first_duplicate(list: &str, count: u32) -> Option<usize> {
    let mut ids = Vec::with_capacity(count as usize);
    let mut place = 0;
    for id in list.split(DOT) {
        ids.push((parse_checked(id), place));
        place += u32::try_from(id.len()).expect("a text has fewer than 2³² bytes") + 1;
    }
    ids.sort_unstable();
    let twice = ids.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    twice.map(|pair| pair[1].1 as usize).min()
}

/// An ID that was checked before.
#[inline]
pub(super) fn parse_checked(id: &str) -> ProviderId {
    let number = id.bytes().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
    ProviderId::new(number).expect("a checked list has no ID 0")
}
