//! Which strings are valid, and who may process by them.

#![cfg(feature = "tcf")]

use consent_string::Timestamp;
use consent_string::tcf::LegalBasis::{Consent, LegitimateInterest};
use consent_string::tcf::RestrictionType::{
    NotAllowed, RequireConsent, RequireLegitimateInterest, Undefined,
};
use consent_string::tcf::{
    Builder, LegalBasis, LegalBasisRules, PurposeId, Refusal, RestrictionType, SmallSet, TcString,
    TcStringRef, VendorId, Violation,
};
use consent_string::{Id, IdSet};

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
        .tcf_policy_version(5)
        .is_service_specific(true)
        .purposes_li(purposes(&[2, 7, 8, 9, 10, 11]))
        .disclosed_vendors(vendors(&[1, 2]))
}

/// What a string violates at noon on 2026-03-01, in both forms.
fn violations(builder: Builder) -> Vec<Violation> {
    let now = time("2026-03-01T12:00:00Z");
    let consent = builder.build().unwrap();
    let mut buffer = [0; 512];
    let view = TcStringRef::parse(consent.as_str(), &mut buffer).unwrap();
    let violations: Vec<_> = consent.validate(now).collect();
    assert!(view.validate(now).eq(violations.iter().copied()));
    violations
}

#[test]
fn a_string_by_todays_rules_violates_none() {
    assert_eq!(violations(valid("2026-03-01T00:00:00Z")), []);
}

/// Names go into logs and metrics: a change breaks who counts them.
#[test]
fn violations_and_refusals_have_names() {
    let basis = Consent;
    let violations = [
        (Violation::PolicyVersion { found: 3, minimum: 4 }, "policy_version"),
        (Violation::NotServiceSpecific, "not_service_specific"),
        (Violation::LegitimateInterest { purposes: purposes(&[1]) }, "legitimate_interest"),
        (Violation::DisclosedVendorsMissing { since: Timestamp::MIN }, "disclosed_vendors_missing"),
        (Violation::TimesDiffer, "times_differ"),
        (Violation::TimeOfDay, "time_of_day"),
        (Violation::CreatedInFuture, "created_in_future"),
    ];
    for (violation, name) in violations {
        assert_eq!(violation.name(), name);
    }
    let refusals = [
        (Refusal::NotDisclosed, "not_disclosed"),
        (Refusal::NotAllowed, "not_allowed"),
        (Refusal::NotFlexible { required: basis }, "not_flexible"),
        (Refusal::ConflictingRestrictions, "conflicting_restrictions"),
        (Refusal::UndefinedRestriction, "undefined_restriction"),
        (Refusal::PurposeOneTreatment, "purpose_one_treatment"),
        (Refusal::NoLegitimateInterest, "no_legitimate_interest"),
        (Refusal::NoPurposeSignal { basis }, "no_purpose_signal"),
        (Refusal::NoVendorSignal { basis }, "no_vendor_signal"),
    ];
    for (refusal, name) in refusals {
        assert_eq!(refusal.name(), name);
    }
}

/// What is created this moment is not created in the future.
#[test]
fn now_is_not_in_the_future() {
    let (day, next) = ("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z");
    let consent = valid(next).build().unwrap();
    assert!(consent.validate(time(next)).next().is_none());
    assert_eq!(consent.validate(time(day)).collect::<Vec<_>>(), [Violation::CreatedInFuture]);
}

