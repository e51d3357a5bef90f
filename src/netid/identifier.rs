//! The identifiers of a user, and the rules under which netID gives them out.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::AnswerError;
use crate::http_api::{Extra, Fields};

/// How long an etpid may be used, counted from when it was fetched (documented: at most 24 hours).
pub const ETPID_LIFETIME: Duration = Duration::from_hours(24);

/// Whether an etpid that was fetched at `fetched` may still be used at `now`.
///
/// Not so at 24 hours and later, nor before it was fetched: then one of the clocks is wrong.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use consent_string::netid::etpid_is_alive;
///
/// let fetched = SystemTime::UNIX_EPOCH;
/// assert!(etpid_is_alive(fetched, fetched + Duration::from_secs(86_399)));
/// assert!(!etpid_is_alive(fetched, fetched + Duration::from_secs(86_400)));
/// ```
#[must_use]
pub fn etpid_is_alive(fetched: SystemTime, now: SystemTime) -> bool {
    now.duration_since(fetched).is_ok_and(|age| age < ETPID_LIFETIME)
}

/// An identifier that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identifier {
    /// The user's identifier at netID. Given only under a valid `idconsent`.
    Tpid,
    /// The user's identifier at netID for one partner. Given only where there are permissions.
    SyncId,
    /// The tpid, encrypted under a key that changes every 24 hours; see [`etpid_is_alive`].
    /// Given only under a valid `idconsent`.
    Etpid,
}

impl Identifier {
    pub(super) const fn parameter(self) -> &'static str {
        match self {
            Self::Tpid => "TPID",
            Self::SyncId => "SYNC_ID",
            Self::Etpid => "ETPID",
        }
    }
}

/// The identifiers of a user, as they came back.
///
/// They are personal data: `Debug` shows which there are, never the values.
#[derive(Clone, Default, PartialEq)]
pub struct SubjectIdentifiers {
    tpid: Option<String>,
    sync_id: Option<String>,
    etpid: Option<String>,
    extra: Extra,
}

impl SubjectIdentifiers {
    /// Takes them out of an answer, in which they may be missing.
    pub(super) fn take(answer: &mut Fields) -> Result<Self, AnswerError> {
        let Some(mut fields) = answer.optional_object("subject_identifiers")? else {
            return Ok(Self::default());
        };
        // An identifier of "" would be the same for every user.
        let mut id = |field| match fields.optional_text(field)? {
            Some(text) if text.is_empty() => Err(fields.fault(field)),
            text => Ok(text),
        };
        Ok(Self {
            tpid: id("subject_identifiers.tpid")?,
            sync_id: id("subject_identifiers.sync_id")?,
            etpid: id("subject_identifiers.etpid")?,
            extra: fields.rest(),
        })
    }

    /// An identifier, if it came back: whether it may be used is another question.
    #[must_use]
    pub fn get(&self, identifier: Identifier) -> Option<&str> {
        match identifier {
            Identifier::Tpid => self.tpid.as_deref(),
            Identifier::SyncId => self.sync_id.as_deref(),
            Identifier::Etpid => self.etpid.as_deref(),
        }
    }

    /// An identifier that is in none of the `broken` rules.
    pub(super) fn usable(&self, identifier: Identifier, broken: &[BrokenRule]) -> Option<&str> {
        let forbidden = broken.iter().any(|rule| rule.identifier() == Some(identifier));
        if forbidden { None } else { self.get(identifier) }
    }

    /// The properties that are not documented, as they came.
    #[must_use]
    pub const fn extra(&self) -> &Map<String, Value> {
        &self.extra.0
    }

    /// The identifiers that came back.
    pub(super) fn present(&self) -> impl Iterator<Item = Identifier> {
        [Identifier::Tpid, Identifier::SyncId, Identifier::Etpid]
            .into_iter()
            .filter(|&identifier| self.get(identifier).is_some())
    }

    /// The rules that hold for both calls. `idconsent` says whether it is known to be valid or
    /// known not to be.
    pub(super) fn broken_rules(
        &self,
        requested: &BTreeSet<Identifier>,
        idconsent: Option<bool>,
    ) -> Vec<BrokenRule> {
        let mut broken = Vec::new();
        for identifier in self.present() {
            if !requested.contains(&identifier) {
                broken.push(BrokenRule::NotRequested(identifier));
            }
            if identifier != Identifier::SyncId && idconsent == Some(false) {
                broken.push(BrokenRule::WithoutIdConsent(identifier));
            }
        }
        broken
    }
}

impl fmt::Debug for SubjectIdentifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubjectIdentifiers")
            .field("present", &self.present().collect::<Vec<_>>())
            .field("extra", &self.extra)
            .finish_non_exhaustive()
    }
}

/// A rule of netID's that an answer breaks (all documented).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BrokenRule {
    /// An identifier came back that was not requested.
    NotRequested(Identifier),
    /// A tpid or an etpid came back although there is no valid `idconsent`.
    WithoutIdConsent(Identifier),
    /// An identifier came back although there are no permissions; for a sync ID, no privacy
    /// settings.
    WithoutPermissions(Identifier),
    /// Privacy settings came back although no permissions were found.
    SettingsWithoutPermissions,
}

impl BrokenRule {
    /// The identifier that the rule is about.
    #[must_use]
    pub const fn identifier(self) -> Option<Identifier> {
        match self {
            Self::NotRequested(identifier)
            | Self::WithoutIdConsent(identifier)
            | Self::WithoutPermissions(identifier) => Some(identifier),
            Self::SettingsWithoutPermissions => None,
        }
    }
}
