//! What the framework asks of a string beyond its form.
//!
//! Decoding asks for none of these rules. Each says where it is from:
//!
//! - *specification*: "Consent string and vendor list formats v2", text of February 2026;
//! - *announced*: told by IAB Europe, with a date;
//! - *policies*: the framework's policies and authorities' guidance;
//! - *seen*: other readers do so;
//! - *ours*: nobody says so, but something is not as it should be.

use core::time::Duration;

use super::header::Header;
use super::violation::{Effect, Invalid, Violation};
use super::{PurposeId, SmallSet, TcString, TcStringRef, Valid, purposes};
use crate::both_forms::both_forms;
use crate::time::Timestamp;

/// The lowest policy version of strings that are made today: that of TCF 2.2.
const MINIMUM_POLICY_VERSION: u8 = 4;

/// The policy versions that this crate knows: 2 is that of TCF 2.0, 5 that of TCF 2.3.
const KNOWN_POLICY_VERSIONS: core::ops::RangeInclusive<u8> = 2..=5;

/// 2023-10-01T00:00:00Z, from which on strings of older policies are invalid.
const MINIMUM_POLICY_SINCE: Timestamp = Timestamp::from_bits(16_961_184_000);

/// 2026-03-01T00:00:00Z, from which on strings must say which vendors were disclosed.
const DISCLOSED_VENDORS_SINCE: Timestamp = Timestamp::from_bits(17_723_232_000);

/// The purposes for which a legitimate interest is void under a policy version: purpose 1
/// under any, and 3 to 6 from version 4 on.
pub(super) fn void_legitimate_interest(tcf_policy_version: u8) -> SmallSet<PurposeId> {
    let mut void = SmallSet::from([purposes::STORE]);
    if tcf_policy_version >= MINIMUM_POLICY_VERSION {
        void.extend([
            purposes::CREATE_ADS_PROFILE,
            purposes::SELECT_PERSONALISED_ADS,
            purposes::CREATE_CONTENT_PROFILE,
            purposes::SELECT_PERSONALISED_CONTENT,
        ]);
    }
    void
}

/// By which rules a string is valid.
///
/// Unless said otherwise a string is refused for the violations whose effect is
/// [`Effect::Invalid`], and for no others, and it is too old from 395 days on.
///
/// ```
/// use std::time::Duration;
/// use consent_string::Timestamp;
/// use consent_string::tcf::{TcString, ValidityRules, Violation};
///
/// let consent: TcString = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA".parse()?;
/// let later: Timestamp = "2020-06-01T00:00:00Z".parse()?;
/// let rules = ValidityRules::new();
/// assert!(rules.valid_at(&consent, later).is_ok());
/// let rules = rules.max_age(Duration::from_secs(30 * 24 * 60 * 60));
/// assert_eq!(rules.valid_at(&consent, later).unwrap_err().violation(), Violation::TooOld);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[must_use]
pub struct ValidityRules {
    max_age: Duration,
    /// The effects for which a string is refused, by their bits.
    refused: u8,
}

impl ValidityRules {
    /// How long ago a string may have been last updated, unless said otherwise: 395 days,
    /// which are 13 months.
    ///
    /// The specification has no such limit; it is from the policies and authorities' guidance,
    /// and 395 days is what services make of 13 months.
    pub const MAX_AGE: Duration = Duration::from_secs(395 * 24 * 60 * 60);

    /// The rules of the specification.
    pub const fn new() -> Self {
        Self { max_age: Self::MAX_AGE, refused: Effect::Invalid.bit() }
    }

    /// Refuses a string that was last updated longer ago than this: the user is to be asked
    /// anew.
    pub const fn max_age(self, max_age: Duration) -> Self {
        Self { max_age, ..self }.refuse(Effect::AskAnew)
    }

    /// Refuses a string for the violations of one more effect.
    pub const fn refuse(self, effect: Effect) -> Self {
        Self { refused: self.refused | effect.bit(), ..self }
    }

    /// The string, if it is valid at a time by these rules.
    ///
    /// # Errors
    ///
    /// [`Invalid`]: the first violation for which the rules refuse it.
    #[inline]
    pub fn valid_at<'t, 'b>(
        self,
        consent: impl Into<TcStringRef<'t, 'b>>,
        now: Timestamp,
    ) -> Result<Valid<'t, 'b>, Invalid> {
        let consent = consent.into();
        match self.first_refused(&consent, now) {
            None => Ok(Valid::new(consent)),
            Some(violation) => Err(Invalid(violation)),
        }
    }

    /// All that a string violates at a time, whatever the effect.
    pub fn violations<'t, 'b>(
        self,
        consent: impl Into<TcStringRef<'t, 'b>>,
        now: Timestamp,
    ) -> Violations {
        Violations(self.check(&consent.into(), now).into_iter().flatten())
    }

    #[inline]
    fn first_refused(self, consent: &TcStringRef<'_, '_>, now: Timestamp) -> Option<Violation> {
        // Usually there is no more to ask, and most fields need not be read.
        if self.refused == Effect::Invalid.bit() {
            return not_service_specific(consent)
                .or_else(|| policy_version(consent))
                .or_else(|| disclosed_vendors_missing(consent));
        }
        let refused = |violation: &Violation| self.refused & violation.effect().bit() != 0;
        self.check(consent, now).into_iter().flatten().find(refused)
    }

