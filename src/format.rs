//! The formats of consent strings, by name.

use core::fmt;

/// A format of consent strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// The Didomi Consent String, versions 1 and 2.
    Didomi,
    /// The IAB TC string, version 2.
    Tcf,
    /// The IAB GPP string.
    Gpp,
    /// The US Privacy string: four characters.
    UsPrivacy,
    /// Google's Additional Consent string.
    Ac,
    /// The older `didomi_token`: JSON in base64.
    Token,
}

impl Format {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Didomi, Self::Tcf, Self::Gpp, Self::UsPrivacy, Self::Ac, Self::Token];

    /// The format's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Didomi => "didomi",
            Self::Tcf => "tcf",
            Self::Gpp => "gpp",
            Self::UsPrivacy => "us_privacy",
            Self::Ac => "ac",
            Self::Token => "token",
        }
    }

    /// The format of a [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// What a string of this format is called, with its article.
    pub(crate) const fn described(self) -> &'static str {
        match self {
            Self::Didomi => "a Didomi Consent String",
            Self::Tcf => "a TC string",
            Self::Gpp => "a GPP string",
            Self::UsPrivacy => "a US Privacy string",
            Self::Ac => "an Additional Consent string",
            Self::Token => "a didomi_token",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