#[test]
fn each_rule_is_violated_alone() {
    let since = time("2026-02-28T00:00:00Z");
    let created = "2026-02-28T00:00:00Z";
    let cases = [
        (
            valid(created).tcf_policy_version(3),
            Violation::PolicyVersion { found: 3, minimum: 4 },
            true,
            "policy version 3, expected 4 or more",
        ),
        (
            valid(created).is_service_specific(false),
            Violation::NotServiceSpecific,
            true,
            "a string of global scope, expected a service-specific one",
        ),
        (
            valid(created).purposes_li(purposes(&[1, 2, 3, 6, 7])),
            Violation::LegitimateInterest { purposes: purposes(&[1, 3, 6]) },
            true,
            "legitimate interest for purposes 1, 3, 6, which need consent",
        ),
        (
            valid(created).tcf_policy_version(4).disclosed_vendors(None),
            Violation::DisclosedVendorsMissing { since },
            true,
            "no disclosed vendors, mandatory for strings created from 2026-02-28T00:00:00.000Z on",
        ),
        (
            valid(created).last_updated(time("2026-03-01T00:00:00Z")),
            Violation::TimesDiffer,
            false,
            "created and last updated differ, expected the same time",
        ),
        (
            valid("2026-02-28T00:00:00.100Z"),
            Violation::TimeOfDay,
            false,
            "a time of day, expected midnight",
        ),
        (valid("2026-03-02T00:00:00Z"), Violation::CreatedInFuture, false, "created in the future"),
    ];
    for (builder, expected, makes_invalid, message) in cases {
        assert_eq!(violations(builder), [expected], "{message}");
        assert_eq!(expected.makes_invalid(), makes_invalid, "{message}");
        assert_eq!(expected.to_string(), message);
    }
}

#[test]
fn disclosed_vendors_are_mandatory_from_a_day_on() {
    let before = valid("2026-02-27T00:00:00Z").disclosed_vendors(None);
    assert_eq!(violations(before), []);
    let empty = valid("2026-03-01T00:00:00Z").disclosed_vendors(IdSet::new());
    assert_eq!(violations(empty), [], "empty is not absent");
}

#[test]
fn older_policies_had_other_rules() {
    let older = valid("2022-01-01T10:00:00Z")
        .tcf_policy_version(2)
        .purposes_li(SmallSet::ALL)
        .last_updated(time("2022-01-02T10:00:00Z"));
    assert_eq!(violations(older), [Violation::PolicyVersion { found: 2, minimum: 4 }]);
}

/// Vendor 1 and every purpose, with all signals.
fn permissive() -> Builder {
    TcString::builder(time("2026-03-01T00:00:00Z"))
        .tcf_policy_version(5)
        .is_service_specific(true)
        .purposes_consent(SmallSet::ALL)
        .purposes_li(SmallSet::ALL)
        .vendors_consent(vendors(&[1]))
        .vendors_li(vendors(&[1]))
        .disclosed_vendors(vendors(&[1, 2]))
}

const CONSENT: LegalBasisRules = LegalBasisRules::new(Consent);
const INTEREST: LegalBasisRules = LegalBasisRules::new(LegitimateInterest);

/// What both forms answer for vendor 1.
fn permits(builder: Builder, purpose: u16, rules: LegalBasisRules) -> Result<LegalBasis, Refusal> {
    let (vendor, purpose) = (VendorId::MIN, PurposeId::new(purpose).unwrap());
    let consent = builder.build().unwrap();
    let mut buffer = [0; 512];
    let view = TcStringRef::parse(consent.as_str(), &mut buffer).unwrap();
    let answer = consent.permits(vendor, purpose, rules);
    assert_eq!(view.permits(vendor, purpose, rules), answer);
    answer
}

#[test]
fn both_purpose_and_vendor_need_a_signal_on_the_basis() {
    let no_purpose = |basis| Err(Refusal::NoPurposeSignal { basis });
    let no_vendor = |basis| Err(Refusal::NoVendorSignal { basis });
    let none = || SmallSet::EMPTY;
    assert_eq!(permits(permissive(), 2, CONSENT), Ok(Consent));
    assert_eq!(permits(permissive(), 2, INTEREST), Ok(LegitimateInterest));
    assert_eq!(permits(permissive().purposes_consent(none()), 2, CONSENT), no_purpose(Consent));
    assert_eq!(permits(permissive().purposes_consent(none()), 2, INTEREST), Ok(LegitimateInterest));
    assert_eq!(
        permits(permissive().vendors_consent(vendors(&[2])), 2, CONSENT),
        no_vendor(Consent)
    );
    let without = permissive().purposes_li(purposes(&[3]));
    assert_eq!(permits(without, 2, INTEREST), no_purpose(LegitimateInterest));
    let without = permissive().vendors_li(IdSet::new());
    assert_eq!(permits(without.clone(), 2, INTEREST), no_vendor(LegitimateInterest));
    assert_eq!(permits(without, 2, CONSENT), Ok(Consent));
}

