//! What both forms of a string answer about their parts, each getter stated once.

use core::iter::FusedIterator;

use uuid::Uuid;

use super::consent_string::ConsentString;
use super::encoding::SectionForm;
use super::ids::{PurposeId, VendorId};
use super::section_kind::SectionKind;
use super::section_ref::SectionRef;
use super::version::{Regulation, Version};
use super::view::ConsentStringRef;
use crate::both_forms::both_forms;
use crate::ids::Id;
use crate::time::Timestamp;

both_forms! { ConsentStringRef<'t, 'b>, ConsentString:

/// The version.
#[must_use]
pub fn version(self) -> Version {
    self.checked.header.version()
}

/// Didomi's ID of the user.
#[must_use]
pub fn user_id(self) -> Uuid {
    self.checked.header.user_id
}

/// When the user's choices were first stored.
#[must_use]
pub fn created(self) -> Timestamp {
    self.checked.header.created
}

/// When the user's choices were last changed.
#[must_use]
pub fn updated(self) -> Timestamp {
    self.checked.header.updated
}

/// The regulation; version 1 has none.
#[must_use]
pub fn regulation(self) -> Option<Regulation> {
    self.checked.header.regulation()
}

/// When the choices were last synchronized; version 1 has none. The place of this date in
/// the bits is inferred: no real string with one is known.
#[must_use]
pub fn sync(self) -> Option<Timestamp> {
    self.checked.header.sync()
}

/// Purposes, consent (version 2: opt-in).
#[must_use]
pub fn purposes(self: 'b) -> SectionRef<'b, PurposeId> {
    self.section(SectionKind::Purposes)
}

/// Purposes, legitimate interest (version 2: opt-out).
#[must_use]
pub fn purposes_li(self: 'b) -> SectionRef<'b, PurposeId> {
    self.section(SectionKind::PurposesLi)
}

/// Vendors, consent (version 2: opt-in).
#[must_use]
pub fn vendors(self: 'b) -> SectionRef<'b, VendorId> {
    self.section(SectionKind::Vendors)
}

/// Vendors, legitimate interest (version 2: opt-out).
#[must_use]
pub fn vendors_li(self: 'b) -> SectionRef<'b, VendorId> {
    self.section(SectionKind::VendorsLi)
}

/// How a section is encoded.
#[must_use]
pub fn form(self, section: SectionKind) -> SectionForm {
    self.checked.sections[section as usize].form
}

/// The sections whose meaning rests on a statuses code that is inferred only.
pub fn inferred_sections(self) -> InferredSections {
    let is_inferred = |&kind: &SectionKind| self.form(kind).is_inferred();
    InferredSections { found: SectionKind::ALL.iter().fold(0, |found, kind| {
        found | u8::from(is_inferred(kind)) << *kind as u8
    })}
}

/// The device ID, an opaque token.
#[must_use]
pub fn did(self: 't) -> Option<&'t str> {
    self.checked.frame.did(self.text)
}

/// The organization user ID, an opaque token.
#[must_use]
pub fn ouid(self: 't) -> Option<&'t str> {
    self.checked.frame.ouid(self.text)
}

/// The signature, an opaque token. How it is made is not published: nothing here checks it.
#[must_use]
pub fn signature(self: 't) -> Option<&'t str> {
    self.checked.frame.signature(self.text)
}

/// What a signature covers, in its exact bytes: all of the text before the signature's
/// separator. That it is this part is inferred.
#[must_use]
pub fn signed_part(self: 't) -> &'t str {
    self.checked.frame.signed_part(self.text)
}

}

impl<'b> ConsentStringRef<'_, 'b> {
    #[inline]
    pub(super) fn section<I: Id>(&self, kind: SectionKind) -> SectionRef<'b, I> {
        SectionRef::new(self.reader(), self.checked.sections[kind as usize])
    }
}

/// The sections of a string whose meaning rests on a statuses code that is inferred only, in their
/// order.
#[derive(Debug, Clone)]
#[must_use = "iterators do nothing unless consumed"]
pub struct InferredSections {
    /// A bit a kind.
    found: u8,
}

impl Iterator for InferredSections {
    type Item = SectionKind;

    fn next(&mut self) -> Option<SectionKind> {
        let kind = *SectionKind::ALL.get(self.found.trailing_zeros() as usize)?;
        self.found &= self.found - 1;
        Some(kind)
    }
}

impl FusedIterator for InferredSections {}
