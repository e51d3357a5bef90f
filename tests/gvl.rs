//! The Global Vendor List and the list of platforms: what is read and answered, and what is
//! refused.

#![cfg(feature = "gvl")]

use consent_string::gvl::{
    Cmp, CmpList, DataCategoryId, FeatureId, ListErrorKind, SpecificationVersion, StackId, Vendor,
    VendorList,
};
use consent_string::tcf::{
    LegalBasis, LegalBasisRules, PurposeId, SpecialFeatureId, SpecialPurposeId, VendorId,
};
use consent_string::{Timestamp, TimestampError};
use proptest::prelude::*;
use serde_json::{Value, json};

fn purpose(number: u16) -> PurposeId {
    PurposeId::new(number).unwrap()
}

fn vendor(number: u16) -> VendorId {
    VendorId::new(number).unwrap()
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn v3() -> VendorList {
    VendorList::parse(include_bytes!("data/gvl-v3.json")).unwrap()
}

#[test]
fn a_list_of_version_3_is_read_in_full() {
    let list = v3();
    assert_eq!(list.specification(), SpecificationVersion::V3);
    assert_eq!(list.specification().number(), 3);
    assert_eq!((list.version(), list.policy_version()), (81, 5));
    assert_eq!(list.last_updated(), time("2025-01-02T16:00:27Z"));
    let numbers: Vec<_> = list.vendors().map(|vendor| vendor.id().get()).collect();
    assert_eq!(numbers, [8, 11, 755, 65535], "rising, whatever the order in the file");
    assert_eq!(list.vendors().len(), 4);
    let falling: Vec<_> = list.vendors().rev().map(|vendor| vendor.id().get()).collect();
    assert_eq!(falling, [65535, 755, 11, 8]);
    assert!(format!("{list:?}").contains("vendors: {4 entries}"), "{list:?}");

    let one = list.vendor(vendor(755)).unwrap();
    assert_eq!(one.name(), "Example Ads \u{e9}");
    assert_eq!(one.purposes().to_string(), "1, 3, 4");
    assert_eq!(one.legitimate_interest_purposes().to_string(), "2, 7, 9, 10");
    assert_eq!(one.flexible_purposes().to_string(), "2, 7");
    assert_eq!(one.declared_purposes().to_string(), "1, 2, 3, 4, 7, 9, 10");
    assert_eq!(one.special_purposes().to_string(), "1-3");
    assert_eq!(one.features().to_string(), "2");
    assert_eq!(one.special_features().to_string(), "1");
    assert_eq!(one.data_declaration().to_string(), "1, 3, 11");
    let retention = one.data_retention().unwrap();
    assert_eq!(retention.standard(), Some(397));
    assert_eq!(retention.of_purpose(purpose(3)), Some(180));
    assert_eq!(retention.of_purpose(purpose(4)), Some(397));
    assert_eq!(retention.of_special_purpose(SpecialPurposeId::MIN), Some(30));
    assert_eq!((one.uses_cookies(), one.cookie_refresh()), (Some(true), Some(false)));
    assert_eq!(one.cookie_max_age_seconds(), Some(33_696_000));
    assert_eq!(one.uses_non_cookie_access(), Some(true));
    let urls: Vec<_> = one
        .urls()
        .iter()
        .map(|urls| (urls.language(), urls.privacy(), urls.legitimate_interest_claim()))
        .collect();
    assert_eq!(
        urls,
        [
            (Some("en"), Some("https://ads.example/en"), Some("https://ads.example/en#li")),
            (Some("fr"), Some("https://ads.example/fr"), None),
        ],
    );
    assert_eq!(one.policy_url(), None);
    assert_eq!(one.device_storage_disclosure_url(), Some("https://ads.example/storage.json"));
    assert_eq!(one.deleted_date(), None);

    let ads = list.purpose(purpose(2)).unwrap();
    assert_eq!((ads.id(), ads.name()), (purpose(2), "Use limited data to select advertising"));
    assert_eq!(ads.description(), "Made by us.");
    assert_eq!(ads.illustrations(), ["One.", "Two."]);
    assert_eq!(list.purposes().len(), 2);
    assert_eq!(list.special_purpose(SpecialPurposeId::MIN).unwrap().name(), "Ensure security");
    assert_eq!(list.feature(FeatureId::new(2).unwrap()).unwrap().name(), "Link devices");
    assert_eq!(list.special_feature(SpecialFeatureId::MIN).unwrap().name(), "Precise location");
    assert_eq!(list.data_category(DataCategoryId::MIN).unwrap().name(), "IP addresses");
    let stack = list.stack(StackId::MIN).unwrap();
    assert_eq!((stack.name(), stack.description()), ("Location", ""));
    assert_eq!(stack.purposes().to_string(), "3, 4");
    assert_eq!(stack.special_features().to_string(), "1, 2");
    assert!(list.purpose(purpose(24)).is_none());
}

#[test]
fn a_list_of_version_2_is_read() {
    let list = VendorList::parse(include_bytes!("data/gvl-v2.json")).unwrap();
    assert_eq!(list.specification(), SpecificationVersion::V2);
    assert_eq!(list.specification().number(), 2);
    let one = list.vendor(vendor(2)).unwrap();
    assert_eq!(one.policy_url(), Some("https://two.example/privacy"));
    assert!(one.urls().is_empty() && one.data_retention().is_none());
    assert_eq!(one.cookie_max_age_seconds(), None);
    let bases = list.bases(vendor(2), purpose(5)).unwrap();
    assert_eq!(bases.rules(), Some(LegalBasisRules::new(LegalBasis::Consent)));
    assert_eq!(list.purpose(purpose(1)).unwrap().name(), "Store information");
}

#[test]
fn a_basis_is_what_the_vendor_declares() {
    let list = v3();
    let consent = LegalBasisRules::new(LegalBasis::Consent);
    let interest = LegalBasisRules::new(LegalBasis::LegitimateInterest);
    for (vendor_id, purpose_id, bases, rules) in [
        (755, 1, (true, false, false), Some(consent)),
        (755, 2, (false, true, true), Some(interest.flexible())),
        (755, 9, (false, true, false), Some(interest)),
        // Declared on neither.
        (755, 5, (false, false, false), None),
        // On both, which is ruled out: no rule would be right.
        (11, 3, (true, true, false), None),
        // Flexible, and declared on neither.
        (11, 4, (false, false, true), None),
        (11, 7, (true, false, true), Some(consent.flexible())),
        // All lists are missing.
        (65535, 1, (false, false, false), None),
    ] {
        let found = list.bases(vendor(vendor_id), purpose(purpose_id)).unwrap();
        let flags = (found.consent(), found.legitimate_interest(), found.is_flexible());
        assert_eq!(flags, bases, "{vendor_id}, {purpose_id}");
        assert_eq!(found.rules(), rules, "{vendor_id}, {purpose_id}");
    }
    assert_eq!(list.bases(vendor(7), purpose(1)), None);
}

#[test]
fn a_vendor_is_deleted_from_its_date_on() {
    let list = v3();
    let one = list.vendor(vendor(8)).unwrap();
    assert_eq!(one.deleted_date(), Some(time("2024-03-01T00:00:00Z")));
    assert!(!one.is_deleted_at(time("2024-02-29T23:59:59.900Z")));
    assert!(one.is_deleted_at(time("2024-03-01T00:00:00Z")));
    assert!(one.is_deleted_at(Timestamp::MAX));
    assert!(!list.vendor(vendor(755)).unwrap().is_deleted_at(Timestamp::MAX));
    // What it declared is still there.
    assert!(list.bases(vendor(8), purpose(1)).unwrap().consent());
}

#[test]
fn a_list_of_platforms_is_read() {
    let list = CmpList::parse(include_bytes!("data/cmp-list.json")).unwrap();
    assert_eq!(list.last_updated(), Some(time("2025-01-02T16:00:27Z")));
    assert_eq!(list.platforms().map(Cmp::id).collect::<Vec<_>>(), [3, 7, 4095]);
    let cmp = list.platform(7).unwrap();
    assert_eq!((cmp.name(), cmp.is_commercial()), ("Example Platform", Some(true)));
    assert_eq!(cmp.environments(), ["Web", "Native App (Mobile)"]);
    assert!(!cmp.is_deleted_at(Timestamp::MAX));
    let deleted = list.platform(3).unwrap();
    // Rounded down, to be deleted no later than it says.
    assert_eq!(deleted.deleted_date(), Some(time("2023-06-30T12:00:00.100Z")));
    assert!(!deleted.is_deleted_at(time("2023-06-30T12:00:00Z")));
    assert!(deleted.is_deleted_at(time("2023-06-30T12:00:00.100Z")));
    assert_eq!(list.platform(4095).unwrap().deleted_date(), Some(time("2020-09-25T00:00:00Z")));
    for absent in [0, 8, 4096, u16::MAX] {
        assert!(list.platform(absent).is_none(), "{absent}");
    }
}

/// The least that a list has.
fn least() -> Value {
    json!({
        "gvlSpecificationVersion": 3, "vendorListVersion": 1, "tcfPolicyVersion": 4,
        "lastUpdated": "2025-01-02T16:00:27Z",
        "vendors": {"1": {"id": 1, "name": "One"}, "2": {"id": 2, "name": "Two"}},
    })
}

#[test]
fn what_is_not_known_is_passed_over() {
    let mut list = least();
    list["newThings"] = json!({"1": {"id": 2, "deep": [[[{"a": {"b": null}}]]]}});
    list["vendors"]["1"]["more"] = json!([1, {"id": 5}]);
    list["vendors"]["2"]["dataRetention"] = json!({"purposes": [], "more": 1});
    list["purposes"] = json!([]);
    let list = VendorList::parse(list.to_string()).unwrap();
    assert_eq!(list.vendor(vendor(1)).unwrap().name(), "One");
    let retention = list.vendor(vendor(2)).unwrap().data_retention().unwrap();
    assert_eq!(retention.of_purpose(purpose(1)), None);
}

/// Yes, no, and not said.
#[test]
fn what_is_not_said_is_no_answer() {
    for (json, said) in
        [(json!(true), Some(true)), (json!(false), Some(false)), (Value::Null, None)]
    {
        let mut list = least();
        for name in ["usesCookies", "cookieRefresh", "usesNonCookieAccess"] {
            list["vendors"]["1"][name] = json.clone();
        }
        let list = VendorList::parse(list.to_string()).unwrap();
        let one = list.vendor(vendor(1)).unwrap();
        let answers = [one.uses_cookies(), one.cookie_refresh(), one.uses_non_cookie_access()];
        assert_eq!(answers, [said; 3]);

        let platform = json!({"id": 2, "name": "A platform", "isCommercial": json});
        let platforms = CmpList::parse(json!({"cmps": {"2": platform}}).to_string()).unwrap();
        assert_eq!(platforms.platform(2).unwrap().is_commercial(), said);
    }
}

#[test]
fn a_stack_tells_what_it_stands_for() {
    let mut list = least();
    list["stacks"] = json!({"2": {"id": 2, "name": "Ads", "description": "Shown to the user"}});
    let list = VendorList::parse(list.to_string()).unwrap();
    let stack = list.stack(StackId::new(2).unwrap()).unwrap();
    assert_eq!((stack.name(), stack.description()), ("Ads", "Shown to the user"));
}

/// A pointer to what is changed, to what, and what is then wrong where.
type Bad<'a> = (&'a str, Value, ListErrorKind, (Option<&'a str>, Option<u16>, Option<&'a str>));

