//! Lists of the sections that apply.

use core::fmt;
use core::str::FromStr;

use smallvec::SmallVec;

use super::SectionId;
use crate::ids::{Id, IdSet, Iter};

/// Which sections apply, as it comes beside a GPP string: the parameter or cookie `gpp_sid`.
///
/// ```
/// # use consent_string::gpp::{GppSid, SectionId};
/// let sid: GppSid = "2,7".parse()?;
/// assert!(sid.contains(SectionId::USNAT));
/// assert_eq!(sid.to_string(), "2,7");
/// for text in ["-1", "0", "2,", "2, 7", "2,2", "2_7"] {
///     assert!(text.parse::<GppSid>().is_err());
/// }
/// # Ok::<(), consent_string::gpp::InvalidGppSid>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct GppSid(IdSet<SectionId>);

/// Why a text is no [`GppSid`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidGppSid {
    /// What stands between two commas is no section ID: `"0"`, `"-1"`, `" 7"`, `"2,,7"`.
    #[error("not a section ID, expected a number from 1 to 65535 without spaces")]
    NotASectionId,
    /// An ID is there twice: `"7,7"`.
    #[error("a section ID that was there before, expected each once")]
    Repeated,
}

impl InvalidGppSid {
    /// The error's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotASectionId => "not_a_section_id",
            Self::Repeated => "repeated",
        }
    }
}

impl GppSid {
    /// Reads the list that apps store under `IABGPP_GppSID`, with underscores between the
    /// IDs: `"2_7"`.
    ///
    /// # Errors
    ///
    /// As for the form with commas.
    pub fn parse_app(text: &str) -> Result<Self, InvalidGppSid> {
        Self::read(text, '_')
    }

    fn read(text: &str, separator: char) -> Result<Self, InvalidGppSid> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let ids = text.split(separator).map(str::parse);
        // No list of sections that is in use is longer.
        let mut ids: SmallVec<[SectionId; 16]> =
            ids.collect::<Result<_, _>>().map_err(|_| InvalidGppSid::NotASectionId)?;
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(InvalidGppSid::Repeated);
        }
        Ok(ids.into_iter().collect())
    }

    /// Whether a section is on the list.
    #[must_use]
    pub fn contains(&self, id: SectionId) -> bool {
        self.0.contains(id)
    }

    /// Whether the list has no section, as it is in most requests: nobody said which apply.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sections, rising.
    pub fn iter(&self) -> Iter<'_, SectionId> {
        self.0.iter()
    }
}

impl FromStr for GppSid {
    type Err = InvalidGppSid;

    /// Reads section IDs with commas between them; `""` is a list of none.
    fn from_str(text: &str) -> Result<Self, InvalidGppSid> {
        Self::read(text, ',')
    }
}

impl FromIterator<SectionId> for GppSid {
    fn from_iter<T: IntoIterator<Item = SectionId>>(ids: T) -> Self {
        Self(ids.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a GppSid {
    type Item = SectionId;
    type IntoIter = Iter<'a, SectionId>;

    fn into_iter(self) -> Iter<'a, SectionId> {
        self.iter()
    }
}

impl fmt::Display for GppSid {
    /// The IDs, rising, with commas between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, id) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "," };
            write!(f, "{separator}{}", Id::get(id))?;
        }
        Ok(())
    }
}
