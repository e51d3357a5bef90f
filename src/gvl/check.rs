//! A TC string held against the lists.

use alloc::vec::Vec;
use core::fmt;

use super::{CmpList, VendorList};
use crate::ids::IdSet;
use crate::tcf::{Effect, TcStringRef, VendorId, VendorsRef};
use crate::time::Timestamp;

/// A place of a TC string that names vendors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VendorSection {
    /// The vendors that the user consented to.
    Consent,
    /// The vendors on legitimate interest.
    LegitimateInterest,
    /// The vendors that were disclosed.
    Disclosed,
    /// The allowed vendors of older strings.
    Allowed,
    /// The vendors that the publisher restricts, for whichever purpose.
    Restrictions,
}

impl VendorSection {
    /// The section's name, as [`Decoded`](crate::tcf::Decoded) has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Consent => "vendors_consent",
            Self::LegitimateInterest => "vendors_li",
            Self::Disclosed => "disclosed_vendors",
            Self::Allowed => "allowed_vendors",
            Self::Restrictions => "publisher_restrictions",
        }
    }
}

impl fmt::Display for VendorSection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What the lists say against a TC string; [`effect`](Self::effect) says what follows from it.
///
/// What speaks against a string by itself is a [`Violation`](crate::tcf::Violation).
#[derive(Debug, Clone, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ListViolation {
    /// The platform is deleted from the list of platforms. [`Effect::Invalid`], by the
    /// specification: from then on its strings are to be discarded.
    #[error("platform {cmp_id}, which is deleted since {since}")]
    PlatformDeleted {
        /// The string's platform.
        cmp_id: u16,
        /// From when on it is deleted.
        since: Timestamp,
    },
    /// The platform is not in the list of platforms. [`Effect::Suspect`]; ours.
    #[error("platform {cmp_id}, which is not in the list")]
    UnknownPlatform {
        /// The string's platform.
        cmp_id: u16,
    },
    /// The string was made with another version of the vendor list. No effect: lists come
    /// weekly. Ours: of a string with a newer list, an older list can't know all vendors.
    #[error("vendor list {found}, beside version {list}")]
    ListVersion {
        /// The string's version of the list.
        found: u16,
        /// The version of the list that it is held against.
        list: u16,
    },
    /// The string was made under another version of the policies than the list. No effect: a
    /// list of the new policies comes before all strings of them.
    #[error("policy version {found}, beside a list of version {list}")]
    PolicyVersion {
        /// The string's version of the policies.
        found: u8,
        /// That of the list.
        list: u8,
    },
    /// The string names vendors that are not in the list. [`Effect::Suspect`]; ours. None of
    /// them is permitted anything where the list is asked.
    #[error("vendors of {section} that are not in the list: {}", .vendors.len())]
    UnknownVendors {
        /// Where they are named.
        section: VendorSection,
        /// The vendors.
        vendors: IdSet<VendorId>,
    },
    /// The string names vendors that are deleted from the list. No effect: platforms may go on
    /// naming them. None of them is permitted anything where the list is asked.
    #[error("vendors of {section} that are deleted from the list: {}", .vendors.len())]
    DeletedVendors {
        /// Where they are named.
        section: VendorSection,
        /// The vendors.
        vendors: IdSet<VendorId>,
    },
}

impl ListViolation {
    /// What follows from it; `None` where nothing does.
    #[must_use]
    pub const fn effect(&self) -> Option<Effect> {
        match self {
            Self::PlatformDeleted { .. } => Some(Effect::Invalid),
            Self::UnknownPlatform { .. } | Self::UnknownVendors { .. } => Some(Effect::Suspect),
            Self::ListVersion { .. } | Self::PolicyVersion { .. } | Self::DeletedVendors { .. } => {
                None
            }
        }
    }

    /// The rule's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::PlatformDeleted { .. } => "platform_deleted",
            Self::UnknownPlatform { .. } => "unknown_platform",
            Self::ListVersion { .. } => "list_version",
            Self::PolicyVersion { .. } => "policy_version",
            Self::UnknownVendors { .. } => "unknown_vendors",
            Self::DeletedVendors { .. } => "deleted_vendors",
        }
    }
}

