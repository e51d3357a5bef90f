//! What differs between two Didomi Consent Strings.
//!
//! That a difference says what it says, and its order, are rules of ours.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use uuid::Uuid;

use super::consent_string::ConsentString;
use super::decoded::{Decoded, Signed};
use super::ids::{PurposeId, VendorId};
use super::section::Section;
use super::section_kind::SectionKind;
use super::section_ref::SectionRef;
use super::status::Status;
use super::version::{Regulation, Version};
use super::view::ConsentStringRef;
use crate::both_forms::both_forms;
use crate::diff::{
    Answer, ApplyError, IdChange, Row, Said, apply_id_changes, field_changes, id_changes, rows,
    shown, told_by_rows,
};
use crate::ids::Id;
use crate::time::Timestamp;

shown!(Version, Regulation);

impl Said for Status {
    const SILENT: Self = Self::Undefined;

    fn said(self) -> Answer {
        Answer::Status(self.name())
    }
}

/// What [`FieldChange`] is about.
struct Fields {
    version: Version,
    user_id: Uuid,
    created: Timestamp,
    updated: Timestamp,
    regulation: Option<Regulation>,
    sync: Option<Timestamp>,
    did: Option<String>,
    ouid: Option<String>,
    signature: Option<String>,
}

impl Fields {
    fn of(consent: &ConsentStringRef<'_, '_>) -> Self {
        Self {
            version: consent.version(),
            user_id: consent.user_id(),
            created: consent.created(),
            updated: consent.updated(),
            regulation: consent.regulation(),
            sync: consent.sync(),
            did: consent.did().map(String::from),
            ouid: consent.ouid().map(String::from),
            signature: consent.signature().map(String::from),
        }
    }
}

field_changes! {
    /// A change of what stands before or behind the sections of a string.
    ///
    /// Printed, it does not show user ID and tokens: `user_id: changed`, `ouid: added`,
    /// `signature: removed`. Serialized (feature `serde`), it does.
    FieldChange of Fields {
        /// The version.
        Version(Version) = "version", version;
        /// Didomi's ID of the user.
        UserId(Uuid) = "user_id", user_id;
        /// When the choices were first stored.
        Created(Timestamp) = "created", created;
        /// When the choices were last changed.
        Updated(Timestamp) = "updated", updated;
        /// The regulation.
        Regulation(Option<Regulation>) = "regulation", regulation;
        /// When the choices were last synchronized.
        Sync(Option<Timestamp>) = "sync", sync;
        /// The device ID.
        Did(Option<String>) = "did", did;
        /// The organization user ID.
        Ouid(Option<String>) = "ouid", ouid;
        /// The signature.
        Signature(Option<String>) = "signature", signature;
    }
}

/// What differs between two strings, from the first to the second: see
/// [`ConsentString::diff`].
///
/// Its order is fixed: the header in the order of [`FieldChange`], then the sections in the order
/// of [`SectionKind`], in each the IDs rising. Printed, it is one change a line, and shows neither
/// user ID nor tokens. Serialized (feature `serde`), it is
/// `{"header": [{"field", "from", "to"}], "sections": [{"section", "ids": "7-9", "from", "to"}]}`,
/// with the values of fields as in [`Decoded`], and shows them all.
#[derive(Clone, PartialEq, Eq)]
pub struct Difference {
    header: Vec<FieldChange>,
    purposes: Vec<IdChange<PurposeId, Status>>,
    purposes_li: Vec<IdChange<PurposeId, Status>>,
    vendors: Vec<IdChange<VendorId, Status>>,
    vendors_li: Vec<IdChange<VendorId, Status>>,
    /// What the second string's signature covers.
    signed: Signed,
}

