//! Who may process by a valid string, on which basis.

#![cfg(feature = "tcf")]

use consent_string::tcf::LegalBasis::{Consent, LegitimateInterest};
use consent_string::tcf::RestrictionType::{
    NotAllowed, RequireConsent, RequireLegitimateInterest, Undefined,
};
use consent_string::tcf::{
    Builder, LegalBasis, LegalBasisRules, PurposeId, Refusal, RestrictionType, SmallSet, TcString,
    TcStringRef, VendorId,
};
use consent_string::{Buffer, Id, IdSet, Timestamp};

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn purposes(numbers: &[u16]) -> SmallSet<PurposeId> {
    numbers.iter().filter_map(|&number| PurposeId::new(number)).collect()
}

fn all_purposes() -> SmallSet<PurposeId> {
    (1..=24).filter_map(PurposeId::new).collect()
}

fn vendors(numbers: &[u16]) -> IdSet<VendorId> {
    numbers.iter().filter_map(|&number| VendorId::new(number)).collect()
}

/// Names go into logs and metrics: a change breaks who counts them.
#[test]
fn refusals_have_names() {
    let basis = Consent;
    let refusals = [
        (Refusal::FlexiblePurposeOne, "flexible_purpose_one"),
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

/// Vendor 1 and every purpose, with all signals.
fn permissive() -> Builder {
    TcString::builder(time("2026-03-01T00:00:00Z"))
        .tcf_policy_version(5)
        .is_service_specific(true)
        .purposes_consent(all_purposes())
        .purposes_li(all_purposes())
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
    let mut buffer = Buffer::new();
    let view = TcStringRef::parse(consent.as_str(), &mut buffer).unwrap();
    let answer = consent.assume_valid().permits(vendor, purpose, rules);
    assert_eq!(view.assume_valid().permits(vendor, purpose, rules), answer);
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
    assert_eq!(permits(permissive().without_disclosed_vendors(), 2, CONSENT), Ok(Consent));
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

/// The specification doesn't let purpose 1 be flexible: whoever asks so has read a list wrong.
#[test]
fn purpose_1_is_never_flexible() {
    for rules in [CONSENT, INTEREST] {
        assert_eq!(permits(permissive(), 1, rules.flexible()), Err(Refusal::FlexiblePurposeOne));
        assert_eq!(permits(permissive(), 2, rules.flexible()), permits(permissive(), 2, rules));
    }
}

#[test]
fn legal_bases_have_the_names_that_logs_know() {
    assert_eq!([Consent, LegitimateInterest].map(LegalBasis::name), ["consent", "li"]);
}

/// The first example of `consent_string`'s promise, to the letter.
#[test]
fn may_we_is_answered_in_one_expression() {
    const US: VendorId = VendorId::new(755).unwrap();
    const ADS: PurposeId = PurposeId::new(4).unwrap();
    fn may_we(cookie: &str, now: Timestamp, buffer: &mut Buffer) -> bool {
        TcStringRef::parse(cookie, buffer).is_ok_and(|tc| {
            tc.valid_at(now).is_ok_and(|tc| {
                tc.permits(US, ADS, LegalBasisRules::new(LegalBasis::Consent)).is_ok()
            })
        })
    }
    let builder = permissive().vendors_consent([US].into()).disclosed_vendors([US].into());
    let mut buffer = Buffer::new();
    let now = time("2026-03-02T10:00:00Z");
    let consent = builder.clone().build().unwrap();
    assert!(may_we(consent.as_str(), now, &mut buffer));
    for refused in [
        builder.clone().vendors_consent(IdSet::new()),
        builder.clone().purposes_consent(purposes(&[3])),
        builder.clone().is_service_specific(false),
        builder.without_disclosed_vendors(),
    ] {
        assert!(!may_we(refused.build().unwrap().as_str(), now, &mut buffer));
    }
    assert!(!may_we("no string", now, &mut buffer));
}
