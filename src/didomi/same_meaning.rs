//! Whether two strings say the same, however they are encoded.

use super::consent_string::ConsentString;
use super::view::ConsentStringRef;
use crate::both_forms::both_forms;

both_forms! { ConsentStringRef<'t, 'b>, ConsentString:

/// Whether another string, of either form, says the same in whatever encoding and frame: version,
/// user ID, dates, regulation, the status of every purpose and vendor, device ID and organization
/// user ID.
///
/// The signature is left out: it says nothing itself, and two encodings of the same can't have the
/// same one.
#[must_use]
pub fn says_the_same_as<'x, 'y>(
    self,
    other: impl Into<ConsentStringRef<'x, 'y>>,
) -> bool {
    let other = other.into();
    self.checked.header == other.checked.header
        && self.did() == other.did()
        && self.ouid() == other.ouid()
        && self.purposes().runs().eq(other.purposes().runs())
        && self.purposes_li().runs().eq(other.purposes_li().runs())
        && self.vendors().runs().eq(other.vendors().runs())
        && self.vendors_li().runs().eq(other.vendors_li().runs())
}

}
