//! Building a string from its parts: its bits, its text, and where in them everything stands.

use alloc::string::String;
use core::fmt;

use uuid::Uuid;

use super::checked::Checked;
use super::choose_encoding::Plan;
use super::consent_string::ConsentString;
use super::frame::{self, Frame};
use super::header::{Edition, Header};
use super::ids::{PurposeId, VendorId};
use super::options::EncodeOptions;
use super::section::Section;
use super::section_kind::SectionKind;
use super::version::{Regulation, Version};
use super::view::ConsentStringRef;
use super::write_section::put;
use crate::bits::{BitWriter, SLACK};
use crate::both_forms::both_forms;
use crate::error::{EncodeError, EncodeErrorKind};
use crate::text::{self, MAX_TEXT_LENGTH};
use crate::time::Timestamp;

/// The parts of a string that is being built; see [`ConsentString::builder`] and
/// [`ConsentString::to_builder`].
///
/// It has no signature: nobody can sign before the text exists. Sign
/// [`signed_part`](ConsentString::signed_part) of what was built, and put the signature on with
/// [`with_signature`](ConsentString::with_signature).
///
/// ```
/// use consent_string::didomi::{ConsentString, PurposeId, Regulation, Section, Status, Version};
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
}

impl Builder {
    const fn new(version: Version) -> Self {
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
    pub fn regulation(mut self, regulation: impl Into<Option<Regulation>>) -> Self {
        self.regulation = regulation.into();
        self
    }

    /// When the choices were last synchronized; `None` for never. Refused in version 1.
    pub fn sync(mut self, sync: impl Into<Option<Timestamp>>) -> Self {
        self.sync = sync.into();
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

    /// The string of these parts, each section in its smallest form, in the version's own frame,
    /// without a signature.
    ///
    /// # Errors
    ///
    /// - [`EncodeErrorKind::Missing`] without user ID or creation date, or for a version 2
    ///   without regulation;
    /// - [`EncodeErrorKind::NotInVersion`] for a version 1 with regulation or sync date;
    /// - [`EncodeErrorKind::InvalidCharacter`] for a token that would break the frame, as `"a.b"`
    ///   would, or that no cookie can have as it is, such as `"a%2Eb"`;
    /// - [`EncodeErrorKind::TooLong`] for a text that is longer than [`MAX_TEXT_LENGTH`]: a reader
    ///   would refuse it.
    pub fn build(&self) -> Result<ConsentString, EncodeError> {
        self.build_with(&EncodeOptions::new())
    }

    /// The string of these parts under some options.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and [`EncodeErrorKind::NotEncodable`] where an encoding that the
    /// options force can't hold its section: ranges for a section whose highest ID is disabled,
    /// without the inferred codes.
    pub fn build_with(&self, options: &EncodeOptions) -> Result<ConsentString, EncodeError> {
        let header = self.header()?;
        for (token, name) in [(&self.did, "did"), (&self.ouid, "ouid")] {
            if !frame::is_token(token) {
                return Err(EncodeError::new(EncodeErrorKind::InvalidCharacter, name));
            }
        }
        let plans = [
            Plan::choose(&self.purposes, SectionKind::Purposes, options)?,
            Plan::choose(&self.purposes_li, SectionKind::PurposesLi, options)?,
            Plan::choose(&self.vendors, SectionKind::Vendors, options)?,
            Plan::choose(&self.vendors_li, SectionKind::VendorsLi, options)?,
        ];
        let planned: usize = plans.iter().map(|plan| plan.form().bits()).sum();
        // Filled with zeros to whole groups of four characters.
        let characters = (header.bits() + planned).div_ceil(24) * 4;
        let room = text::buffer_len(characters);
        let mut writer = BitWriter::with_capacity(8 * (room - SLACK));
        header.put(&mut writer);
        let [purposes, purposes_li, vendors, vendors_li] = plans;
        let sections = [
            put(&self.purposes, purposes, &mut writer),
            put(&self.purposes_li, purposes_li, &mut writer),
            put(&self.vendors, vendors, &mut writer),
            put(&self.vendors_li, vendors_li, &mut writer),
        ];
        let mut bits = writer.into_filled(3);
        let tokens = [&*self.did, &*self.ouid, ""];
        let mut text = text::encode(&bits, Frame::put_len(self.version, tokens));
        debug_assert_eq!(text.len(), characters, "as long as planned");
        let frame = Frame::put(self.version, tokens, &mut text);
        check_length(&text)?;
        bits.resize(room, 0);
        let checked = Checked::new(frame, header, sections, characters);
        Ok(ConsentString { text: text.into(), bits: bits.into(), checked })
    }

    fn header(&self) -> Result<Header, EncodeError> {
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
        Ok(Header { user_id, created, updated: self.updated.unwrap_or(created), edition })
    }
}

/// Refuses a text that a reader would refuse for its length.
pub(super) fn check_length(text: &str) -> Result<(), EncodeError> {
    if text.len() > MAX_TEXT_LENGTH as usize {
        let kind = EncodeErrorKind::TooLong { maximum: MAX_TEXT_LENGTH };
        return Err(EncodeError::new(kind, "text"));
    }
    Ok(())
}

impl ConsentString {
    /// Starts a new string.
    pub fn builder(version: Version) -> Builder {
        Builder::new(version)
    }
}

both_forms! { ConsentStringRef<'t, 'b>, ConsentString:

/// A builder that starts from the parts of this string, but for its signature.
pub fn to_builder(self) -> Builder {
    Builder {
        version: self.version(),
        user_id: Some(self.user_id()),
        created: Some(self.created()),
        updated: Some(self.updated()),
        regulation: self.regulation(),
        sync: self.sync(),
        purposes: self.purposes().to_section(),
        purposes_li: self.purposes_li().to_section(),
        vendors: self.vendors().to_section(),
        vendors_li: self.vendors_li().to_section(),
        did: self.did().unwrap_or_default().into(),
        ouid: self.ouid().unwrap_or_default().into(),
    }
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
            .finish_non_exhaustive()
    }
}
