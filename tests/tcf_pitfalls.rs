//! What other readers of TC strings are known to get wrong, one test each.

#![cfg(feature = "tcf")]

#[path = "support/tcf.rs"]
mod support;

use std::hash::{BuildHasher, RandomState};

use consent_string::tcf::{
    DecodeOptions, PublisherTc, RestrictionType, TcString, TcStringRef, VendorId,
};
use consent_string::{
    Buffer, DecodeError, Id, IdSet, MAX_TEXT_LENGTH, ParseInError, Segment, Timestamp,
};

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

/// Options with each leniency that there is.
fn lenient() -> DecodeOptions {
    DecodeOptions::new()
        .allow_padding()
        .allow_ones_behind_core()
        .skip_unknown_segments()
        .skip_empty_segments()
        .allow_undefined_letters()
}

/// Under strict, default and lenient options.
fn kinds(text: &str) -> [&'static str; 3] {
    let options = DecodeOptions::new();
    [options.strict(), options, lenient()].map(|options| kind(options.decode(text)))
}

/// The canonical text of what a string says.
fn canonical(consent: &TcString) -> String {
    consent.to_builder().build().unwrap().to_string()
}

#[test]
fn a_restriction_has_no_max_vendor_id() {
    let consent = read("COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA");
    let restrictions: Vec<_> = consent.publisher_restrictions().collect();
    let [restriction] = restrictions[..] else { panic!("one restriction") };
    assert_eq!(restriction.purpose().get(), 7);
    assert_eq!(restriction.restriction_type(), RestrictionType::RequireConsent);
    assert_eq!(restriction.vendors().to_set().to_string(), "32");
}

#[test]
fn absent_vendors_are_not_empty_ones() {
    let text = |disclosed| Model { disclosed, ..model() }.text(&[Style::default()], 24, 0);
    let (absent, empty) = (read(&text(None)), read(&text(Some(Set::new()))));
    assert!(absent.disclosed_vendors().is_none());
    assert!(empty.disclosed_vendors().unwrap().is_empty());
    assert!(!absent.says_the_same_as(&empty));
    assert_eq!(canonical(&empty), text(Some(Set::new())));
    assert!(absent.allowed_vendors().is_none());
    assert_eq!(absent.publisher_tc(), None);
    let disclosed = absent.to_builder().disclosed_vendors(IdSet::new()).build().unwrap();
    assert_eq!(disclosed, empty);
    assert_eq!(empty.to_builder().without_disclosed_vendors().build(), Ok(absent));
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
    assert_eq!(canonical(&consent), text);
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
    assert!(consent.disclosed_vendors().is_none(), "policy 5 doesn't imply disclosed vendors");
}

