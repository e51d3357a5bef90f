//! Whether a link is genuine, and can be executed.

use core::fmt;

use super::{
    Action, ConsentEvent, ConsentLink, EventError, EventErrorKind, LinkVerifyError,
    LinkVerifyErrorKind, Parameter,
};
use crate::digest::{Algorithm, DigestParts, SecretStore, Verifier};

/// A link whose user ID is genuine, and whose action and event can be executed.
///
/// **Action, event and redirect URL are not signed**: see the
/// [module](super#what-a-verified-link-does-not-prove).
#[derive(Clone)]
#[must_use = "a link that is verified is still to be executed"]
pub struct VerifiedLink<'a> {
    link: &'a ConsentLink,
    action: Action,
    event: ConsentEvent,
}

impl<'a> VerifiedLink<'a> {
    /// The user whom the digest proves.
    #[must_use]
    pub fn organization_user_id(&self) -> &'a str {
        self.link.unverified(Parameter::OrganizationUserId).unwrap_or_default()
    }

    /// The API key: not signed.
    #[must_use]
    pub fn key(&self) -> &'a str {
        self.link.unverified(Parameter::Key).unwrap_or_default()
    }

    /// What to do with the event: not signed.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }

    /// The event: not signed. An update's `id` may be the ID of another user's event:
    /// [`merge_into`](Self::merge_into) looks whose it is.
    #[must_use]
    pub const fn event(&self) -> &ConsentEvent {
        &self.event
    }

    /// Gives the event up.
    #[must_use]
    pub fn into_event(self) -> ConsentEvent {
        self.event
    }

    /// Executes an update: merges its event into the one that is stored under its `id`, if that
    /// is the signed user's. Whose an event is, `user.organization_user_id` says, which the update
    /// leaves as it is.
    ///
    /// # Errors
    ///
    /// The stored event is unchanged after
    ///
    /// - [`NotUpdate`](EventErrorKind::NotUpdate): the action is `event.create`.
    /// - [`OtherUser`](EventErrorKind::OtherUser): the stored event is another user's, or doesn't
    ///   say whose it is.
    /// - [`OtherEvent`](EventErrorKind::OtherEvent): it has another `id`.
    pub fn merge_into(self, stored: &mut ConsentEvent) -> Result<(), EventError> {
        let user_id = self.organization_user_id();
        if self.action != Action::EventUpdate {
            return Err(EventErrorKind::NotUpdate.into());
        }
        let owner = stored.user.as_ref().and_then(|user| user.organization_user_id.as_deref());
        if owner != Some(user_id) {
            return Err(EventErrorKind::OtherUser.into());
        }
        stored.merge(self.event)?;
        // The update may have replaced all that is known of the user.
        stored.user.get_or_insert_default().organization_user_id = Some(user_id.into());
        Ok(())
    }

    /// Applies the server's own rule for user IDs.
    ///
    /// An invalid user ID is the one condition under which the action is executed all the same,
    /// so it is no reason for [`ConsentLink::verify`] to fail: execute, then redirect with its
    /// code.
    ///
    /// # Errors
    ///
    /// [`OrganizationUserIdInvalid`](LinkVerifyErrorKind::OrganizationUserIdInvalid) if the rule
    /// says `false`.
    pub fn check_user_id(&self, rule: impl FnOnce(&str) -> bool) -> Result<(), LinkVerifyError> {
        if rule(self.organization_user_id()) {
            Ok(())
        } else {
            Err(LinkVerifyErrorKind::OrganizationUserIdInvalid.into())
        }
    }
}

/// As little as [`ConsentLink`] shows.
impl fmt::Debug for VerifiedLink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedLink").field("link", &self.link).finish_non_exhaustive()
    }
}

impl ConsentLink {
    /// Proves the user ID by the digest, then reads the action and the event.
    ///
    /// The conditions are looked for in the order of [`LinkVerifyErrorKind`], and the first one
    /// is the error. That is the order of the documentation, but that what the digest is made of
    /// comes before it: a server can't compute it earlier. Nothing is said of the action or the
    /// event of a link that isn't genuine.
    ///
    /// # Errors
    ///
    /// [`LinkVerifyErrorKind`] has an example of each.
    pub fn verify(
        &self,
        verifier: &Verifier,
        store: &impl SecretStore,
    ) -> Result<VerifiedLink<'_>, LinkVerifyError> {
        use LinkVerifyErrorKind as Kind;
        let required = |parameter, missing: Kind| self.value(parameter).ok_or(missing);

        if self.is_template() {
            return Err(Kind::OrganizationUserIdPlaceholder.into());
        }
        required(Parameter::Key, Kind::OrganizationIdMissing)?;
        let sid = required(Parameter::AuthSid, Kind::AuthSidMissing)?;
        let secrets = store.secrets(sid).ok_or(Kind::AuthSidUnknown)?;
        if secrets.as_ref().is_empty() {
            return Err(Kind::AuthSidUnknown.into());
        }
        let algorithm = required(Parameter::AuthAlgorithm, Kind::AuthAlgorithmMissing)?;
        let algorithm: Algorithm = algorithm.parse().map_err(|_| Kind::AuthAlgorithmInvalid)?;
        let user_id = required(Parameter::OrganizationUserId, Kind::OrganizationUserIdMissing)?;
        let digest = required(Parameter::AuthDigest, Kind::AuthDigestMissing)?;
        let salt = self.unverified(Parameter::AuthSalt).unwrap_or_default();
        let parts = DigestParts::new(user_id).with_salt(salt);
        verifier
            .verify(algorithm, secrets.as_ref(), &parts, digest)
            .map_err(|error| Kind::from(error.kind()))?;
        let (action, event) = self.content().map_err(Kind::from)?;
        Ok(VerifiedLink { link: self, action, event })
    }
}