#[test]
fn what_is_not_as_documented_is_refused_with_its_place() {
    use ListErrorKind::*;
    const VENDORS: Option<&str> = Some("vendors");
    let bad: [Bad; 22] = [
        (
            "/gvlSpecificationVersion",
            json!(1),
            UnsupportedVersion,
            (None, None, Some("gvlSpecificationVersion")),
        ),
        (
            "/gvlSpecificationVersion",
            json!(4),
            UnsupportedVersion,
            (None, None, Some("gvlSpecificationVersion")),
        ),
        (
            "/gvlSpecificationVersion",
            json!("3"),
            WrongType,
            (None, None, Some("gvlSpecificationVersion")),
        ),
        ("/vendorListVersion", json!(-1), WrongType, (None, None, Some("vendorListVersion"))),
        ("/vendorListVersion", Value::Null, WrongType, (None, None, Some("vendorListVersion"))),
        (
            "/lastUpdated",
            json!("yesterday"),
            Time(TimestampError::InvalidText),
            (None, None, Some("lastUpdated")),
        ),
        (
            "/lastUpdated",
            json!("1969-12-31"),
            Time(TimestampError::OutOfRange),
            (None, None, Some("lastUpdated")),
        ),
        ("/vendors", json!([{"id": 1}]), WrongType, (None, None, VENDORS)),
        ("/vendors", json!({"0": {}}), InvalidId, (None, None, VENDORS)),
        ("/vendors", json!({"01": {}}), InvalidId, (None, None, VENDORS)),
        ("/vendors", json!({"65536": {}}), InvalidId, (None, None, VENDORS)),
        ("/vendors", json!({"one": {}}), InvalidId, (None, None, VENDORS)),
        ("/vendors/2", json!(5), WrongType, (VENDORS, Some(2), None)),
        ("/vendors/2", json!({"name": "Two"}), Missing, (VENDORS, Some(2), Some("id"))),
        ("/vendors/2", json!({"id": 2}), Missing, (VENDORS, Some(2), Some("name"))),
        ("/vendors/2/id", json!(1), OtherId, (VENDORS, Some(2), Some("id"))),
        (
            "/vendors/2",
            json!({"id": 2, "name": "", "purposes": {}}),
            WrongType,
            (VENDORS, Some(2), Some("purposes")),
        ),
        (
            "/vendors/2",
            json!({"id": 2, "name": "", "purposes": [0]}),
            InvalidId,
            (VENDORS, Some(2), Some("purposes")),
        ),
        (
            "/vendors/2",
            json!({"id": 2, "name": "", "legIntPurposes": [1, 25]}),
            InvalidId,
            (VENDORS, Some(2), Some("legIntPurposes")),
        ),
        (
            "/vendors/1",
            json!({"id": 1, "name": "", "deletedDate": "2024"}),
            Time(TimestampError::InvalidText),
            (VENDORS, Some(1), Some("deletedDate")),
        ),
        (
            "/vendors/1",
            json!({"id": 1, "name": "", "dataRetention": {"purposes": {"1": "x"}}}),
            WrongType,
            (VENDORS, Some(1), Some("dataRetention")),
        ),
        (
            "/vendors/1",
            json!({"id": 1, "name": "", "urls": [{"langId": 5}]}),
            WrongType,
            (VENDORS, Some(1), Some("urls")),
        ),
    ];
    for (pointer, value, kind, place) in bad {
        let mut list = least();
        *list.pointer_mut(pointer).unwrap() = value.clone();
        let error = VendorList::parse(list.to_string()).unwrap_err();
        let found = (error.map(), error.entry(), error.field());
        assert_eq!((error.kind(), found), (kind, place), "{pointer}: {value}");
    }
    for name in [
        "gvlSpecificationVersion",
        "vendorListVersion",
        "tcfPolicyVersion",
        "lastUpdated",
        "vendors",
    ] {
        let mut list = least();
        list.as_object_mut().unwrap().remove(name);
        let error = VendorList::parse(list.to_string()).unwrap_err();
        assert_eq!((error.kind(), error.field()), (Missing, Some(name)));
    }
}

