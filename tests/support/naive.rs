//! A reader of Didomi Consent Strings that is slow and plain: one bit at a time, one entry
//! an ID. It shares no code with the crate, only the names of statuses and encodings.
//!
//! It says whether a string is to be accepted and what it means, not what is wrong with it.

use consent_string::didomi::{ConsentString, Encoding, InferredCodes, SectionKind, Status};
use consent_string::{Id, Timestamp};

const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const HIGHEST_ID: u64 = 65535;

/// What a string says.
#[derive(Debug)]
pub(crate) struct Consent {
    /// 1 or 2.
    pub(crate) version: u64,
    /// The 128 bits of the user's ID.
    pub(crate) user_id: Vec<bool>,
    /// Deciseconds since 1970.
    pub(crate) created: u64,
    /// Deciseconds since 1970.
    pub(crate) updated: u64,
    /// Version 2 only.
    pub(crate) regulation: Option<u64>,
    /// Deciseconds since 1970; version 2 only.
    pub(crate) sync: Option<u64>,
    /// Purposes and vendors, consent and legitimate interest.
    pub(crate) sections: Vec<Section>,
    /// An empty one is absent.
    pub(crate) did: Option<String>,
    /// An empty one is absent.
    pub(crate) ouid: Option<String>,
    /// An empty one is absent.
    pub(crate) signature: Option<String>,
    /// What stands before the signature's separator.
    pub(crate) signed_part: String,
}

/// What a section says, and how it is written.
#[derive(Debug)]
pub(crate) struct Section {
    /// The status of each ID; that of ID 1 stands at index 1. None behind the last ID that is
    /// enabled or disabled.
    pub(crate) statuses: Vec<Status>,
    /// The encoding.
    pub(crate) encoding: Encoding,
    /// The four bits of `EncodedStatuses`.
    pub(crate) code: Option<u64>,
    /// The length in bits.
    pub(crate) bits: usize,
}

/// Reads a string; `None` for one that is to be refused.
#[must_use]
pub(crate) fn read(text: &str, inferred: InferredCodes) -> Option<Consent> {
    let end = text.find(|character| !ALPHABET.contains(character)).unwrap_or(text.len());
    let (sections, frame) = text.split_at(end);
    let [did, ouid, signature] = read_frame(frame)?;
    // Every separator in front of the signature is a dot, but for one tilde.
    let dots = frame.matches('.').count();
    let signature_at = if dots == 3 { text.rfind('.') } else { text.find('~') };
    let signed_part = text[..signature_at.unwrap_or(text.len())].to_string();

    if sections.is_empty() || sections.len() % 4 != 0 {
        return None;
    }
    let mut bits = Bits::default();
    for character in sections.chars() {
        let value = ALPHABET.find(character)?;
        for place in (0..6).rev() {
            bits.bits.push(value >> place & 1 == 1);
        }
    }

    let version = bits.number(6)?;
    if version != 1 && version != 2 {
        return None;
    }
    let user_id = (0..128).map(|_| bits.bit()).collect::<Option<Vec<bool>>>()?;
    let created = bits.number(36)?;
    let updated = bits.number(36)?;
    let (mut regulation, mut sync) = (None, None);
    if version == 2 {
        regulation = Some(bits.number(16)?);
        if bits.bit()? {
            sync = Some(bits.number(36)?);
        }
    }
    let mut read_sections = Vec::new();
    for _ in 0..4 {
        read_sections.push(read_section(&mut bits, inferred)?);
    }
    let fill = &bits.bits[bits.at..];
    if fill.len() >= 24 || fill.contains(&true) {
        return None;
    }
    Some(Consent {
        version,
        user_id,
        created,
        updated,
        regulation,
        sync,
        sections: read_sections,
        did,
        ouid,
        signature,
        signed_part,
    })
}

