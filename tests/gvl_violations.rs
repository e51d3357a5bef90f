//! A TC string held against the vendor list and the list of platforms.

#![cfg(feature = "gvl")]

#[path = "support/consent.rs"]
mod consent;

use consent::{LIST, NOW, purposes, tc_builder, time, vendors};
use consent_string::IdSet;
use consent_string::gvl::{CmpList, ListViolation, VendorList, VendorSection, violations};
use consent_string::tcf::{Builder, RestrictionType, VendorId, purposes as tcf_purposes};
use proptest::prelude::*;

/// Platforms 31 and 32 are there, 33 is deleted at noon.
const PLATFORMS: &str = r#"{"cmps": {
    "31": {"id": 31, "name": "A platform"},
    "32": {"id": 32, "name": "Deleted later", "deletedDate": "2026-06-15T12:00:00.100Z"},
    "33": {"id": 33, "name": "Deleted", "deletedDate": "2026-06-15T12:00:00Z"}
}}"#;

/// A violation with its facts, in one line.
fn told(violation: &ListViolation) -> String {
    let facts = match violation {
        ListViolation::PlatformDeleted { cmp_id, since } => format!("{cmp_id} {since}"),
        ListViolation::UnknownPlatform { cmp_id } => cmp_id.to_string(),
        ListViolation::ListVersion { found, list } => format!("{found} {list}"),
        ListViolation::PolicyVersion { found, list } => format!("{found} {list}"),
        ListViolation::UnknownVendors { section, vendors }
        | ListViolation::DeletedVendors { section, vendors } => format!("{section} {vendors}"),
        _ => panic!("a violation without a line"),
    };
    let effect = violation.effect().map_or(String::new(), |effect| format!(" {effect:?}"));
    format!("{} {facts}{effect}", violation.name())
}

/// What both lists say against a string, at noon.
fn found(builder: &Builder) -> Vec<String> {
    let list: VendorList = LIST.parse().unwrap();
    let platforms: CmpList = PLATFORMS.parse().unwrap();
    let consent = builder.clone().build().unwrap();
    let found = violations(&consent, Some(&list), Some(&platforms), time(NOW));
    found.iter().map(told).collect()
}

fn good() -> Builder {
    tc_builder("2026-06-15")
}

#[test]
fn each_rule_finds_what_it_is_about() {
    let restricted = |ids: &[u16]| {
        let required = RestrictionType::RequireConsent;
        let more = vendors(&[33, 9]);
        good()
            .restrict(tcf_purposes::SELECT_BASIC_ADS, RestrictionType::NotAllowed, vendors(ids))
            .restrict(tcf_purposes::STORE, required, more)
    };
    let rows: Vec<(&str, Builder, &[&str])> = vec![
        ("nothing", good(), &[]),
        ("a platform that is deleted later", good().cmp_id(32), &[]),
        (
            "a deleted platform",
            good().cmp_id(33),
            &["platform_deleted 33 2026-06-15T12:00:00.000Z Invalid"],
        ),
        ("an unknown platform", good().cmp_id(34), &["unknown_platform 34 Suspect"]),
        ("the number of no platform", good().cmp_id(0), &["unknown_platform 0 Suspect"]),
        ("an older list", good().vendor_list_version(80), &["list_version 80 81"]),
        ("a newer list", good().vendor_list_version(82), &["list_version 82 81"]),
        ("older policies", good().tcf_policy_version(4), &["policy_version 4 5"]),
        (
            "vendors that are not in the list",
            good().vendors_consent(vendors(&[1, 2, 755, 756])),
            &["unknown_vendors vendors_consent 1-2, 756 Suspect"],
        ),
        (
            "the same on legitimate interest",
            good().vendors_li(vendors(&[31, 32])),
            &["unknown_vendors vendors_li 31 Suspect"],
        ),
        (
            "a vendor that is deleted",
            good().vendors_consent(vendors(&[33, 755])),
            &["deleted_vendors vendors_consent 33"],
        ),
        (
            "both, among the disclosed",
            good().disclosed_vendors(vendors(&[30, 31, 32, 33, 34, 35, 755])),
            &[
                "unknown_vendors disclosed_vendors 30-31, 35 Suspect",
                "deleted_vendors disclosed_vendors 33",
            ],
        ),
        (
            "restricted",
            restricted(&[5, 755]),
            &[
                "unknown_vendors publisher_restrictions 5, 9 Suspect",
                "deleted_vendors publisher_restrictions 33",
            ],
        ),
        ("no vendor at all", good().vendors_consent(vendors(&[])).vendors_li(vendors(&[])), &[]),
        ("a string that does not say who was disclosed", good().without_disclosed_vendors(), &[]),
    ];
    for (what, builder, expected) in rows {
        assert_eq!(found(&builder), expected, "{what}");
    }
}

