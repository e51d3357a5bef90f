//! What `Debug` shows of values that read from bits, or that show more than their fields.

#![cfg(all(feature = "link", feature = "tcf"))]

use consent_string::didomi::{self, ConsentString, ConsentStringRef, SectionKind};
use consent_string::link::ConsentEvent;
use consent_string::tcf::{PurposeId, RestrictionType, SmallSet, TcString, TcStringRef, VendorId};
use consent_string::{Buffer, IdSet, Timestamp};

const DIDOMI: &str = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsAAAIAEUpUAABAAilKkAABAEAAQgAIAABaq.D.O~S";

#[test]
fn a_didomi_string_shows_what_it_says() {
    let consent: ConsentString = DIDOMI.parse().unwrap();
    let mut buffer = Buffer::new();
    let view = ConsentStringRef::parse(DIDOMI, &mut buffer).unwrap();
    let sections = [
        format!("{:?}", consent.purposes().enabled()),
        format!("{:?}", consent.purposes().disabled()),
        format!("{:?}", consent.vendors().enabled()),
    ];
    for shown in [format!("{consent:?}"), format!("{view:?}"), format!("{view:#?}")] {
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        let header = ["created: Timestamp(2023-04-12T18:10:00.000Z)", "version: V1"];
        for part in sections.iter().map(String::as_str).chain(header) {
            assert!(shown.contains(part), "{part} in {shown}");
        }
    }
    assert!(format!("{consent:?}").starts_with("ConsentString {"));
    let same = format!("{view:?}").replace("ConsentStringRef", "ConsentString");
    assert_eq!(same, format!("{consent:?}"), "both forms show the same");
    let section = format!("{:?}", view.vendors());
    assert!(section.starts_with("SectionRef {") && section.contains(&sections[2]), "{section}");
    let statuses = consent.form(SectionKind::Vendors).statuses().unwrap();
    assert_eq!(format!("{statuses:?}"), format!("StatusesCode({statuses})"));
}

#[test]
fn a_didomi_string_with_many_ids_is_shown_in_a_few_lines() {
    let odd = (1..=u16::MAX).step_by(2).filter_map(didomi::VendorId::new).collect();
    let vendors = didomi::Section::from_sets(odd, IdSet::new()).unwrap();
    let builder = DIDOMI.parse::<ConsentString>().unwrap().to_builder();
    let consent = builder.vendors(vendors.clone()).vendors_li(vendors).build().unwrap();
    let shown = format!("{consent:?}");
    assert!(shown.len() < 1500 && shown.contains("29, 31, ..}"), "{shown}");
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
    let mut buffer = Buffer::new();
    let view = TcStringRef::parse(consent.as_str(), &mut buffer).unwrap();
    assert_eq!(format!("{:?}", view.vendors_consent()), "{2, 5-7}");
    assert_eq!(format!("{:?}", view.vendors_consent().ranges()), "[2, 5-7]");
    assert_eq!(
        format!("{:?}", view.vendors_consent().iter()),
        "[VendorId(2), VendorId(5), VendorId(6), VendorId(7)]"
    );
    let restrictions = format!("{:?}", view.publisher_restrictions());
    assert!(restrictions.contains("NotAllowed, vendors: {9}"), "{restrictions}");
    let shown = format!("{consent:?}");
    for part in [
        "TcString {",
        "purposes_consent: {1, 3}",
        "vendors_consent: 4",
        "publisher_restrictions: 1",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
    assert!(!shown.contains(consent.as_str()), "never the text");
    assert_eq!(
        format!("{view:?}"),
        shown.replacen("TcString", "TcStringRef", 1),
        "both forms show the same"
    );

    // As much for 30,000 ranges as for none.
    let many = (1..30_000).map(|index| VendorId::new(2 * index).unwrap()).collect();
    let many = consent.to_builder().vendors_consent(many).build().unwrap();
    assert!(format!("{many:?}").len() < shown.len() + 10);
}

#[test]
fn what_a_didomi_string_is_built_from_shows_the_header_and_no_user() {
    let consent: ConsentString = DIDOMI.parse().unwrap();
    let user = consent.user_id().to_string();
    for (name, shown) in [
        ("Builder {", format!("{:?}", consent.to_builder())),
        ("Decoded {", format!("{:?}", consent.decoded())),
    ] {
        assert!(shown.starts_with(name), "{shown}");
        for part in ["version: V1", "Timestamp(2023-04-12T18:10:00.000Z)"] {
            assert!(shown.contains(part), "{part} in {shown}");
        }
        assert!(!shown.contains(&user), "{shown}");
    }
}

#[test]
fn a_difference_shows_how_much_differs() {
    let before: ConsentString = DIDOMI.parse().unwrap();
    let mut vendors = before.vendors().to_section();
    vendors.set_range(
        didomi::VendorId::new(900).unwrap()..=didomi::VendorId::new(903).unwrap(),
        didomi::Status::Enabled,
    );
    let after = before.to_builder().vendors(vendors).build().unwrap();
    let shown = format!("{:?}", before.diff(&after));
    assert!(shown.starts_with("Difference {"), "{shown}");
    for part in ["header: [signature: removed]", "purposes: 0", "vendors: 1", "vendors_li: 0"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }

    let builder = TcString::builder(Timestamp::MIN);
    let before = builder.clone().build().unwrap();
    let vendors = [VendorId::new(7).unwrap(), VendorId::new(9).unwrap()];
    let after = builder.vendors_consent(vendors.into()).build().unwrap();
    let shown = format!("{:?}", before.diff(&after));
    assert!(shown.starts_with("Difference {") && shown.contains("sections: 2"), "{shown}");
}

#[test]
fn an_event_shows_what_is_there_and_how_much_else() {
    let shown = |json: &str| format!("{:?}", json.parse::<ConsentEvent>().unwrap());
    assert_eq!(shown("{}"), "ConsentEvent {}");
    assert_eq!(shown(r#"{"user": {"id": "u"}}"#), r#"ConsentEvent {"user"}"#);
    assert_eq!(shown(r#"{"a": 1, "id": "e", "b": {"id": 2}}"#), r#"ConsentEvent {"id", 2 more}"#);
}