#[test]
fn a_vendor_that_was_not_disclosed_may_not() {
    let other = permissive().disclosed_vendors(vendors(&[2]));
    assert_eq!(permits(other, 2, CONSENT), Err(Refusal::NotDisclosed));
    let empty = permissive().disclosed_vendors(IdSet::new());
    assert_eq!(permits(empty, 2, INTEREST), Err(Refusal::NotDisclosed));
    assert_eq!(permits(permissive().disclosed_vendors(None), 2, CONSENT), Ok(Consent));
    let allowed = permissive().allowed_vendors(vendors(&[2]));
    assert_eq!(permits(allowed, 2, CONSENT), Ok(Consent), "allowed vendors are of another kind");
}

/// For a vendor on consent, on consent and flexible, on legitimate interest, on legitimate
/// interest and flexible.
type Answers = [Result<LegalBasis, Refusal>; 4];

#[test]
fn restrictions_by_what_the_vendor_declared() {
    let other = |required| Err(Refusal::NotFlexible { required });
    let not_allowed = Err(Refusal::NotAllowed);
    let conflict = Err(Refusal::ConflictingRestrictions);
    let undefined = Err(Refusal::UndefinedRestriction);
    let cases: [(&[RestrictionType], Answers); 8] = [
        (&[], [Ok(Consent), Ok(Consent), Ok(LegitimateInterest), Ok(LegitimateInterest)]),
        (&[NotAllowed], [not_allowed; 4]),
        (&[RequireConsent], [Ok(Consent), Ok(Consent), other(Consent), Ok(Consent)]),
        (
            &[RequireLegitimateInterest],
            [
                other(LegitimateInterest),
                Ok(LegitimateInterest),
                Ok(LegitimateInterest),
                Ok(LegitimateInterest),
            ],
        ),
        (&[RequireConsent, RequireLegitimateInterest], [conflict; 4]),
        (&[RequireLegitimateInterest, RequireConsent, NotAllowed], [not_allowed; 4]),
        (&[Undefined], [undefined; 4]),
        (&[Undefined, RequireConsent], [undefined; 4]),
    ];
    for (restrictions, answers) in cases {
        let all = [CONSENT, CONSENT.flexible(), INTEREST, INTEREST.flexible()];
        for (rules, answer) in all.into_iter().zip(answers) {
            let mut builder = permissive();
            for &restriction in restrictions {
                builder = builder.restrict(PurposeId::new(2).unwrap(), restriction, vendors(&[1]));
            }
            assert_eq!(permits(builder.clone(), 2, rules), answer, "{restrictions:?} {rules:?}");
            // Neither another purpose nor another vendor is restricted.
            let free = permits(permissive(), 7, rules);
            assert_eq!(permits(builder, 7, rules), free);
            let mut builder = permissive();
            for &restriction in restrictions {
                builder = builder.restrict(PurposeId::new(2).unwrap(), restriction, vendors(&[2]));
            }
            assert_eq!(permits(builder, 2, rules), free);
        }
    }
}

#[test]
fn legitimate_interest_is_no_basis_for_some_purposes() {
    let by_policy = |version: u8| -> Vec<u16> {
        PurposeId::new(1)
            .into_iter()
            .chain((2..=24).filter_map(PurposeId::new))
            .map(Id::get)
            .filter(|&purpose| {
                let answer = permits(permissive().tcf_policy_version(version), purpose, INTEREST);
                assert!(matches!(
                    answer,
                    Ok(LegitimateInterest) | Err(Refusal::NoLegitimateInterest)
                ));
                answer.is_err()
            })
            .collect()
    };
    assert_eq!(by_policy(2), [1]);
    assert_eq!(by_policy(3), [1]);
    assert_eq!(by_policy(4), [1, 3, 4, 5, 6]);
    assert_eq!(by_policy(5), [1, 3, 4, 5, 6]);
}

#[test]
fn purpose_1_that_was_not_disclosed_is_for_the_country_to_decide() {
    let treated = || permissive().purpose_one_treatment(true);
    assert_eq!(permits(treated(), 1, CONSENT), Err(Refusal::PurposeOneTreatment));
    assert_eq!(permits(treated(), 2, CONSENT), Ok(Consent));
    assert_eq!(permits(permissive(), 1, CONSENT), Ok(Consent));
}
