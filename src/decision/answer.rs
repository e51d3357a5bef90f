//! What is answered.

use core::fmt;

use super::Purpose;
use crate::tcf::LegalBasis;
use crate::{didomi, tcf};

/// The string, or the list, that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecidedBy {
    /// The TC string.
    Tcf,
    /// The Didomi Consent String.
    Didomi,
    /// Google's Additional Consent string.
    Ac,
    /// The Global Vendor List.
    VendorList,
}

impl DecidedBy {
    /// The name in `snake_case`: stable, for logs and metrics. Formats have their own names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tcf => "tcf",
            Self::Didomi => "didomi",
            Self::Ac => "ac",
            Self::VendorList => "gvl",
        }
    }
}

impl fmt::Display for DecidedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A yes: the basis, and who decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Allowed {
    pub(super) basis: Option<LegalBasis>,
    pub(super) decided_by: DecidedBy,
}

impl Allowed {
    /// The legal basis. `None` for what needs none of the user's choices: special purposes,
    /// features and special features.
    #[must_use]
    pub const fn basis(self) -> Option<LegalBasis> {
        self.basis
    }

    /// The string that speaks of the vendor; the list for a feature.
    #[must_use]
    pub const fn decided_by(self) -> DecidedBy {
        self.decided_by
    }
}

/// A no: the first reason against, and who has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Refused {
    pub(super) reason: Reason,
    pub(super) decided_by: Option<DecidedBy>,
    pub(super) purpose: Option<Purpose>,
    pub(super) is_withdrawal: bool,
}

impl Refused {
    /// The first reason against.
    #[must_use]
    pub const fn reason(self) -> Reason {
        self.reason
    }

    /// The reason's name in `snake_case`: [`Reason::name`].
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.reason.name()
    }

    /// Who has the reason: the string that says no, that is missing, or that can't be relied on.
    /// `None` where nobody can answer the question.
    #[must_use]
    pub const fn decided_by(self) -> Option<DecidedBy> {
        self.decided_by
    }

    /// The purpose that was refused: of several, the first. `None` where the vendor declares
    /// none.
    #[must_use]
    pub const fn purpose(self) -> Option<Purpose> {
        self.purpose
    }

    /// Whether the person said no: a string that can be read, is young enough and valid, has an
    /// explicit no. Only then may what was stored be deleted as withdrawn.
    ///
    /// It is `false` where a string is missing or broken, where it says nothing of the vendor or
    /// the purpose, and where the publisher or the vendor's declaration is the reason. Ours: a TC
    /// string's missing consent is a no for a purpose, and for a vendor that the string says was
    /// disclosed; missing legitimate interest is none, as it may never have been shown; nor is a
    /// missing special feature.
    #[must_use]
    pub const fn is_withdrawal(self) -> bool {
        self.is_withdrawal
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(decided_by) = self.decided_by {
            write!(f, "{decided_by}: ")?;
        }
        fmt::Display::fmt(&self.reason, f)
    }
}

impl core::error::Error for Refused {}

/// Why a vendor may not act for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// The string that would answer is not there.
    #[error("there is no such string")]
    Absent,
    /// The string that would answer can't be read.
    #[error("the string can't be read")]
    Unreadable,
    /// The string that would answer was last updated too long ago.
    #[error("the string is too old")]
    Expired,
    /// The string that would answer is from the future: a clock is wrong.
    #[error("the string is from the future")]
    InFuture,
    /// The TC string is not valid; the reason's name is that of the rule.
    #[error("an invalid TC string: {0}")]
    Invalid(tcf::Violation),
    /// The platform that made the TC string was deleted from IAB Europe's list.
    #[error("the platform that made the string is deleted")]
    PlatformDeleted,
    /// Two TC strings say different things of the purpose, and neither says less than the other.
    #[error("two TC strings that contradict each other")]
    TcStringsDiffer,
    /// The Didomi Consent String and something else are of different users.
    #[error("two strings of different users")]
    UsersDiffer,
    /// The TC string is much older than the Didomi Consent String beside it.
    #[error("a TC string that is much older than the Didomi Consent String")]
    Outdated,
    /// The TC string's own reason.
    #[error(transparent)]
    Tcf(tcf::Refusal),
    /// The user did not opt in to the special feature.
    #[error("the user did not opt in to the special feature")]
    NoSpecialFeatureOptIn,
    /// The TC string doesn't say which vendors were disclosed.
    #[error("the string does not say which vendors were disclosed")]
    DisclosedVendorsMissing,
    /// The Didomi Consent String's own reason.
    #[error(transparent)]
    Didomi(didomi::Refusal),
    /// The user was told of the Google provider and did not consent to it.
    #[error("the user did not consent to the provider")]
    NotConsented,
    /// The AC string doesn't name the Google provider.
    #[error("the string does not name the provider")]
    NotNamed,
    /// Which basis the vendor declares, or what else, is not known: there is no list, and the
    /// question doesn't say it.
    #[error("not known what the vendor declares, expected a vendor list or a basis")]
    DeclarationUnknown,
    /// The vendor is not in the Global Vendor List.
    #[error("the vendor is not in the list")]
    UnknownVendor,
    /// The vendor is deleted from the Global Vendor List.
    #[error("the vendor is deleted from the list")]
    DeletedVendor,
    /// The vendor doesn't declare the purpose, nor the feature.
    #[error("the vendor does not declare it")]
    NotDeclared,
    /// The vendor declares the purpose on both bases, which the list's specification rules out.
    #[error("the vendor declares the purpose on both bases")]
    AmbiguousBases,
    /// The vendor may act, but on another basis than the one that was asked about.
    #[error("the basis is another one than that which was asked about")]
    OtherBasis {
        /// The basis.
        basis: LegalBasis,
    },
    /// No string speaks of such a vendor and such a purpose together.
    #[error("no string speaks of this vendor and this purpose together")]
    NoRule,
}

impl Reason {
    /// The reason's name in `snake_case`, without its facts: stable, for logs and metrics. That
    /// of a string's own reason is the string's.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unreadable => "unreadable",
            Self::Expired => "expired",
            Self::InFuture => "in_future",
            Self::Invalid(violation) => violation.name(),
            Self::PlatformDeleted => "platform_deleted",
            Self::TcStringsDiffer => "tc_strings_differ",
            Self::UsersDiffer => "users_differ",
            Self::Outdated => "outdated",
            Self::Tcf(refusal) => refusal.name(),
            Self::NoSpecialFeatureOptIn => "no_special_feature_opt_in",
            Self::DisclosedVendorsMissing => "disclosed_vendors_missing",
            Self::Didomi(refusal) => refusal.name(),
            Self::NotConsented => "not_consented",
            Self::NotNamed => "not_named",
            Self::DeclarationUnknown => "declaration_unknown",
            Self::UnknownVendor => "unknown_vendor",
            Self::DeletedVendor => "deleted_vendor",
            Self::NotDeclared => "not_declared",
            Self::AmbiguousBases => "ambiguous_bases",
            Self::OtherBasis { .. } => "other_basis",
            Self::NoRule => "no_rule",
        }
    }
}
