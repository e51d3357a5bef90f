//! A naive reader of the Didomi Consent String, written from `docs/format.md`: bit by bit,
//! one entry an ID, no care for speed or memory. It says whether a text is accepted, and
//! what it says.

use bitvec::prelude::*;

/// Every ID's status: the index is the ID.
pub(crate) type Statuses = Vec<Status>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Enabled,
    Disabled,
    Undefined,
}

/// Which inferred statuses codes are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    Refuse,
    Listed,
    Accept,
}

/// What a text says.
#[derive(Debug)]
pub(crate) struct Naive {
    pub(crate) version: u64,
    pub(crate) user_id: u128,
    pub(crate) created: u64,
    pub(crate) updated: u64,
    pub(crate) regulation: Option<u64>,
    pub(crate) sync: Option<u64>,
    pub(crate) sections: Vec<Statuses>,
    /// DID, OUID and signature.
    pub(crate) tokens: [Option<String>; 3],
}

/// Reads a text; `None` where it is refused.
pub(crate) fn read(text: &str, policy: Policy) -> Option<Naive> {
    let (sections, tokens) = frame(text)?;
    let mut bits = Bits(base64(sections)?);
    let version = bits.number(6)?;
    if version != 1 && version != 2 {
        return None;
    }
    let user_id = u128::from(bits.number(64)?) << 64 | u128::from(bits.number(64)?);
    let created = bits.number(36)?;
    let updated = bits.number(36)?;
    let mut regulation = None;
    let mut sync = None;
    if version == 2 {
        regulation = Some(bits.number(16)?);
        if bits.bit()? {
            sync = Some(bits.number(36)?);
        }
    }
    let mut sections = Vec::new();
    for _ in 0..4 {
        sections.push(section(&mut bits, policy)?);
    }
    if bits.0.any() || bits.0.len() >= 24 {
        return None;
    }
    Some(Naive { version, user_id, created, updated, regulation, sync, sections, tokens })
}

type Framed<'a> = (&'a str, [Option<String>; 3]);

fn frame(text: &str) -> Option<Framed<'_>> {
    let by_tilde: Vec<&str> = text.split('~').collect();
    let by_dot: Vec<&str> = by_tilde[0].split('.').collect();
    let (&sections, tokens) = by_dot.split_first()?;
    let mut places = [""; 3];
    if tokens.len() > 3 {
        return None;
    }
    places[..tokens.len()].copy_from_slice(tokens);
    match by_tilde.len() {
        1 => {}
        2 if tokens.len() < 3 && !by_tilde[1].contains('.') => places[2] = by_tilde[1],
        _ => return None,
    }
    let visible = |token: &str| token.chars().all(|character| ('!'..='}').contains(&character));
    if !places.iter().all(|token| visible(token)) {
        return None;
    }
    Some((sections, places.map(|token| (!token.is_empty()).then(|| token.to_owned()))))
}

fn base64(sections: &str) -> Option<BitVec<u8, Msb0>> {
    if sections.is_empty() || !sections.len().is_multiple_of(4) {
        return None;
    }
    let mut bits = BitVec::new();
    for character in sections.bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits.extend_from_bitslice(&value.view_bits::<Msb0>()[2..]);
    }
    Some(bits)
}

/// The bits that are left, from which one after the other is taken.
struct Bits(BitVec<u8, Msb0>);

impl Bits {
    fn bit(&mut self) -> Option<bool> {
        let first = *self.0.first()?;
        self.0 = self.0[1..].to_bitvec();
        Some(first)
    }

    fn number(&mut self, width: usize) -> Option<u64> {
        let mut value = 0;
        for _ in 0..width {
            value = value << 1 | u64::from(self.bit()?);
        }
        Some(value)
    }

    fn fibonacci(&mut self) -> Option<u64> {
        let (mut value, mut term, mut next) = (0_u64, 1_u64, 2_u64);
        let mut before = false;
        loop {
            let bit = self.bit()?;
            if bit && before {
                return Some(value);
            }
            if bit {
                value = value.checked_add(term)?;
            }
            (term, next) = (next, term.saturating_add(next));
            before = bit;
        }
    }
}

fn section(bits: &mut Bits, policy: Policy) -> Option<Statuses> {
    match bits.number(2)? {
        0b00 => bit_field(bits),
        0b01 => groups(bits, policy, sixteen_bit_range),
        0b10 => groups(bits, policy, fibonacci_range),
        _ => None,
    }
}

fn bit_field(bits: &mut Bits) -> Option<Statuses> {
    let mut statuses = vec![Status::Undefined; 65536];
    let first = if bits.bit()? { 1 } else { bits.number(16)? };
    if first == 0 {
        return None;
    }
    for id in first..first + bits.number(16)? {
        let status = match bits.number(2)? {
            0b10 => Status::Enabled,
            0b01 => Status::Disabled,
            0b00 => Status::Undefined,
            _ => return None,
        };
        *statuses.get_mut(usize::try_from(id).unwrap())? = status;
    }
    Some(statuses)
}

type Range = (u64, u64);

fn sixteen_bit_range(bits: &mut Bits) -> Option<Range> {
    let single = bits.bit()?;
    let first = bits.number(16)?;
    let last = if single { first } else { bits.number(16)? };
    Some((first, last))
}

fn fibonacci_range(bits: &mut Bits) -> Option<Range> {
    let first = bits.fibonacci()?;
    let count = bits.fibonacci()?;
    Some((first, first.checked_add(count)? - 1))
}

fn groups(
    bits: &mut Bits,
    policy: Policy,
    range: impl Fn(&mut Bits) -> Option<Range>,
) -> Option<Statuses> {
    use Status::{Disabled, Enabled, Undefined};
    let code = bits.number(4)?;
    let (groups, rest): (&[Status], Status) = match code {
        0b0000 => (&[Enabled], Undefined),
        0b1100 => (&[Undefined, Enabled], Disabled),
        0b0011 => (&[Enabled, Undefined], Disabled),
        0b0101 | 0b1010 => (&[Disabled], Undefined),
        0b0001 | 0b0010 => (&[Enabled, Disabled], Undefined),
        0b0100 | 0b1000 => (&[Disabled, Enabled], Undefined),
        0b1101 | 0b1110 => (&[Undefined, Disabled], Enabled),
        0b0111 | 0b1011 => (&[Disabled, Undefined], Enabled),
        _ => return None,
    };
    let inferred = code != 0b0000 && code != 0b1100;
    if inferred && (policy == Policy::Refuse || policy == Policy::Listed && rest == Enabled) {
        return None;
    }
    let mut listed = vec![None; 65536];
    let mut highest = 0;
    for &status in groups {
        let mut before = 0;
        for _ in 0..bits.number(16)? {
            let (first, last) = range(bits)?;
            if first == 0 || last < first || last > 65535 || first <= before {
                return None;
            }
            before = last;
            highest = highest.max(last);
            for id in first..=last {
                let entry = &mut listed[usize::try_from(id).unwrap()];
                if entry.replace(status).is_some() {
                    return None;
                }
            }
        }
    }
    let status = |(id, listed): (usize, Option<Status>)| match listed {
        Some(status) => status,
        None if (1..=highest).contains(&(id as u64)) => rest,
        None => Undefined,
    };
    Some(listed.into_iter().enumerate().map(status).collect())
}
