//! What the errors say: kind, place and message.

#![cfg(feature = "tcf")]

#[path = "support/tcf.rs"]
mod support;

use consent_string::tcf::{DecodeOptions, PurposeId, RestrictionType};
use consent_string::tcf::{TcString, TcStringRef, VendorId};
use consent_string::{EncodeErrorKind, IdSet, Segment, Timestamp};

use support::{Bits, Model, Set, Style, put, to_bits, to_text};

/// The smallest core, 259 bits.
fn core() -> Bits {
    to_bits(&Model::default().text(&[Style::default()], 6, 0)).unwrap()
}

/// The core with some of its bits overwritten.
fn with(at: usize, value: u64, width: u32) -> String {
    let mut bits = core();
    let mut field = Bits::new();
    put(&mut field, value, width);
    bits.splice(at..at + field.len(), field);
    to_text(bits, 6)
}

#[test]
fn errors_name_the_place_and_what_was_expected() {
    let core_text = to_text(core(), 6);
    let cut = |characters: usize| core_text[..characters].to_owned();
    let cases = [
        (with(0, 1, 6), "core, version at bit 0: version 1, expected 2"),
        // A field that is there is looked at before what is cut off behind it.
        ("B".to_owned(), "core, version at bit 0: version 1, expected 2"),
        (cut(1), "core, created at bit 6: the bits end too early, expected the rest of this field"),
        (
            cut(30),
            "core, purposes_li at bit 176: the bits end too early, expected the rest of this field",
        ),
        (
            cut(40),
            "core, vendors_li at bit 230: the bits end too early, expected the rest of this field",
        ),
        (
            with(108, 26, 6),
            "core, consent_language at bit 108: six bits past 25, expected a letter: \
             0 for A to 25 for Z",
        ),
        (
            with(207, 63, 6),
            "core, publisher_country_code at bit 201: six bits past 25, expected a letter: \
             0 for A to 25 for Z",
        ),
        (
            with(258, 1, 1),
            "core, publisher_restrictions at bit 259: the bits end too early, expected the rest \
             of this field",
        ),
        (with(263, 1, 1), "core, fill at bit 259: a one behind the last field, expected zero fill"),
        (
            format!("{core_text}+"),
            "core, base64 at bit 264: a character that may not stand here, expected A-Z a-z 0-9 - _",
        ),
        (
            format!("{core_text}="),
            "core, base64 at bit 264: padding, expected web-safe base64 without it",
        ),
        (format!("{core_text}."), "other, base64 at bit 0: empty, expected web-safe base64"),
        (
            format!("{core_text}.I"),
            "disclosed_vendors, disclosed_vendors at bit 3: the bits end too early, expected the \
             rest of this field",
        ),
        (
            format!("{core_text}.QAA"),
            "allowed_vendors, allowed_vendors at bit 3: the bits end too early, expected the \
             rest of this field",
        ),
        (
            format!("{core_text}.YAAA"),
            "publisher_tc, purposes_consent at bit 3: the bits end too early, expected the rest \
             of this field",
        ),
        (
            format!("{core_text}.gAAA"),
            "other, segment_type at bit 0: segment type 4, expected 1, 2 or 3",
        ),
    ];
    for (text, expected) in cases {
        let error = text.parse::<TcString>().unwrap_err();
        assert_eq!(error.to_string(), expected, "{text}");
        let mut buffer = [0; 512];
        assert_eq!(TcStringRef::parse(&text, &mut buffer).unwrap_err(), error);
    }
}

#[test]
fn a_bad_range_is_named_by_its_own_bit() {
    let mut bits = Bits::new();
    Model::default().put_header(&mut bits);
    put(&mut bits, 9, 16);
    put(&mut bits, 1, 1);
    put(&mut bits, 2, 12);
    put(&mut bits, 4, 17); // vendor 4
    put(&mut bits, 1, 1);
    put(&mut bits, 6, 16);
    put(&mut bits, 5, 16); // 6 to 5
    put(&mut bits, 0, 29);
    let error = to_text(bits, 6).parse::<TcString>().unwrap_err();
    assert_eq!(error.kind().name(), "reversed_range");
    assert_eq!(error.segment(), Some(Segment::Core));
    assert_eq!(error.field(), Some("vendors_consent"));
    assert_eq!(error.bit_offset(), Some(213 + 17 + 12 + 17));
}

#[test]
fn a_version_1_string_of_the_framework_is_named_as_such() {
    let error = "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA".parse::<TcString>().unwrap_err();
    assert_eq!(error.to_string(), "core, version at bit 0: version 1, expected 2");
}

#[test]
fn what_a_string_has_no_bits_for_is_not_built() {
    let builder = || TcString::builder(Timestamp::MIN);
    let cases = [
        (builder().cmp_id(4096), "cmp_id: out of range, expected at most 4095"),
        (builder().cmp_version(4096), "cmp_version: out of range, expected at most 4095"),
        (builder().consent_screen(64), "consent_screen: out of range, expected at most 63"),
        (
            builder().vendor_list_version(u16::MAX),
            "vendor_list_version: out of range, expected at most 4095",
        ),
        (builder().tcf_policy_version(64), "tcf_policy_version: out of range, expected at most 63"),
    ];
    for (builder, expected) in cases {
        assert_eq!(builder.build().unwrap_err().to_string(), expected);
    }
    let most = builder().cmp_id(4095).cmp_version(4095).consent_screen(63);
    let most = most.vendor_list_version(4095).tcf_policy_version(63).build().unwrap();
    assert_eq!(most.as_str().parse(), Ok(most));
}

#[test]
fn more_ranges_than_can_be_counted_are_not_built_as_a_restriction() {
    let every_other = |count: u16| -> IdSet<VendorId> {
        (1..=count).map(|index| VendorId::new(2 * index).unwrap()).collect()
    };
    let restricted = |count| {
        TcString::builder(Timestamp::MIN)
            .restrict(PurposeId::MIN, RestrictionType::NotAllowed, every_other(count))
            .build()
    };
    let most = restricted(4095).unwrap();
    assert_eq!(most.as_str().parse(), Ok(most));
    let error = restricted(4096).unwrap_err();
    assert_eq!(error.kind(), EncodeErrorKind::TooMany { maximum: 4095 });
    assert_eq!(error.field(), "publisher_restrictions");
    // Anywhere else vendors can be any: there is the bit field.
    let vendors = TcString::builder(Timestamp::MIN).vendors_li(every_other(32767)).build().unwrap();
    assert_eq!(vendors.as_str().parse(), Ok(vendors));
}

#[test]
fn strictness_and_leniency_undo_each_other() {
    let options = DecodeOptions::new();
    let highest = options.max_text_length(1 << 28);
    assert_eq!(options.max_text_length(u32::MAX), highest, "positions fit 32 bits");
    assert_ne!(options.max_text_length((1 << 28) - 1), highest);
    assert_eq!(options.lenient().strict(), options.strict());
    assert_eq!(options.strict().lenient(), options.lenient());
    let set = Set::from([1]);
    let text = Model { vendors_li: set, ..Model::default() }.text(&[Style::default()], 24, 0);
    assert_eq!(options.decode(&text), text.parse());
}
