//! Whether an event can be carried by a link.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::Action;
use super::{ConsentEvent, EventError, VendorConsents};

impl ConsentEvent {
    /// Checks that a link with this action can carry the event.
    ///
    /// That an update needs the `id` of the event to update is documented. That no choice may be
    /// there twice is our own rule: which one counts would be a guess. A new event needs no
    /// property, as none is documented as needed.
    ///
    /// # Errors
    ///
    /// - [`IdMissing`](EventError::IdMissing): an update with `{}` or `{"id": ""}`.
    /// - [`Ambiguous`](EventError::Ambiguous): two purposes or channels with one ID, or a vendor
    ///   that is both enabled and disabled.
    pub fn check(&self, action: Action) -> Result<(), EventError> {
        if action == Action::EventUpdate && self.id.as_deref().unwrap_or_default().is_empty() {
            return Err(EventError::IdMissing);
        }
        let Some(consents) = &self.consents else { return Ok(()) };
        let place = if !all_differ(consents.purposes.iter().flatten().map(|purpose| &purpose.id)) {
            "consents.purposes"
        } else if !all_differ(consents.channels.iter().flatten().map(|channel| &channel.id)) {
            "consents.channels"
        } else if consents.vendors.as_ref().is_some_and(contradicts_itself) {
            "consents.vendors"
        } else {
            return Ok(());
        };
        Err(EventError::Ambiguous { place })
    }

    /// Checks that the event doesn't say that it is another user's than the one who is proven.
    ///
    /// # Errors
    ///
    /// [`OtherUser`](EventError::OtherUser): `user.organization_user_id` or
    /// `organization_user_id` is there, and isn't the one that is given here.
    pub fn check_user(&self, organization_user_id: &str) -> Result<(), EventError> {
        if self.named_users().any(|named| named != organization_user_id) {
            return Err(EventError::OtherUser);
        }
        Ok(())
    }

    /// Whose event it says it is, in each of the places where it may say so.
    pub(super) fn named_users(&self) -> impl Iterator<Item = &str> {
        let user = self.user.as_ref().and_then(|user| user.organization_user_id.as_deref());
        self.organization_user_id.as_deref().into_iter().chain(user)
    }
}

fn all_differ<'a>(ids: impl Iterator<Item = &'a String>) -> bool {
    let mut seen = BTreeSet::new();
    ids.into_iter().all(|id| seen.insert(id))
}

fn contradicts_itself(vendors: &VendorConsents) -> bool {
    let overlap = |enabled: &Option<Vec<String>>, disabled: &Option<Vec<String>>| {
        let enabled: BTreeSet<_> = enabled.iter().flatten().collect();
        disabled.iter().flatten().any(|id| enabled.contains(id))
    };
    overlap(&vendors.enabled, &vendors.disabled)
        || overlap(&vendors.enabled_li, &vendors.disabled_li)
}