#[test]
fn what_makes_a_string_invalid_comes_first() {
    let all = good()
        .cmp_id(33)
        .vendor_list_version(7)
        .tcf_policy_version(2)
        .vendors_consent(vendors(&[1, 33]))
        .vendors_li(vendors(&[33]));
    let names: Vec<_> = found(&all)
        .iter()
        .map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        names,
        [
            "platform_deleted 33",
            "list_version 7",
            "policy_version 2",
            "unknown_vendors vendors_consent",
            "deleted_vendors vendors_consent",
            "deleted_vendors vendors_li",
        ]
    );
}

#[test]
fn a_list_that_is_not_given_says_nothing() {
    let consent = good().cmp_id(33).vendors_consent(vendors(&[1])).build().unwrap();
    let list: VendorList = LIST.parse().unwrap();
    let platforms: CmpList = PLATFORMS.parse().unwrap();
    let names = |list: Option<&VendorList>, platforms: Option<&CmpList>| -> Vec<_> {
        let found = violations(&consent, list, platforms, time(NOW));
        found.iter().map(ListViolation::name).collect()
    };
    assert!(names(None, None).is_empty());
    assert_eq!(names(Some(&list), None), ["unknown_vendors"]);
    assert_eq!(names(None, Some(&platforms)), ["platform_deleted"]);
}

#[test]
fn deletion_is_a_moment() {
    let platforms: CmpList = PLATFORMS.parse().unwrap();
    let consent = good().cmp_id(33).build().unwrap();
    let at = |now| violations(&consent, None, Some(&platforms), time(now)).len();
    assert_eq!(at("2026-06-15T11:59:59.900Z"), 0);
    assert_eq!(at("2026-06-15T12:00:00Z"), 1);
    let list: VendorList = LIST.parse().unwrap();
    let consent = good().vendors_consent(vendors(&[33])).build().unwrap();
    let at = |now| violations(&consent, Some(&list), None, time(now)).len();
    assert_eq!(at("2025-12-31T23:59:59.900Z"), 0);
    assert_eq!(at("2026-01-01T00:00:00Z"), 1);
}

#[test]
fn messages_say_what_and_how_many() {
    let consent = good()
        .cmp_id(33)
        .vendor_list_version(7)
        .tcf_policy_version(2)
        .vendors_consent(vendors(&[1, 2, 33]))
        .build()
        .unwrap();
    let list: VendorList = LIST.parse().unwrap();
    let platforms: CmpList = PLATFORMS.parse().unwrap();
    let found = violations(&consent, Some(&list), Some(&platforms), time(NOW));
    let messages: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "platform 33, which is deleted since 2026-06-15T12:00:00.000Z",
            "vendor list 7, beside version 81",
            "policy version 2, beside a list of version 5",
            "vendors of vendors_consent that are not in the list: 2",
            "vendors of vendors_consent that are deleted from the list: 1",
        ]
    );
}

proptest! {
    /// As one would look up each vendor by itself.
    #[test]
    fn vendors_are_found_as_by_hand(
        named in prop::collection::btree_set(1..=60_u16, 0..40),
        listed in prop::collection::btree_map(1..=60_u16, any::<bool>(), 0..60),
    ) {
        let entries: Vec<_> = listed.iter().map(|(id, is_deleted)| {
            let date = if *is_deleted { r#","deletedDate":"2020-01-01T00:00:00Z""# } else { "" };
            format!(r#""{id}":{{"id":{id},"name":"v"{date}}}"#)
        }).collect();
        let list = format!(
            r#"{{"gvlSpecificationVersion":3,"vendorListVersion":81,"tcfPolicyVersion":5,
                "lastUpdated":"2026-06-01T16:00:00Z","vendors":{{{}}}}}"#,
            entries.join(","),
        );
        let list: VendorList = list.parse().unwrap();
        let ids = |wanted: Option<bool>| -> IdSet<VendorId> {
            let ids = named.iter().filter(|id| listed.get(id).copied() == wanted);
            ids.map(|&id| VendorId::new(id).unwrap()).collect()
        };
        let consent = good()
            .purposes_consent(purposes(&[]))
            .vendors_consent(named.iter().map(|&id| VendorId::new(id).unwrap()).collect())
            .vendors_li(IdSet::new())
            .disclosed_vendors(IdSet::new())
            .build()
            .unwrap();
        let mut expected = Vec::new();
        let section = VendorSection::Consent;
        if !ids(None).is_empty() {
            expected.push(ListViolation::UnknownVendors { section, vendors: ids(None) });
        }
        if !ids(Some(true)).is_empty() {
            expected.push(ListViolation::DeletedVendors { section, vendors: ids(Some(true)) });
        }
        prop_assert_eq!(violations(&consent, Some(&list), None, time(NOW)), expected);
    }
}
