//! An update merged into the event that it names.

use super::{ConsentEvent, EventError, EventUser};

impl ConsentEvent {
    /// Merges an update: each property that it has replaces the event's whole property.
    ///
    /// That an update is merged is documented, how deep isn't. That whole properties of the event
    /// are replaced, and nothing deeper is combined, is inferred: after an update whose `consents`
    /// have one purpose, the event has that purpose and no other.
    ///
    /// What says whose the event is, of which organization and since when stays as it is stored,
    /// whatever the update says: `organization_id`, `created_at`, both `organization_user_id`s
    /// and Didomi's `user.id` (our own rule). The rest of `user` is replaced if the update has any
    /// of it.
    ///
    /// Whether the update may touch this event, the caller has to know: an update without a user
    /// is merged into anybody's event. [`VerifiedLink::merge_into`] knows it of a link.
    ///
    /// [`VerifiedLink::merge_into`]: crate::link::VerifiedLink::merge_into
    ///
    /// # Errors
    ///
    /// The event is unchanged after
    ///
    /// - [`IdMissing`](EventError::IdMissing): the update names no event.
    /// - [`OtherEvent`](EventError::OtherEvent): it names another one.
    /// - [`UserMissing`](EventError::UserMissing): it names a user, and the event names none.
    /// - [`OtherUser`](EventError::OtherUser): it names another user than the event.
    pub fn merge(&mut self, update: Self) -> Result<(), EventError> {
        if update.id.as_deref().unwrap_or_default().is_empty() {
            return Err(EventError::IdMissing);
        }
        if update.id != self.id {
            return Err(EventError::OtherEvent);
        }
        for named in update.named_users() {
            if self.named_users().next().is_none() {
                return Err(EventError::UserMissing);
            }
            self.check_user(named)?;
        }
        // In full, so that a new property can't be forgotten.
        let Self {
            id: _,
            organization_id: _,
            organization_user_id: _,
            created_at: _,
            status,
            regulation,
            user,
            consents,
            proofs_id,
            proofs,
            delegate,
            other,
        } = update;
        replace(&mut self.status, status);
        replace(&mut self.regulation, regulation);
        replace(&mut self.consents, consents);
        replace(&mut self.proofs_id, proofs_id);
        replace(&mut self.proofs, proofs);
        replace(&mut self.delegate, delegate);
        self.other.extend(other);
        let nobody = EventUser { id: None, organization_user_id: None, ..user.unwrap_or_default() };
        if nobody != EventUser::default() {
            let stored = self.user.take().unwrap_or_default();
            let EventUser { id, organization_user_id, .. } = stored;
            self.user = Some(EventUser { id, organization_user_id, ..nobody });
        }
        Ok(())
    }
}

fn replace<T>(property: &mut Option<T>, update: Option<T>) {
    if update.is_some() {
        *property = update;
    }
}
