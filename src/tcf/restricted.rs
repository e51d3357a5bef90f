//! The vendors under each publisher restriction, in TC strings of the EU and of Canada.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use super::VendorId;
use crate::diff::{IdChange, id_changes, members};
use crate::ids::{IdRange, IdSet};

/// By the restriction, which is a purpose and a type.
pub(crate) type Restricted<K> = BTreeMap<K, IdSet<VendorId>>;

/// The vendors of each restriction: where one stands twice, those of both.
pub(crate) fn restricted<K: Ord, R: IntoIterator<Item = IdRange<VendorId>>>(
    restrictions: impl Iterator<Item = (K, R)>,
) -> Restricted<K> {
    let mut ranges = BTreeMap::<_, Vec<_>>::new();
    for (on, vendors) in restrictions {
        ranges.entry(on).or_default().extend(vendors);
    }
    ranges.into_iter().map(|(on, ranges)| (on, ranges.into_iter().collect())).collect()
}

/// The changes of each restriction, in the order of purposes and types.
pub(crate) fn restricted_changes<K: Ord + Copy>(
    from: &Restricted<K>,
    to: &Restricted<K>,
) -> Vec<(K, IdChange<VendorId, bool>)> {
    let keys: BTreeSet<_> = from.keys().chain(to.keys()).copied().collect();
    let mut changes = Vec::new();
    for key in keys {
        let [from, to] = [from, to].map(|on| on.get(&key).into_iter().flat_map(IdSet::ranges));
        changes.extend(id_changes(members(from), members(to)).into_iter().map(|on| (key, on)));
    }
    changes
}
