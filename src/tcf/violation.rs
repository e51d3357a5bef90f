//! What speaks against a string that is well formed, and what follows from it.

use super::{PurposeId, SmallSet};
use crate::time::Timestamp;

/// What follows from a [`Violation`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effect {
    /// The string is invalid: as if there were none.
    Invalid,
    /// The user is to be asked anew.
    AskAnew,
    /// Some bits are void, and read as if they were not set. The string is valid.
    Void,
    /// Something is not as it should be, though no rule makes the string invalid.
    Suspect,
    /// The platform doesn't follow the specification to the letter. The string is valid.
    Deviation,
}

impl Effect {
    /// The effect's name in `snake_case`: stable, for logs and metrics.
    ///
    /// ```
    /// use consent_string::tcf::Effect;
    ///
    /// assert_eq!(Effect::AskAnew.name(), "ask_anew");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::AskAnew => "ask_anew",
            Self::Void => "void",
            Self::Suspect => "suspect",
            Self::Deviation => "deviation",
        }
    }

    pub(super) const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// What speaks against a string that is well formed; [`effect`](Self::effect) says what
/// follows from it.
///
/// Two more rules take IAB Europe's list of platforms, which is the caller's to look into for
/// [`cmp_id`](super::TcString::cmp_id): from the `deletedDate` of a platform on, its strings are
/// invalid and to be discarded (specification); a platform that is not in the list is suspect
/// (ours).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Violation {
    /// The string claims to be for all of the web. [`Effect::Invalid`], by the specification.
    #[error("a string of global scope, expected a service-specific one")]
    NotServiceSpecific,
    /// The policy version is below 4 in a string that was created after 2023-09-30.
    /// [`Effect::Invalid`], by the specification. Older strings of older policies are valid.
    #[error("policy version {found}, expected {minimum} or more in a string of that time")]
    PolicyVersion {
        /// The string's policy version.
        found: u8,
        /// The lowest that there can be.
        minimum: u8,
    },
    /// The string does not say which vendors were disclosed, and was created or last updated
    /// on 2026-03-01 or later. [`Effect::Invalid`], as announced by IAB Europe for strings
    /// that are created after 2026-02-28. That the later of both times counts is ours: one
    /// that was set back must not evade the rule.
    #[error("no disclosed vendors, mandatory from {since} on")]
    DisclosedVendorsMissing {
        /// When the rule came into force.
        since: Timestamp,
    },
    /// Legitimate interest is set for purposes that can't have it: purpose 1 under any
    /// policy, purposes 3 to 6 from policy version 4 on. [`Effect::Void`]: the specification
    /// says that these bits are required to be 0, and no more.
    #[error("legitimate interest for purposes {purposes}, which need consent")]
    LegitimateInterest {
        /// The purposes whose bits are void.
        purposes: SmallSet<PurposeId>,
    },
    /// Created and last updated differ, from policy version 4 on. [`Effect::Deviation`], by
    /// the specification.
    #[error("created and last updated differ, expected the same time")]
    TimesDiffer,
    /// Created or last updated has a time of day, from policy version 4 on.
    /// [`Effect::Deviation`], by the specification.
    #[error("a time of day, expected midnight")]
    TimeOfDay,
    /// The string was created or last updated after the time that was passed in.
    /// [`Effect::Suspect`]; ours: one of the two clocks is wrong.
    #[error("created or last updated in the future")]
    InFuture,
    /// The string was last updated longer ago than [`max_age`](super::ValidityRules::max_age).
    /// [`Effect::AskAnew`], by the policies.
    #[error("last updated too long ago: the user is to be asked anew")]
    TooOld,
    /// The policy version is none that this crate knows, 2 to 5. [`Effect::Suspect`]; ours.
    #[error("policy version {found}, which is not known")]
    UnknownPolicyVersion {
        /// The string's policy version.
        found: u8,
    },
    /// The platform's number is 0 or 1, which no platform has. [`Effect::Suspect`]; seen:
    /// other readers refuse such strings.
    #[error("platform {found}, which is none")]
    NoPlatform {
        /// The string's number of a platform.
        found: u16,
    },
    /// The version of the vendor list is 0. [`Effect::Suspect`]; seen: other readers refuse
    /// such strings.
    #[error("vendor list version 0, expected 1 or more")]
    NoVendorList,
}

impl Violation {
    /// What follows from it.
    #[must_use]
    pub const fn effect(self) -> Effect {
        match self {
            Self::NotServiceSpecific
            | Self::PolicyVersion { .. }
            | Self::DisclosedVendorsMissing { .. } => Effect::Invalid,
            Self::LegitimateInterest { .. } => Effect::Void,
            Self::TimesDiffer | Self::TimeOfDay => Effect::Deviation,
            Self::TooOld => Effect::AskAnew,
            Self::InFuture
            | Self::UnknownPolicyVersion { .. }
            | Self::NoPlatform { .. }
            | Self::NoVendorList => Effect::Suspect,
        }
    }

    /// The rule's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotServiceSpecific => "not_service_specific",
            Self::PolicyVersion { .. } => "policy_version",
            Self::DisclosedVendorsMissing { .. } => "disclosed_vendors_missing",
            Self::LegitimateInterest { .. } => "legitimate_interest",
            Self::TimesDiffer => "times_differ",
            Self::TimeOfDay => "time_of_day",
            Self::InFuture => "in_future",
            Self::TooOld => "too_old",
            Self::UnknownPolicyVersion { .. } => "unknown_policy_version",
            Self::NoPlatform { .. } => "no_platform",
            Self::NoVendorList => "no_vendor_list",
        }
    }
}

/// A string is not valid: the first of the violations that make it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("an invalid TC string: {0}")]
pub struct Invalid(pub(super) Violation);

impl Invalid {
    /// Why.
    #[must_use]
    pub const fn violation(self) -> Violation {
        self.0
    }

    /// The name of the rule; see [`Violation::name`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0.name()
    }
}
