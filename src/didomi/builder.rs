//! Building a string from its parts.

use alloc::string::String;
use core::fmt;

use uuid::Uuid;

use super::consent_string::ConsentString;
use super::frame::Tokens;
use super::header::{Edition, Header, Regulation, Version};
use super::ids::{PurposeId, VendorId};
use super::section::Section;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::time::Timestamp;

/// The parts of a string that is being built; see [`ConsentString::builder`].
///
/// ```
/// use consent_string::didomi::{ConsentString, Regulation, Section, Status, Version};
/// use consent_string::Timestamp;
/// use consent_string::didomi::PurposeId;
///
/// let mut purposes = Section::new();
/// purposes.set_range(PurposeId::MIN..=PurposeId::new(10).unwrap(), Status::Enabled);
/// let consent = ConsentString::builder(Version::V2)
///     .user_id("1875afe1-461b-6b9f-9d66-700174abbffc".parse()?)
///     .created("2023-04-12T18:10:00.000Z".parse()?)
///     .regulation(Regulation::GDPR)
///     .purposes(purposes)
///     .build()?;
/// assert_eq!(
///     consent.to_string(),
///     "CGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsAABQAADpkAACAABAAA...",
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use]
pub struct Builder {
    version: Version,
    user_id: Option<Uuid>,
    created: Option<Timestamp>,
    updated: Option<Timestamp>,
    regulation: Option<Regulation>,
    sync: Option<Timestamp>,
    purposes: Section<PurposeId>,
    purposes_li: Section<PurposeId>,
    vendors: Section<VendorId>,
    vendors_li: Section<VendorId>,
    did: String,
    ouid: String,
    signature: String,
}

impl Builder {
    pub(super) const fn new(version: Version) -> Self {
        Self {
            version,
            user_id: None,
            created: None,
            updated: None,
            regulation: None,
            sync: None,
            purposes: Section::new(),
            purposes_li: Section::new(),
            vendors: Section::new(),
            vendors_li: Section::new(),
            did: String::new(),
            ouid: String::new(),
            signature: String::new(),
        }
    }

    /// Didomi's ID of the user. Required.
    pub fn user_id(mut self, user_id: Uuid) -> Self {
        self.user_id = Some(user_id);
        self
    }

    /// When the choices were first stored. Required.
    pub fn created(mut self, created: Timestamp) -> Self {
        self.created = Some(created);
        self
    }

    /// When the choices were last changed; if left out, when they were first stored.
    pub fn updated(mut self, updated: Timestamp) -> Self {
        self.updated = Some(updated);
        self
    }

    /// The regulation. Required in version 2, refused in version 1.
    pub fn regulation(mut self, regulation: Regulation) -> Self {
        self.regulation = Some(regulation);
        self
    }

    /// When the choices were last synchronized. Refused in version 1.
    pub fn sync(mut self, sync: Timestamp) -> Self {
        self.sync = Some(sync);
        self
    }

    /// Purposes, consent (version 2: opt-in).
    pub fn purposes(mut self, purposes: Section<PurposeId>) -> Self {
        self.purposes = purposes;
        self
    }

    /// Purposes, legitimate interest (version 2: opt-out).
    pub fn purposes_li(mut self, purposes: Section<PurposeId>) -> Self {
        self.purposes_li = purposes;
        self
    }

    /// Vendors, consent (version 2: opt-in).
    pub fn vendors(mut self, vendors: Section<VendorId>) -> Self {
        self.vendors = vendors;
        self
    }

    /// Vendors, legitimate interest (version 2: opt-out).
    pub fn vendors_li(mut self, vendors: Section<VendorId>) -> Self {
        self.vendors_li = vendors;
        self
    }

    /// The device ID; an empty one is none.
    pub fn did(mut self, did: impl Into<String>) -> Self {
        self.did = did.into();
        self
    }

    /// The organization user ID; an empty one is none.
    pub fn ouid(mut self, ouid: impl Into<String>) -> Self {
        self.ouid = ouid.into();
        self
    }

    /// The signature; an empty one is none.
    pub fn signature(mut self, signature: impl Into<String>) -> Self {
        self.signature = signature.into();
        self
    }

    /// The string of these parts.
    ///
    /// # Errors
    ///
    /// - [`EncodeErrorKind::Missing`] without user ID or creation date, or for a version 2
    ///   without regulation;
    /// - [`EncodeErrorKind::NotInVersion`] for a version 1 with regulation or sync date;
    /// - [`EncodeErrorKind::InvalidCharacter`] for a token that would break the frame:
    ///   `"a.b"`.
    pub fn build(self) -> Result<ConsentString, EncodeError> {
        let missing = |field| EncodeError::new(EncodeErrorKind::Missing, field);
        let misplaced = |field| EncodeError::new(EncodeErrorKind::NotInVersion, field);
        let user_id = self.user_id.ok_or_else(|| missing("user_id"))?;
        let created = self.created.ok_or_else(|| missing("created"))?;
        let edition = match (self.version, self.regulation, self.sync) {
            (Version::V1, None, None) => Edition::V1,
            (Version::V1, Some(_), _) => return Err(misplaced("regulation")),
            (Version::V1, None, Some(_)) => return Err(misplaced("sync")),
            (Version::V2, Some(regulation), sync) => Edition::V2 { regulation, sync },
            (Version::V2, None, _) => return Err(missing("regulation")),
        };
        let header = Header { user_id, created, updated: self.updated.unwrap_or(created), edition };
        Ok(ConsentString {
            header,
            purposes: self.purposes,
            purposes_li: self.purposes_li,
            vendors: self.vendors,
            vendors_li: self.vendors_li,
            tokens: Tokens::new(&self.did, &self.ouid, &self.signature)?,
            forms: None,
        })
    }
}

/// As little of the user as [`ConsentString`] shows.
impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("version", &self.version)
            .field("created", &self.created)
            .field("updated", &self.updated)
            .field("regulation", &self.regulation)
            .field("sync", &self.sync)
            .field("purposes", &self.purposes)
            .field("purposes_li", &self.purposes_li)
            .field("vendors", &self.vendors)
            .field("vendors_li", &self.vendors_li)
            .finish_non_exhaustive()
    }
}
