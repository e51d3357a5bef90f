//! Changes of sections, for strings that differ in a little.

use consent_string::Id;
use consent_string::didomi::{Section, Status};
use proptest::prelude::*;

use crate::values;

/// What is changed in a section: the first ID, how many more, and their new status.
pub(crate) type Edit = (u16, u16, Status);

pub(crate) fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let first = prop_oneof![4 => 1..250_u16, 1 => 1..=u16::MAX];
    prop::collection::vec((first, 0..80_u16, values::status()), 0..5)
}

pub(crate) fn edited<I: Id>(mut section: Section<I>, edits: &[Edit]) -> Section<I> {
    for &(first, more, status) in edits {
        let last = first.saturating_add(more);
        section.set_range(I::new(first).unwrap()..=I::new(last).unwrap(), status);
    }
    section
}

/// The status of each ID; that of ID 1 stands at index 1. None behind the last ID that is enabled
/// or disabled.
pub(crate) fn statuses<I: Id>(statuses: impl Iterator<Item = (I, Status)>) -> Vec<Status> {
    let mut all = Vec::new();
    for (id, status) in statuses {
        all.resize(usize::from(id.get()), Status::Undefined);
        all.push(status);
    }
    all
}

/// The status at an index of such a list.
pub(crate) fn status(statuses: &[Status], id: usize) -> Status {
    statuses.get(id).copied().unwrap_or(Status::Undefined)
}
