//! From when on an entry of a list is deleted.

use crate::time::Timestamp;

/// When an entry is deleted from its list, if it is: its `deletedDate`. An entry stays in the
/// list, and counts as deleted from that moment on (documented).
#[derive(Debug, Clone, Copy)]
pub(super) struct Deletion(Option<Timestamp>);

impl Deletion {
    pub(super) const fn new(date: Option<Timestamp>) -> Self {
        Self(date)
    }

    pub(super) const fn date(self) -> Option<Timestamp> {
        self.0
    }

    pub(super) fn has_happened_at(self, now: Timestamp) -> bool {
        self.0.is_some_and(|date| date <= now)
    }
}
