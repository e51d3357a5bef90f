//! What the framework's policies ask of a string beyond its form.

use super::parts::Signals;
use super::{PurposeId, SmallSet};
use crate::time::Timestamp;

/// The lowest policy version whose strings are valid today: that of TCF 2.2.
const MINIMUM_POLICY_VERSION: u8 = 4;

/// 2026-02-28T00:00:00Z, from which on strings must say which vendors were disclosed.
const DISCLOSED_VENDORS_SINCE: Timestamp = Timestamp::from_bits(17_722_368_000);

/// The purposes that the policies of a version allow no legitimate interest for, as far as
/// [`Violation::LegitimateInterest`] looks at them: 1 and 3 to 6 from version 4 on.
pub(super) fn no_legitimate_interest(tcf_policy_version: u8) -> SmallSet<PurposeId> {
    if tcf_policy_version < MINIMUM_POLICY_VERSION {
        return SmallSet::EMPTY;
    }
    [1, 3, 4, 5, 6].into_iter().filter_map(PurposeId::new).collect()
}

/// What speaks against using a string that is well formed.
///
/// Some of it makes a string [invalid](Self::makes_invalid); the rest tells of a platform
/// that doesn't follow the specification to the letter, as many in the wild.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Violation {
    /// The string was made under policies that are no longer in force. Makes it invalid.
    ///
    /// Documented: TCF 2.2 raised the policy version to 4.
    #[error("policy version {found}, expected {minimum} or more")]
    PolicyVersion {
        /// The string's policy version.
        found: u8,
        /// The lowest that is in force.
        minimum: u8,
    },
    /// The string claims to be for all of the web. Makes it invalid.
    ///
    /// Documented: global scope was given up, and the bit must be 1.
    #[error("a string of global scope, expected a service-specific one")]
    NotServiceSpecific,
    /// The string has legitimate interest for purposes that need consent. Makes it invalid.
    ///
    /// Documented: from policy version 4 on, none for purposes 1 and 3 to 6.
    #[error("legitimate interest for purposes {purposes}, which need consent")]
    LegitimateInterest {
        /// Those of the purposes that are set.
        purposes: SmallSet<PurposeId>,
    },
    /// The string does not say which vendors were disclosed to the user. Makes it invalid.
    ///
    /// Documented: TCF 2.3 makes the segment mandatory for strings that are created from
    /// 2026-02-28 on, whatever policy version they have.
    #[error("no disclosed vendors, mandatory for strings created from {since} on")]
    DisclosedVendorsMissing {
        /// When the rule came into force.
        since: Timestamp,
    },
    /// Created and last updated differ.
    ///
    /// Documented: from TCF 2.2 (policy version 4) on both have the same value.
    #[error("created and last updated differ, expected the same time")]
    TimesDiffer,
    /// Created or last updated has a time of day.
    ///
    /// Documented: from TCF 2.2 (policy version 4) on both are rounded to the day.
    #[error("a time of day, expected midnight")]
    TimeOfDay,
    /// The string was created after the time that was passed in.
    ///
    /// Inferred: no rule says so, but one of the two clocks is wrong.
    #[error("created in the future")]
    CreatedInFuture,
}

impl Violation {
    /// Whether the specification has such a string be treated as if there were none.
    #[must_use]
    pub const fn makes_invalid(self) -> bool {
        match self {
            Self::PolicyVersion { .. }
            | Self::NotServiceSpecific
            | Self::LegitimateInterest { .. }
            | Self::DisclosedVendorsMissing { .. } => true,
            Self::TimesDiffer | Self::TimeOfDay | Self::CreatedInFuture => false,
        }
    }

    /// The rule's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PolicyVersion { .. } => "policy_version",
            Self::NotServiceSpecific => "not_service_specific",
            Self::LegitimateInterest { .. } => "legitimate_interest",
            Self::DisclosedVendorsMissing { .. } => "disclosed_vendors_missing",
            Self::TimesDiffer => "times_differ",
            Self::TimeOfDay => "time_of_day",
            Self::CreatedInFuture => "created_in_future",
        }
    }
}

/// How many rules there are.
const RULES: usize = 7;

/// The rules that a string violates; see [`validate`](super::TcString::validate).
///
/// ```
/// use consent_string::Timestamp;
/// use consent_string::tcf::{TcString, Violation};
///
/// let consent: TcString = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA".parse()?;
/// let now: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
/// let invalid: Vec<_> = consent.validate(now).filter(|rule| rule.makes_invalid()).collect();
/// assert_eq!(invalid, [Violation::PolicyVersion { found: 2, minimum: 4 }]);
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct Violations(core::iter::Flatten<core::array::IntoIter<Option<Violation>, RULES>>);

impl Iterator for Violations {
    type Item = Violation;

    fn next(&mut self) -> Option<Violation> {
        self.0.next()
    }
}

impl core::iter::FusedIterator for Violations {}

impl Violations {
    /// What a string violates at a time.
    pub(super) fn of(signals: &impl Signals, now: Timestamp) -> Self {
        let header = signals.header();
        let version = header.tcf_policy_version;
        let is_current = version >= MINIMUM_POLICY_VERSION;
        let times = [header.created, header.last_updated];
        let purposes = header.purposes_li & no_legitimate_interest(version);
        let undisclosed =
            !signals.has_disclosed_vendors() && header.created >= DISCLOSED_VENDORS_SINCE;
        let rules: [(bool, Violation); RULES] = [
            (
                !is_current,
                Violation::PolicyVersion { found: version, minimum: MINIMUM_POLICY_VERSION },
            ),
            (!header.is_service_specific, Violation::NotServiceSpecific),
            (!purposes.is_empty(), Violation::LegitimateInterest { purposes }),
            (undisclosed, Violation::DisclosedVendorsMissing { since: DISCLOSED_VENDORS_SINCE }),
            (is_current && times[0] != times[1], Violation::TimesDiffer),
            (is_current && times.iter().any(|time| !time.is_midnight()), Violation::TimeOfDay),
            (header.created > now, Violation::CreatedInFuture),
        ];
        Self(rules.map(|(violated, rule)| violated.then_some(rule)).into_iter().flatten())
    }
}
