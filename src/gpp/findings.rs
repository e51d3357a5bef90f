//! What can be read, but is not as the specification asks for.

use core::fmt;

use super::SectionId;

/// Something that can be read, but is not as the specification asks for.
///
/// Findings are no errors: real platforms write such strings, and what they say of the
/// person's choices counts all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Finding {
    pub(super) section: Option<SectionId>,
    pub(super) kind: FindingKind,
    pub(super) field: Option<&'static str>,
}

impl Finding {
    /// The section that it is about; `None` for the header of the string.
    #[must_use]
    pub const fn section(&self) -> Option<SectionId> {
        self.section
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> FindingKind {
        self.kind
    }

    /// The field that it is about, by the specification's name in `snake_case`, where it is
    /// about one.
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        self.field
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.section {
            Some(id) => match id.name() {
                Some(name) => write!(f, "{name}")?,
                None => write!(f, "section {id}")?,
            },
            None => f.write_str("header")?,
        }
        if let Some(field) = self.field {
            write!(f, ", {field}")?;
        }
        write!(f, ": {}", self.kind)
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $said:literal;)+) => {
        /// What a [`Finding`] is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FindingKind {
            $($(#[$doc])* $kind,)+
        }

        impl FindingKind {
            /// The kind's name in `snake_case`: stable, for logs and metrics.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)+
                }
            }
        }

        impl fmt::Display for FindingKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$kind => $said,)+
                })
            }
        }
    };
}

kinds! {
    /// A one among the bits behind the last field.
    NonZeroFill = "non_zero_fill", "a one behind the last field, expected zero fill";
    /// 24 bits or more behind the last field: more than any writer fills with.
    ExcessFill = "excess_fill", "24 bits or more behind the last field";
    /// A section that this crate can't read, and keeps as text.
    UnknownSection = "unknown_section", "a section that is kept as text";
    /// A version that this crate does not know, which the options let pass.
    UnknownVersion = "unknown_version", "a version that is not known";
    /// A subsection that the section has no place for. Nothing of it is read.
    SurplusSubsection = "surplus_subsection", "a subsection that this section does not have";
    /// A national section with the 16 kinds of sensitive data of version 2 that says it is of
    /// version 1, as some libraries wrote until 2026.
    SecondLayoutInVersionOne =
        "second_layout_in_version_one", "the layout of version 2 under version 1";
    /// A national section with the 12 kinds of sensitive data of version 1 that says it is of
    /// version 2, which the options let pass.
    FirstLayoutInVersionTwo =
        "first_layout_in_version_two", "the layout of version 1 under version 2";
    /// A section from Maryland on without the header that the specification gives it.
    NoSectionHeader = "no_section_header", "no section header";
    /// The value 3, which no field defines.
    UndefinedValue = "undefined_value", "the value 3, which is not defined";
    /// Nothing on whether the transaction is covered by the MSPA: the field has only yes and
    /// no. Many platforms write 0 all the same.
    CoveredTransactionNotSaid =
        "covered_transaction_not_said", "not applicable, expected yes or no";
    /// An opt-out, or none, though no notice of the right to opt out was given.
    OptOutWithoutNotice =
        "opt_out_without_notice", "a choice without notice, expected not_applicable";
    /// Modes of the MSPA that do not go with what is said of the covered transaction: one for
    /// a transaction that is not covered, none or both for one that is.
    ModeAgainstCoverage =
        "mode_against_coverage", "a mode that does not go with mspa_covered_transaction";
    /// A choice of sensitive data in California, though the notice does not apply.
    SensitiveDataWithoutNotice = "sensitive_data_without_notice",
        "a choice without notice, expected not_applicable";
    /// A US Privacy string that says nothing of a sale, but does say that its law applies.
    SaleNotSaid = "sale_not_said", "neither Y nor N, though the law applies";
    /// A section of Canada that can be read in another of its wire forms as well, and says
    /// something else then.
    AmbiguousForm = "ambiguous_form", "two wire forms fit, and say different things";
    /// A section of Canada that ends before its publisher restrictions.
    RestrictionsLeftOut = "restrictions_left_out", "the publisher restrictions are left out";
    /// A restriction of a type that is not defined.
    UndefinedRestrictionType = "undefined_restriction_type", "restriction type 3, not defined";
    /// Implied consent to purpose 1, for which Canada knows express consent only.
    ImpliedPurposeOne = "implied_purpose_one", "implied consent to purpose 1";
}
