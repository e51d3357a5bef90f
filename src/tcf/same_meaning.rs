//! Whether two strings say the same, however they are encoded.

use super::restricted::{self, Restricted};
use super::restriction::RestrictionType;
use super::vendors::VendorsRef;
use super::{PurposeId, TcString, TcStringRef};
use crate::both_forms::both_forms;

both_forms! { TcStringRef<'t, 'b>, TcString:

/// Whether another string says the same, whatever the encoding: the same numbers, flags,
/// times and letters, the same sets, and for each purpose and type of restriction the same
/// vendors.
///
/// Segments that were passed over are not looked at. It allocates where a string has
/// publisher restrictions.
///
/// ```
/// # use consent_string::tcf::TcString;
/// let text = "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA";
/// let (consent, filled): (TcString, TcString) = (text.parse()?, format!("{text}A").parse()?);
/// assert_ne!(consent, filled);
/// assert!(consent.says_the_same_as(&filled));
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[must_use]
pub fn says_the_same_as<'x, 'y>(self, other: impl Into<TcStringRef<'x, 'y>>) -> bool {
    let other = other.into();
    self.header() == other.header()
        && same(self.vendors_consent(), other.vendors_consent())
        && same(self.vendors_li(), other.vendors_li())
        && same_segment(self.disclosed_vendors(), other.disclosed_vendors())
        && same_segment(self.allowed_vendors(), other.allowed_vendors())
        && self.publisher_tc() == other.publisher_tc()
        && restricted(*self) == restricted(other)
}

}

fn same(one: VendorsRef<'_>, other: VendorsRef<'_>) -> bool {
    one.ranges().eq(other.ranges())
}

fn same_segment(one: Option<VendorsRef<'_>>, other: Option<VendorsRef<'_>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => same(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// The vendors of each restriction, where there are any.
pub(super) fn restricted(consent: TcStringRef<'_, '_>) -> Restricted<(PurposeId, RestrictionType)> {
    let some = consent.publisher_restrictions().filter(|on| !on.vendors().is_empty());
    restricted::restricted(
        some.map(|on| ((on.purpose(), on.restriction_type()), on.vendors().ranges())),
    )
}
