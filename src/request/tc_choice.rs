//! Which TC string counts, where there may be two.

use core::time::Duration;

use super::consent::RequestConsent;
use super::options::WhenTcStringsDiffer;
use super::state::State;
use crate::decision::{Purpose, Reason};
use crate::tcf::{PurposeId, SmallSet, SpecialFeatureId, TcStringRef, Valid};

/// Where a TC string came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TcSource {
    /// It came by itself, in a cookie or a bid request.
    Alone,
    /// Section 2 of the GPP string.
    Gpp,
}

impl TcSource {
    /// The source's name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Gpp => "gpp",
        }
    }
}

/// Why a TC string counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TcChoice {
    /// There is no other that counts.
    Only,
    /// Both say the same of what is asked about.
    Same,
    /// It allows less of what is asked about.
    Stricter,
    /// It allows more of what is asked about.
    MorePermissive,
    /// It is newer by more than the options ask for.
    Newer,
}

impl TcChoice {
    /// The choice's name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Only => "only",
            Self::Same => "same",
            Self::Stricter => "stricter",
            Self::MorePermissive => "more_permissive",
            Self::Newer => "newer",
        }
    }
}

/// The TC string that counts, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountingTcString<'a> {
    string: Valid<'a, 'a>,
    source: TcSource,
    choice: TcChoice,
}

impl<'a> CountingTcString<'a> {
    /// The string, which is valid.
    #[must_use]
    pub const fn tc_string(self) -> Valid<'a, 'a> {
        self.string
    }

    /// Where it came from.
    #[must_use]
    pub const fn source(self) -> TcSource {
        self.source
    }

    /// Why it counts.
    #[must_use]
    pub const fn choice(self) -> TcChoice {
        self.choice
    }
}

/// What a question is about, of all that a TC string says for every vendor alike.
#[derive(Clone, Copy, Default)]
struct Asked {
    purposes: SmallSet<PurposeId>,
    special_features: SmallSet<SpecialFeatureId>,
}

impl Asked {
    fn of(purposes: impl IntoIterator<Item = Purpose>) -> Self {
        let mut asked = Self::default();
        for purpose in purposes {
            match purpose {
                Purpose::Iab(purpose) => {
                    asked.purposes.insert(purpose);
                }
                Purpose::IabSpecialFeature(feature) => {
                    asked.special_features.insert(feature);
                }
                _ => {}
            }
        }
        asked
    }

    /// What a string allows of it.
    fn allowed(self, string: &TcStringRef<'_, '_>) -> Allowed {
        Allowed {
            consent: string.purposes_consent() & self.purposes,
            li: string.purposes_li() & self.purposes,
            special_features: string.special_feature_opt_ins() & self.special_features,
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
struct Allowed {
    consent: SmallSet<PurposeId>,
    li: SmallSet<PurposeId>,
    special_features: SmallSet<SpecialFeatureId>,
}

impl Allowed {
    /// Whether there is nothing here that isn't there.
    fn is_within(self, other: Self) -> bool {
        self.consent & other.consent == self.consent
            && self.li & other.li == self.li
            && self.special_features & other.special_features == self.special_features
    }
}

impl RequestConsent {
    /// The TC string that counts for some purposes: the one that came by itself, else that of
    /// section 2 of the GPP string.
    ///
    /// One that is too old, from the future, unreadable or invalid doesn't count, and doesn't
    /// hide the other. Where both count and say different things of the purposes, it is the
    /// stricter one, or what [`WhenTcStringsDiffer`] says. Where neither allows less than the other,
    /// none counts (ours).
    ///
    /// # Errors
    ///
    /// Why none counts; of two that don't, the reason of the one that came by itself.
    pub fn tc_string(
        &self,
        asked: impl IntoIterator<Item = PurposeId>,
    ) -> Result<CountingTcString<'_>, Reason> {
        self.counting(asked.into_iter().map(Purpose::Iab))
    }

    pub(super) fn counting(
        &self,
        asked: impl IntoIterator<Item = Purpose>,
    ) -> Result<CountingTcString<'_>, Reason> {
        let counts = |string, source, choice| Ok(CountingTcString { string, source, choice });
        let alone = self.valid(self.tcf());
        let gpp = self.valid(self.gpp_tcf());
        let (alone, gpp) = match (alone, gpp) {
            (Ok(alone), Ok(gpp)) => (alone, gpp),
            (Ok(alone), Err(_)) => return counts(alone, TcSource::Alone, TcChoice::Only),
            (Err(_), Ok(gpp)) => return counts(gpp, TcSource::Gpp, TcChoice::Only),
            (Err(Reason::Absent), Err(reason)) | (Err(reason), Err(_)) => return Err(reason),
        };
        let asked = Asked::of(asked);
        let (one, other) = (asked.allowed(&alone.view()), asked.allowed(&gpp.view()));
        if one == other {
            return counts(alone, TcSource::Alone, TcChoice::Same);
        }
        let (alone_updated, gpp_updated) = (alone.view().last_updated(), gpp.view().last_updated());
        let differing = self.options.differing;
        if let WhenTcStringsDiffer::NewerBy(by) = differing {
            let is_newer = |ahead: Duration| ahead > by;
            if is_newer(gpp_updated.age_at(alone_updated)) {
                return counts(alone, TcSource::Alone, TcChoice::Newer);
            }
            if is_newer(alone_updated.age_at(gpp_updated)) {
                return counts(gpp, TcSource::Gpp, TcChoice::Newer);
            }
        }
        let wants_more = differing == WhenTcStringsDiffer::MorePermissive;
        let choice = if wants_more { TcChoice::MorePermissive } else { TcChoice::Stricter };
        match (one.is_within(other), other.is_within(one)) {
            (false, false) => Err(Reason::TcStringsDiffer),
            (is_stricter, _) if is_stricter != wants_more => counts(alone, TcSource::Alone, choice),
            _ => counts(gpp, TcSource::Gpp, choice),
        }
    }

    fn valid<'a>(&self, state: State<TcStringRef<'a, 'a>>) -> Result<Valid<'a, 'a>, Reason> {
        let string = self.usable(state, |string| string.created().max(string.last_updated()))?;
        let valid = self.options.validity.valid_at(string, self.now);
        valid.map_err(|invalid| Reason::Invalid(invalid.violation()))
    }
}
