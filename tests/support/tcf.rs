//! A naive model of TC strings: sets of numbers, read and written one bit at a time.
//!
//! It shares no code with the crate and follows the specification field by field.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::collections::BTreeSet;

use consent_string::Id;
use consent_string::tcf::{
    Letters, PublisherTc, SmallId, SmallSet, TcString, TcStringRef, VendorsRef,
};
use proptest::prelude::*;

pub(crate) type Bits = Vec<bool>;
pub(crate) type Set = BTreeSet<u16>;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(crate) fn put(bits: &mut Bits, value: u64, width: u32) {
    bits.extend((0..width).rev().map(|place| value.checked_shr(place).unwrap_or(0) & 1 == 1));
}

/// The bits as characters, filled with zeros to a multiple of `fill` bits.
pub(crate) fn to_text(mut bits: Bits, fill: usize) -> String {
    bits.resize(bits.len().next_multiple_of(fill).next_multiple_of(6), false);
    bits.chunks(6)
        .map(|six| six.iter().fold(0, |value, &bit| value << 1 | usize::from(bit)))
        .map(|value| char::from(ALPHABET[value]))
        .collect()
}

/// The bits of characters; `None` where one is no base64.
pub(crate) fn to_bits(text: &str) -> Option<Bits> {
    let mut bits = Bits::new();
    for byte in text.bytes() {
        let value = ALPHABET.iter().position(|&known| known == byte)?;
        put(&mut bits, value as u64, 6);
    }
    Some(bits)
}

/// How a section is written, of all the ways that are allowed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Style {
    pub(crate) as_ranges: bool,
    /// How far past the last vendor `MaxVendorId` is.
    pub(crate) slack: u16,
    /// Whether ranges are written backwards, and each of them twice.
    pub(crate) disorder: bool,
}

pub(crate) fn ranges(set: &Set) -> Vec<(u16, u16)> {
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for &id in set {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == id => *last = id,
            _ => ranges.push((id, id)),
        }
    }
    ranges
}

pub(crate) fn put_ranges(bits: &mut Bits, ranges: &[(u16, u16)]) {
    put(bits, ranges.len() as u64, 12);
    for &(first, last) in ranges {
        put(bits, u64::from(first != last), 1);
        put(bits, first.into(), 16);
        if first != last {
            put(bits, last.into(), 16);
        }
    }
}

fn styled_ranges(set: &Set, style: &Style) -> Vec<(u16, u16)> {
    let ranges = ranges(set);
    if style.disorder && ranges.len() < 2000 {
        ranges.iter().rev().chain(&ranges).copied().collect()
    } else {
        ranges
    }
}

pub(crate) fn put_section(bits: &mut Bits, set: &Set, style: &Style) {
    let maximum = set.last().copied().unwrap_or(0).saturating_add(style.slack);
    put(bits, maximum.into(), 16);
    put(bits, style.as_ranges.into(), 1);
    if style.as_ranges {
        put_ranges(bits, &styled_ranges(set, style));
    } else {
        bits.extend((1..=maximum).map(|id| set.contains(&id)));
    }
}

/// The shortest section: both ways are tried.
fn put_shortest(bits: &mut Bits, set: &Set) {
    let write = |as_ranges| {
        let mut bits = Bits::new();
        put_section(&mut bits, set, &Style { as_ranges, ..Style::default() });
        bits
    };
    let field = write(false);
    let best = if ranges(set).len() > 4095 {
        field
    } else {
        [field, write(true)].into_iter().min_by_key(Vec::len).unwrap()
    };
    bits.extend(best);
}

