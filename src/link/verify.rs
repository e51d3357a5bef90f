//! Whether a link is genuine, and can be executed.

use core::fmt;

use super::{Action, ConsentEvent, ConsentLink, EventError, LinkVerifyError, Parameter};
use crate::digest::{Algorithm, DigestParts, SecretStore, Verifier};

/// A link whose user ID is genuine, and whose action and event can be executed.
///
/// **Action, event and redirect URL are not signed**: see the
/// [module](super#what-a-verified-link-does-not-prove).
#[derive(Clone)]
#[must_use = "a link that is verified is still to be executed"]
pub struct VerifiedLink<'a> {
    link: &'a ConsentLink,
    key: &'a str,
    sid: &'a str,
    organization_user_id: &'a str,
    action: Action,
    event: ConsentEvent,
}

impl<'a> VerifiedLink<'a> {
    /// The user whom the digest proves, to the organization whose API key is [`key`](Self::key).
    #[must_use]
    pub const fn organization_user_id(&self) -> &'a str {
        self.organization_user_id
    }

    /// The API key, which names the organization. It isn't signed, but the secret that proves the
    /// link is one of this organization's.
    #[must_use]
    pub const fn key(&self) -> &'a str {
        self.key
    }

    /// ID of the secret that proves the link.
    #[must_use]
    pub const fn sid(&self) -> &'a str {
        self.sid
    }

    /// What to do with the event: not signed.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }

    /// The event, of the user who is proven: what they chose is not signed.
    ///
    /// It says whose it is in `user.organization_user_id`, whether or not the link's own event
    /// did. What nobody has proven isn't in it: no `user.id`, and none of what a server says by
    /// itself, which is `organization_id`, `created_at` and, in an event to create, `id`. The
    /// event as it came is the [`unverified`](ConsentLink::unverified) text of
    /// [`Parameter::Event`].
    ///
    /// In an update, `id` may be the ID of another user's event: [`merge_into`](Self::merge_into)
    /// looks whose that is.
    #[must_use]
    pub const fn event(&self) -> &ConsentEvent {
        &self.event
    }

    /// Takes out the [`event`](Self::event): to store it, under an ID of the server's, where the
    /// action is `event.create`.
    #[must_use]
    pub fn into_event(self) -> ConsentEvent {
        self.event
    }

    /// Executes an update: merges its event into the stored one with its `id`, if that is an
    /// event of the user who is proven. [`ConsentEvent::merge`] says what is merged how.
    ///
    /// Look for the stored event among those of the organization of [`key`](Self::key): the users
    /// of two organizations may have the same ID.
    ///
    /// # Errors
    ///
    /// The stored event is unchanged after
    ///
    /// - [`NotUpdate`](EventError::NotUpdate): the action is `event.create`.
    /// - [`OtherEvent`](EventError::OtherEvent): the stored event has another `id`.
    /// - [`UserMissing`](EventError::UserMissing): it doesn't say whose it is.
    /// - [`OtherUser`](EventError::OtherUser): it is another user's.
    pub fn merge_into(self, stored: &mut ConsentEvent) -> Result<(), EventError> {
        match self.action {
            Action::EventCreate => Err(EventError::NotUpdate),
            Action::EventUpdate => stored.merge(self.event),
        }
    }

    /// Applies the server's own rule for user IDs.
    ///
    /// An invalid user ID is the one condition under which the action is executed all the same.
    /// So it is no reason for [`ConsentLink::verify`] to fail: execute the link, then redirect
    /// with the code of this condition.
    ///
    /// # Errors
    ///
    /// [`OrganizationUserIdInvalid`](LinkVerifyError::OrganizationUserIdInvalid) if the rule says
    /// `false`.
    pub fn check_user_id(&self, rule: impl FnOnce(&str) -> bool) -> Result<(), LinkVerifyError> {
        if rule(self.organization_user_id) {
            Ok(())
        } else {
            Err(LinkVerifyError::OrganizationUserIdInvalid)
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
    /// The secrets are those that are live under the link's `key` and `auth_sid`. The conditions
    /// are looked for in the order of [`LinkVerifyError`], and the first one is the error. Their
    /// order is that of the documentation, with one difference: all that the digest is made of is
    /// looked for before the digest is checked. Nothing is said of the action or the event of a
    /// link that isn't genuine.
    ///
    /// # Errors
    ///
    /// [`LinkVerifyError`] has an example of each.
    pub fn verify(
        &self,
        verifier: &Verifier,
        store: &dyn SecretStore,
    ) -> Result<VerifiedLink<'_>, LinkVerifyError> {
        use LinkVerifyError as Error;
        let required = |parameter, missing: Error| self.value(parameter).ok_or(missing);

        if self.is_template() {
            return Err(Error::OrganizationUserIdPlaceholder);
        }
        let key = required(Parameter::Key, Error::OrganizationIdMissing)?;
        let sid = required(Parameter::AuthSid, Error::AuthSidMissing)?;
        let secrets = store.secrets(key, sid);
        if secrets.is_empty() {
            return Err(Error::AuthSidUnknown);
        }
        let algorithm = required(Parameter::AuthAlgorithm, Error::AuthAlgorithmMissing)?;
        let algorithm: Algorithm = algorithm.parse().map_err(|_| Error::AuthAlgorithmInvalid)?;
        let organization_user_id =
            required(Parameter::OrganizationUserId, Error::OrganizationUserIdMissing)?;
        let digest = required(Parameter::AuthDigest, Error::AuthDigestMissing)?;
        let salt = self.unverified(Parameter::AuthSalt).unwrap_or_default();
        let parts = DigestParts::new(organization_user_id).with_salt(salt);
        verifier.verify(algorithm, &secrets, &parts, digest).map_err(Error::of_digest)?;
        let (action, mut event) = self.content()?;
        keep_what_is_proven(&mut event, action, organization_user_id);
        Ok(VerifiedLink { link: self, key, sid, organization_user_id, action, event })
    }
}

/// Takes out of an event the names that nobody has proven, and puts in the user who is.
fn keep_what_is_proven(event: &mut ConsentEvent, action: Action, organization_user_id: &str) {
    event.organization_id = None;
    event.organization_user_id = None;
    event.created_at = None;
    if action == Action::EventCreate {
        event.id = None;
    }
    let user = event.user.get_or_insert_default();
    user.id = None;
    user.organization_user_id = Some(organization_user_id.into());
}