#[test]
fn max_vendor_id_0_is_legal() {
    let consent = read(&Model::default().text(&[Style::default()], 24, 0));
    assert!(consent.vendors_consent().is_empty());
    assert!(read(&core_of_ranges(0, &[])).says_the_same_as(&consent));
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

/// A segment of a type, filled with zeros.
fn segment(segment_type: u64) -> String {
    let mut bits = Bits::new();
    put(&mut bits, segment_type, 3);
    put(&mut bits, 0, 70);
    to_text(bits, 24)
}

#[test]
fn duplicate_unknown_and_second_core_segments_are_errors_of_their_own() {
    let core = model().text(&[Style::default()], 24, 0);
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
    assert_eq!(kinds(&format!("{core}.{all}")), ["excess_fill", "accepted", "accepted"]);
    assert_eq!(kinds(&format!("{core}.{all}.{}", segment(1)))[1..], ["duplicate_segment"; 2]);
    for empty in [format!("{core}."), format!("{core}..{}", segment(1)), format!("{core}...")] {
        assert_eq!(kinds(&empty), ["empty", "empty", "accepted"], "{empty}");
    }
    assert_eq!(kinds("."), ["empty"; 3], "there is no string without a core");
    assert_eq!(kinds(&format!(".{core}")), ["empty"; 3]);
    assert_eq!(kinds(&format!("{core}.=")), ["padding", "padding", "empty"]);
}

#[test]
fn skipped_segments_are_told_and_kept_in_the_text() {
    let with = Model { disclosed: Some(Set::from([9])), ..model() };
    let text = with.text(&[Style::default()], 24, 0);
    let (core, known) = text.split_once('.').unwrap();
    let options = DecodeOptions::new().skip_unknown_segments().skip_empty_segments();
    let consent = options.decode(&text).unwrap();
    assert_eq!(consent.skipped_segments(), 0);
    for unknown in [0, 4, 5, 6, 7].map(segment) {
        for (text, skipped) in [
            (format!("{core}.{unknown}.{known}"), 1),
            (format!("{core}.{known}.{unknown}"), 1),
            (format!("{core}.{unknown}.{unknown}.{known}.{unknown}"), 3),
            (format!("{core}.{known}.."), 2),
            (format!("{core}..{unknown}.{known}."), 3),
        ] {
            let skipping = options.decode(&text).unwrap();
            assert_eq!(skipping.skipped_segments(), skipped, "{text}");
            assert_eq!(skipping.as_str(), text);
            assert!(skipping.says_the_same_as(&consent));
            assert_eq!(skipping.to_builder().build().unwrap(), consent);
            let mut buffer = Buffer::new();
            let view = options.decode_ref(&text, &mut buffer).unwrap();
            assert_eq!(Model::of_ref(&view), with);
        }
    }
    // What is skipped is base64 all the same, and each leniency is for itself.
    let unknown = segment(4);
    let kind = |options: DecodeOptions, text: String| kind(options.decode(&text));
    assert_eq!(kind(options, format!("{core}.{unknown}+")), "invalid_character");
    let unknown_only = DecodeOptions::new().skip_unknown_segments();
    assert_eq!(kind(unknown_only, format!("{core}.{unknown}")), "accepted");
    assert_eq!(kind(unknown_only, format!("{core}.{unknown}.")), "empty");
    let empty_only = DecodeOptions::new().skip_empty_segments();
    assert_eq!(kind(empty_only, format!("{core}.")), "accepted");
    assert_eq!(kind(empty_only, format!("{core}..{unknown}")), "unknown_segment_type");
}

/// A word behind a dot must not pass for a segment: read with ones behind its last field, this
/// one would be a publisher TC with 15 purposes.
#[test]
fn a_word_behind_the_core_is_no_publisher_tc() {
    let core = model().text(&[Style::default()], 24, 0);
    let all_but_one: [fn(DecodeOptions) -> DecodeOptions; 5] = [
        DecodeOptions::allow_padding,
        DecodeOptions::allow_ones_behind_core,
        DecodeOptions::skip_unknown_segments,
        DecodeOptions::skip_empty_segments,
        DecodeOptions::allow_undefined_letters,
    ];
    let text = format!("{core}.extra-segment");
    assert_eq!(kinds(&text), ["dangling_character", "non_zero_fill", "non_zero_fill"]);
    for option in all_but_one {
        assert_eq!(kind(option(DecodeOptions::new()).decode(&text)), "non_zero_fill");
    }
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
        assert_eq!(canonical(&consent), texts[0], "written by type");
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
        let vendors = consent.vendors_consent();
        let set = vendors.to_set();
        assert_eq!(set.to_string(), expected);
        assert!(vendors.ranges().eq(set.ranges()), "rising, and as long as they can be");
        assert_eq!((vendors.len(), vendors.ranges().len()), (set.len(), set.ranges().len()));
        assert!(vendors.iter().eq(set.iter()));
        assert!(vendors.to_numbers().into_iter().eq(set.iter().map(Id::get)));
        for id in [1, 3, 4, 5, 8, 12, 13, 20, 65535].map(|id| VendorId::new(id).unwrap()) {
            assert_eq!(vendors.contains(id), set.contains(id), "{id}");
        }
    }
    // Ranges that touch are in order.
    let touching = core_of_ranges(9, &[(1, 4), (5, 5), (6, 9)]);
    assert_eq!(kinds(&touching), ["accepted"; 3]);
    let touching = read(&touching);
    let ranges = touching.vendors_consent().ranges();
    assert_eq!((ranges.len(), format!("{ranges:?}")), (1, "[1-9]".to_owned()));
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
    assert_eq!(read(&text).vendors_consent().to_set().to_string(), "3-6");
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
        .map(|on| (on.restriction_type().number(), on.vendors().to_set().to_string()))
        .collect();
    // Listed as they are: neither merged nor left out.
    let expected = [(3, "8"), (0, ""), (3, "8")].map(|(kind, vendors)| (kind, vendors.to_owned()));
    assert_eq!(types, expected);
    assert_eq!(canonical(&consent), text);
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
        let consent = DecodeOptions::new().allow_padding().decode(&text).unwrap();
        assert_eq!(consent.to_string(), text);
        assert!(read(&canonical(&consent)).says_the_same_as(&consent));
    }
    assert_eq!(kinds(&format!("{core}===")), ["padding"; 3]);
    assert_eq!(kinds(&format!("{core}=A"))[2], "invalid_character");
    assert_eq!(kinds("="), ["padding", "padding", "empty"]);
}