    /// Asks for every rule; those that make a string invalid come first.
    fn check(self, consent: &TcStringRef<'_, '_>, now: Timestamp) -> [Option<Violation>; RULES] {
        let header = consent.header();
        let Header { created, last_updated, tcf_policy_version: version, .. } = header;
        let Header { cmp_id, vendor_list_version, purposes_li, .. } = header;
        let is_new_policy = version >= MINIMUM_POLICY_VERSION;
        let has_time_of_day = !created.is_midnight() || !last_updated.is_midnight();
        let void = purposes_li & void_legitimate_interest(version);
        [
            not_service_specific(consent),
            policy_version(consent),
            disclosed_vendors_missing(consent),
            (last_updated.age_at(now) > self.max_age).then_some(Violation::TooOld),
            (!void.is_empty()).then_some(Violation::LegitimateInterest { purposes: void }),
            (created.max(last_updated) > now).then_some(Violation::InFuture),
            (!KNOWN_POLICY_VERSIONS.contains(&version))
                .then_some(Violation::UnknownPolicyVersion { found: version }),
            (cmp_id < 2).then_some(Violation::NoPlatform { found: cmp_id }),
            (vendor_list_version == 0).then_some(Violation::NoVendorList),
            (is_new_policy && created != last_updated).then_some(Violation::TimesDiffer),
            (is_new_policy && has_time_of_day).then_some(Violation::TimeOfDay),
        ]
    }
}

#[inline]
fn not_service_specific(consent: &TcStringRef<'_, '_>) -> Option<Violation> {
    (!consent.is_service_specific()).then_some(Violation::NotServiceSpecific)
}

#[inline]
fn policy_version(consent: &TcStringRef<'_, '_>) -> Option<Violation> {
    let found = consent.tcf_policy_version();
    (found < MINIMUM_POLICY_VERSION && consent.created() >= MINIMUM_POLICY_SINCE)
        .then_some(Violation::PolicyVersion { found, minimum: MINIMUM_POLICY_VERSION })
}

#[inline]
fn disclosed_vendors_missing(consent: &TcStringRef<'_, '_>) -> Option<Violation> {
    let since = DISCLOSED_VENDORS_SINCE;
    (consent.checked.disclosed_vendors.is_none()
        && consent.created().max(consent.last_updated()) >= since)
        .then_some(Violation::DisclosedVendorsMissing { since })
}

impl Default for ValidityRules {
    fn default() -> Self {
        Self::new()
    }
}

/// How many rules there are.
const RULES: usize = 11;

impl<'t, 'b> TcStringRef<'t, 'b> {
    /// The string, if it is valid at a time: only then may it be asked what it permits.
    ///
    /// [`ValidityRules`] can ask for more than the specification does, a maximum age before
    /// all. What else speaks against a string is in [`violations`](Self::violations).
    ///
    /// # Errors
    ///
    /// [`Invalid`]: the first of the rules that make it invalid. A string of global scope is
    /// one that breaks such a rule.
    #[inline]
    pub fn valid_at(&self, now: Timestamp) -> Result<Valid<'t, 'b>, Invalid> {
        ValidityRules::new().valid_at(*self, now)
    }

    /// The string, taken for valid without a look: for who has checked that elsewhere.
    #[must_use]
    pub const fn assume_valid(&self) -> Valid<'t, 'b> {
        Valid::new(*self)
    }
}

impl TcString {
    /// The string, if it is valid at a time: only then may it be asked what it permits.
    ///
    /// [`ValidityRules`] can ask for more than the specification does, a maximum age before
    /// all. What else speaks against a string is in [`violations`](Self::violations).
    ///
    /// # Errors
    ///
    /// [`Invalid`]: the first of the rules that make it invalid. A string of global scope is
    /// one that breaks such a rule.
    #[inline]
    pub fn valid_at(&self, now: Timestamp) -> Result<Valid<'_, '_>, Invalid> {
        self.view().valid_at(now)
    }

    /// The string, taken for valid without a look: for who has checked that elsewhere.
    #[must_use]
    pub fn assume_valid(&self) -> Valid<'_, '_> {
        self.view().assume_valid()
    }
}

both_forms! { TcStringRef<'t, 'b>, TcString:

/// All that speaks against this string at a time, whatever the effect; nothing of it keeps
/// the string from being read.
///
/// ```
/// use consent_string::Timestamp;
/// use consent_string::tcf::TcString;
///
/// let consent: TcString = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA".parse()?;
/// let now: Timestamp = "2026-03-01T12:00:00Z".parse()?;
/// let names: Vec<_> = consent.violations(now).map(|violation| violation.name()).collect();
/// assert_eq!(names, ["too_old", "legitimate_interest"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn violations(self, now: Timestamp) -> Violations {
    ValidityRules::new().violations(*self, now)
}

}

/// The rules that a string violates, those that make it invalid first; see
/// [`violations`](TcString::violations).
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Violations(core::iter::Flatten<core::array::IntoIter<Option<Violation>, RULES>>);

impl Iterator for Violations {
    type Item = Violation;

    fn next(&mut self) -> Option<Violation> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl core::iter::FusedIterator for Violations {}
