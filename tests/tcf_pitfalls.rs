//! What other readers of TC strings are known to get wrong, one test each.

#![cfg(feature = "tcf")]

#[path = "support/tcf.rs"]
mod support;

use std::hash::{BuildHasher, RandomState};

use consent_string::tcf::{
    DecodeOptions, PublisherTc, RestrictionType, TcString, TcStringRef, VendorId,
};
use consent_string::{DecodeError, Id, IdSet, MAX_TEXT_LENGTH, Segment};

use support::{Bits, Model, Publisher, Set, Style, put, put_ranges, to_text};

fn read(text: &str) -> TcString {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn model() -> Model {
    Model { vendors_consent: Set::from([2, 3, 7]), ..Model::default() }
}

/// A core whose vendor consents are some ranges as they stand.
fn core_of_ranges(maximum: u16, ranges: &[(u16, u16)]) -> String {
    let mut bits = Bits::new();
    Model::default().put_header(&mut bits);
    put(&mut bits, maximum.into(), 16);
    put(&mut bits, 1, 1);
    put_ranges(&mut bits, ranges);
    put(&mut bits, 0, 17 + 12);
    to_text(bits, 24)
}

fn kind(result: Result<TcString, DecodeError>) -> &'static str {
    result.map_or_else(|error| error.kind().name(), |_| "accepted")
}

/// Under strict, default and lenient options.
fn kinds(text: &str) -> [&'static str; 3] {
    let options = DecodeOptions::new();
    [options.strict(), options, options.lenient()].map(|options| kind(options.decode(text)))
}

#[test]
fn a_restriction_has_no_max_vendor_id() {
    let consent = read("COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA");
    let [restriction] = consent.publisher_restrictions() else { panic!("one restriction") };
    assert_eq!(restriction.purpose().get(), 7);
    assert_eq!(restriction.restriction_type(), RestrictionType::RequireConsent);
    assert_eq!(restriction.vendors().to_string(), "32");
}

#[test]
fn absent_vendors_are_not_empty_ones() {
    let text = |disclosed| Model { disclosed, ..model() }.text(&[Style::default()], 24, 0);
    let (absent, empty) = (read(&text(None)), read(&text(Some(Set::new()))));
    assert_eq!(absent.disclosed_vendors(), None);
    assert_eq!(empty.disclosed_vendors(), Some(&IdSet::new()));
    assert_ne!(absent, empty);
    assert_eq!(empty.encode(), text(Some(Set::new())));
    assert_eq!(absent.allowed_vendors(), None);
    assert_eq!(absent.publisher_tc(), None);
    assert_eq!(absent.into_builder().disclosed_vendors(IdSet::new()).build(), Ok(empty));
}

#[test]
fn no_custom_purposes_have_no_bits() {
    let publisher = Publisher { purposes_consent: Set::from([24]), ..Publisher::default() };
    let text = Model { publisher: Some(publisher), ..model() }.text(&[Style::default()], 6, 0);
    // 3 + 24 + 24 + 6 bits, and not one more, are ten characters.
    assert_eq!(text.rsplit('.').next().map(str::len), Some(10));
    let publisher_tc = read(&text).publisher_tc().unwrap();
    assert_eq!(publisher_tc.custom_purposes_count(), 0);
    assert_eq!(publisher_tc.purposes_consent().to_string(), "24");
    assert!(publisher_tc.custom_purposes_consent().is_empty());
}

#[test]
fn all_63_custom_purposes() {
    let custom: Set = (1..=63).collect();
    let publisher = Publisher {
        count: 63,
        custom_consent: custom.clone(),
        custom_li: Set::from([1, 31, 32, 33, 63]),
        ..Publisher::default()
    };
    let text = Model { publisher: Some(publisher), ..model() }.text(&[Style::default()], 24, 0);
    let consent = read(&text);
    let publisher_tc: PublisherTc = consent.publisher_tc().unwrap();
    assert!(publisher_tc.custom_purposes_consent().into_iter().map(Id::get).eq(custom));
    assert_eq!(publisher_tc.custom_purposes_li().to_string(), "1, 31, 32, 33, 63");
    assert_eq!(consent.encode(), text);
}

