//! The identifiers of a user, and the rules under which netID gives them out.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use super::AnswerError;
use crate::Timestamp;
use crate::http_api::{Extra, Fields, extra};

/// How long an etpid may be used, counted from when it was fetched (documented: at most 24 hours).
pub const ETPID_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// Whether an etpid that was fetched at `fetched` may still be used at `now`.
///
/// It may not 24 hours later or more, nor at a time before it was fetched, as one of the two clocks
/// is wrong then.
///
/// ```
/// use consent_string::Timestamp;
/// use consent_string::netid::etpid_is_alive;
///
/// let fetched = "2024-02-28T12:00:00.000Z".parse::<Timestamp>()?;
/// assert!(etpid_is_alive(fetched, "2024-02-29T11:59:59.900Z".parse()?));
/// assert!(!etpid_is_alive(fetched, "2024-02-29T12:00:00.000Z".parse()?));
/// # Ok::<(), consent_string::TimestampError>(())
/// ```
#[must_use]
pub fn etpid_is_alive(fetched: Timestamp, now: Timestamp) -> bool {
    let age = now.deciseconds().checked_sub(fetched.deciseconds());
    age.is_some_and(|age| Duration::from_millis(age * 100) < ETPID_LIFETIME)
}

/// An identifier that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
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

/// The identifiers of a user, as they came back, and what netID's rules say about them.
///
/// They are personal data: `Debug` shows which there are, never the values.
#[derive(Clone, Default, PartialEq)]
pub struct SubjectIdentifiers {
    tpid: Option<String>,
    sync_id: Option<String>,
    etpid: Option<String>,
    broken_rules: Vec<BrokenRule>,
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
            broken_rules: Vec::new(),
            extra: fields.rest(),
        })
    }

    /// Judges by the rules which identifiers should not have come back.
    pub(super) fn judged(mut self, evidence: &Evidence<'_>) -> Self {
        self.broken_rules = [Identifier::Tpid, Identifier::SyncId, Identifier::Etpid]
            .into_iter()
            .filter(|&identifier| self.received(identifier).is_some())
            .flat_map(|identifier| evidence.against(identifier))
            .collect();
        self
    }

    /// An identifier, if it came back. Whether it may be used is another question, which
    /// [`usable`](Self::usable) answers.
    #[must_use]
    pub fn received(&self, identifier: Identifier) -> Option<&str> {
        match identifier {
            Identifier::Tpid => self.tpid.as_deref(),
            Identifier::SyncId => self.sync_id.as_deref(),
            Identifier::Etpid => self.etpid.as_deref(),
        }
    }

    /// An identifier, if it came back and no rule is known to forbid its use.
    #[must_use]
    pub fn usable(&self, identifier: Identifier) -> Option<&str> {
        let forbidden = self.broken_rules.iter().any(|rule| rule.identifier() == identifier);
        if forbidden { None } else { self.received(identifier) }
    }

    /// The rules that are known to be broken: none, as long as netID does as it says.
    #[must_use]
    pub fn broken_rules(&self) -> &[BrokenRule] {
        &self.broken_rules
    }

    extra!();
}

impl fmt::Debug for SubjectIdentifiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubjectIdentifiers")
            .field("tpid", &self.tpid.is_some())
            .field("sync_id", &self.sync_id.is_some())
            .field("etpid", &self.etpid.is_some())
            .field("broken_rules", &self.broken_rules)
            .field("extra", &self.extra)
            .finish()
    }
}

/// A rule that an identifier breaks by having come back (all documented).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BrokenRule {
    /// It was not requested.
    NotRequested(Identifier),
    /// It is a tpid or an etpid, and there is no valid `idconsent`.
    WithoutIdConsent(Identifier),
    /// No permissions were found; for a sync ID, also: there are no privacy settings.
    WithoutPermissions(Identifier),
}

impl BrokenRule {
    /// The identifier that should not have come back.
    #[must_use]
    pub const fn identifier(self) -> Identifier {
        match self {
            Self::NotRequested(identifier)
            | Self::WithoutIdConsent(identifier)
            | Self::WithoutPermissions(identifier) => identifier,
        }
    }
}

/// What is known when identifiers come back; what isn't known breaks no rule.
pub(super) struct Evidence<'a> {
    pub(super) requested: &'a BTreeSet<Identifier>,
    pub(super) no_valid_idconsent: bool,
    pub(super) no_permissions: bool,
    pub(super) no_settings: bool,
}

impl Evidence<'_> {
    fn against(&self, identifier: Identifier) -> impl Iterator<Item = BrokenRule> {
        let is_sync_id = identifier == Identifier::SyncId;
        [
            (!self.requested.contains(&identifier), BrokenRule::NotRequested(identifier)),
            (self.no_valid_idconsent && !is_sync_id, BrokenRule::WithoutIdConsent(identifier)),
            (
                self.no_permissions || (self.no_settings && is_sync_id),
                BrokenRule::WithoutPermissions(identifier),
            ),
        ]
        .into_iter()
        .filter_map(|(broken, rule)| broken.then_some(rule))
    }
}
