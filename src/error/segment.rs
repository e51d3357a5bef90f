//! The parts of a string's text that errors name.

use core::fmt;

/// A part of a string's text, for error messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Segment {
    /// The first part of a Didomi Consent String: header and sections.
    Sections,
    /// The device ID of a Didomi Consent String.
    Did,
    /// The organization user ID of a Didomi Consent String.
    Ouid,
    /// The signature of a Didomi Consent String.
    Signature,
    /// The core of a TC string, or of a section of a GPP string.
    Core,
    /// The disclosed vendors of a TC string.
    DisclosedVendors,
    /// The allowed vendors of a TC string.
    AllowedVendors,
    /// The publisher's own purposes in a TC string.
    PublisherTc,
    /// A segment of a TC string whose type could not be told.
    Other,
    /// The header of a GPP string.
    GppHeader,
    /// The header of a section of a GPP string.
    SectionHeader,
    /// The subsection for Global Privacy Control in a section of a GPP string.
    Gpc,
    /// The subsection of sensitive data in a section of a GPP string.
    SensitiveData,
    /// A US Privacy string.
    UsPrivacy,
}

impl Segment {
    /// The segment's name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sections => "sections",
            Self::Did => "did",
            Self::Ouid => "ouid",
            Self::Signature => "signature",
            Self::Core => "core",
            Self::DisclosedVendors => "disclosed_vendors",
            Self::AllowedVendors => "allowed_vendors",
            Self::PublisherTc => "publisher_tc",
            Self::Other => "other",
            Self::GppHeader => "gpp_header",
            Self::SectionHeader => "section_header",
            Self::Gpc => "gpc",
            Self::SensitiveData => "sensitive_data",
            Self::UsPrivacy => "us_privacy",
        }
    }
}

impl Segment {
    /// How many bits a character of the segment counts: six in base64, eight in a token.
    pub(crate) const fn bits_per_character(self) -> u32 {
        match self {
            Self::Did | Self::Ouid | Self::Signature | Self::UsPrivacy => 8,
            _ => 6,
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