#[test]
fn times_may_differ_and_have_a_time_of_day() {
    let text = Model { numbers: [1, (1 << 36) - 1, 2, 3, 4], more: [5, 5, 1, 0], ..model() }.text(
        &[Style::default()],
        24,
        0,
    );
    let consent = read(&text);
    assert_eq!(consent.created().deciseconds(), 1);
    assert_eq!(consent.last_updated().to_string(), "2187-10-06T10:21:13.500Z");
    assert_eq!(consent.tcf_policy_version(), 5);
    assert_eq!(consent.disclosed_vendors(), None, "policy 5 doesn't imply disclosed vendors");
}

#[test]
fn max_vendor_id_0_is_legal() {
    let consent = read(&Model::default().text(&[Style::default()], 24, 0));
    assert!(consent.vendors_consent().is_empty());
    assert_eq!(read(&core_of_ranges(0, &[])), consent);
}

#[test]
fn a_truncated_core_is_an_error_whatever_follows() {
    let core = model().text(&[Style::default()], 6, 0);
    let segments = Model { disclosed: Some(Set::from([9])), ..model() };
    let whole = segments.text(&[Style::default()], 6, 0);
    let segment = whole.split_once('.').unwrap().1;
    for cut in 1..core.len() {
        let error = format!("{}.{segment}", &core[..cut]).parse::<TcString>().unwrap_err();
        assert_eq!(error.kind().name(), "truncated", "cut at {cut}");
        assert_eq!(error.segment().map(Segment::name), Some("core"));
    }
}

#[test]
fn duplicate_unknown_and_second_core_segments_are_errors_of_their_own() {
    let core = model().text(&[Style::default()], 24, 0);
    let segment = |segment_type: u64| {
        let mut bits = Bits::new();
        put(&mut bits, segment_type, 3);
        put(&mut bits, 0, 70);
        to_text(bits, 24)
    };
    for known in [1, 2, 3] {
        let text = format!("{core}.{0}.{0}", segment(known));
        assert_eq!(kinds(&text)[1..], ["duplicate_segment"; 2], "{known}");
    }
    for unknown in [0, 4, 5, 6, 7] {
        let error = format!("{core}.{}", segment(unknown)).parse::<TcString>().unwrap_err();
        assert_eq!(error.kind().name(), "unknown_segment_type", "{unknown}");
        let expected = format!("segment type {unknown}, expected 1, 2 or 3");
        assert_eq!(error.kind().to_string(), expected);
    }
    assert_eq!(kinds(&format!("{core}.{core}")), ["second_core"; 3]);
    let all = [1, 2, 3].map(segment).join(".");
    assert_eq!(kinds(&format!("{core}.{all}.{}", segment(1)))[1], "too_many_segments");
    assert_eq!(kinds(&format!("{core}."))[1], "empty");
    assert_eq!(kinds(&format!("{core}..{}", segment(1)))[1], "empty");
}

#[test]
fn segments_come_in_any_order() {
    let model = Model {
        disclosed: Some(Set::from([1])),
        allowed: Some(Set::from([2])),
        publisher: Some(Publisher::default()),
        ..model()
    };
    let texts = [0, 1, 2].map(|turn| model.text(&[Style::default()], 24, turn));
    assert_ne!(texts[0], texts[1]);
    for text in &texts {
        let consent = read(text);
        assert_eq!(Model::of(&consent), model);
        assert_eq!(consent.to_string(), *text, "printed as it was read");
        assert_eq!(consent.encode(), texts[0], "encoded by type");
    }
}

#[test]
fn overlap_and_disorder_make_a_correct_set() {
    let cases: [(&[(u16, u16)], &str); 5] = [
        (&[(5, 9), (7, 12)], "5-12"),
        (&[(7, 12), (5, 9)], "5-12"),
        (&[(20, 20), (3, 3)], "3, 20"),
        (&[(3, 3), (3, 3)], "3"),
        (&[(1, 65535), (7, 9), (65535, 65535)], "1-65535"),
    ];
    for (ranges, expected) in cases {
        let text = core_of_ranges(u16::MAX, ranges);
        assert_eq!(kinds(&text), ["unordered_ranges", "accepted", "accepted"], "{ranges:?}");
        let consent = read(&text);
        assert_eq!(consent.vendors_consent().to_string(), expected);
        let mut buffer = [0; 512];
        let view = TcStringRef::parse(&text, &mut buffer).unwrap();
        for id in [1, 3, 4, 5, 8, 12, 13, 20, 65535].map(|id| VendorId::new(id).unwrap()) {
            assert_eq!(view.vendor_consent(id), consent.vendor_consent(id), "{id}");
        }
    }
    // Ranges that touch are in order.
    assert_eq!(kinds(&core_of_ranges(9, &[(1, 4), (5, 9)])), ["accepted"; 3]);
}

