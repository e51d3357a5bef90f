//! What the errors say: kind, place and message.

#![cfg(feature = "tcf")]

#[path = "support/tcf.rs"]
mod support;

use consent_string::tcf::{DecodeOptions, PurposeId, RestrictionType};
use consent_string::tcf::{TcString, TcStringRef, VendorId};
use consent_string::{
    Buffer, EncodeErrorKind, Format, Hint, IdSet, MAX_TEXT_LENGTH, Segment, Timestamp,
};

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
    let end = "the bits end too early, expected the rest of this field; the end comes too early: \
               was the text cut off?";
    let letter = "six bits past 25, expected a letter: 0 for A to 25 for Z";
    let version = "version 1, expected 2; a TC string starts with C";
    assert_eq!(core_text.len(), 44);
    let cases = [
        (with(0, 1, 6), "core, version at bit 0 (character 1)", version),
        // A field that is there is looked at before what is cut off behind it.
        ("B".to_owned(), "core, version at bit 0 (character 1)", version),
        (cut(1), "core, created at bit 6 (character 2)", end),
        (cut(30), "core, purposes_li at bit 176 (character 30)", end),
        (cut(40), "core, vendors_li at bit 230 (character 39)", end),
        (with(108, 26, 6), "core, consent_language at bit 108 (character 19)", letter),
        (with(207, 63, 6), "core, publisher_country_code at bit 201 (character 34)", letter),
        (with(258, 1, 1), "core, publisher_restrictions at bit 259 (character 44)", end),
        (
            with(263, 1, 1),
            "core, fill at bit 259 (character 44)",
            "a one behind the last field, expected zero fill; something follows behind the end: \
             are these two strings in one?",
        ),
        (
            format!("{core_text}+"),
            "core, base64 at bit 264 (character 45)",
            "a character that may not stand here, expected A-Z a-z 0-9 - _; the standard alphabet \
             of base64: the web-safe one has - for + and _ for /",
        ),
        (
            format!("{core_text}.IA A"),
            "disclosed_vendors, base64 at bit 12 (character 48)",
            "a character that may not stand here, expected A-Z a-z 0-9 - _; white space: remove it",
        ),
        (
            format!("{core_text}="),
            "core, base64 at bit 264 (character 45)",
            "padding, expected web-safe base64 without it",
        ),
        (
            format!("{core_text}."),
            "other, base64 at bit 0 (character 46)",
            "empty, expected web-safe base64",
        ),
        (
            format!("{core_text}.I"),
            "disclosed_vendors, disclosed_vendors at bit 3 (character 46)",
            end,
        ),
        (
            format!("{core_text}.QAA"),
            "allowed_vendors, allowed_vendors at bit 3 (character 46)",
            end,
        ),
        (
            format!("{core_text}.IAAA.YAAA"),
            "publisher_tc, purposes_consent at bit 3 (character 51)",
            end,
        ),
        (
            format!("{core_text}.IAAA.gAAA"),
            "other, segment_type at bit 0 (character 51)",
            "segment type 4, expected 1, 2 or 3",
        ),
        (
            format!("{core_text}.{core_text}"),
            "other, segment_type at bit 0 (character 46)",
            "a second core, expected one, in front; something follows behind the end: are these \
             two strings in one?",
        ),
        (String::new(), "core, base64 at bit 0 (character 1)", "empty, expected web-safe base64"),
    ];
    for (text, place, expected) in cases {
        let error = text.parse::<TcString>().unwrap_err();
        assert_eq!(error.to_string(), format!("{place}: {expected}"), "{text}");
        let mut buffer = Buffer::new();
        assert_eq!(TcStringRef::parse(&text, &mut buffer).unwrap_err(), error);
    }
}

#[test]
fn a_character_behind_padding_is_named_by_its_place() {
    let text = to_text(core(), 6);
    for padding in ["", "=", "=="] {
        let error = DecodeOptions::new()
            .allow_padding()
            .decode(&format!("{text}{padding}+"))
            .expect_err(padding);
        assert_eq!(error.char_offset(), Some(text.len() + padding.len()), "{error}");
    }
}