both_forms! { ConsentStringRef<'t, 'b>, ConsentString:

/// What differs between this string and another one, of either form: what changes from this one to
/// the other.
///
/// Encoding and frame are no difference; a signature is one, though it says nothing of the user's
/// choices. But for signatures, there is none where [`says_the_same_as`](Self::says_the_same_as)
/// answers yes.
#[must_use]
pub fn diff<'x, 'y>(self, to: impl Into<ConsentStringRef<'x, 'y>>) -> Difference {
    let to = to.into();
    Difference {
        header: FieldChange::between(&Fields::of(self), &Fields::of(&to)),
        purposes: id_changes(self.purposes().runs(), to.purposes().runs()),
        purposes_li: id_changes(self.purposes_li().runs(), to.purposes_li().runs()),
        vendors: id_changes(self.vendors().runs(), to.vendors().runs()),
        vendors_li: id_changes(self.vendors_li().runs(), to.vendors_li().runs()),
        signed: Signed::of(&to),
    }
}

}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.header.is_empty() && self.rows().next().is_none()
    }

    /// The changes of what stands before and behind the sections.
    #[must_use]
    pub fn header(&self) -> &[FieldChange] {
        &self.header
    }

    /// The changes of purposes, consent (version 2: opt-in), rising.
    #[must_use]
    pub fn purposes(&self) -> &[IdChange<PurposeId, Status>] {
        &self.purposes
    }

    /// The changes of purposes, legitimate interest (version 2: opt-out), rising.
    #[must_use]
    pub fn purposes_li(&self) -> &[IdChange<PurposeId, Status>] {
        &self.purposes_li
    }

    /// The changes of vendors, consent (version 2: opt-in), rising.
    #[must_use]
    pub fn vendors(&self) -> &[IdChange<VendorId, Status>] {
        &self.vendors
    }

    /// The changes of vendors, legitimate interest (version 2: opt-out), rising.
    #[must_use]
    pub fn vendors_li(&self) -> &[IdChange<VendorId, Status>] {
        &self.vendors_li
    }

    /// The canonical string that says what the difference leads to, from the string that it starts
    /// from: of the difference from `a` to `b`, applied to `a`, what `b` says.
    ///
    /// It has the signature of the second string only if it is that string, byte for byte; else it
    /// has none.
    ///
    /// # Errors
    ///
    /// [`ApplyError::OtherStart`] for a string that says something else than the first one, where
    /// the two strings differ.
    pub fn apply_to<'x, 'y>(
        &self,
        consent: impl Into<ConsentStringRef<'x, 'y>>,
    ) -> Result<ConsentString, ApplyError> {
        let consent = consent.into();
        let mut fields = Fields::of(&consent);
        for change in &self.header {
            change.apply(&mut fields)?;
        }
        let led = Decoded {
            version: fields.version,
            user_id: fields.user_id,
            created: fields.created,
            updated: fields.updated,
            regulation: fields.regulation,
            sync: fields.sync,
            purposes: changed(consent.purposes(), &self.purposes, SectionKind::Purposes)?,
            purposes_li: changed(
                consent.purposes_li(),
                &self.purposes_li,
                SectionKind::PurposesLi,
            )?,
            vendors: changed(consent.vendors(), &self.vendors, SectionKind::Vendors)?,
            vendors_li: changed(consent.vendors_li(), &self.vendors_li, SectionKind::VendorsLi)?,
            did: fields.did,
            ouid: fields.ouid,
            signature: fields.signature,
            signed: self.signed.clone(),
        };
        Ok(led.encode()?)
    }

    /// The changes of all sections, in their order.
    fn rows(&self) -> impl Iterator<Item = Row> + Clone {
        rows(SectionKind::Purposes.name(), &self.purposes)
            .chain(rows(SectionKind::PurposesLi.name(), &self.purposes_li))
            .chain(rows(SectionKind::Vendors.name(), &self.vendors))
            .chain(rows(SectionKind::VendorsLi.name(), &self.vendors_li))
    }
}

/// The section after some changes.
fn changed<I: Id>(
    section: SectionRef<'_, I>,
    changes: &[IdChange<I, Status>],
    kind: SectionKind,
) -> Result<Section<I>, ApplyError> {
    let mut changed = Section::new();
    apply_id_changes(section.runs(), changes, kind.name(), |ids, status| {
        changed.push(ids, status);
    })?;
    Ok(changed)
}

told_by_rows!(Difference);

/// How much differs: there may be many changes.
impl fmt::Debug for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Difference")
            .field("header", &self.header)
            .field("purposes", &self.purposes.len())
            .field("purposes_li", &self.purposes_li.len())
            .field("vendors", &self.vendors.len())
            .field("vendors_li", &self.vendors_li.len())
            .finish_non_exhaustive()
    }
}
