//! Building and changing a string: what a change touches, and what it leaves alone.

#[path = "support/values.rs"]
mod values;

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use consent_string::didomi::{
    ConsentString, ConsentStringRef, Regulation, Section, SectionKind, Status, Version,
};
use consent_string::didomi::{PurposeId, VendorId};
use consent_string::{EncodeErrorKind, IdSet, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

const SECTIONS: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// What it says, each section in an encoding that is not the smallest.
const LONGER: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsAAAIAEUpUAABAAilKkAABAEAAQgAIAABaq";

fn parse(text: &str) -> ConsentString {
    text.parse().unwrap()
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

type Change = fn(&mut ConsentString);

#[test]
fn every_change_takes_the_signature_away_and_forgets_the_text() {
    let changes: [(&str, Change); 13] = [
        ("purposes", |c| c.purposes_mut().set(purpose(5), Status::Enabled)),
        ("purposes_li", |c| c.purposes_li_mut().unset(purpose(1))),
        ("vendors", |c| c.vendors_mut().clear()),
        ("vendors_li", |c| {
            c.vendors_li_mut().set_range(vendor(9)..=vendor(600), Status::Disabled);
        }),
        ("nothing, in vendors", |c| {
            c.vendors_mut();
        }),
        ("user_id", |c| c.set_user_id(Uuid::from_u128(7))),
        ("created", |c| c.set_created(Timestamp::MIN)),
        ("updated", |c| c.set_updated(Timestamp::MAX)),
        ("regulation", |c| c.set_regulation(Regulation(4)).unwrap()),
        ("sync", |c| c.set_sync(Some(Timestamp::MAX)).unwrap()),
        ("no sync", |c| c.set_sync(None).unwrap()),
        ("did", |c| c.set_did("other").unwrap()),
        ("ouid", |c| c.set_ouid("").unwrap()),
    ];
    let built = ConsentString::builder(Version::V2)
        .user_id(Uuid::from_u128(1))
        .created(time("2023-04-12T18:10:00.000Z"))
        .regulation(Regulation::GDPR)
        .did("D")
        .ouid("O")
        .signature("S")
        .build()
        .unwrap();
    for before in [built.clone(), parse(&built.to_string())] {
        for (name, change) in &changes {
            let mut after = before.clone();
            change(&mut after);
            assert_eq!(after.signature(), None, "{name}");
            assert_eq!(after.source(), None, "{name}");
            assert_eq!(after.to_string(), after.encode(), "{name}");
            assert_eq!(parse(&after.to_string()), after, "{name}");
            if *name != "did" && *name != "ouid" {
                assert_eq!((after.did(), after.ouid()), (Some("D"), Some("O")), "{name}");
            }
        }
    }
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
    assert_eq!(section.iter().collect::<Vec<_>>(), [(vendor(2), Status::Disabled)]);
}

/// Wherever it stands, among eight bytes that are looked at in one go or behind them.
#[test]
fn only_visible_ascii_is_a_token() {
    let mut consent = parse(SECTIONS);
    for len in [1, 7, 8, 9, 15, 16, 17] {
        for at in 0..len {
            for byte in 0..0x80_u8 {
                for other in ["!", "O", "}"] {
                    let mut token = other.repeat(len);
                    token.replace_range(at..=at, char::from(byte).to_string().as_str());
                    let fits = byte.is_ascii_graphic() && byte != b'.' && byte != b'~';
                    assert_eq!(consent.set_did(&token).is_ok(), fits, "{token:?}");
                    if fits {
                        assert_eq!(consent.did(), Some(token.as_str()));
                    }
                }
            }
        }
    }
}

#[test]
fn a_change_says_what_was_set() {
    let mut consent = parse(&format!("{SECTIONS}.D.O~S"));
    consent.set_user_id(Uuid::from_u128(0xABCD));
    consent.set_created(time("2020-02-29T00:00:00.100Z"));
    consent.set_updated(time("2021-12-31T23:59:59.900Z"));
    consent.set_did("d2").unwrap();
    consent.set_ouid("o/2").unwrap();
    consent.vendors_mut().set(vendor(130), Status::Disabled);
    consent.vendors_mut().unset_range(vendor(132)..=vendor(140));
    consent.purposes_mut().set_range(purpose(1)..=purpose(3), Status::Enabled);
    consent.purposes_li_mut().clear();
    let text = consent.to_string();
    let consent = parse(&text);
    assert_eq!(consent.user_id(), Uuid::from_u128(0xABCD));
    assert_eq!(consent.created().to_string(), "2020-02-29T00:00:00.100Z");
    assert_eq!(consent.updated().to_string(), "2021-12-31T23:59:59.900Z");
    assert_eq!(
        (consent.did(), consent.ouid(), consent.signature()),
        (Some("d2"), Some("o/2"), None)
    );
    assert!(text.ends_with(".d2.o/2"));
    assert_eq!(consent.vendors().enabled().to_string(), "128-129, 131");
    assert_eq!(consent.vendors().disabled().to_string(), "130");
    assert_eq!(consent.purposes().enabled().to_string(), "1-3, 6-8");
    assert_eq!(consent.purposes().disabled().to_string(), "4");
    assert!(consent.purposes_li().is_empty());
    assert_eq!(consent.vendors_li().enabled().to_string(), "128-132");
}

#[test]
fn what_is_not_in_a_version_or_would_break_the_frame_is_refused_and_changes_nothing() {
    let mut consent = parse(&format!("{SECTIONS}~S"));
    let regulation = consent.set_regulation(Regulation::GDPR).unwrap_err();
    assert_eq!(regulation.to_string(), "regulation: given, but this version has no place for it");
    let sync = consent.set_sync(None).unwrap_err();
    assert_eq!((sync.kind(), sync.field()), (EncodeErrorKind::NotInVersion, "sync"));
    for bad in ["a.b", "a~b", "a b", "\t", "é", "\u{7f}", "line\n"] {
        for (name, error) in [
            ("did", consent.set_did(bad)),
            ("ouid", consent.set_ouid(bad)),
            ("signature", consent.set_signature(bad)),
        ] {
            let error = error.unwrap_err();
            assert_eq!((error.kind(), error.field()), (EncodeErrorKind::InvalidCharacter, name));
            assert!(!error.to_string().contains(bad) || bad == "é", "{error}");
        }
    }
    assert_eq!(consent.to_string(), format!("{SECTIONS}~S"));
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
            "did: a character that may not stand here, expected visible ASCII without . and ~",
        ),
        (
            start(Version::V1).ouid("a b"),
            "ouid: a character that may not stand here, expected visible ASCII without . and ~",
        ),
        (
            start(Version::V1).signature("~"),
            "signature: a character that may not stand here, expected visible ASCII without . and ~",
        ),
    ];
    for (builder, message) in cases {
        assert_eq!(builder.build().unwrap_err().to_string(), message);
    }
    let consent = start(Version::V1).build().unwrap();
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
        let build = |builder: consent_string::didomi::Builder| {
            let builder = builder.user_id(Uuid::nil()).created(Timestamp::MIN);
            let text = builder.did(did).ouid(ouid).signature(signature).build().unwrap().encode();
            let end = text.find(['.', '~']).unwrap_or(text.len());
            text[end..].to_owned()
        };
        assert_eq!(build(ConsentString::builder(Version::V1)), v1);
        let v2_builder = ConsentString::builder(Version::V2).regulation(Regulation::GDPR);
        assert_eq!(build(v2_builder), v2);
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
        let mut consent = parse(&format!("{LONGER}{tail}"));
        let part = consent.signed_part().into_owned();
        consent.set_signature("new").unwrap();
        assert_eq!(consent.to_string(), format!("{LONGER}{signed}"));
        assert_eq!(consent.source(), Some(&*consent.to_string()));
        assert_eq!((consent.signature(), &*consent.signed_part()), (Some("new"), &*part));
        assert_eq!(parse(&consent.to_string()).signed_part(), part);
        consent.set_signature("").unwrap();
        assert_eq!(consent.to_string(), format!("{LONGER}{unsigned}"));
        assert_eq!((consent.signature(), &*consent.signed_part()), (None, &*part));
    }
}