/// Texts that are no TC string but something else that a service may come across.
#[test]
fn usual_mistakes_have_hints() {
    let text = to_text(core(), 6);
    let cases = [
        (format!(" {text}"), Hint::WhiteSpace),
        (format!("{text}\n"), Hint::WhiteSpace),
        (format!("\"{text}\""), Hint::Quote),
        (format!("{text}%3D"), Hint::PercentSign),
        (format!("euconsent-v2={text}"), Hint::NameAndValue),
        ("{\"tcString\": 1}".to_owned(), Hint::LooksLikeJson),
        ("1YNN".to_owned(), Hint::LooksLike(Format::UsPrivacy)),
        (
            "DBABMA~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA".to_owned(),
            Hint::LooksLike(Format::Gpp),
        ),
        ("xyz".to_owned(), Hint::FirstCharacter(Format::Tcf)),
    ];
    for (text, hint) in cases {
        let error = text.parse::<TcString>().unwrap_err();
        assert_eq!(error.hint(), Some(hint), "{text}: {error}");
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
    assert_eq!(error.char_offset(), Some((213 + 17 + 12 + 17) / 6));
}

#[test]
fn a_version_1_string_of_the_framework_is_named_as_such() {
    let error = "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA".parse::<TcString>().unwrap_err();
    assert_eq!(error.kind().to_string(), "version 1, expected 2");
    assert_eq!(error.hint(), Some(Hint::LooksLikeTcVersionOne));
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

/// What is built can be read back under the default options, or is refused.
#[test]
fn a_text_past_the_limit_is_not_built() {
    let every_other: IdSet<VendorId> =
        (1..4095).map(|index| VendorId::new(2 * index).unwrap()).collect();
    let restricted = |count: u16| {
        (1..=count).fold(TcString::builder(Timestamp::MIN), |builder, index| {
            let purpose = PurposeId::new(index / 3 + 1).unwrap();
            let kind = RestrictionType::ALL[usize::from(index % 3)];
            builder.restrict(purpose, kind, every_other.clone())
        })
    };
    // 17 bits a range, and six a character.
    let fits = u16::try_from(u64::from(MAX_TEXT_LENGTH) * 6 / (17 * 4094)).unwrap();
    let longest = restricted(fits).build().unwrap();
    assert!(longest.as_str().len() > MAX_TEXT_LENGTH as usize - 11_600);
    assert_eq!(longest.as_str().parse(), Ok(longest));
    let error = restricted(fits + 1).build().unwrap_err();
    assert_eq!(error.kind(), EncodeErrorKind::TooLong { maximum: MAX_TEXT_LENGTH });
}

#[test]
fn strictness_takes_leniencies_back() {
    let options = DecodeOptions::new();
    let highest = options.max_text_length(1 << 28);
    assert_eq!(options.max_text_length(u32::MAX), highest, "positions fit 32 bits");
    assert_ne!(options.max_text_length((1 << 28) - 1), highest);
    assert_eq!(highest.strict(), options.strict().max_text_length(1 << 28));
    let leniencies: [fn(DecodeOptions) -> DecodeOptions; 5] = [
        DecodeOptions::allow_padding,
        DecodeOptions::allow_ones_behind_core,
        DecodeOptions::skip_unknown_segments,
        DecodeOptions::skip_empty_segments,
        DecodeOptions::allow_undefined_letters,
    ];
    for lenient in leniencies {
        assert_ne!(lenient(options), options);
        assert_eq!(lenient(options).strict(), options.strict());
        assert_ne!(lenient(options.strict()), options.strict(), "an exception from strictness");
    }
    let set = Set::from([1]);
    let text = Model { vendors_li: set, ..Model::default() }.text(&[Style::default()], 24, 0);
    assert_eq!(options.decode(&text), text.parse());
}
