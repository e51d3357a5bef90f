//! Which strings are valid, by each rule at its borders.

#![cfg(feature = "tcf")]

use std::time::Duration;

use consent_string::tcf::{
    Builder, Effect, PurposeId, SmallSet, TcString, TcStringRef, ValidityRules, VendorId, Violation,
};
use consent_string::{Buffer, IdSet, Timestamp};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn purposes(numbers: &[u16]) -> SmallSet<PurposeId> {
    numbers.iter().filter_map(|&number| PurposeId::new(number)).collect()
}

fn vendors(numbers: &[u16]) -> IdSet<VendorId> {
    numbers.iter().filter_map(|&number| VendorId::new(number)).collect()
}

/// A string that violates nothing.
fn valid(created: &str) -> Builder {
    TcString::builder(time(created))
        .cmp_id(2)
        .vendor_list_version(1)
        .tcf_policy_version(5)
        .is_service_specific(true)
        .purposes_li(purposes(&[2, 7, 8, 9, 10, 11]))
        .disclosed_vendors(vendors(&[1, 2]))
}

/// What a string violates at a time, in both forms.
fn violations_at(builder: &Builder, now: &str) -> Vec<Violation> {
    let now = time(now);
    let consent = builder.clone().build().unwrap();
    let mut buffer = Buffer::new();
    let view = TcStringRef::parse(consent.as_str(), &mut buffer).unwrap();
    let violations: Vec<_> = consent.violations(now).collect();
    assert!(view.violations(now).eq(violations.iter().copied()));
    // A string is refused for the first violation that makes it invalid, and for no other.
    let first = violations.iter().copied().find(|rule| rule.effect() == Effect::Invalid);
    assert_eq!(consent.valid_at(now).err().map(consent_string::tcf::Invalid::violation), first);
    assert_eq!(view.valid_at(now).err().map(consent_string::tcf::Invalid::violation), first);
    violations
}

/// What a string violates at noon on 2026-03-01.
fn violations(builder: &Builder) -> Vec<Violation> {
    violations_at(builder, "2026-03-01T12:00:00Z")
}

#[test]
fn a_string_by_todays_rules_violates_none() {
    assert_eq!(violations(&valid("2026-03-01T00:00:00Z")), []);
}

/// Names go into logs and metrics: a change breaks who counts them.
#[test]
fn violations_have_names() {
    let violations = [
        (Violation::NotServiceSpecific, "not_service_specific"),
        (Violation::PolicyVersion { found: 3, minimum: 4 }, "policy_version"),
        (Violation::DisclosedVendorsMissing { since: Timestamp::MIN }, "disclosed_vendors_missing"),
        (Violation::LegitimateInterest { purposes: purposes(&[1]) }, "legitimate_interest"),
        (Violation::TimesDiffer, "times_differ"),
        (Violation::TimeOfDay, "time_of_day"),
        (Violation::InFuture, "in_future"),
        (Violation::TooOld, "too_old"),
        (Violation::UnknownPolicyVersion { found: 6 }, "unknown_policy_version"),
        (Violation::NoPlatform { found: 1 }, "no_platform"),
        (Violation::NoVendorList, "no_vendor_list"),
    ];
    for (violation, name) in violations {
        assert_eq!(violation.name(), name);
    }
    let global = valid("2026-03-01T00:00:00Z").is_service_specific(false).build().unwrap();
    let invalid = global.valid_at(global.created()).unwrap_err();
    assert_eq!(invalid.name(), "not_service_specific");
    assert_eq!(
        invalid.to_string(),
        "an invalid TC string: a string of global scope, expected a service-specific one"
    );
}