#[test]
fn what_is_there_twice_is_refused() {
    let header = r#""gvlSpecificationVersion":3,"vendorListVersion":1,"tcfPolicyVersion":4,"lastUpdated":"2025-01-02T16:00:27Z""#;
    for (more, place) in [
        (r#","vendorListVersion":2,"vendors":{}"#, (None, None, Some("vendorListVersion"))),
        (r#","vendors":{},"vendors":{}"#, (None, None, Some("vendors"))),
        (
            r#","vendors":{"2":{"id":2,"name":""},"1":{"id":1,"name":""},"2":{"id":2,"name":""}}"#,
            (Some("vendors"), Some(2), None),
        ),
        (
            r#","vendors":{"2":{"id":2,"name":"","purposes":[1],"purposes":[]}}"#,
            (Some("vendors"), Some(2), Some("purposes")),
        ),
        (
            r#","vendors":{"2":{"id":2,"name":"","dataRetention":{"purposes":{"1":1,"1":1}}}}"#,
            (Some("vendors"), Some(2), Some("dataRetention")),
        ),
    ] {
        let error = VendorList::parse(format!("{{{header}{more}}}")).unwrap_err();
        let found = (error.map(), error.entry(), error.field());
        assert_eq!((error.kind(), found), (ListErrorKind::Repeated, place), "{more}");
    }
}

#[test]
fn what_is_no_json_is_refused_with_its_line() {
    let good = serde_json::to_string_pretty(&least()).unwrap();
    let cut = &good[..good.len() / 2];
    for (text, line) in [
        ("", 1),
        (cut, cut.lines().count()),
        (&format!("{good} x"), good.lines().count()),
        (&format!("{good}\n\n{{}}"), good.lines().count() + 2),
        (&good.replace("\"One\"", "One"), 9),
        (&format!("{}{}", "[".repeat(500), "]".repeat(500)), 1),
    ] {
        let error = VendorList::parse(text).unwrap_err();
        let deep = text.starts_with('[');
        let kind = if deep { ListErrorKind::WrongType } else { ListErrorKind::NotJson };
        assert_eq!((error.kind(), error.line()), (kind, Some(line)), "{text}");
    }
    // What is passed over needs no stack, however deep it is.
    let deep = format!(r#"{{"x":{}{},"cmps":{{}}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(CmpList::parse(deep).unwrap().platforms().len(), 0);
}

#[test]
fn messages_name_the_place() {
    for (json, message) in [
        (
            r#"{"cmps": {"7": {"id": 7}}}"#,
            "cmps 7, name (line 1, column 25): missing, expected a value",
        ),
        ("{}", "cmps: missing, expected a value"),
        ("[]", "(line 1, column 0): not of its type"),
        (
            r#"{"cmps": {"4096": {"id": 4096}}}"#,
            "cmps (line 1, column 16): not an ID, expected one of its kind",
        ),
    ] {
        assert_eq!(CmpList::parse(json).unwrap_err().to_string(), message, "{json}");
    }
    assert_eq!(ListErrorKind::OtherId.name(), "other_id");
}

proptest! {
    /// Each vendor is found under its number, whatever the order, and says what it declares.
    #[test]
    fn every_vendor_is_found(
        vendors in prop::collection::hash_map(1..=u16::MAX, prop::collection::vec(1..=24_u16, 0..12), 0..40),
        asked in prop::collection::vec(1..=u16::MAX, 0..10),
    ) {
        let entries: Vec<_> = vendors.iter().map(|(id, purposes)| {
            format!(r#""{id}":{{"name":"vendor {id}","legIntPurposes":{purposes:?},"id":{id}}}"#)
        }).collect();
        let mut list = least();
        list["vendors"] = json!("VENDORS");
        let list = list.to_string().replace("\"VENDORS\"", &format!("{{{}}}", entries.join(",")));
        let list = VendorList::parse(list).unwrap();
        prop_assert_eq!(list.vendors().len(), vendors.len());
        prop_assert!(list.vendors().map(Vendor::id).is_sorted());
        for id in vendors.keys().chain(&asked) {
            let found = list.vendor(vendor(*id));
            prop_assert_eq!(found.is_some(), vendors.contains_key(id));
            let Some(found) = found else { continue };
            prop_assert_eq!(found.name(), format!("vendor {id}"));
            for number in 1..=24 {
                let declared = vendors[id].contains(&number);
                prop_assert_eq!(found.bases(purpose(number)).legitimate_interest(), declared);
            }
        }
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, text in "[{}\\[\\]\":,a-z0-9]{0,60}") {
        let _ = VendorList::parse(&bytes);
        let _ = CmpList::parse(&text);
    }
}

/// Found by fuzzing: in a property that is passed over, they were not looked at.
#[test]
fn bytes_that_are_no_text_are_refused_wherever_they_stand() {
    let list = |name: &[u8], other: &[u8]| {
        let parts =
            [b"{\"cmps\":\n {\"3\":{\"id\":3,\"name\":\"", name, b"\",\"x\":\"", other, b"\"}}}"];
        CmpList::parse(parts.concat()).map(|list| list.platforms().len())
    };
    assert_eq!(list(b"a", b"b"), Ok(1));
    for (error, column) in [(list(b"\xCD", b"b"), 23), (list(b"a", b"\xCD\xCA"), 31)] {
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ListErrorKind::NotJson);
        assert_eq!((error.line(), error.column()), (Some(2), Some(column)));
    }
}
