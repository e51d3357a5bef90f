//! Reading one field, with its place in the error.

use crate::bits::Window;
use crate::error::{DecodeErrorKind, Fault};

/// Reads one field; an error says where it starts.
#[inline(always)]
pub(super) fn field<T>(
    head: &mut Window,
    read: impl FnOnce(&mut Window) -> Result<T, DecodeErrorKind>,
) -> Result<T, Fault> {
    let start = head.position();
    read(head).map_err(|kind| Fault::new(kind, start))
}
