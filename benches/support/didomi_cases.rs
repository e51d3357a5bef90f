//! The strings that the Didomi benchmarks read and write: the first published sample, and
//! strings made here from a fixed seed.

use consent_string::didomi::{
    ConsentString, EncodeOptions, Encoding, Regulation, Section, SectionKind, Status, Version,
};
use consent_string::didomi::{PurposeId, VendorId};
use consent_string::{Id, Timestamp};

/// A string under the name of its case.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

impl Case {
    /// The first segment, which is all that the base64 floor decodes.
    #[allow(dead_code)]
    pub(crate) fn sections(&self) -> &str {
        self.text.split(['.', '~']).next().expect("a string has a first segment")
    }
}

/// All cases.
pub(crate) fn cases() -> Vec<Case> {
    let docs_v1 = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA.\
                   AQAACAFkVONkgUIavQPm.XF229L4wQrauAgOe/AGP0SP7fa7bclNhB0~\
                   CAISHAgCEhJnd3NfMjAyMzA0MDYtMF9SQzEaAmVuIAEaBgiAo82hBg";
    vec![
        Case { name: "docs-v1", text: docs_v1.to_owned() },
        Case { name: "site-v2", text: site_v2() },
        Case { name: "bitfield-2000", text: large(bit_field(2000), Encoding::BitFieldFromOne) },
        Case { name: "ranges-1000", text: large(ranges(1000, 65, 20), Encoding::Ranges) },
        Case { name: "fibonacci-300", text: large(ranges(300, 100, 80), Encoding::Fibonacci) },
    ]
}

/// A small generator with a fixed seed (Knuth's MMIX constants).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn id<I: Id>(number: u64) -> I {
    u16::try_from(number).ok().and_then(I::new).expect("an ID")
}

/// Bit-field statuses drawn 70/20/10 enabled, disabled, undefined.
pub(crate) fn bit_field(ids: u64) -> Section<VendorId> {
    let mut random = Random(2000);
    let mut section = Section::new();
    for number in 1..=ids {
        let status = match random.below(10) {
            0..=6 => Status::Enabled,
            7..=8 => Status::Disabled,
            _ => Status::Undefined,
        };
        section.set(id(number), status);
    }
    section
}

/// Enabled ranges, `step` IDs apart, `long` in a hundred with two to nine IDs, the others with one.
pub(crate) fn ranges(count: u64, step: u64, long: u64) -> Section<VendorId> {
    let mut random = Random(count);
    let mut section = Section::new();
    for index in 0..count {
        let first = index * step + 1 + random.below(step - 12);
        let length = if random.below(100) < long { 1 + random.below(8) } else { 0 };
        section.set_range(id(first)..=id(first + length), Status::Enabled);
    }
    section
}

/// A string whose two vendor sections are the same and are encoded so in its canonical form.
pub(crate) fn large(vendors: Section<VendorId>, encoding: Encoding) -> String {
    let consent = builder().vendors(vendors.clone()).vendors_li(vendors).build().expect("a string");
    assert_eq!(consent.form(SectionKind::Vendors).encoding(), encoding);
    consent.into_string()
}

/// Strings of one encoding in growing sizes, from some 60 characters to the limit on text
/// or to the last ID; cases are named by encoding and number of characters.
#[allow(dead_code)]
pub(crate) fn sized() -> Vec<(Encoding, String)> {
    let every_second = |count: u64| {
        let mut section = Section::new();
        for index in 0..count {
            section.set(id(2 * index + 1), Status::Enabled);
        }
        section
    };
    let mut strings = Vec::new();
    for ids in [10, 300, 1400, 5700, 22_900, 65_535] {
        strings
            .push((Encoding::BitFieldFromOne, forced(bit_field(ids), Encoding::BitFieldFromOne)));
    }
    for (encoding, most) in [(Encoding::Ranges, 23_000), (Encoding::Fibonacci, 17_000)] {
        for count in [1, 32, 160, 670, 2700, 10_800, most] {
            strings.push((encoding, forced(every_second(count), encoding)));
        }
    }
    strings
}

/// A string whose two vendor sections are the same, in an encoding that may not be the smallest.
fn forced(vendors: Section<VendorId>, encoding: Encoding) -> String {
    let builder = builder().vendors(vendors.clone()).vendors_li(vendors);
    let options = EncodeOptions::new()
        .force(SectionKind::Vendors, encoding)
        .force(SectionKind::VendorsLi, encoding);
    builder.build_with(&options).expect("an encoding that holds the section").into_string()
}

fn builder() -> consent_string::didomi::Builder {
    let time = Timestamp::from_unix_millis(1_700_000_000_000).expect("a time in range");
    let user_id = "6a1b1ab1-52d7-4bd4-9e3f-0f6d3a4c2b18".parse().expect("a UUID");
    ConsentString::builder(Version::V2).user_id(user_id).created(time).regulation(Regulation::GDPR)
}

/// 124 characters, as a live site's string has: 13 and 6 vendor ranges of 16 bits.
fn site_v2() -> String {
    let purposes = |last: u64| {
        let mut section = Section::<PurposeId>::new();
        section.set_range(id(1)..=id(last), Status::Enabled);
        section
    };
    let vendors = |singles: &[u64], ranges: &[(u64, u64)]| {
        let mut section = Section::<VendorId>::new();
        for &single in singles {
            section.set(id(single), Status::Enabled);
        }
        for &(first, last) in ranges {
            section.set_range(id(first)..=id(last), Status::Enabled);
        }
        section
    };
    let consent = builder()
        .purposes(purposes(11))
        .purposes_li(purposes(4))
        .vendors(vendors(
            &[7581, 8890, 10829, 12782, 14728, 16723, 18697, 20650, 24521],
            &[(22519, 22520), (26537, 26538), (28147, 28148), (30170, 30171)],
        ))
        .vendors_li(vendors(&[8890, 12782, 16723, 20650], &[(28147, 28148), (30170, 30171)]))
        .build()
        .expect("a string");
    for (kind, encoding) in
        [(SectionKind::Vendors, Encoding::Ranges), (SectionKind::VendorsLi, Encoding::Ranges)]
    {
        assert_eq!(consent.form(kind).encoding(), encoding, "{:?}", consent.form(kind));
    }
    let text = consent.into_string();
    assert_eq!(text.trim_end_matches('.').len(), 124);
    text
}
