//! One string of two of one user.
//!
//! Nothing is published of how Didomi does it: all rules here are ours. They are on the side of the
//! person: a later choice goes before an earlier one, and of two choices of the same time, no goes
//! before yes.

use core::cmp::Ordering;

use super::consent_string::ConsentString;
use super::section::Section;
use super::section_ref::SectionRef;
use super::status::Status;
use super::view::ConsentStringRef;
use crate::both_forms::both_forms;
use crate::error::EncodeError;
use crate::ids::{Id, side_by_side};

/// Why two strings can't be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// The user IDs differ.
    #[error("strings of different users, expected two strings with one user_id")]
    DifferentUsers,
    /// The organization user IDs differ, where both strings have one: one person's browser, and two
    /// people's accounts.
    #[error("strings of different organization users, expected one ouid, or none in one of them")]
    DifferentOrganizationUsers,
    /// The versions differ. A version 1 names no regulation, so it can't be known whether it is of
    /// the same one.
    #[error("strings of different versions, expected two of version 1 or two of version 2")]
    DifferentVersions,
    /// The regulations differ.
    #[error("strings of different regulations, expected two strings with one regulation")]
    DifferentRegulations,
    /// The result can't be written: it would be longer than what is read back.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

impl MergeError {
    /// The kind's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::DifferentUsers => "different_users",
            Self::DifferentOrganizationUsers => "different_organization_users",
            Self::DifferentVersions => "different_versions",
            Self::DifferentRegulations => "different_regulations",
            Self::Encode(error) => error.kind().name(),
        }
    }
}

both_forms! { ConsentStringRef<'t, 'b>, ConsentString:

/// The one string of this and another one of the same user, such as those of two devices. All its
/// rules are ours:
///
/// - Of each purpose and vendor, the string that was updated later says what was chosen; what it
///   leaves undefined, the other says. Where both were updated at the same time and one enables
///   what the other disables, it is disabled.
/// - `created` is the earlier one, `updated` the later one, `sync` the later one.
/// - Device ID and organization user ID are those of the string that was updated later, or of the
///   other one, where it has none. Of two device IDs of the same time, neither is kept.
/// - The result has no signature: those of the two strings cover other bytes.
///
/// Which of the two is asked makes no difference. Of more than two strings, begin with the two that
/// were updated first, and go on in that order: what is merged counts as updated when the later one
/// was, with all that it says. Then a no is never lost; an earlier one may stand against a yes where
/// two strings were updated at the same time.
///
/// # Errors
///
/// [`MergeError`] for strings of different users, organization users, versions or regulations, and
/// where the result can't be written.
///
/// ```
/// use consent_string::didomi::{ConsentString, Section, Status, VendorId};
///
/// let id = |number| VendorId::new(number).unwrap();
/// let phone: ConsentString =
///     "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA".parse()?;
/// let mut vendors = Section::new();
/// vendors.set(id(132), Status::Disabled);
/// let laptop = phone.to_builder().updated("2023-05-01T00:00:00Z".parse()?).vendors(vendors).build()?;
///
/// let merged = phone.merge(&laptop)?;
/// assert_eq!(merged.vendors().to_set().to_string(), "128-131");
/// assert_eq!(merged.vendors().status(id(132)), Status::Disabled);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn merge<'x, 'y>(
    self,
    other: impl Into<ConsentStringRef<'x, 'y>>,
) -> Result<ConsentString, MergeError> {
    merge(*self, other.into())
}

}

fn merge(
    one: ConsentStringRef<'_, '_>,
    other: ConsentStringRef<'_, '_>,
) -> Result<ConsentString, MergeError> {
    if one.user_id() != other.user_id() {
        return Err(MergeError::DifferentUsers);
    }
    if let (Some(one), Some(other)) = (one.ouid(), other.ouid()) {
        if one != other {
            return Err(MergeError::DifferentOrganizationUsers);
        }
    }
    if one.version() != other.version() {
        return Err(MergeError::DifferentVersions);
    }
    if one.regulation() != other.regulation() {
        return Err(MergeError::DifferentRegulations);
    }
    let times = one.updated().cmp(&other.updated());
    let (later, earlier) = if times == Ordering::Less { (other, one) } else { (one, other) };
    let is_tie = times == Ordering::Equal;
    let did = match (later.did(), earlier.did()) {
        (Some(one), Some(other)) if is_tie && one != other => None,
        (later, earlier) => later.or(earlier),
    };
    let built = ConsentString::builder(one.version())
        .user_id(one.user_id())
        .created(one.created().min(other.created()))
        .updated(one.updated().max(other.updated()))
        .regulation(one.regulation())
        .sync(one.sync().max(other.sync()))
        .purposes(section(later.purposes(), earlier.purposes(), is_tie))
        .purposes_li(section(later.purposes_li(), earlier.purposes_li(), is_tie))
        .vendors(section(later.vendors(), earlier.vendors(), is_tie))
        .vendors_li(section(later.vendors_li(), earlier.vendors_li(), is_tie))
        .did(did.unwrap_or_default())
        .ouid(later.ouid().or(earlier.ouid()).unwrap_or_default())
        .build()?;
    Ok(built)
}

/// A section in which `later` says of each ID what it says, and `earlier` what that leaves
/// undefined. Where both are of one time, what disables goes first.
fn section<I: Id>(
    later: SectionRef<'_, I>,
    earlier: SectionRef<'_, I>,
    is_tie: bool,
) -> Section<I> {
    let mut merged = Section::new();
    for (ids, later, earlier) in side_by_side(later.runs(), earlier.runs()) {
        let refuses = is_tie && earlier == Some(Status::Disabled);
        let status = if refuses { earlier } else { later.or(earlier) };
        merged.push(ids, status.unwrap_or(Status::Undefined));
    }
    merged
}
