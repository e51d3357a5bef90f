//! The question that a service has: may a vendor act for some purposes, on a legal basis?

use core::borrow::Borrow;

use super::consent_string::ConsentString;
use super::ids::{PurposeId, VendorId};
use super::legal_basis::LegalBasis;
use super::section_kind::SectionKind;
use super::status::Status;
use super::view::ConsentStringRef;
use crate::both_forms::both_forms;

both_forms! { ConsentStringRef<'t, 'b>, ConsentString:

/// Whether the person allows a vendor to act for each of some purposes, on one legal basis: the
/// vendor and all of the purposes must be enabled in the sections of that basis.
///
/// Vendors and purposes are Didomi's own. Under the GDPR it is the TC string that answers for the
/// vendors of IAB Europe's list and for the purposes of its framework, with rules of its own.
///
/// A call allocates nothing, and asks for the vendor and for each purpose once: at once in a bit
/// field, linear in the number of ranges otherwise.
///
/// ```
/// use consent_string::didomi::{ConsentString, LegalBasis, PurposeId, Refusal, Status, VendorId};
///
/// const US: VendorId = VendorId::new(130).unwrap();
/// const ADS: PurposeId = PurposeId::new(2).unwrap();
/// const MEASURE: PurposeId = PurposeId::new(3).unwrap();
///
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA";
/// let consent: ConsentString = text.parse()?;
/// assert_eq!(consent.allows(US, [ADS], LegalBasis::Consent), Ok(()));
/// let refusal = consent.allows(US, [ADS, MEASURE], LegalBasis::Consent).unwrap_err();
/// assert_eq!(refusal.status(), Some(Status::Disabled));
/// assert_eq!(refusal.to_string(), "purpose 3 is disabled in purposes");
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
///
/// # Errors
///
/// The first reason against: the vendor, then the purposes in their order. Without any purpose
/// the answer is [`Refusal::NoPurpose`]: a vendor alone may do nothing.
pub fn allows(
    self,
    vendor: VendorId,
    purposes: impl IntoIterator<Item: Borrow<PurposeId>>,
    basis: LegalBasis,
) -> Result<(), Refusal> {
    let section = basis.vendors();
    let status = self.section::<VendorId>(section).status(vendor);
    if !status.is_enabled() {
        return Err(Refusal::Vendor { vendor, status, section });
    }
    let section = basis.purposes();
    let said = self.section::<PurposeId>(section);
    let mut asked = false;
    for purpose in purposes {
        asked = true;
        let purpose = *purpose.borrow();
        let status = said.status(purpose);
        if !status.is_enabled() {
            return Err(Refusal::Purpose { purpose, status, section });
        }
    }
    if asked { Ok(()) } else { Err(Refusal::NoPurpose) }
}

}

/// Why a vendor may not act: the first reason against.
///
/// Whether the person refused, or the string says nothing, is told apart by
/// [`status`](Self::status). Nothing of it is an error of the string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The vendor is not enabled.
    #[error("vendor {vendor} is {status} in {section}")]
    Vendor {
        /// The vendor that was asked about.
        vendor: VendorId,
        /// [`Disabled`](Status::Disabled), or [`Undefined`](Status::Undefined): never asked for.
        status: Status,
        /// The section of the legal basis.
        section: SectionKind,
    },
    /// A purpose is not enabled.
    #[error("purpose {purpose} is {status} in {section}")]
    Purpose {
        /// The first of the purposes of which that is true.
        purpose: PurposeId,
        /// [`Disabled`](Status::Disabled), or [`Undefined`](Status::Undefined): never asked for.
        status: Status,
        /// The section of the legal basis.
        section: SectionKind,
    },
    /// No purpose was named.
    #[error("no purpose was named, expected at least one")]
    NoPurpose,
}

impl Refusal {
    /// The reason's name in `snake_case`, without its facts: stable, for logs and metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vendor { status: Status::Disabled, .. } => "vendor_disabled",
            Self::Vendor { .. } => "vendor_undefined",
            Self::Purpose { status: Status::Disabled, .. } => "purpose_disabled",
            Self::Purpose { .. } => "purpose_undefined",
            Self::NoPurpose => "no_purpose",
        }
    }

    /// The status of the vendor or the purpose that is the reason: disabled or undefined.
    #[must_use]
    pub const fn status(self) -> Option<Status> {
        match self {
            Self::Vendor { status, .. } | Self::Purpose { status, .. } => Some(status),
            Self::NoPurpose => None,
        }
    }

    /// The section that was asked.
    #[must_use]
    pub const fn section(self) -> Option<SectionKind> {
        match self {
            Self::Vendor { section, .. } | Self::Purpose { section, .. } => Some(section),
            Self::NoPurpose => None,
        }
    }
}
