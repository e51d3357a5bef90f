//! Whether two strings say the same.

use super::section::SectionRef;
use super::view::GppStringRef;
use crate::buffer::Buffer;

/// Whether two strings have the same sections, each of which says the same.
pub(super) fn say_the_same(one: &GppStringRef<'_, '_>, other: &GppStringRef<'_, '_>) -> bool {
    one.section_ids().eq(other.section_ids())
        && one.sections().zip(other.sections()).all(|(one, other)| same(&one, &other))
}

/// Whether two sections of one ID say the same.
pub(super) fn same(one: &SectionRef<'_>, other: &SectionRef<'_>) -> bool {
    one.as_str() == other.as_str() || same_fields(one, other).unwrap_or(false)
}

/// Whether what they say is the same; `None` where one of them can't be read.
fn same_fields(one: &SectionRef<'_>, other: &SectionRef<'_>) -> Option<bool> {
    if let (Some(one), Some(other)) = (one.us(), other.us()) {
        return Some(one.ok()?.says_the_same_as(&other.ok()?));
    }
    if let (Some(one), Some(other)) = (one.us_privacy(), other.us_privacy()) {
        return Some(one.ok()? == other.ok()?);
    }
    let (mut buffer, mut other_buffer) = (Buffer::new(), Buffer::new());
    if let Some(one) = one.tc_string(&mut buffer) {
        let other = other.tc_string(&mut other_buffer)?.ok()?;
        return Some(one.ok()?.says_the_same_as(other));
    }
    let one = one.tcf_canada(&mut buffer)?.ok()?;
    let other = other.tcf_canada(&mut other_buffer)?.ok()?;
    Some(one.diff(&other).is_empty())
}
