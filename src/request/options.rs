//! The choices that no specification makes.

use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use crate::decision::Strings;
use crate::gpp::SectionId;
use crate::tcf::ValidityRules;
use crate::{didomi, gpp, tcf};

/// Which TC string counts, where there are two that say different things of the purposes that
/// are asked about: that of the cookie, and that of section 2 of the GPP string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum WhenTcStringsDiffer {
    /// The one that allows less. The default.
    #[default]
    Stricter,
    /// The one that allows more.
    MorePermissive,
    /// The one that was last updated, if it is newer by more than this; else the stricter.
    NewerBy(Duration),
}

/// A state of the United States, by its two letters.
///
/// ```
/// use consent_string::request::UsState;
///
/// let california: UsState = "ca".parse()?;
/// assert_eq!(california.to_string(), "CA");
/// assert_eq!(california.section().unwrap().name(), Some("usca"));
/// assert!("California".parse::<UsState>().is_err());
/// # Ok::<(), consent_string::request::InvalidUsState>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct UsState([u8; 2]);

/// A text is no [`UsState`]: `"California"`, `"C4"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not a state, expected its two letters")]
pub struct InvalidUsState;

impl UsState {
    /// The state's section of a GPP string; `None` where it has none.
    #[must_use]
    pub fn section(self) -> Option<SectionId> {
        let [first, second] = self.0.map(|letter| letter.to_ascii_lowercase());
        let name = [b'u', b's', first, second];
        SectionId::from_name(core::str::from_utf8(&name).ok()?)
    }
}

impl FromStr for UsState {
    type Err = InvalidUsState;

    /// Reads two letters of either case.
    fn from_str(text: &str) -> Result<Self, InvalidUsState> {
        match text.as_bytes() {
            &[first, second] if first.is_ascii_alphabetic() && second.is_ascii_alphabetic() => {
                Ok(Self([first, second].map(|letter| letter.to_ascii_uppercase())))
            }
            _ => Err(InvalidUsState),
        }
    }
}

impl fmt::Display for UsState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(core::str::from_utf8(&self.0).expect("two letters of ASCII"))
    }
}

/// How the signals of a request are read, and what follows from them. The defaults are the
/// careful choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Options {
    pub(super) max_age: Duration,
    pub(super) max_age_didomi: Duration,
    pub(super) clock_tolerance: Duration,
    pub(super) max_lag: Duration,
    pub(super) gdpr: Option<bool>,
    pub(super) us_state: Option<UsState>,
    pub(super) differing: WhenTcStringsDiffer,
    pub(super) only_listed_sections: bool,
    pub(super) validity: ValidityRules,
    pub(super) tcf: tcf::DecodeOptions,
    pub(super) gpp: gpp::DecodeOptions,
    pub(super) didomi: didomi::DecodeOptions,
}

impl Options {
    /// The careful choices.
    pub const fn new() -> Self {
        Self {
            max_age: ValidityRules::MAX_AGE,
            max_age_didomi: ValidityRules::MAX_AGE,
            clock_tolerance: Duration::from_secs(5 * 60),
            max_lag: Strings::MAX_LAG,
            gdpr: None,
            us_state: None,
            differing: WhenTcStringsDiffer::Stricter,
            only_listed_sections: false,
            validity: ValidityRules::new(),
            tcf: tcf::DecodeOptions::new(),
            gpp: gpp::DecodeOptions::new(),
            didomi: didomi::DecodeOptions::new(),
        }
    }

    /// How long ago a string may have been last updated: 395 days unless said otherwise. A string
    /// that is older counts as none; its younger sibling still counts.
    ///
    /// TC strings, Didomi Consent Strings and tokens have such a time; the others have none.
    pub const fn max_age(self, max_age: Duration) -> Self {
        Self { max_age, max_age_didomi: max_age, ..self }
    }

    /// Didomi Consent Strings and tokens of any age count: only a TC string's age is limited.
    pub const fn didomi_of_any_age(self) -> Self {
        Self { max_age_didomi: Duration::MAX, ..self }
    }

    /// How far ahead of ours the clock of whoever wrote a string may be: five minutes unless said
    /// otherwise (ours). A string from further in the future permits nothing.
    pub const fn clock_tolerance(self, tolerance: Duration) -> Self {
        Self { clock_tolerance: tolerance, ..self }
    }

    /// How much older a TC string may be than the Didomi Consent String beside it:
    /// [`Strings::MAX_LAG`] unless said otherwise.
    pub const fn max_lag(self, max_lag: Duration) -> Self {
        Self { max_lag, ..self }
    }

    /// Whether the GDPR applies, by what the caller knows of the user's place: that goes before
    /// all that the strings say. Unless said, the signals decide.
    pub const fn gdpr(self, applies: bool) -> Self {
        Self { gdpr: Some(applies), ..self }
    }

    /// In which state of the United States the user is: a permission then takes that state's
    /// section, or the national one where the string has none of the state. An opt-out counts in
    /// any section.
    pub const fn us_state(self, state: UsState) -> Self {
        Self { us_state: Some(state), ..self }
    }

    /// Which TC string counts, where two differ.
    pub const fn when_tc_strings_differ(self, differing: WhenTcStringsDiffer) -> Self {
        Self { differing, ..self }
    }

    /// A permission takes a section that `gpp_sid` lists as well, where there is such a list that
    /// can be read. Unless asked for, the list in the header of the GPP string goes before it.
    pub const fn only_listed_sections(self) -> Self {
        Self { only_listed_sections: true, ..self }
    }

    /// By which rules a TC string is valid. Its age is [`max_age`](Self::max_age) here.
    pub const fn validity(self, rules: ValidityRules) -> Self {
        Self { validity: rules, ..self }
    }

    /// How TC strings are read, that of section 2 among them.
    pub const fn tcf(self, options: tcf::DecodeOptions) -> Self {
        Self { tcf: options, gpp: self.gpp.tcf(options), ..self }
    }

    /// How GPP strings are read.
    pub const fn gpp(self, options: gpp::DecodeOptions) -> Self {
        Self { gpp: options, ..self }
    }

    /// How Didomi Consent Strings are read.
    pub const fn didomi(self, options: didomi::DecodeOptions) -> Self {
        Self { didomi: options, ..self }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}