#[test]
fn ones_behind_the_core_are_refused_unless_allowed_and_then_kept() {
    let core = model().text(&[Style::default()], 24, 0);
    for ones in ["B", "AAAAAAAB", "____"] {
        let text = format!("{core}{ones}");
        assert_eq!(kinds(&text)[1..], ["non_zero_fill", "accepted"], "{ones}");
        let consent = DecodeOptions::new().allow_ones_behind_core().decode(&text).unwrap();
        assert_eq!(consent.to_string(), text);
        assert!(consent.says_the_same_as(&read(&core)));
    }
    // Nowhere else: what is no segment could pass for one.
    for known in [1, 2, 3] {
        let text = format!("{core}.{}B", segment(known));
        assert_eq!(kinds(&text)[1..], ["non_zero_fill"; 2], "{known}");
    }
}

#[test]
fn zeros_behind_the_last_field_are_as_many_as_the_platform_likes() {
    let core = model().text(&[Style::default()], 6, 0);
    let consent = read(&core);
    for zeros in 1..40 {
        let text = format!("{core}{}", "A".repeat(zeros));
        assert!(read(&text).says_the_same_as(&consent));
    }
    let canonical = canonical(&consent);
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

/// A platform wrote 51 and 36 for the letters of the country.
#[test]
fn undefined_letters_are_none_and_never_other_letters() {
    let text = "CP0xeHPP0xeHPBcABBENAgCAAPAAAAAAAGcgAAAAAAAA";
    let consent = DecodeOptions::new().allow_undefined_letters().decode(text).unwrap();
    assert_eq!(kinds(text), ["undefined_letter", "undefined_letter", "accepted"]);
    assert_eq!(consent.consent_language().unwrap().as_str(), "EN");
    assert_eq!(consent.publisher_country_code(), None);
    assert_eq!(consent.as_str(), text);
    // What can't be written is set anew, or refused.
    let error = consent.to_builder().build().unwrap_err();
    assert_eq!(error.to_string(), "publisher_country_code: missing, expected a value");
    let changed = consent.to_builder().publisher_country_code("FR".parse().unwrap());
    let changed = changed.build().unwrap();
    assert!(!changed.says_the_same_as(&consent));

    let odd = Model { language: [26, 0], country: [0, 63], ..model() };
    let text = odd.text(&[Style::default()], 24, 0);
    let consent = lenient().decode(&text).unwrap();
    assert_eq!((consent.consent_language(), consent.publisher_country_code()), (None, None));
}

#[test]
fn memory_is_bounded_by_the_text() {
    // One range of all vendors, as often as can be.
    let text = core_of_ranges(u16::MAX, &[(1, 65534); 4095]);
    let consent = read(&text);
    assert_eq!(consent.vendors_consent().ranges().count(), 1);
    assert_eq!(consent.vendors_consent().len(), 65534);

    // Every other vendor in a bit field: as many ranges as can be.
    let vendors_consent: Set = (1..=65535).step_by(2).collect();
    let text = Model { vendors_consent, ..Model::default() }.text(&[Style::default()], 24, 0);
    let ranges = read(&text).vendors_consent().to_set().ranges().len() * 4;
    assert!(ranges <= 16 * text.len(), "{ranges} bytes of {} characters", text.len());
}

/// A run that ends with the bit field, wherever in a word that is.
#[test]
fn the_last_vendor_of_a_bit_field_is_the_end_of_a_run() {
    for last in 1..400_u16 {
        let vendors_consent: Set = (last.saturating_sub(5).max(1)..=last).collect();
        let model = Model { vendors_consent: vendors_consent.clone(), ..Model::default() };
        let consent = read(&model.text(&[Style::default()], 24, 0));
        let set = consent.vendors_consent().to_set();
        assert!(set.iter().map(VendorId::get).eq(vendors_consent), "{last}: {set}");
    }
}

#[test]
fn strings_are_equal_and_ordered_by_their_text() {
    let hasher = RandomState::new();
    let hash = |text: &str| hasher.hash_one(read(text));
    let text = |as_ranges, vendor| {
        let model = Model { vendors_consent: Set::from([vendor]), ..model() };
        model.text(&[Style { as_ranges, ..Style::default() }], 24, 0)
    };
    let (bit_field, ranges, other) = (text(false, 7), text(true, 7), text(false, 8));
    assert_ne!(read(&bit_field), read(&ranges));
    assert_eq!(read(&bit_field), read(&bit_field));
    assert_eq!(hash(&bit_field), hash(&bit_field));
    assert_ne!(hash(&bit_field), hash(&other));
    for (one, two) in [(&bit_field, &ranges), (&ranges, &other), (&other, &other)] {
        let (mut left, mut right) = (Buffer::new(), Buffer::new());
        let left = TcStringRef::parse(one, &mut left).unwrap();
        let right = TcStringRef::parse(two, &mut right).unwrap();
        assert_eq!(read(one).cmp(&read(two)), one.cmp(two));
        assert_eq!(read(one).partial_cmp(&read(two)), one.partial_cmp(two));
        assert_eq!(left.partial_cmp(&right), one.partial_cmp(two));
        assert_eq!(AsRef::<str>::as_ref(&left), one);
        assert_eq!((left.cmp(&right), left == right), (one.cmp(two), one == two));
        assert_eq!(hasher.hash_one(left), hash(one), "both forms hash alike");
        assert_eq!(hasher.hash_one(left), hasher.hash_one(one), "as the text does");
    }
    assert!(read(&bit_field).says_the_same_as(&read(&ranges)));
    assert!(!read(&bit_field).says_the_same_as(&read(&other)));
}

/// Restrictions say the same in any order, merged or not, and those of no vendor say nothing.
#[test]
fn restrictions_say_the_same_in_any_order() {
    let says = |restrictions: &[(u16, u16, &[u16])]| {
        let restrictions = restrictions
            .iter()
            .map(|&(purpose, kind, ids)| (purpose, kind, ids.iter().copied().collect()));
        read(&Model { restrictions: restrictions.collect(), ..model() }.text(
            &[Style::default()],
            24,
            0,
        ))
    };
    let one = says(&[(1, 0, &[3, 4]), (2, 1, &[5])]);
    for same in [
        says(&[(2, 1, &[5]), (1, 0, &[3, 4])]),
        says(&[(1, 0, &[4]), (2, 1, &[5]), (1, 0, &[3, 4])]),
        says(&[(1, 0, &[3, 4]), (3, 0, &[]), (2, 1, &[5])]),
    ] {
        assert!(one.says_the_same_as(&same) && same.says_the_same_as(&one));
    }
    for other in [
        says(&[(1, 0, &[3, 4])]),
        says(&[(1, 1, &[3, 4]), (2, 1, &[5])]),
        says(&[(1, 0, &[3]), (2, 1, &[5])]),
        says(&[(1, 0, &[3, 4]), (4, 1, &[5])]),
    ] {
        assert!(!one.says_the_same_as(&other) && !other.says_the_same_as(&one));
    }
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
    assert!(TcStringRef::parse_in(&text, &mut buffer).is_ok());
    let error = TcStringRef::parse_in(&text, &mut buffer[1..]).unwrap_err();
    assert_eq!(error, ParseInError::BufferTooSmall { required });
    // A text that is refused before any work needs no buffer.
    let options = DecodeOptions::new().max_text_length(5);
    let error = options.decode_in(&text, &mut []).unwrap_err();
    assert!(matches!(error, ParseInError::Decode(error) if error.kind().name() == "too_long"));
}

/// What is read from a view has the life of the text or of the buffer, not that of the view.
#[test]
fn answers_outlive_the_view() {
    let text = model().text(&[Style::default()], 24, 0);
    let mut buffer = Buffer::new();
    let (vendors, restrictions, kept, valid) = {
        let view = TcStringRef::parse(&text, &mut buffer).unwrap();
        (view.vendors_consent(), view.publisher_restrictions(), view.as_str(), view.assume_valid())
    };
    assert_eq!((vendors.len(), restrictions.len(), kept), (3, 0, text.as_str()));
    assert_eq!(valid.view().as_str(), text);
    let kept = {
        let mut short_lived = Buffer::new();
        TcStringRef::parse(&text, &mut short_lived).unwrap().as_str()
    };
    assert_eq!(kept, text);
}

#[test]
fn a_string_is_made_of_texts_of_any_kind() {
    let text = model().text(&[Style::default()], 24, 0);
    let consent = TcString::parse(&text).unwrap();
    assert_eq!(TcString::try_from(text.as_str()), Ok(consent.clone()));
    assert_eq!(TcString::try_from(text.clone()), Ok(consent.clone()));
    assert_eq!(TcString::try_from("C".to_owned()), "C".parse());
    assert_eq!(consent.as_ref() as &str, text);
    assert_eq!(format!("{consent:>60}"), format!("{text:>60}"));
    assert_eq!(TcString::from(consent.view()), consent);
    assert_eq!(consent.view().to_tc_string(), consent);
    assert_eq!(String::from(consent), text);
}

#[test]
fn a_builder_makes_what_it_is_told() {
    let ids = |numbers: &[u16]| numbers.iter().filter_map(|&id| VendorId::new(id)).collect();
    let builder = TcString::builder(Timestamp::MIN).allowed_vendors(ids(&[3]));
    let builder = builder.publisher_tc(PublisherTc::default()).disclosed_vendors(ids(&[1, 2]));
    let whole = builder.build().unwrap();
    assert_eq!(whole.allowed_vendors().unwrap().to_set().to_string(), "3");
    let bare = whole.to_builder().without_allowed_vendors().without_publisher_tc();
    let bare = bare.without_disclosed_vendors().build().unwrap();
    assert_eq!(bare, TcString::builder(Timestamp::MIN).build().unwrap());
}