/// All that the lists say against a TC string at a time, what makes it invalid first. It
/// allocates; time and memory grow with the string and the lists, not with how many vendors a
/// range of the string has.
///
/// ```
/// use consent_string::gvl::{CmpList, VendorList, violations};
/// use consent_string::tcf::TcString;
///
/// let list = VendorList::parse(br#"{
///     "gvlSpecificationVersion": 3, "vendorListVersion": 15, "tcfPolicyVersion": 2,
///     "lastUpdated": "2020-03-05T16:05:29Z", "vendors": {"1": {"id": 1, "name": "A vendor"}}
/// }"#)?;
/// let platforms = CmpList::parse(br#"{"cmps": {}}"#)?;
/// let consent: TcString = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA".parse()?;
/// let found = violations(&consent, Some(&list), Some(&platforms), consent.created());
/// let found: Vec<String> = found.iter().map(ToString::to_string).collect();
/// assert_eq!(found[0], "platform 888, which is not in the list");
/// assert_eq!(found[1], "vendors of vendors_consent that are not in the list: 9");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn violations<'t, 'b>(
    consent: impl Into<TcStringRef<'t, 'b>>,
    list: Option<&VendorList>,
    platforms: Option<&CmpList>,
    now: Timestamp,
) -> Vec<ListViolation> {
    let consent = consent.into();
    let mut found = Vec::new();
    if let Some(platforms) = platforms {
        found.extend(of_platform(consent.cmp_id(), platforms, now));
    }
    if let Some(list) = list {
        of_versions(&consent, list, &mut found);
        of_vendors(&consent, list, now, &mut found);
    }
    found
}

fn of_platform(cmp_id: u16, platforms: &CmpList, now: Timestamp) -> Option<ListViolation> {
    let Some(platform) = platforms.platform(cmp_id) else {
        return Some(ListViolation::UnknownPlatform { cmp_id });
    };
    let since = platform.deleted_date()?;
    platform.is_deleted_at(now).then_some(ListViolation::PlatformDeleted { cmp_id, since })
}

fn of_versions(
    consent: &TcStringRef<'_, '_>,
    list: &VendorList,
    violations: &mut Vec<ListViolation>,
) {
    let (found, list_version) = (consent.vendor_list_version(), list.version());
    if found != list_version {
        violations.push(ListViolation::ListVersion { found, list: list_version });
    }
    let (found, list_version) = (consent.tcf_policy_version(), list.policy_version());
    if found != list_version {
        violations.push(ListViolation::PolicyVersion { found, list: list_version });
    }
}

fn of_vendors(
    consent: &TcStringRef<'_, '_>,
    list: &VendorList,
    now: Timestamp,
    found: &mut Vec<ListViolation>,
) {
    let known: IdSet<VendorId> = list.vendors().map(super::Vendor::id).collect();
    let deleted = list.vendors().filter(|vendor| vendor.is_deleted_at(now));
    let deleted: IdSet<VendorId> = deleted.map(super::Vendor::id).collect();
    let restricted = consent.publisher_restrictions();
    let restricted = restricted.flat_map(|restriction| restriction.vendors().ranges());
    let in_segment = |vendors: Option<VendorsRef<'_>>| vendors.map(|vendors| vendors.to_set());
    let sections: [(VendorSection, IdSet<VendorId>); 5] = [
        (VendorSection::Consent, consent.vendors_consent().to_set()),
        (VendorSection::LegitimateInterest, consent.vendors_li().to_set()),
        (VendorSection::Disclosed, in_segment(consent.disclosed_vendors()).unwrap_or_default()),
        (VendorSection::Allowed, in_segment(consent.allowed_vendors()).unwrap_or_default()),
        (VendorSection::Restrictions, restricted.collect()),
    ];
    for (section, named) in sections {
        let vendors = named.difference(&known);
        if !vendors.is_empty() {
            found.push(ListViolation::UnknownVendors { section, vendors });
        }
        let vendors = named.intersection(&deleted);
        if !vendors.is_empty() {
            found.push(ListViolation::DeletedVendors { section, vendors });
        }
    }
}
