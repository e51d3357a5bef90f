//! Building a string, changing what one says, signing it: what stays and what does not.

#[path = "support/laws.rs"]
mod laws;
#[path = "support/values.rs"]
mod values;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use consent_string::didomi::{
    Builder, ConsentString, ConsentStringRef, DecodeOptions, Encoding, LegalBasis, PurposeId,
    Regulation, Section, SectionKind, Status, TokenCharacters, VendorId, Version,
};
use consent_string::{Buffer, EncodeErrorKind, IdSet, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

const SECTIONS: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// What it says, each section in an encoding that is not the smallest.
const LONGER: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsAAAIAEUpUAABAAilKkAABAEAAQgAIAABaq";

fn parse(text: &str) -> ConsentString {
    laws::check(text, DecodeOptions::new()).unwrap()
}

fn vendor(number: u16) -> VendorId {
    VendorId::new(number).unwrap()
}

fn purpose(number: u16) -> PurposeId {
    PurposeId::new(number).unwrap()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Builds, and checks that what was built is what is read from its text.
fn build(builder: &Builder) -> ConsentString {
    let built = builder.build().unwrap();
    laws::check_built(&built, &parse(built.as_str()));
    built
}

#[test]
fn a_builder_starts_from_all_of_a_string_but_its_signature() {
    for tail in ["", "~S", ".D.O~S", "..O~"] {
        let consent = parse(&format!("{LONGER}{tail}"));
        let again = build(&consent.to_builder());
        assert_eq!(again.signature(), None);
        assert!(again.says_the_same_as(&consent));
        let unsigned = tail.trim_end_matches(['S', '~']);
        assert_eq!(again.as_str(), format!("{SECTIONS}{unsigned}"), "canonical");
    }
    let v2 = ConsentString::builder(Version::V2)
        .user_id(Uuid::from_u128(1))
        .created(time("2023-04-12T18:10:00.000Z"))
        .updated(Timestamp::MAX)
        .regulation(Regulation(7))
        .sync(Timestamp::MAX)
        .did("D")
        .ouid("O");
    let v2 = build(&v2).with_signature("S").unwrap();
    assert_eq!(v2.regulation(), Some(Regulation(7)));
    assert_eq!(build(&v2.to_builder()), v2.without_signature());
    let never = build(&v2.to_builder().sync(None));
    assert_eq!((never.sync(), v2.sync()), (None, Some(Timestamp::MAX)));
    assert!(!never.says_the_same_as(&v2));
}

#[test]
fn unset_is_undefined_again() {
    let mut section = Section::<VendorId>::new();
    section.set(vendor(1), Status::Enabled);
    section.set_range(vendor(2)..=vendor(3), Status::Disabled);
    assert!(section.status(vendor(1)).is_enabled());
    assert!(!section.status(vendor(2)).is_enabled());
    section.unset(vendor(1));
    section.unset(vendor(3));
    for number in [1, 3, 4] {
        assert_eq!(section.status(vendor(number)), Status::Undefined);
        assert!(!section.status(vendor(number)).is_enabled(), "undefined is no permission");
    }
    assert_eq!(section.statuses().collect::<Vec<_>>(), [(vendor(2), Status::Disabled)]);
}

/// Wherever it stands, among eight bytes that are looked at in one go or behind them.
#[test]
fn only_what_a_cookie_can_have_is_a_token() {
    let builder = parse(SECTIONS).to_builder();
    for len in [1, 7, 8, 9, 15, 16, 17] {
        for at in 0..len {
            for byte in 0..0x80_u8 {
                for other in ["!", "O", "}"] {
                    let mut token = other.repeat(len);
                    token.replace_range(at..=at, char::from(byte).to_string().as_str());
                    let visible = byte.is_ascii_graphic() && byte != b'.' && byte != b'~';
                    let fits = visible && !b"%\",;\\".contains(&byte);
                    let built = builder.clone().did(token.as_str()).build();
                    assert_eq!(built.is_ok(), fits, "{token:?}");
                    // A reader accepts the same, and more if it was told.
                    let text = format!("{SECTIONS}.{token}");
                    let did = |read: &ConsentString| read.did() == Some(token.as_str());
                    assert_eq!(text.parse().as_ref().is_ok_and(did), fits);
                    let lenient = DecodeOptions::new().token_characters(TokenCharacters::Visible);
                    assert_eq!(lenient.decode(&text).as_ref().is_ok_and(did), visible);
                }
            }
        }
    }
}

#[test]
fn what_a_lenient_reader_accepted_is_not_written_again() {
    let lenient = DecodeOptions::new().token_characters(TokenCharacters::Visible);
    let consent = laws::check(&format!("{SECTIONS}.a%2Fb~x;y"), lenient).unwrap();
    assert_eq!((consent.did(), consent.signature()), (Some("a%2Fb"), Some("x;y")));
    let error = consent.to_builder().build().unwrap_err();
    assert_eq!((error.kind(), error.field()), (EncodeErrorKind::InvalidCharacter, "did"));
    assert!(consent.to_builder().did("a/b").build().is_ok());
    // What is in the text already stays.
    assert_eq!(consent.with_signature("z").unwrap().as_str(), format!("{SECTIONS}.a%2Fb~z"));
}

#[test]
fn a_change_says_what_was_set() {
    let consent = parse(&format!("{SECTIONS}.D.O~S"));
    let mut vendors = consent.vendors().to_section();
    vendors.set(vendor(130), Status::Disabled);
    vendors.unset_range(vendor(132)..=vendor(140));
    let mut purposes = consent.purposes().to_section();
    purposes.set_range(purpose(1)..=purpose(3), Status::Enabled);
    let builder = consent
        .to_builder()
        .user_id(Uuid::from_u128(0xABCD))
        .created(time("2020-02-29T00:00:00.100Z"))
        .updated(time("2021-12-31T23:59:59.900Z"))
        .did("d2")
        .ouid("o/2")
        .vendors(vendors)
        .purposes(purposes)
        .purposes_li(Section::new());
    let consent = build(&builder);
    assert_eq!(consent.user_id(), Uuid::from_u128(0xABCD));
    assert_eq!(consent.created().to_string(), "2020-02-29T00:00:00.100Z");
    assert_eq!(consent.updated().to_string(), "2021-12-31T23:59:59.900Z");
    assert_eq!(
        (consent.did(), consent.ouid(), consent.signature()),
        (Some("d2"), Some("o/2"), None)
    );
    assert!(consent.as_str().ends_with(".d2.o/2"));
    assert_eq!(consent.vendors().to_set().to_string(), "128-129, 131");
    assert_eq!(consent.vendors().disabled().to_set().to_string(), "130");
    assert_eq!(consent.purposes().to_set().to_string(), "1-3, 6-8");
    assert_eq!(consent.purposes().disabled().to_set().to_string(), "4");
    assert!(consent.purposes_li().says_nothing());
    assert_eq!(consent.vendors_li().to_set().to_string(), "128-132");
}

#[test]
fn what_is_not_in_a_version_or_would_break_the_frame_is_refused() {
    let consent = parse(&format!("{SECTIONS}~S"));
    let regulation = consent.to_builder().regulation(Regulation::GDPR).build().unwrap_err();
    assert_eq!(regulation.to_string(), "regulation: given, but this version has no place for it");
    let sync = consent.to_builder().sync(Timestamp::MIN).build().unwrap_err();
    assert_eq!((sync.kind(), sync.field()), (EncodeErrorKind::NotInVersion, "sync"));
    let bad = [
        "a.b", "a~b", "a b", "\t", "é", "\u{7f}", "line\n", "a%2Eb", "\"a\"", "a,b", "a;b", "a\\b",
    ];
    for bad in bad {
        for (name, error) in [
            ("did", consent.to_builder().did(bad).build()),
            ("ouid", consent.to_builder().ouid(bad).build()),
            ("signature", consent.with_signature(bad)),
        ] {
            let error = error.unwrap_err();
            assert_eq!((error.kind(), error.field()), (EncodeErrorKind::InvalidCharacter, name));
            assert!(!error.to_string().contains(bad) || bad == "é", "{error}");
        }
    }
}

#[test]
fn the_builder_names_what_is_missing_or_misplaced() {
    let user = Uuid::from_u128(1);
    let start = |version| ConsentString::builder(version).user_id(user).created(Timestamp::MIN);
    let cases = [
        (ConsentString::builder(Version::V1), "user_id: missing, expected a value"),
        (ConsentString::builder(Version::V1).user_id(user), "created: missing, expected a value"),
        (start(Version::V2), "regulation: missing, expected a value"),
        (
            start(Version::V1).regulation(Regulation::GDPR),
            "regulation: given, but this version has no place for it",
        ),
        (
            start(Version::V1).sync(Timestamp::MIN),
            "sync: given, but this version has no place for it",
        ),
        (
            start(Version::V1).did("a.b"),
            "did: a character that may not stand here, expected visible ASCII without . ~ % \" , ; \\",
        ),
        (
            start(Version::V1).ouid("a b"),
            "ouid: a character that may not stand here, expected visible ASCII without . ~ % \" , ; \\",
        ),
    ];
    for (builder, message) in cases {
        assert_eq!(builder.build().unwrap_err().to_string(), message);
    }
    let consent = build(&start(Version::V1));
    assert_eq!(consent.updated(), consent.created(), "left out, it is the creation date");
}

#[test]
fn tokens_are_framed_as_each_version_has_them() {
    let cases = [
        (["", "", ""], "", "..."),
        (["D", "", ""], ".D", ".D.."),
        (["", "O", ""], "..O", "..O."),
        (["D", "O", ""], ".D.O", ".D.O."),
        (["", "", "S"], "~S", "...S"),
        (["D", "", "S"], ".D~S", ".D..S"),
        (["", "O", "S"], "..O~S", "..O.S"),
        (["D", "O", "S"], ".D.O~S", ".D.O.S"),
    ];
    for ([did, ouid, signature], v1, v2) in cases {
        let framed = |builder: Builder| {
            let builder = builder.user_id(Uuid::nil()).created(Timestamp::MIN);
            let consent = build(&builder.did(did).ouid(ouid)).with_signature(signature).unwrap();
            laws::check_built(&consent, &parse(consent.as_str()));
            let text = consent.as_str();
            let end = text.find(['.', '~']).unwrap_or(text.len());
            text[end..].to_owned()
        };
        assert_eq!(framed(ConsentString::builder(Version::V1)), v1);
        assert_eq!(framed(ConsentString::builder(Version::V2).regulation(Regulation::GDPR)), v2);
    }
}

#[test]
fn a_new_signature_leaves_the_signed_bytes_alone() {
    // What was read, and what it is with the signature "new" or with none.
    let cases = [
        ("", "~new", ""),
        (".D", ".D~new", ".D"),
        ("..O", "..O~new", "..O"),
        (".D.~", ".D.~new", ".D."),
        (".D.O~S", ".D.O~new", ".D.O"),
        ("~S", "~new", ""),
        ("...S", "...new", "..."),
        (".D.O.", ".D.O.new", ".D.O."),
    ];
    for (tail, signed, unsigned) in cases {
        // Not canonical: it must not be encoded anew.
        let consent = parse(&format!("{LONGER}{tail}"));
        let part = consent.signed_part();
        let new = consent.with_signature("new").unwrap();
        assert_eq!(new.as_str(), format!("{LONGER}{signed}"));
        assert_eq!((new.signature(), new.signed_part()), (Some("new"), part));
        laws::check_built(&new, &parse(new.as_str()));
        for none in [new.with_signature("").unwrap(), consent.without_signature()] {
            assert_eq!(none.as_str(), format!("{LONGER}{unsigned}"));
            assert_eq!((none.signature(), none.signed_part()), (None, part));
            laws::check_built(&none, &parse(none.as_str()));
        }
    }
}

#[test]
fn a_signature_is_not_kept_over_other_bytes() {
    let signed = parse(&format!("{SECTIONS}.D~S"));
    assert_eq!(signed.decoded().encode().unwrap(), signed, "the same bytes");
    // The same meaning in other bytes, and in another frame.
    for other in [format!("{LONGER}.D~S"), format!("{SECTIONS}.D.~S"), format!("{SECTIONS}.D..S")] {
        let other = parse(&other);
        assert!(other.says_the_same_as(&signed));
        assert_eq!(other.decoded().signature.as_deref(), Some("S"));
        assert_eq!(other.decoded().encode().unwrap(), signed.without_signature());
    }
    let mut changed = signed.decoded();
    changed.updated = Timestamp::MAX;
    assert_eq!(changed.encode().unwrap().signature(), None);
    changed.updated = signed.updated();
    assert_eq!(changed.encode().unwrap(), signed);
    changed.signature = None;
    assert_eq!(changed.encode().unwrap(), signed.without_signature());
}

#[test]
fn encodings_and_legal_bases_are_told_in_words() {
    let words: Vec<String> = Encoding::ALL.iter().map(Encoding::to_string).collect();
    assert_eq!(words, ["bit field from 1", "bit field", "ranges", "Fibonacci ranges"]);
    assert_eq!(LegalBasis::Consent.to_string(), "consent");
    assert_eq!(LegalBasis::LegitimateInterest.to_string(), "legitimate interest");
}

#[test]
fn equality_is_that_of_the_text_and_meaning_is_asked_by_name() {
    let (short, long) = (parse(SECTIONS), parse(LONGER));
    assert_ne!(short.form(SectionKind::Vendors), long.form(SectionKind::Vendors));
    assert_ne!(short, long);
    assert_eq!(short.cmp(&long), SECTIONS.cmp(LONGER));
    assert_eq!(short.partial_cmp(&long), SECTIONS.partial_cmp(LONGER));
    assert_eq!(short, parse(SECTIONS));
    assert_eq!(HashSet::from([short.clone(), long.clone(), parse(SECTIONS)]).len(), 2);
    let mut buffer = Buffer::new();
    let view = ConsentStringRef::parse(LONGER, &mut buffer).unwrap();
    assert_eq!(view, long.view());
    assert_ne!(view, short.view());
    let hasher = RandomState::new();
    assert_eq!(hasher.hash_one(view), hasher.hash_one(&long), "both forms hash alike");
    assert_ne!(hasher.hash_one(view), hasher.hash_one(&short));
    assert!(view > short.view() || view < short.view());
    assert!(short.says_the_same_as(&long) && short.says_the_same_as(view));
    assert!(view.says_the_same_as(&short) && view.says_the_same_as(view));
    // An empty place in the frame says nothing, and a signature only that it was signed.
    for tail in ["..~", "~S", "~", "..."] {
        assert!(short.says_the_same_as(&parse(&format!("{SECTIONS}{tail}"))), "{tail}");
    }
    for tail in [".D", "..O"] {
        assert!(!short.says_the_same_as(&parse(&format!("{SECTIONS}{tail}"))), "{tail}");
    }
    let builder = || short.to_builder();
    let mut vendors = short.vendors_li().to_section();
    vendors.set(vendor(1), Status::Disabled);
    let mut purposes = short.purposes_li().to_section();
    purposes.unset(purpose(4));
    for other in [
        builder().updated(Timestamp::MAX),
        builder().created(Timestamp::MIN),
        builder().user_id(Uuid::from_u128(5)),
        builder().vendors_li(vendors.clone()),
        builder().vendors(vendors),
        builder().purposes_li(purposes.clone()),
        builder().purposes(purposes),
    ] {
        assert!(!short.says_the_same_as(&build(&other)));
    }
}

/// What is read from the text stays when the buffer is used again; what a view was made of gives
/// back the string itself.
#[test]
fn parts_of_the_text_outlive_the_buffer() {
    let text = format!("{SECTIONS}.D.O~S");
    let mut buffer = Buffer::new();
    let (did, ouid, signature, signed, whole) = {
        let view = ConsentStringRef::parse(&text, &mut buffer).unwrap();
        (view.did(), view.ouid(), view.signature(), view.signed_part(), view.as_str())
    };
    let other = ConsentStringRef::parse(SECTIONS, &mut buffer).unwrap();
    assert_eq!((did, ouid, signature, whole), (Some("D"), Some("O"), Some("S"), text.as_str()));
    assert_eq!(signed, format!("{SECTIONS}.D.O"));
    // What is read from the bits outlives the view, which can be copied.
    let (vendors, ids) = {
        let copy = other;
        (copy.vendors(), copy.vendors().iter())
    };
    assert!(vendors.iter().eq(ids));

    let owned = ConsentString::try_from(text.clone()).unwrap();
    assert_eq!(owned, ConsentString::try_from(text.as_str()).unwrap());
    assert_eq!(ConsentString::from(owned.view()), owned);
    assert_eq!(String::from(owned), text);
}

#[test]
fn values_go_from_thread_to_thread() {
    fn shared<T: Send + Sync + Clone + Unpin + std::panic::UnwindSafe>() {}
    shared::<ConsentString>();
    shared::<ConsentStringRef<'static, 'static>>();
    shared::<Section<VendorId>>();
    shared::<IdSet<PurposeId>>();
    shared::<consent_string::DecodeError>();
    shared::<consent_string::EncodeError>();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn the_text_is_the_signed_part_the_separator_and_the_signature(
        mut consent in values::consent_string(),
        signature in "[!#$&-+/-:<-\\[\\]-}-]{1,20}",
    ) {
        for built in [true, false] {
            if !built {
                consent = parse(consent.as_str());
            }
            let part = consent.signed_part();
            let signed = consent.with_signature(&signature).unwrap();
            let separator = if consent.version() == Version::V2 { '.' } else { '~' };
            prop_assert_eq!(signed.as_str(), format!("{part}{separator}{signature}"));
            prop_assert_eq!(signed.signed_part(), part);
        }
    }

    #[test]
    fn a_section_is_a_map_from_id_to_status(
        mut section in values::section::<VendorId>(),
        changes in prop::collection::vec((1..400_u16, 0..40_u16, values::status()), 0..12),
    ) {
        let statuses = |section: &Section<VendorId>| -> Vec<Status> {
            (1..=u16::MAX).map(|id| section.status(vendor(id))).collect()
        };
        let mut model = statuses(&section);
        for (first, more, status) in changes {
            if more == 0 {
                section.set(vendor(first), status);
            } else {
                section.set_range(vendor(first)..=vendor(first + more), status);
            }
            model[usize::from(first) - 1..usize::from(first + more)].fill(status);
        }
        prop_assert_eq!(statuses(&section), &model[..]);
        prop_assert!(section.enabled().is_disjoint(section.disabled()));
        let defined = model.iter().filter(|&&status| status != Status::Undefined).count();
        prop_assert_eq!(section.statuses().count(), defined);
        prop_assert_eq!(section.says_nothing(), defined == 0);
        for (id, status) in section.statuses() {
            prop_assert_eq!(model[usize::from(id.get()) - 1], status);
        }
        let sets = (section.enabled().clone(), section.disabled().clone());
        prop_assert_eq!(Section::from_sets(sets.0, sets.1).unwrap(), section.clone());
        section.clear();
        prop_assert_eq!(section, Section::new());
    }
}