fn put_fixed(bits: &mut Bits, set: &Set, width: u16) {
    bits.extend((1..=width).map(|id| set.contains(&id)));
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Publisher {
    pub(crate) purposes_consent: Set,
    pub(crate) purposes_li: Set,
    pub(crate) count: u16,
    pub(crate) custom_consent: Set,
    pub(crate) custom_li: Set,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Model {
    /// `Created`, `LastUpdated`, `CmpId`, `CmpVersion`, `ConsentScreen`.
    pub(crate) numbers: [u64; 5],
    pub(crate) language: [u64; 2],
    /// `VendorListVersion`, `TcfPolicyVersion`, `IsServiceSpecific`, `UseNonStandardTexts`.
    pub(crate) more: [u64; 4],
    pub(crate) features: Set,
    pub(crate) purposes_consent: Set,
    pub(crate) purposes_li: Set,
    pub(crate) purpose_one_treatment: bool,
    pub(crate) country: [u64; 2],
    pub(crate) vendors_consent: Set,
    pub(crate) vendors_li: Set,
    pub(crate) restrictions: Vec<(u16, u16, Set)>,
    pub(crate) disclosed: Option<Set>,
    pub(crate) allowed: Option<Set>,
    pub(crate) publisher: Option<Publisher>,
}

const NUMBERS: [u32; 5] = [36, 36, 12, 12, 6];
const MORE: [u32; 4] = [12, 6, 1, 1];

impl Model {
    pub(crate) fn put_header(&self, bits: &mut Bits) {
        put(bits, 2, 6);
        for (value, width) in self.numbers.into_iter().zip(NUMBERS) {
            put(bits, value, width);
        }
        self.language.into_iter().for_each(|letter| put(bits, letter, 6));
        for (value, width) in self.more.into_iter().zip(MORE) {
            put(bits, value, width);
        }
        put_fixed(bits, &self.features, 12);
        put_fixed(bits, &self.purposes_consent, 24);
        put_fixed(bits, &self.purposes_li, 24);
        put(bits, self.purpose_one_treatment.into(), 1);
        self.country.into_iter().for_each(|letter| put(bits, letter, 6));
    }

    /// The bits of each segment: the core, then the others by type. `section` writes vendors.
    fn segments(&self, section: &mut dyn FnMut(&mut Bits, &Set), disorder: bool) -> Vec<Bits> {
        let mut core = Bits::new();
        self.put_header(&mut core);
        section(&mut core, &self.vendors_consent);
        section(&mut core, &self.vendors_li);
        put(&mut core, self.restrictions.len() as u64, 12);
        for (purpose, kind, vendors) in &self.restrictions {
            put(&mut core, (*purpose).into(), 6);
            put(&mut core, (*kind).into(), 2);
            let style = Style { disorder, ..Style::default() };
            put_ranges(&mut core, &styled_ranges(vendors, &style));
        }
        let mut segments = vec![core];
        for (number, vendors) in [(1, &self.disclosed), (2, &self.allowed)] {
            if let Some(vendors) = vendors {
                let mut bits = Bits::new();
                put(&mut bits, number, 3);
                section(&mut bits, vendors);
                segments.push(bits);
            }
        }
        if let Some(publisher) = &self.publisher {
            let mut bits = Bits::new();
            put(&mut bits, 3, 3);
            put_fixed(&mut bits, &publisher.purposes_consent, 24);
            put_fixed(&mut bits, &publisher.purposes_li, 24);
            put(&mut bits, publisher.count.into(), 6);
            put_fixed(&mut bits, &publisher.custom_consent, publisher.count);
            put_fixed(&mut bits, &publisher.custom_li, publisher.count);
            segments.push(bits);
        }
        segments
    }

    /// The text in some styles, one for each section in turn; the segments behind the core
    /// are turned by `turn` places.
    pub(crate) fn text(&self, styles: &[Style], fill: usize, turn: usize) -> String {
        let mut styles = styles.iter().cycle();
        let disorder = styles.clone().next().unwrap().disorder;
        let mut section = |bits: &mut Bits, set: &Set| {
            let style = styles.next().unwrap();
            let as_ranges = style.as_ranges && ranges(set).len() <= 4095;
            put_section(bits, set, &Style { as_ranges, ..style.clone() });
        };
        let mut segments = self.segments(&mut section, disorder);
        let behind = &mut segments[1..];
        if !behind.is_empty() {
            let turn = turn % behind.len();
            behind.rotate_left(turn);
        }
        let segments: Vec<String> = segments.into_iter().map(|bits| to_text(bits, fill)).collect();
        segments.join(".")
    }

    /// The shortest text, filled to whole groups of four characters.
    pub(crate) fn shortest_text(&self) -> String {
        let segments = self.segments(&mut put_shortest, false);
        segments.into_iter().map(|bits| to_text(bits, 24)).collect::<Vec<_>>().join(".")
    }

    /// Reads a text by the rules of the default options; `None` where they refuse it.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut model = Self::default();
        let mut segments = text.split('.');
        let mut core = Reader::new(segments.next()?)?;
        model.read_core(&mut core)?;
        core.close()?;
        for segment in segments {
            let mut reader = Reader::new(segment)?;
            let before = match reader.take(3)? {
                1 => model.disclosed.replace(reader.section()?).is_some(),
                2 => model.allowed.replace(reader.section()?).is_some(),
                3 => {
                    let mut publisher = Publisher {
                        purposes_consent: reader.fixed(24)?,
                        purposes_li: reader.fixed(24)?,
                        count: u16::try_from(reader.take(6)?).unwrap(),
                        ..Publisher::default()
                    };
                    publisher.custom_consent = reader.fixed(publisher.count)?;
                    publisher.custom_li = reader.fixed(publisher.count)?;
                    model.publisher.replace(publisher).is_some()
                }
                _ => return None,
            };
            if before {
                return None;
            }
            reader.close()?;
        }
        Some(model)
    }

    fn read_core(&mut self, reader: &mut Reader) -> Option<()> {
        if reader.take(6)? != 2 {
            return None;
        }
        for (value, width) in self.numbers.iter_mut().zip(NUMBERS) {
            *value = reader.take(width)?;
        }
        self.language = reader.letters()?;
        for (value, width) in self.more.iter_mut().zip(MORE) {
            *value = reader.take(width)?;
        }
        self.features = reader.fixed(12)?;
        self.purposes_consent = reader.fixed(24)?;
        self.purposes_li = reader.fixed(24)?;
        self.purpose_one_treatment = reader.take(1)? == 1;
        self.country = reader.letters()?;
        self.vendors_consent = reader.section()?;
        self.vendors_li = reader.section()?;
        for _ in 0..reader.take(12)? {
            let purpose = u16::try_from(reader.take(6)?).ok().filter(|id| (1..=24).contains(id))?;
            let kind = u16::try_from(reader.take(2)?).unwrap();
            self.restrictions.push((purpose, kind, reader.ranges()?));
        }
        Some(())
    }

    /// What the owned form says.
    pub(crate) fn of(consent: &TcString) -> Self {
        model_of!(consent)
    }

    /// What the borrowed form says.
    pub(crate) fn of_ref(consent: &TcStringRef<'_, '_>) -> Self {
        model_of!(consent)
    }
}

/// The vendors, by each way to ask for them, which must agree.
fn vendor_set(vendors: VendorsRef<'_>) -> Set {
    let set: Set = vendors.iter().map(Id::get).collect();
    let copied = vendors.to_set();
    assert!(copied.iter().map(Id::get).eq(set.iter().copied()), "the set has the vendors");
    assert!(vendors.ranges().eq(copied.ranges()), "the ranges are those of the set");
    assert!(
        vendors.ranges().map(|range| (range.first().get(), range.last().get())).eq(ranges(&set))
    );
    let mut numbers = vec![0];
    vendors.put_numbers(&mut numbers);
    assert_eq!(numbers[1..], vendors.to_numbers(), "behind what was there");
    assert!(numbers[1..].iter().eq(&set));
    assert_eq!(vendors.len(), set.len());
    assert_eq!(vendors.is_empty(), set.is_empty());
    let mut left = (vendors.iter(), vendors.ranges());
    for taken in 0..3 {
        assert_eq!(left.0.len(), set.len().saturating_sub(taken));
        assert_eq!(left.1.len(), copied.ranges().len().saturating_sub(taken));
        assert_eq!(left.0.clone().count(), left.0.len());
        let by_next = std::iter::from_fn({
            let mut ranges = left.1.clone();
            move || ranges.next()
        });
        assert_eq!(by_next.count(), left.1.len());
        left.0.next();
        left.1.next();
    }
    let by_next = std::iter::from_fn({
        let mut ids = vendors.iter();
        move || ids.next()
    });
    assert!(by_next.map(Id::get).eq(set.iter().copied()), "one by one or all at once");
    set
}

fn small<I: SmallId>(set: SmallSet<I>) -> Set {
    set.into_iter().map(Id::get).collect()
}

fn letters(letters: Option<Letters>) -> [u64; 2] {
    let letters = letters.expect("the default options accept letters only");
    let bytes = letters.as_str().as_bytes();
    [u64::from(bytes[0] - b'A'), u64::from(bytes[1] - b'A')]
}

fn publisher(publisher: PublisherTc) -> Publisher {
    Publisher {
        purposes_consent: small(publisher.purposes_consent()),
        purposes_li: small(publisher.purposes_li()),
        count: publisher.custom_purposes_count().into(),
        custom_consent: small(publisher.custom_purposes_consent()),
        custom_li: small(publisher.custom_purposes_li()),
    }
}

/// What either form says.
macro_rules! model_of {
    ($consent:expr) => {
        Self {
            numbers: [
                $consent.created().deciseconds(),
                $consent.last_updated().deciseconds(),
                $consent.cmp_id().into(),
                $consent.cmp_version().into(),
                $consent.consent_screen().into(),
            ],
            language: letters($consent.consent_language()),
            more: [
                $consent.vendor_list_version().into(),
                $consent.tcf_policy_version().into(),
                $consent.is_service_specific().into(),
                $consent.use_non_standard_texts().into(),
            ],
            features: small($consent.special_feature_opt_ins()),
            purposes_consent: small($consent.purposes_consent()),
            purposes_li: small($consent.purposes_li()),
            purpose_one_treatment: $consent.purpose_one_treatment(),
            country: letters($consent.publisher_country_code()),
            vendors_consent: vendor_set($consent.vendors_consent()),
            vendors_li: vendor_set($consent.vendors_li()),
            restrictions: $consent
                .publisher_restrictions()
                .map(|on| {
                    let kind = on.restriction_type().number().into();
                    (on.purpose().get(), kind, vendor_set(on.vendors()))
                })
                .collect(),
            disclosed: $consent.disclosed_vendors().map(vendor_set),
            allowed: $consent.allowed_vendors().map(vendor_set),
            publisher: $consent.publisher_tc().map(publisher),
        }
    };
}
use model_of;

struct Reader {
    bits: Bits,
    at: usize,
}

impl Reader {
    fn new(text: &str) -> Option<Self> {
        Some(Self { bits: to_bits(text)?, at: 0 })
    }

    fn take(&mut self, width: u32) -> Option<u64> {
        let width = width as usize;
        let bits = self.bits.get(self.at..self.at + width)?;
        self.at += width;
        Some(bits.iter().fold(0, |value, &bit| value << 1 | u64::from(bit)))
    }

    fn letters(&mut self) -> Option<[u64; 2]> {
        let letters = [self.take(6)?, self.take(6)?];
        letters.iter().all(|&letter| letter < 26).then_some(letters)
    }

    fn fixed(&mut self, width: u16) -> Option<Set> {
        let mut set = Set::new();
        for id in 1..=width {
            if self.take(1)? == 1 {
                set.insert(id);
            }
        }
        Some(set)
    }

    fn section(&mut self) -> Option<Set> {
        let maximum = u16::try_from(self.take(16)?).unwrap();
        if self.take(1)? == 1 { self.ranges() } else { self.fixed(maximum) }
    }

    fn ranges(&mut self) -> Option<Set> {
        let mut set = Set::new();
        for _ in 0..self.take(12)? {
            let is_range = self.take(1)? == 1;
            let first = u16::try_from(self.take(16)?).unwrap();
            let last = if is_range { u16::try_from(self.take(16)?).unwrap() } else { first };
            if first == 0 || last < first {
                return None;
            }
            set.extend(first..=last);
        }
        Some(set)
    }

    fn close(&self) -> Option<()> {
        (!self.bits.is_empty() && !self.bits[self.at..].contains(&true)).then_some(())
    }
}

/// Few vendors with low numbers.
pub(crate) fn few_vendors() -> impl Strategy<Value = Set> {
    numbers(40, 6)
}

/// Vendors as they occur: none, a few, long runs, many scattered ones.
pub(crate) fn vendors() -> impl Strategy<Value = Set> {
    let runs = |highest: u16, longest: u16, count: usize| {
        prop::collection::vec((1..=highest, 0..longest), 0..count).prop_map(|runs| {
            runs.into_iter()
                .flat_map(|(first, length)| first..=first.saturating_add(length))
                .collect()
        })
    };
    prop_oneof![
        1 => Just(Set::new()),
        4 => runs(60, 5, 8),
        4 => runs(1200, 40, 30),
        2 => runs(1200, 1, 300),
        1 => runs(u16::MAX, 300, 6),
    ]
}

fn numbers(highest: u16, count: usize) -> impl Strategy<Value = Set> {
    prop::collection::btree_set(1..=highest, 0..=count)
}

fn publishers() -> impl Strategy<Value = Publisher> {
    let custom = (0..64_u16).prop_flat_map(|count| {
        let set = move || {
            numbers(63, 20).prop_map(move |set| set.into_iter().filter(|&id| id <= count).collect())
        };
        (Just(count), set(), set())
    });
    (numbers(24, 10), numbers(24, 10), custom).prop_map(
        |(purposes_consent, purposes_li, (count, custom_consent, custom_li))| Publisher {
            purposes_consent,
            purposes_li,
            count,
            custom_consent,
            custom_li,
        },
    )
}

pub(crate) fn models() -> impl Strategy<Value = Model> {
    models_with(|| vendors().boxed())
}

/// Models whose texts are short.
pub(crate) fn small_models() -> impl Strategy<Value = Model> {
    models_with(|| few_vendors().boxed())
}

fn models_with(vendors: fn() -> BoxedStrategy<Set>) -> impl Strategy<Value = Model> {
    let heads = (
        [0..1_u64 << 36, 0..1 << 36, 0..4096, 0..4096, 0..64],
        [0..26_u64, 0..26],
        [0..4096_u64, 0..64, 0..2, 0..2],
        [0..26_u64, 0..26],
        any::<bool>(),
    );
    let restrictions = prop::collection::vec((1..=24_u16, 0..4_u16, vendors()), 0..5);
    let segments =
        (prop::option::of(vendors()), prop::option::of(vendors()), prop::option::of(publishers()));
    (
        heads,
        (numbers(12, 6), numbers(24, 12), numbers(24, 12)),
        (vendors(), vendors()),
        restrictions,
        segments,
    )
        .prop_map(|(head, sets, vendors, restrictions, segments)| {
            let (numbers, language, more, country, purpose_one_treatment) = head;
            Model {
                numbers,
                language,
                more,
                features: sets.0,
                purposes_consent: sets.1,
                purposes_li: sets.2,
                purpose_one_treatment,
                country,
                vendors_consent: vendors.0,
                vendors_li: vendors.1,
                restrictions,
                disclosed: segments.0,
                allowed: segments.1,
                publisher: segments.2,
            }
        })
}

pub(crate) fn styles() -> impl Strategy<Value = Vec<Style>> {
    let style = (any::<bool>(), prop_oneof![Just(0), 0..400_u16], any::<bool>())
        .prop_map(|(as_ranges, slack, disorder)| Style { as_ranges, slack, disorder });
    prop::collection::vec(style, 1..5)
}
