//! What bits say, as a value and in words.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::Write as _;

use uuid::Uuid;

use super::Value;
use crate::bits::{Entries, FLAGS, Value as Told};
use crate::time::Timestamp;

/// What a value is, and how people would say it: of IDs of such things, and of such characters.
pub(super) fn said(value: Told, noun: &str, characters: &str) -> (Value, Option<String>) {
    let (value, text) = match value {
        Told::Unread => return (Value::Nothing, None),
        Told::Flag(flag) => (Value::Flag(flag), FLAGS[usize::from(flag)].into()),
        Told::Number(number) => (Value::Number(number), number.to_string()),
        Told::Named(number, name) => (Value::Number(number), name.into()),
        Told::Name(name) => (Value::Text(name.into()), name.replace('_', " ")),
        Told::Count(1, noun) => (Value::Number(1), format!("1 {noun}")),
        Told::Count(count, noun) => (Value::Number(count.into()), format!("{count} {noun}s")),
        Told::Id(id) => (Value::Number(id.into()), format!("{noun} {id}")),
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
        Told::Text => (Value::Text(characters.into()), characters.into()),
    };
    (value, Some(text))
}

/// The entries of a bit field by their bits: the IDs of each value.
pub(super) fn of_entries(raw: &str, entries: Entries) -> (Value, String) {
    let Entries { first, names, .. } = entries;
    let width = names.len().ilog2() as usize;
    let of = |wanted: usize| {
        let is_wanted = |entry: &[u8]| {
            entry.iter().fold(0, |value, &bit| value << 1 | usize::from(bit == b'1')) == wanted
        };
        let found = raw.as_bytes().chunks(width).zip(first..=u16::MAX);
        let ids = found.filter(|(entry, _)| is_wanted(entry)).map(|(_, id)| id);
        ids_text(ids.map(u32::from).map(|id| (id, id)).collect())
    };
    if width == 1 {
        let ids = of(1);
        (Value::Ids(ids.clone()), if ids.is_empty() { "none".into() } else { ids })
    } else {
        let (disabled, enabled) = (of(1), of(2));
        let text = format!("enabled: {enabled}; disabled: {disabled}");
        (Value::Statuses { enabled, disabled }, text)
    }
}

/// IDs as rising ranges: `1-5, 7`.
pub(super) fn ids_text(mut ids: Vec<(u32, u32)>) -> String {
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