#[test]
fn reversed_ranges_and_vendor_0_are_refused() {
    assert_eq!(kinds(&core_of_ranges(9, &[(5, 4)])), ["reversed_range"; 3]);
    assert_eq!(kinds(&core_of_ranges(9, &[(0, 0)])), ["zero_id"; 3]);
    assert_eq!(kinds(&core_of_ranges(9, &[(0, 4)])), ["zero_id"; 3]);
}

#[test]
fn vendors_past_max_vendor_id_are_read_unless_strict() {
    let text = core_of_ranges(4, &[(3, 6)]);
    assert_eq!(kinds(&text), ["past_max_vendor_id", "accepted", "accepted"]);
    assert_eq!(read(&text).vendors_consent().to_string(), "3-6");
    assert_eq!(kinds(&core_of_ranges(6, &[(3, 6)])), ["accepted"; 3]);
}

#[test]
fn an_undefined_restriction_type_is_kept_unless_strict() {
    let restrictions = vec![(2, 3, Set::from([8])), (2, 0, Set::new()), (2, 3, Set::from([8]))];
    let text = Model { restrictions, ..model() }.text(&[Style::default()], 24, 0);
    assert_eq!(kinds(&text), ["undefined_restriction_type", "accepted", "accepted"]);
    let consent = read(&text);
    let types: Vec<_> = consent
        .publisher_restrictions()
        .iter()
        .map(|on| (on.restriction_type().number(), on.vendors().to_string()))
        .collect();
    // Listed as they are: neither merged nor left out.
    let expected = [(3, "8"), (0, ""), (3, "8")].map(|(kind, vendors)| (kind, vendors.to_owned()));
    assert_eq!(types, expected);
    assert_eq!(consent.encode(), text);
}

#[test]
fn restrictions_on_purposes_outside_the_framework_are_refused() {
    for (purpose, expected) in
        [(0, "undefined_purpose"), (1, "accepted"), (24, "accepted"), (25, "undefined_purpose")]
    {
        let restrictions = vec![(purpose, 1, Set::from([8]))];
        let text = Model { restrictions, ..model() }.text(&[Style::default()], 24, 0);
        assert_eq!(kinds(&text)[1..], [expected; 2], "{purpose}");
    }
}

#[test]
fn padding_is_refused_unless_lenient_and_then_kept() {
    let core = model().text(&[Style::default()], 24, 0);
    let segment = Model { disclosed: Some(Set::from([9])), ..model() };
    let segment = segment.text(&[Style::default()], 24, 0)[core.len() + 1..].to_owned();
    for text in [format!("{core}="), format!("{core}==.{segment}"), format!("{core}.{segment}=")] {
        assert_eq!(kinds(&text), ["padding", "padding", "accepted"], "{text}");
        let consent = DecodeOptions::new().lenient().decode(&text).unwrap();
        assert_eq!(consent.to_string(), text);
        assert_eq!(read(&consent.encode()), consent);
    }
    assert_eq!(kinds(&format!("{core}===")), ["padding"; 3]);
    assert_eq!(kinds(&format!("{core}=A"))[2], "invalid_character");
    assert_eq!(kinds("="), ["padding", "padding", "empty"]);
}

#[test]
fn ones_behind_the_last_field_are_refused_unless_lenient_and_then_kept() {
    let core = model().text(&[Style::default()], 24, 0);
    for ones in ["B", "AAAAAAAB", "____"] {
        let text = format!("{core}{ones}");
        assert_eq!(kinds(&text)[1..], ["non_zero_fill", "accepted"], "{ones}");
        let consent = DecodeOptions::new().lenient().decode(&text).unwrap();
        assert_eq!(consent.to_string(), text);
        assert_eq!(consent, read(&core));
    }
}

