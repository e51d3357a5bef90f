//! The AC string: a borrowed and an owned form of the checked text.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use super::grammar::{self, Checked};
use super::{ParseError, ParseOptions, ProviderId, Providers, Version};

/// An AC string that is borrowed: a text that was checked from end to end.
///
/// Two are equal where their texts are.
#[derive(Clone, Copy)]
pub struct AcStringRef<'t> {
    text: &'t str,
    checked: Checked,
}

impl<'t> AcStringRef<'t> {
    pub(super) fn read(text: &'t str, options: ParseOptions) -> Result<Self, ParseError> {
        Ok(Self { text, checked: grammar::check(text, options, &mut ())? })
    }

    /// The string of a text that was checked.
    #[cfg(feature = "request")]
    pub(crate) const fn of_checked(text: &'t str, checked: Checked) -> Self {
        Self { text, checked }
    }

    /// Where the parts stand in the text.
    #[cfg(feature = "request")]
    pub(crate) const fn checked(self) -> Checked {
        self.checked
    }

    /// Checks a text by the default [`ParseOptions`].
    ///
    /// # Errors
    ///
    /// See [`ParseErrorKind`](super::ParseErrorKind), which has an example of each.
    pub fn parse(text: &'t str) -> Result<Self, ParseError> {
        ParseOptions::new().parse_ref(text)
    }

    /// The text, as it was read.
    #[must_use]
    pub const fn as_str(self) -> &'t str {
        self.text
    }

    /// The version.
    #[must_use]
    pub const fn version(self) -> Version {
        self.checked.version
    }

    /// The providers that the user consented to.
    #[must_use]
    pub fn consented(self) -> Providers<'t> {
        Providers::new(self.text, self.checked.consented)
    }

    /// The list behind `dv.`, as it was written: with the consented providers or without.
    /// Empty in version 1, which has no such list.
    #[must_use]
    pub fn disclosed_list(self) -> Providers<'t> {
        Providers::new(self.text, self.checked.disclosed)
    }

    /// The providers that the user was told of: those behind `dv.` and those consented to.
    /// Version 1 names no others than the latter.
    #[must_use]
    pub fn disclosed(self) -> BTreeSet<ProviderId> {
        self.disclosed_list().iter().chain(self.consented()).collect()
    }

    /// Whether the user was told of a provider; the same as asking
    /// [`disclosed`](Self::disclosed), without a set.
    #[must_use]
    pub fn is_disclosed(self, provider: ProviderId) -> bool {
        self.consented().contains(provider) || self.disclosed_list().contains(provider)
    }

    /// Whether both strings are of one version, and have the same consented and disclosed
    /// providers.
    #[must_use]
    pub fn says_the_same_as(self, other: AcStringRef<'_>) -> bool {
        self.version() == other.version()
            && self.consented().to_set() == other.consented().to_set()
            && self.disclosed() == other.disclosed()
    }

    /// The owned form.
    #[must_use]
    pub fn to_ac_string(self) -> AcString {
        AcString { text: self.text.into(), checked: self.checked }
    }
}

impl PartialEq for AcStringRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for AcStringRef<'_> {}

impl Hash for AcStringRef<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Display for AcStringRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

/// Shows the version and how many providers there are: which ones is personal data.
impl fmt::Debug for AcStringRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AcStringRef")
            .field("version", &self.version())
            .field("consented", &self.consented())
            .field("disclosed_list", &self.disclosed_list())
            .finish()
    }
}

/// An AC string that is owned: a text that was checked from end to end.
///
/// `==`, `Hash` and `Ord` are those of the text;
/// [`says_the_same_as`](Self::says_the_same_as) compares what it says.
#[derive(Clone)]
pub struct AcString {
    pub(super) text: Box<str>,
    pub(super) checked: Checked,
}

impl AcString {
    /// The borrowed form.
    #[must_use]
    pub fn view(&self) -> AcStringRef<'_> {
        AcStringRef { text: &self.text, checked: self.checked }
    }

    /// The text, as it was read or built.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The version.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.checked.version
    }

    /// See [`AcStringRef::consented`].
    #[must_use]
    pub fn consented(&self) -> Providers<'_> {
        self.view().consented()
    }

    /// See [`AcStringRef::disclosed_list`].
    #[must_use]
    pub fn disclosed_list(&self) -> Providers<'_> {
        self.view().disclosed_list()
    }

    /// See [`AcStringRef::disclosed`].
    #[must_use]
    pub fn disclosed(&self) -> BTreeSet<ProviderId> {
        self.view().disclosed()
    }

    /// See [`AcStringRef::is_disclosed`].
    #[must_use]
    pub fn is_disclosed(&self, provider: ProviderId) -> bool {
        self.view().is_disclosed(provider)
    }

    /// See [`AcStringRef::says_the_same_as`].
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        self.view().says_the_same_as(other.view())
    }
}

impl FromStr for AcString {
    type Err = ParseError;

    /// Reads a text by the default [`ParseOptions`].
    ///
    /// # Errors
    ///
    /// See [`ParseErrorKind`](super::ParseErrorKind), which has an example of each.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        ParseOptions::new().parse(text)
    }
}

impl TryFrom<String> for AcString {
    type Error = ParseError;

    /// Reads a text by the default [`ParseOptions`], and keeps it.
    fn try_from(text: String) -> Result<Self, ParseError> {
        let checked = grammar::check(&text, ParseOptions::new(), &mut ())?;
        Ok(Self { text: text.into(), checked })
    }
}

impl AsRef<str> for AcString {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for AcString {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for AcString {}

impl PartialOrd for AcString {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AcString {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for AcString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl fmt::Display for AcString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Shows what [`AcStringRef`] shows.
impl fmt::Debug for AcString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AcString")
            .field("version", &self.version())
            .field("consented", &self.consented())
            .field("disclosed_list", &self.disclosed_list())
            .finish()
    }
}