/// What the crate read is what this reader read.
pub(crate) fn compare(consent: &ConsentString, expected: &Consent) {
    assert_eq!(u64::from(consent.version().number()), expected.version);
    let user_id = consent.user_id().as_u128();
    assert!((0..128).rev().map(|place| user_id >> place & 1 == 1).eq(expected.user_id.clone()));
    assert_eq!(consent.created().deciseconds(), expected.created);
    assert_eq!(consent.updated().deciseconds(), expected.updated);
    assert_eq!(consent.regulation().map(|regulation| regulation.0.into()), expected.regulation);
    assert_eq!(consent.sync().map(Timestamp::deciseconds), expected.sync);
    assert_eq!(consent.did(), expected.did.as_deref());
    assert_eq!(consent.ouid(), expected.ouid.as_deref());
    assert_eq!(consent.signature(), expected.signature.as_deref());
    assert_eq!(consent.signed_part(), expected.signed_part);
    assert_eq!(expected.sections.len(), 4);
    let all = SectionKind::ALL.iter().copied().zip(statuses_of(consent)).zip(&expected.sections);
    for ((kind, statuses), expected) in all {
        assert_eq!(statuses, expected.statuses, "{kind}");
        let form = consent.form(kind);
        assert_eq!(form.encoding(), expected.encoding, "{kind}");
        assert_eq!(form.statuses().map(|code| code.bits().into()), expected.code, "{kind}");
        assert_eq!(form.bits(), expected.bits, "{kind}");
    }
}

/// One entry an ID, as in [`Section::statuses`].
pub(crate) fn statuses_of(consent: &ConsentString) -> [Vec<Status>; 4] {
    [
        statuses(consent.purposes().statuses()),
        statuses(consent.purposes_li().statuses()),
        statuses(consent.vendors().statuses()),
        statuses(consent.vendors_li().statuses()),
    ]
}

pub(crate) fn statuses<I: Id>(section: impl Iterator<Item = (I, Status)>) -> Vec<Status> {
    let mut statuses = vec![Status::Undefined];
    for (id, status) in section {
        statuses.resize(usize::from(id.get()), Status::Undefined);
        statuses.push(status);
    }
    statuses
}

/// Device ID, organization user ID and signature.
fn read_frame(frame: &str) -> Option<[Option<String>; 3]> {
    let tildes: Vec<&str> = frame.split('~').collect();
    let dots: Vec<&str> = tildes[0].split('.').collect();
    // Before the first separator there is nothing left.
    if !dots[0].is_empty() || dots.len() > 4 || tildes.len() > 2 {
        return None;
    }
    if dots.len() == 4 && tildes.len() == 2 {
        return None;
    }
    let token = |token: Option<&&str>| token.map(ToString::to_string);
    let tokens =
        [token(dots.get(1)), token(dots.get(2)), token(dots.get(3)).or(token(tildes.get(1)))];
    for token in tokens.iter().flatten() {
        if !token.chars().all(|c| c.is_ascii_graphic() && !".~%\",;\\".contains(c)) {
            return None;
        }
    }
    Some(tokens.map(|token| token.filter(|token| !token.is_empty())))
}

#[derive(Default)]
struct Bits {
    bits: Vec<bool>,
    at: usize,
}

impl Bits {
    fn bit(&mut self) -> Option<bool> {
        let bit = *self.bits.get(self.at)?;
        self.at += 1;
        Some(bit)
    }

    fn number(&mut self, width: usize) -> Option<u64> {
        let mut number = 0;
        for _ in 0..width {
            number = number * 2 + u64::from(self.bit()?);
        }
        Some(number)
    }

    /// The sum of the numbers 1, 2, 3, 5, 8 ... under the ones, up to two ones in a row.
    fn fibonacci(&mut self) -> Option<u64> {
        let (mut value, mut next) = (1, 2);
        let mut sum = 0;
        let mut last = false;
        loop {
            let bit = self.bit()?;
            if bit && last {
                return Some(sum);
            }
            if bit {
                sum += value;
            }
            if sum > HIGHEST_ID || value > HIGHEST_ID {
                return None;
            }
            last = bit;
            (value, next) = (next, value + next);
        }
    }
}

