//! An update merged into the event that it names.

use super::{ConsentEvent, EventError, EventErrorKind};

impl ConsentEvent {
    /// Merges an update: each property that it has replaces the event's whole property.
    ///
    /// That an update is merged is documented, how deep isn't: that whole properties of the event
    /// are replaced, and nothing deeper is combined, is inferred. So after an update whose
    /// `consents` have one purpose, the event has that purpose and no other.
    ///
    /// Whether the update may touch this event, the caller has to know: the `id` isn't signed. For
    /// the update of a link, see [`VerifiedLink::merge_into`](crate::link::VerifiedLink::merge_into).
    ///
    /// # Errors
    ///
    /// The event is unchanged after
    ///
    /// - [`IdMissing`](EventErrorKind::IdMissing): the update names no event.
    /// - [`OtherEvent`](EventErrorKind::OtherEvent): it names another one.
    pub fn merge(&mut self, update: Self) -> Result<(), EventError> {
        if update.id.as_deref().unwrap_or_default().is_empty() {
            return Err(EventErrorKind::IdMissing.into());
        }
        if update.id != self.id {
            return Err(EventErrorKind::OtherEvent.into());
        }
        // In full, so that a new property can't be forgotten.
        let Self {
            id: _,
            organization_id,
            created_at,
            status,
            regulation,
            user,
            consents,
            proofs_id,
            proofs,
            delegate,
            other,
        } = update;
        replace(&mut self.organization_id, organization_id);
        replace(&mut self.created_at, created_at);
        replace(&mut self.status, status);
        replace(&mut self.regulation, regulation);
        replace(&mut self.user, user);
        replace(&mut self.consents, consents);
        replace(&mut self.proofs_id, proofs_id);
        replace(&mut self.proofs, proofs);
        replace(&mut self.delegate, delegate);
        self.other.extend(other);
        Ok(())
    }
}

fn replace<T>(property: &mut Option<T>, update: Option<T>) {
    if update.is_some() {
        *property = update;
    }
}
