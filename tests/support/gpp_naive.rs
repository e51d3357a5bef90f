//! A second reader of GPP headers and of the sections of the United States: bits as text,
//! one character a bit, and the fields from a table of the specification's in `tests/data`.
#![allow(clippy::match_same_arms, reason = "an arm a rule")]

use serde::Deserialize;
use serde_json::{Map, Value, json};

#[path = "gpp.rs"]
mod gpp;
#[path = "vectors.rs"]
mod vectors;

pub(crate) use gpp::{snake_case, us};
pub(crate) use vectors::rows;

/// A row of the table: the fields with their bits and, for lists, how many entries.
#[derive(Deserialize)]
pub(crate) struct Layout {
    pub(crate) id: u16,
    pub(crate) name: String,
    pub(crate) version: u8,
    pub(crate) core_bits: usize,
    pub(crate) fields: Vec<(String, usize, Option<usize>)>,
    pub(crate) behind: Option<String>,
    pub(crate) header: bool,
}

pub(crate) fn layouts() -> Vec<Layout> {
    rows("gpp-us-sections.jsonl")
}

/// The bits of a part; `None` where it is empty or has a character of no bits.
fn bits(text: &str) -> Option<String> {
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let six = |character| alphabet.find(character).map(|value| format!("{value:06b}"));
    let bits = text.chars().map(six).collect::<Option<String>>()?;
    (!bits.is_empty()).then_some(bits)
}

/// Takes some bits from the front.
fn take<'a>(bits: &mut &'a str, count: usize) -> Option<&'a str> {
    let (taken, left) = bits.split_at_checked(count)?;
    *bits = left;
    Some(taken)
}

fn number(bits: &str) -> usize {
    usize::from_str_radix(bits, 2).unwrap()
}

/// A Fibonacci code word: up to the first two ones.
fn fibonacci(bits: &mut &str) -> Option<u64> {
    let word = take(bits, bits.find("11")? + 2)?;
    let (mut value, mut next, mut sum) = (1, 2, 0_u64);
    for digit in word[..word.len() - 1].chars() {
        sum = sum.checked_add(if digit == '1' { value } else { 0 })?;
        (value, next) = (next, value.checked_add(next)?);
    }
    Some(sum)
}

/// A list of ranges of Fibonacci numbers, as all of its IDs.
fn ids(bits: &mut &str) -> Option<Vec<u16>> {
    let mut ids = Vec::new();
    let mut last = 0;
    for _ in 0..number(take(bits, 12)?) {
        let is_group = take(bits, 1)? == "1";
        let first = last + fibonacci(bits)?;
        last = if is_group { first + fibonacci(bits)? } else { first };
        for id in first..=last {
            ids.push(u16::try_from(id).ok()?);
        }
    }
    Some(ids)
}

/// The sections of a string: their IDs and texts.
pub(crate) fn sections(text: &str) -> Option<Vec<(u16, &str)>> {
    let mut parts = text.split('~');
    let header = bits(parts.next()?)?;
    let mut header = header.as_str();
    if number(take(&mut header, 6)?) != 3 || number(take(&mut header, 6)?) != 1 {
        return None;
    }
    let ids = ids(&mut header)?;
    let texts: Vec<&str> = parts.collect();
    (ids.len() == texts.len()).then(|| ids.into_iter().zip(texts).collect())
}

/// What a section of the United States says; `None` where it can't be read.
pub(crate) fn us_section(layouts: &[Layout], id: u16, text: &str) -> Option<Map<String, Value>> {
    let parts: Vec<&str> = text.split('.').collect();
    let layout = layouts.iter().find(|layout| layout.id == id)?;
    if !layout.header {
        let core = bits(parts[0])?;
        let version = number(core.get(..6)?);
        let layout = if id == 7 { national(layouts, version, &core)? } else { layout };
        if version != 1 && (id, version) != (7, 2) {
            return None;
        }
        let mut said = fields(layout, &core)?;
        match layout.behind {
            None => {}
            Some(_) if parts.len() > 2 => return None,
            Some(_) if parts.len() == 2 => {
                said.insert("gpc".into(), gpc(parts[1])?);
            }
            Some(_) => {}
        }
        return Some(said);
    }
    let first = bits(parts[0])?;
    let (core, subsection) = if number(&first[..6]) == usize::from(id) {
        let mut header = &first[6..];
        if number(take(&mut header, 6)?) != 1 {
            return None;
        }
        let listed = ids(&mut header)?;
        if listed.len() + 2 != parts.len() {
            return None;
        }
        (parts[1], (listed.first() == Some(&1)).then(|| parts[2]))
    } else {
        (parts[0], parts.get(1).copied())
    };
    let mut said = fields(layout, &bits(core)?)?;
    if let Some(subsection) = subsection {
        if layout.behind.as_deref() == Some("gpc") {
            said.insert("gpc".into(), gpc(subsection)?);
        } else {
            let bits = bits(subsection)?;
            let mut bits = bits.as_str();
            let entries = (0..8).map(|_| Some(json!(number(take(&mut bits, 2)?))));
            let entries = entries.collect::<Option<Vec<_>>>()?;
            said.insert("sensitive_data_processing".into(), json!(entries));
        }
    }
    Some(said)
}

fn national<'a>(layouts: &'a [Layout], version: usize, core: &str) -> Option<&'a Layout> {
    let (one, two) = (&layouts[0], &layouts[1]);
    assert_eq!((one.id, one.version, two.id, two.version), (7, 1, 7, 2));
    match version {
        1 if core.len() < two.core_bits => Some(one),
        1 => {
            let is_zero_behind = !core[one.core_bits..].contains('1');
            // Behind it the two modes of the MSPA, two bits each.
            let covered = number(&core[one.core_bits - 6..one.core_bits - 4]);
            Some(if is_zero_behind && [1, 2].contains(&covered) { one } else { two })
        }
        2 => Some(two),
        _ => None,
    }
}

fn fields(layout: &Layout, core: &str) -> Option<Map<String, Value>> {
    let mut left = core.get(..layout.core_bits)?;
    let mut said = Map::new();
    for (name, width, count) in &layout.fields {
        let mut entry = || take(&mut left, *width).map(number);
        let value = match count {
            None => json!(entry()?),
            Some(count) => json!((0..*count).map(|_| entry()).collect::<Option<Vec<_>>>()?),
        };
        said.insert(snake_case(name), value);
    }
    assert!(left.is_empty(), "the table's own lengths");
    Some(said)
}

fn gpc(text: &str) -> Option<Value> {
    let bits = bits(text)?;
    (number(bits.get(..2)?) == 1).then(|| json!(&bits[2..3] == "1"))
}