fn read_section(bits: &mut Bits, inferred: InferredCodes) -> Option<Section> {
    let start = bits.at;
    let mut code = None;
    let mut statuses = vec![Status::Undefined];
    let encoding = match bits.number(2)? {
        0 => {
            let from_one = bits.bit()?;
            let first = if from_one { 1 } else { bits.number(16)? };
            let count = bits.number(16)?;
            if first == 0 || first + count > HIGHEST_ID + 1 {
                return None;
            }
            statuses.resize(usize::try_from(first).ok()?, Status::Undefined);
            for _ in 0..count {
                statuses.push(match bits.number(2)? {
                    0b10 => Status::Enabled,
                    0b01 => Status::Disabled,
                    0b00 => Status::Undefined,
                    _ => return None,
                });
            }
            if from_one { Encoding::BitFieldFromOne } else { Encoding::BitField }
        }
        encoding @ (1 | 2) => {
            let fibonacci = encoding == 2;
            let four = bits.number(4)?;
            code = Some(four);
            let (listed, rest) = meaning(four)?;
            let accepted = match inferred {
                InferredCodes::Accept => true,
                InferredCodes::Listed => rest != Status::Enabled,
                _ => four == 0b0000 || four == 0b1100,
            };
            if !accepted {
                return None;
            }
            let mut groups = Vec::new();
            let both = listed.contains(&Status::Enabled) && listed.contains(&Status::Disabled);
            for status in listed {
                let ranges = read_ranges(bits, fibonacci)?;
                if ranges.is_empty() && both {
                    return None;
                }
                groups.push((status, ranges));
            }
            let highest = groups.iter().flat_map(|(_, ranges)| ranges).map(|range| range.1).max();
            let length = usize::try_from(highest.unwrap_or(0)).ok()? + 1;
            let mut given: Vec<Option<Status>> = vec![None; length];
            for (status, ranges) in groups {
                for (first, last) in ranges {
                    for id in first..=last {
                        let id = usize::try_from(id).ok()?;
                        if given[id].is_some() {
                            return None;
                        }
                        given[id] = Some(status);
                    }
                }
            }
            statuses = given.into_iter().map(|status| status.unwrap_or(rest)).collect();
            // There is no ID 0.
            statuses[0] = Status::Undefined;
            if fibonacci { Encoding::Fibonacci } else { Encoding::Ranges }
        }
        _ => return None,
    };
    while statuses.len() > 1 && statuses.last() == Some(&Status::Undefined) {
        statuses.pop();
    }
    Some(Section { statuses, encoding, code, bits: bits.at - start })
}

/// The statuses of a code's groups, and that of every other ID up to the highest listed.
fn meaning(code: u64) -> Option<(Vec<Status>, Status)> {
    use Status::{Disabled, Enabled, Undefined};
    Some(match code {
        0b0000 => (vec![Enabled], Undefined),
        0b1100 => (vec![Undefined, Enabled], Disabled),
        0b0011 => (vec![Enabled, Undefined], Disabled),
        0b0101 | 0b1010 => (vec![Disabled], Undefined),
        0b0001 | 0b0010 => (vec![Enabled, Disabled], Undefined),
        0b0100 | 0b1000 => (vec![Disabled, Enabled], Undefined),
        0b1101 | 0b1110 => (vec![Undefined, Disabled], Enabled),
        0b0111 | 0b1011 => (vec![Disabled, Undefined], Enabled),
        _ => return None,
    })
}

fn read_ranges(bits: &mut Bits, fibonacci: bool) -> Option<Vec<(u64, u64)>> {
    let mut ranges = Vec::new();
    let mut before = 0;
    for _ in 0..bits.number(16)? {
        let (first, last) = if fibonacci {
            let first = bits.fibonacci()?;
            (first, first + bits.fibonacci()? - 1)
        } else {
            let single = bits.bit()?;
            let first = bits.number(16)?;
            (first, if single { first } else { bits.number(16)? })
        };
        if first <= before || last < first || last > HIGHEST_ID {
            return None;
        }
        before = last;
        ranges.push((first, last));
    }
    Some(ranges)
}
