//! Vendors and purposes by whoever numbers them.

use core::fmt;
use core::str::FromStr;

use crate::ac::ProviderId;
use crate::numeric_ids::NumericIds;
use crate::{didomi, tcf};

/// A vendor, by whoever numbers it: three numbers that have nothing to do with each other.
///
/// As text it is `iab:755`, `google:89` or `didomi:2`.
///
/// ```
/// use consent_string::decision::Vendor;
///
/// let vendor: Vendor = "iab:755".parse()?;
/// assert_eq!(vendor, Vendor::Iab(consent_string::tcf::VendorId::new(755).unwrap()));
/// assert_eq!(vendor.to_string(), "iab:755");
/// assert!("755".parse::<Vendor>().is_err());
/// # Ok::<(), consent_string::decision::InvalidName>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Vendor {
    /// A vendor of IAB Europe's Global Vendor List.
    Iab(tcf::VendorId),
    /// One of Google's ad tech providers that the Global Vendor List doesn't have.
    Google(ProviderId),
    /// A vendor that Didomi numbers: one of its own, or a custom one.
    Didomi(didomi::VendorId),
}

/// A purpose, or what else a vendor declares, by whoever numbers it.
///
/// As text it is `iab:1`, `iab:special_purpose:1`, `iab:feature:1`, `iab:special_feature:1` or
/// `didomi:5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Purpose {
    /// A purpose of IAB's framework.
    Iab(tcf::PurposeId),
    /// A special purpose of IAB's framework: the user has no choice about it.
    IabSpecialPurpose(tcf::SpecialPurposeId),
    /// A feature of IAB's framework: a means, about which the user has no choice.
    IabFeature(tcf::FeatureId),
    /// A special feature of IAB's framework, to which the user opts in.
    IabSpecialFeature(tcf::SpecialFeatureId),
    /// A purpose that Didomi numbers: one of its own, or a custom one.
    Didomi(didomi::PurposeId),
}

/// A text names no vendor, or no purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidName {
    /// What stands behind `iab:` or `google:` is no such number: `"iab:0"`, `"iab:x"`.
    #[error("not a number that a vendor or a purpose can have")]
    InvalidNumber,
    /// A text without a number, and no table has it: `"hotjar"`.
    #[error("a text ID that no table has, expected one of a table, or a prefix and a number")]
    UnknownText,
}

impl InvalidName {
    /// The error's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidNumber => "invalid_number",
            Self::UnknownText => "unknown_text",
        }
    }
}

const IAB: &str = "iab:";
const GOOGLE: &str = "google:";
const DIDOMI: &str = "didomi:";
const SPECIAL_PURPOSE: &str = "special_purpose:";
const FEATURE: &str = "feature:";
const SPECIAL_FEATURE: &str = "special_feature:";

fn number<N: FromStr>(text: &str) -> Result<N, InvalidName> {
    text.parse().map_err(|_| InvalidName::InvalidNumber)
}

/// The number of a text ID.
fn lookup<I: crate::Id>(text: &str, table: &NumericIds<I>) -> Result<I, InvalidName> {
    table.resolve(text).ok_or(InvalidName::UnknownText)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Vendor {
    /// The vendor that a text names: with a prefix and a number, or by its text ID in a table.
    ///
    /// # Errors
    ///
    /// [`InvalidName`], for a number that no vendor has and a text that the table doesn't have.
    pub fn from_text(
        text: &str,
        table: &NumericIds<didomi::VendorId>,
    ) -> Result<Self, InvalidName> {
        if let Some(id) = text.strip_prefix(IAB) {
            return number(id).map(Self::Iab);
        }
        if let Some(id) = text.strip_prefix(GOOGLE) {
            return number(id).map(Self::Google);
        }
        match text.strip_prefix(DIDOMI) {
            Some(id) if is_number(id) => number(id).map(Self::Didomi),
            _ => lookup(text, table).map(Self::Didomi),
        }
    }
}

impl Purpose {
    /// The purpose that a text names: with a prefix and a number, or by its text ID in a table.
    ///
    /// # Errors
    ///
    /// [`InvalidName`], for a number that no purpose has and a text that the table doesn't have.
    pub fn from_text(
        text: &str,
        table: &NumericIds<didomi::PurposeId>,
    ) -> Result<Self, InvalidName> {
        if let Some(rest) = text.strip_prefix(IAB) {
            return if let Some(id) = rest.strip_prefix(SPECIAL_PURPOSE) {
                number(id).map(Self::IabSpecialPurpose)
            } else if let Some(id) = rest.strip_prefix(SPECIAL_FEATURE) {
                number(id).map(Self::IabSpecialFeature)
            } else if let Some(id) = rest.strip_prefix(FEATURE) {
                number(id).map(Self::IabFeature)
            } else {
                number(rest).map(Self::Iab)
            };
        }
        match text.strip_prefix(DIDOMI) {
            Some(id) if is_number(id) => number(id).map(Self::Didomi),
            _ => lookup(text, table).map(Self::Didomi),
        }
    }
}

impl FromStr for Vendor {
    type Err = InvalidName;

    /// Reads a vendor with a prefix; a text ID takes a table: [`Vendor::from_text`].
    fn from_str(text: &str) -> Result<Self, InvalidName> {
        Self::from_text(text, &NumericIds::new())
    }
}

impl FromStr for Purpose {
    type Err = InvalidName;

    /// Reads a purpose with a prefix; a text ID takes a table: [`Purpose::from_text`].
    fn from_str(text: &str) -> Result<Self, InvalidName> {
        Self::from_text(text, &NumericIds::new())
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iab(id) => write!(f, "{IAB}{id}"),
            Self::Google(id) => write!(f, "{GOOGLE}{id}"),
            Self::Didomi(id) => write!(f, "{DIDOMI}{id}"),
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Iab(id) => write!(f, "{IAB}{id}"),
            Self::IabSpecialPurpose(id) => write!(f, "{IAB}{SPECIAL_PURPOSE}{id}"),
            Self::IabFeature(id) => write!(f, "{IAB}{FEATURE}{id}"),
            Self::IabSpecialFeature(id) => write!(f, "{IAB}{SPECIAL_FEATURE}{id}"),
            Self::Didomi(id) => write!(f, "{DIDOMI}{id}"),
        }
    }
}