#[test]
fn each_rule_is_violated_alone() {
    let since = time("2026-03-01T00:00:00Z");
    let today = || valid("2026-03-01T00:00:00Z");
    let cases = [
        (
            today().is_service_specific(false),
            Violation::NotServiceSpecific,
            Effect::Invalid,
            "a string of global scope, expected a service-specific one",
        ),
        (
            today().tcf_policy_version(3),
            Violation::PolicyVersion { found: 3, minimum: 4 },
            Effect::Invalid,
            "policy version 3, expected 4 or more in a string of that time",
        ),
        (
            today().without_disclosed_vendors(),
            Violation::DisclosedVendorsMissing { since },
            Effect::Invalid,
            "no disclosed vendors, mandatory from 2026-03-01T00:00:00.000Z on",
        ),
        (
            today().purposes_li(purposes(&[1, 2, 3, 6, 7])),
            Violation::LegitimateInterest { purposes: purposes(&[1, 3, 6]) },
            Effect::Void,
            "legitimate interest for purposes 1, 3, 6, which need consent",
        ),
        (
            today().created(time("2026-02-28T00:00:00Z")),
            Violation::TimesDiffer,
            Effect::Deviation,
            "created and last updated differ, expected the same time",
        ),
        (
            valid("2026-03-01T00:00:00.100Z"),
            Violation::TimeOfDay,
            Effect::Deviation,
            "a time of day, expected midnight",
        ),
        (
            valid("2026-03-02T00:00:00Z"),
            Violation::InFuture,
            Effect::Suspect,
            "created or last updated in the future",
        ),
        (
            valid("2025-01-01T00:00:00Z"),
            Violation::TooOld,
            Effect::AskAnew,
            "last updated too long ago: the user is to be asked anew",
        ),
        (
            today().tcf_policy_version(6),
            Violation::UnknownPolicyVersion { found: 6 },
            Effect::Suspect,
            "policy version 6, which is not known",
        ),
        (
            today().cmp_id(1),
            Violation::NoPlatform { found: 1 },
            Effect::Suspect,
            "platform 1, which is none",
        ),
        (
            today().vendor_list_version(0),
            Violation::NoVendorList,
            Effect::Suspect,
            "vendor list version 0, expected 1 or more",
        ),
    ];
    for (builder, expected, effect, message) in cases {
        assert_eq!(violations(&builder), [expected], "{message}");
        assert_eq!(expected.effect(), effect, "{message}");
        assert_eq!(expected.to_string(), message);
        // Whoever wants to refuse for an effect can.
        let consent = builder.build().unwrap();
        let now = time("2026-03-01T12:00:00Z");
        let refused = ValidityRules::new().refuse(effect).valid_at(&consent, now);
        assert_eq!(refused.unwrap_err().violation(), expected);
    }
}

#[test]
fn each_effect_has_a_name() {
    let names = [
        (Effect::Invalid, "invalid"),
        (Effect::AskAnew, "ask_anew"),
        (Effect::Void, "void"),
        (Effect::Suspect, "suspect"),
        (Effect::Deviation, "deviation"),
    ];
    for (effect, name) in names {
        assert_eq!(effect.name(), name);
    }
}

#[test]
fn disclosed_vendors_are_mandatory_from_a_day_on() {
    let missing = |created, updated| {
        let builder = valid(created).last_updated(time(updated)).without_disclosed_vendors();
        violations_at(&builder, updated).iter().any(|rule| rule.effect() == Effect::Invalid)
    };
    let (before, from) = ("2026-02-28T23:59:59.900Z", "2026-03-01T00:00:00Z");
    assert!(!missing(before, before));
    assert!(missing(from, from));
    // One of the times that was set back doesn't evade the rule.
    assert!(missing(before, from));
    assert!(missing(from, before));
    assert!(missing("2026-01-15T00:00:00Z", "2026-06-01T00:00:00Z"));
    let empty = valid(from).disclosed_vendors(IdSet::new());
    assert_eq!(violations(&empty), [], "empty is not absent");
}

#[test]
fn older_policies_are_invalid_in_newer_strings_only() {
    let invalid = |version, created: &str| {
        let builder = valid(created).tcf_policy_version(version);
        violations_at(&builder, created)
            .contains(&Violation::PolicyVersion { found: version, minimum: 4 })
    };
    for version in 0..=3 {
        assert!(!invalid(version, "2020-01-01T00:00:00Z"));
        assert!(!invalid(version, "2023-09-30T23:59:59.900Z"), "not after that day");
        assert!(invalid(version, "2023-10-01T00:00:00Z"));
        assert!(invalid(version, "2026-03-01T00:00:00Z"));
    }
    for version in 4..=63 {
        assert!(!invalid(version, "2026-03-01T00:00:00Z"));
    }
}

/// It is when a string was created that decides about its policy, not when it was updated.
#[test]
fn an_older_string_that_was_updated_keeps_its_policy() {
    let updated = valid("2022-01-01T10:00:00Z")
        .tcf_policy_version(2)
        .last_updated(time("2025-12-02T10:00:00Z"));
    assert_eq!(violations(&updated), [], "the times of older policies are any");
}