#[test]
fn zeros_behind_the_last_field_are_as_many_as_the_platform_likes() {
    let core = model().text(&[Style::default()], 6, 0);
    let consent = read(&core);
    for zeros in 1..40 {
        let text = format!("{core}{}", "A".repeat(zeros));
        assert_eq!(read(&text), consent);
    }
    let canonical = consent.encode();
    assert_eq!(kinds(&format!("{canonical}A"))[0], "dangling_character");
    assert_eq!(kinds(&format!("{canonical}AAAA"))[0], "excess_fill");
}

#[test]
fn white_space_around_the_text_is_refused() {
    let core = model().text(&[Style::default()], 24, 0);
    for text in [format!(" {core}"), format!("{core} "), format!("{core}\n"), format!("{core}\r\n")]
    {
        assert_eq!(kinds(&text), ["invalid_character"; 3], "{text:?}");
    }
    assert_eq!(kinds(""), ["empty"; 3]);
}

#[test]
fn memory_is_bounded_by_the_text() {
    // One range of all vendors, as often as can be.
    let text = core_of_ranges(u16::MAX, &[(1, 65534); 4095]);
    let consent = read(&text);
    assert_eq!(consent.vendors_consent().ranges().count(), 1);
    assert_eq!(consent.vendors_consent().len(), 65534);

    // Restrictions of no vendor, as many as can be.
    let restrictions = vec![(1, 0, Set::new()); 4095];
    let text = Model { restrictions, ..Model::default() }.text(&[Style::default()], 24, 0);
    let restrictions = size_of_val(read(&text).publisher_restrictions());
    assert!(restrictions <= 16 * text.len(), "{restrictions} bytes of {} characters", text.len());

    // Every other vendor in a bit field: as many ranges as can be.
    let vendors_consent: Set = (1..=65535).step_by(2).collect();
    let text = Model { vendors_consent, ..Model::default() }.text(&[Style::default()], 24, 0);
    let ranges = read(&text).vendors_consent().ranges().len() * 4;
    assert!(ranges <= 16 * text.len(), "{ranges} bytes of {} characters", text.len());
}

#[test]
fn equal_strings_hash_alike_and_others_apart() {
    let hasher = RandomState::new();
    let hash = |text: &str| hasher.hash_one(read(text));
    let text = |as_ranges, vendor| {
        let model = Model { vendors_consent: Set::from([vendor]), ..model() };
        model.text(&[Style { as_ranges, ..Style::default() }], 24, 0)
    };
    let (bit_field, ranges, other) = (text(false, 7), text(true, 7), text(false, 8));
    assert_ne!(bit_field, ranges);
    assert_eq!(read(&bit_field), read(&ranges));
    assert_eq!(hash(&bit_field), hash(&ranges));
    assert_ne!(hash(&bit_field), hash(&other));
}

#[test]
fn a_longer_text_than_the_limit_is_refused_before_any_work() {
    let text = "C".repeat(MAX_TEXT_LENGTH as usize + 1);
    assert_eq!(kinds(&text), ["too_long"; 3]);
    let core = model().text(&[Style::default()], 24, 0);
    let limit = u32::try_from(core.len()).unwrap();
    assert_eq!(kind(DecodeOptions::new().max_text_length(limit).decode(&core)), "accepted");
    assert_eq!(kind(DecodeOptions::new().max_text_length(limit - 1).decode(&core)), "too_long");
}

#[test]
fn a_short_buffer_is_an_error_and_says_what_would_do() {
    let text = Model {
        disclosed: Some(Set::from([1])),
        allowed: Some(Set::from([2])),
        publisher: Some(Publisher::default()),
        ..model()
    }
    .text(&[Style::default()], 6, 0);
    let required = TcStringRef::buffer_len(text.len());
    let mut buffer = vec![0; required];
    assert!(TcStringRef::parse(&text, &mut buffer).is_ok());
    let error = TcStringRef::parse(&text, &mut buffer[1..]).unwrap_err();
    assert_eq!(error.to_string(), format!("the buffer is too small, expected {required} bytes"));
}