#[test]
fn equality_is_by_meaning_and_text_tells_bytes_apart() {
    let (short, long) = (parse(SECTIONS), parse(LONGER));
    assert_ne!(short.form(SectionKind::Vendors), long.form(SectionKind::Vendors));
    assert_eq!(short, long);
    assert_ne!(short.to_string(), long.to_string());
    assert_eq!(long.encode(), SECTIONS);
    assert_eq!(HashSet::from([short.clone(), long]).len(), 1, "equal strings hash alike");
    // An empty place in the frame says nothing.
    assert_eq!(short, parse(&format!("{SECTIONS}..~")));
    for tail in [".D", "..O", "~S"] {
        assert_ne!(short, parse(&format!("{SECTIONS}{tail}")));
    }
    let mut other = short.clone();
    other.set_updated(Timestamp::MAX);
    assert_ne!(short, other);
    let hasher = RandomState::new();
    assert_ne!(hasher.hash_one(&short), hasher.hash_one(&other), "what differs is told apart");
    let mut other = short.clone();
    other.vendors_li_mut().set(vendor(1), Status::Disabled);
    assert_ne!(short, other);
}

#[test]
fn values_go_from_thread_to_thread() {
    fn shared<T: Send + Sync + Clone + Unpin + std::panic::UnwindSafe>() {}
    shared::<ConsentString>();
    shared::<ConsentStringRef<'static>>();
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
        signature in "[!-\\-/-}]{1,20}",
    ) {
        for built in [true, false] {
            if !built {
                consent = parse(&consent.to_string());
            }
            let part = consent.signed_part().into_owned();
            consent.set_signature(&signature).unwrap();
            let separator = if consent.version() == Version::V2 { '.' } else { '~' };
            prop_assert_eq!(consent.to_string(), format!("{part}{separator}{signature}"));
            prop_assert_eq!(&consent.signed_part(), &part);
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
        prop_assert_eq!(section.iter().count(), defined);
        prop_assert_eq!(section.is_empty(), defined == 0);
        for (id, status) in section.iter() {
            prop_assert_eq!(model[usize::from(id.get()) - 1], status);
        }
        let sets = (section.enabled().clone(), section.disabled().clone());
        prop_assert_eq!(Section::from_sets(sets.0, sets.1).unwrap(), section.clone());
        section.clear();
        prop_assert_eq!(section, Section::new());
    }
}