#[test]
fn void_bits_are_those_of_the_policy() {
    let all: SmallSet<PurposeId> = (1..=24).filter_map(PurposeId::new).collect();
    let void = |version| {
        let builder = valid("2023-01-01T00:00:00Z").tcf_policy_version(version).purposes_li(all);
        violations_at(&builder, "2023-01-01T00:00:00Z").into_iter().find_map(|rule| match rule {
            Violation::LegitimateInterest { purposes } => Some(purposes.to_string()),
            _ => None,
        })
    };
    for version in 0..=3 {
        assert_eq!(void(version).as_deref(), Some("1"));
    }
    for version in [4, 5, 6, 63] {
        assert_eq!(void(version).as_deref(), Some("1, 3, 4, 5, 6"));
    }
}

#[test]
fn known_policies_and_platforms() {
    let has = |builder: &Builder, name| violations(builder).iter().any(|rule| rule.name() == name);
    for version in 0..=63 {
        let builder = valid("2026-03-01T00:00:00Z").tcf_policy_version(version);
        assert_eq!(has(&builder, "unknown_policy_version"), !(2..=5).contains(&version));
    }
    for cmp_id in [0, 1, 2, 3, 4095] {
        let builder = valid("2026-03-01T00:00:00Z").cmp_id(cmp_id);
        assert_eq!(has(&builder, "no_platform"), cmp_id < 2);
    }
    for version in [0, 1, 4095] {
        let builder = valid("2026-03-01T00:00:00Z").vendor_list_version(version);
        assert_eq!(has(&builder, "no_vendor_list"), version == 0);
    }
}

#[test]
fn now_is_not_in_the_future() {
    let created = "2026-03-02T00:00:00Z";
    assert_eq!(violations_at(&valid(created), created), []);
    assert_eq!(violations_at(&valid(created), "2026-03-01T23:59:59.900Z"), [Violation::InFuture]);
    let updated = valid("2026-03-01T00:00:00Z").last_updated(Timestamp::MAX);
    assert_eq!(violations(&updated)[0], Violation::InFuture);
}

#[test]
fn thirteen_months_are_395_days() {
    let consent = valid("2026-03-01T00:00:00Z").build().unwrap();
    let last = consent.created().checked_add(395 * DAY).unwrap();
    let next = last.checked_add(Duration::from_millis(100)).unwrap();
    assert_eq!(consent.violations(last).count(), 0);
    assert_eq!(consent.violations(next).collect::<Vec<_>>(), [Violation::TooOld]);
    // It is the last update that counts.
    let updated = consent.to_builder().last_updated(next).build().unwrap();
    assert!(updated.violations(next).all(|rule| rule != Violation::TooOld));
}

#[test]
fn how_many_violations_there_are_lies_within_the_hint() {
    let good = valid("2026-03-01T00:00:00Z");
    let bad = good.clone().tcf_policy_version(0).is_service_specific(false);
    for (builder, expected) in [(good, 0), (bad, 3)] {
        let consent = builder.build().unwrap();
        let mut violations = consent.violations(consent.created());
        let count = violations.clone().count();
        assert_eq!(count, expected, "{violations:?}");
        let (least, most) = violations.size_hint();
        assert!(least <= count && most.is_some_and(|most| count <= most), "{most:?}");
        violations.by_ref().for_each(drop);
        assert_eq!(violations.size_hint(), (0, Some(0)));
    }
}

#[test]
fn the_maximum_age_is_the_callers_to_set() {
    let consent = valid("2026-03-01T00:00:00Z").build().unwrap();
    let at = |days: u32| consent.created().checked_add(days * DAY).unwrap();
    // Unless it was set, a string that is too old is told and not refused.
    assert!(consent.valid_at(at(4000)).is_ok());
    let rules = ValidityRules::new().max_age(30 * DAY);
    assert!(rules.valid_at(&consent, at(30)).is_ok());
    let invalid = rules.valid_at(&consent, at(31)).unwrap_err();
    assert_eq!(invalid.violation(), Violation::TooOld);
    assert!(rules.violations(&consent, at(31)).eq([Violation::TooOld]));
    assert!(rules.max_age(Duration::MAX).valid_at(&consent, Timestamp::MAX).is_ok());
    assert_eq!(ValidityRules::MAX_AGE, 395 * DAY);
    let by_default = ValidityRules::new().refuse(Effect::AskAnew);
    assert!(by_default.valid_at(&consent, at(395)).is_ok());
    assert!(by_default.valid_at(&consent, at(396)).is_err());
}
