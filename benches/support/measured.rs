//! What `.ci/instructions` counts.

use std::hint::black_box;

/// Only what runs in here is counted.
#[inline(never)]
pub(crate) fn measured<R>(operation: impl FnOnce() -> R) -> R {
    black_box(operation())
}
