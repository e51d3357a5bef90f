//! What `Debug` shows of values that read from bits, or that show more than their fields.

#![cfg(all(feature = "link", feature = "tcf"))]

use consent_string::didomi::{ConsentString, ConsentStringRef, SectionKind};
use consent_string::link::ConsentEvent;
use consent_string::tcf::{PurposeId, RestrictionType, SmallSet, TcString, TcStringRef, VendorId};
use consent_string::{IdSet, Timestamp};

const DIDOMI: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsAAAIAEUpUAABAAilKkAABAEAAQgAIAABaq.D.O~S";

#[test]
fn a_didomi_string_shows_what_it_says() {
    let consent: ConsentString = DIDOMI.parse().unwrap();
    let mut buffer = vec![0; ConsentStringRef::buffer_len(DIDOMI.len())];
    let view = ConsentStringRef::parse(DIDOMI, &mut buffer).unwrap();
    let sections = [
        format!("{:?}", consent.purposes().enabled()),
        format!("{:?}", consent.purposes().disabled()),
        format!("{:?}", consent.vendors().enabled()),
    ];
    for shown in [format!("{consent:?}"), format!("{view:?}"), format!("{view:#?}")] {
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        let header = ["created: Timestamp(2023-04-12T18:10:00.000Z)", "edition: V1"];
        for part in sections.iter().map(String::as_str).chain(header) {
            assert!(shown.contains(part), "{part} in {shown}");
        }
    }
    assert!(format!("{consent:?}").starts_with("ConsentString {"));
    assert!(format!("{view:?}").starts_with("ConsentStringRef {"));
    let section = format!("{:?}", view.vendors());
    assert!(section.starts_with("SectionRef {") && section.contains(&sections[2]), "{section}");
    let statuses = consent.form(SectionKind::Vendors).statuses().unwrap();
    assert_eq!(format!("{statuses:?}"), format!("StatusesCode({statuses})"));
}

#[test]
fn a_tc_string_shows_what_it_says() {
    let vendors = |numbers: &[u16]| -> IdSet<VendorId> {
        numbers.iter().filter_map(|&number| VendorId::new(number)).collect()
    };
    let purposes: SmallSet<PurposeId> = [1, 3].into_iter().filter_map(PurposeId::new).collect();
    assert_eq!(format!("{purposes:?}"), "{1, 3}");
    let consent = TcString::builder(Timestamp::MIN)
        .purposes_consent(purposes)
        .vendors_consent(vendors(&[2, 5, 6, 7]))
        .restrict(PurposeId::MIN, RestrictionType::NotAllowed, vendors(&[9]))
        .build()
        .unwrap();
    let mut buffer = vec![0; TcStringRef::buffer_len(consent.as_str().len())];
    let view = TcStringRef::parse(consent.as_str(), &mut buffer).unwrap();
    assert_eq!(format!("{:?}", view.vendors_consent()), "{2, 5-7}");
    assert_eq!(format!("{:?}", view.vendors_consent().ranges()), "[2, 5-7]");
    let restrictions = format!("{:?}", consent.publisher_restrictions());
    assert!(restrictions.contains("NotAllowed, vendors: {9}"), "{restrictions}");
    assert_eq!(format!("{:?}", view.publisher_restrictions()), restrictions);
    let shown = format!("{consent:?}");
    for part in ["TcString {", "{1, 3}", "2, 5-7", consent.as_str()] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert_eq!(format!("{view:?}"), shown, "both forms show the same");
}

#[test]
fn an_event_shows_what_is_there_and_how_much_else() {
    let shown = |json: &str| format!("{:?}", json.parse::<ConsentEvent>().unwrap());
    assert_eq!(shown("{}"), "ConsentEvent {}");
    assert_eq!(shown(r#"{"user": {"id": "u"}}"#), r#"ConsentEvent {"user"}"#);
    assert_eq!(shown(r#"{"a": 1, "id": "e", "b": {"id": 2}}"#), r#"ConsentEvent {"id", 2 more}"#);
}
