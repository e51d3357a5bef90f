//! The owned form: the model to build, change, compare and print.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use uuid::Uuid;

use super::builder::Builder;
use super::choose::Plan;
use super::form::{SectionForm, SectionKind};
use super::frame::{Tokens, put_frame};
use super::header::{Edition, Header, Regulation, Version, header_getters};
use super::ids::{PurposeId, VendorId};
use super::keep::Kept;
use super::options::{DecodeOptions, EncodeOptions};
use super::section::Section;
use super::view::ConsentStringRef;
use super::write::encode_bits;
use crate::error::{DecodeError, EncodeError, EncodeErrorKind};
use crate::text;
use crate::time::Timestamp;

/// A Didomi Consent String with parts of its own.
///
/// [`FromStr`] reads one, [`Display`](fmt::Display) prints it: byte for byte the text that
/// was read, as long as nothing was changed, and the canonical form after a change.
///
/// `==` compares meaning: two strings are equal that say the same in different encodings.
/// For equality by bytes compare what they print.
///
/// A change to anything that the signature covers takes the signature away: it no longer
/// fits. Sign [`signed_part`](Self::signed_part) anew and call
/// [`set_signature`](Self::set_signature).
///
/// ```
/// use consent_string::didomi::VendorId;
/// use consent_string::didomi::{ConsentString, Status};
///
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA~c2ln";
/// let mut consent: ConsentString = text.parse()?;
/// assert_eq!(consent.to_string(), text);
/// assert_eq!(consent.vendors().enabled().to_string(), "128-132");
///
/// consent.vendors_mut().set(VendorId::new(7).unwrap(), Status::Disabled);
/// assert_eq!(consent.signature(), None);
/// assert_eq!(consent.to_string().parse::<ConsentString>()?, consent);
/// # Ok::<(), consent_string::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct ConsentString {
    pub(super) header: Header,
    pub(super) purposes: Section<PurposeId>,
    pub(super) purposes_li: Section<PurposeId>,
    pub(super) vendors: Section<VendorId>,
    pub(super) vendors_li: Section<VendorId>,
    /// The tokens; their text is this string's own while `forms` says how that is encoded.
    pub(super) tokens: Tokens,
    pub(super) forms: Option<[SectionForm; 4]>,
}

impl ConsentString {
    /// Starts a new string.
    pub fn builder(version: Version) -> Builder {
        Builder::new(version)
    }

    pub(super) fn decode(text: &str, options: &DecodeOptions) -> Result<Self, DecodeError> {
        // The limit is checked before a buffer is made for the text.
        text::check_length(text, options.max_text_length)?;
        text::with_buffer(text::buffer_len(text.len()), |buffer| {
            let mut kept = [const { Kept::new() }; 4];
            let view = ConsentStringRef::decode_and_keep(text, buffer, options, &mut kept)?;
            Ok(Self::of_view(&view, kept))
        })
    }

    fn of_view(view: &ConsentStringRef<'_>, kept: [Kept; 4]) -> Self {
        let [purposes, purposes_li, vendors, vendors_li] = kept;
        Self {
            header: view.header(),
            purposes: view.purposes().to_owned_with(purposes),
            purposes_li: view.purposes_li().to_owned_with(purposes_li),
            vendors: view.vendors().to_owned_with(vendors),
            vendors_li: view.vendors_li().to_owned_with(vendors_li),
            tokens: Tokens::of_text(view.as_str(), view.frame()),
            forms: Some(view.forms()),
        }
    }

    /// The text that was read; `None` for a string that was built or changed.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.forms.is_some().then(|| self.tokens.text())
    }

    /// The canonical text: every section in its smallest form, in the version's own frame.
    ///
    /// It may differ from the text that was read, whose signature then doesn't fit it:
    /// [`Display`](fmt::Display) prints what was read.
    #[must_use]
    pub fn encode(&self) -> String {
        self.print(&self.plans())
    }

    /// The text under some options.
    ///
    /// # Errors
    ///
    /// [`EncodeErrorKind::NotEncodable`] where an encoding that the options force can't hold
    /// its section: ranges for a section whose highest ID is disabled, without the inferred
    /// codes.
    pub fn encode_with(&self, options: &EncodeOptions) -> Result<String, EncodeError> {
        Ok(self.print(&[
            Plan::choose(&self.purposes, SectionKind::Purposes, options)?,
            Plan::choose(&self.purposes_li, SectionKind::PurposesLi, options)?,
            Plan::choose(&self.vendors, SectionKind::Vendors, options)?,
            Plan::choose(&self.vendors_li, SectionKind::VendorsLi, options)?,
        ]))
    }

    fn plans(&self) -> [Plan; 4] {
        [
            Plan::canonical(&self.purposes),
            Plan::canonical(&self.purposes_li),
            Plan::canonical(&self.vendors),
            Plan::canonical(&self.vendors_li),
        ]
    }

    fn print(&self, plans: &[Plan; 4]) -> String {
        let bytes = encode_bits(self, plans);
        let tokens = [self.did(), self.ouid(), self.signature()].map(Option::unwrap_or_default);
        let mut text = text::encode(&bytes, tokens.map(str::len).iter().sum::<usize>() + 3);
        put_frame(self.version(), tokens, &mut text);
        text
    }

    header_getters!();

    /// Purposes, consent (version 2: opt-in).
    #[must_use]
    pub const fn purposes(&self) -> &Section<PurposeId> {
        &self.purposes
    }

    /// Purposes, legitimate interest (version 2: opt-out).
    #[must_use]
    pub const fn purposes_li(&self) -> &Section<PurposeId> {
        &self.purposes_li
    }

    /// Vendors, consent (version 2: opt-in).
    #[must_use]
    pub const fn vendors(&self) -> &Section<VendorId> {
        &self.vendors
    }

    /// Vendors, legitimate interest (version 2: opt-out).
    #[must_use]
    pub const fn vendors_li(&self) -> &Section<VendorId> {
        &self.vendors_li
    }

    /// How a section is encoded: in the text that was read or, for a string that was built
    /// or changed, in the canonical one.
    #[must_use]
    pub fn form(&self, section: SectionKind) -> SectionForm {
        let forms = self.forms.unwrap_or_else(|| self.plans().map(Plan::form));
        forms[section as usize]
    }

    /// The sections whose meaning rests on a statuses code that is inferred only.
    pub fn inferred_sections(&self) -> impl Iterator<Item = SectionKind> + use<> {
        let forms = self.forms;
        SectionKind::ALL
            .into_iter()
            .filter(move |&kind| forms.is_some_and(|forms| forms[kind as usize].is_inferred()))
    }

    /// The device ID, an opaque token.
    #[must_use]
    pub fn did(&self) -> Option<&str> {
        self.tokens.did()
    }

    /// The organization user ID, an opaque token.
    #[must_use]
    pub fn ouid(&self) -> Option<&str> {
        self.tokens.ouid()
    }

    /// The signature, an opaque token. How it is made is not published: nothing here checks it.
    #[must_use]
    pub fn signature(&self) -> Option<&str> {
        self.tokens.signature()
    }

    /// What a signature covers, in its exact bytes: all of the printed text before the
    /// signature's separator. That it is this part is inferred.
    #[must_use]
    pub fn signed_part(&self) -> Cow<'_, str> {
        if self.forms.is_some() {
            return Cow::Borrowed(self.tokens.signed_part());
        }
        let mut text = self.encode();
        let unsigned = text.len() - self.signature().map_or(0, str::len);
        text.truncate(unsigned);
        // The separator is there in version 2 always, in version 1 with a signature only.
        if self.version() == Version::V2 || self.signature().is_some() {
            text.pop();
        }
        Cow::Owned(text)
    }

    /// The purposes under consent, to change. Takes the signature away.
    pub fn purposes_mut(&mut self) -> &mut Section<PurposeId> {
        self.changed();
        &mut self.purposes
    }

    /// The purposes under legitimate interest, to change. Takes the signature away.
    pub fn purposes_li_mut(&mut self) -> &mut Section<PurposeId> {
        self.changed();
        &mut self.purposes_li
    }

    /// The vendors under consent, to change. Takes the signature away.
    pub fn vendors_mut(&mut self) -> &mut Section<VendorId> {
        self.changed();
        &mut self.vendors
    }

    /// The vendors under legitimate interest, to change. Takes the signature away.
    pub fn vendors_li_mut(&mut self) -> &mut Section<VendorId> {
        self.changed();
        &mut self.vendors_li
    }

    /// Sets the user's ID. Takes the signature away.
    pub fn set_user_id(&mut self, user_id: Uuid) {
        self.changed();
        self.header.user_id = user_id;
    }

    /// Sets when the choices were first stored. Takes the signature away.
    pub fn set_created(&mut self, created: Timestamp) {
        self.changed();
        self.header.created = created;
    }

    /// Sets when the choices were last changed: do so with every change. Takes the signature
    /// away.
    pub fn set_updated(&mut self, updated: Timestamp) {
        self.changed();
        self.header.updated = updated;
    }

    /// Sets the regulation. Takes the signature away.
    ///
    /// # Errors
    ///
    /// [`EncodeErrorKind::NotInVersion`] in version 1.
    pub fn set_regulation(&mut self, regulation: Regulation) -> Result<(), EncodeError> {
        let Edition::V2 { sync, .. } = self.header.edition else {
            return Err(EncodeError::new(EncodeErrorKind::NotInVersion, "regulation"));
        };
        self.changed();
        self.header.edition = Edition::V2 { regulation, sync };
        Ok(())
    }

    /// Sets the sync date, or takes it out. Takes the signature away.
    ///
    /// # Errors
    ///
    /// [`EncodeErrorKind::NotInVersion`] in version 1.
    pub fn set_sync(&mut self, sync: Option<Timestamp>) -> Result<(), EncodeError> {
        let Edition::V2 { regulation, .. } = self.header.edition else {
            return Err(EncodeError::new(EncodeErrorKind::NotInVersion, "sync"));
        };
        self.changed();
        self.header.edition = Edition::V2 { regulation, sync };
        Ok(())
    }

    /// Sets the device ID; an empty one is none. Takes the signature away.
    ///
    /// # Errors
    ///
    /// [`EncodeErrorKind::InvalidCharacter`] for what would break the frame: `"a.b"`.
    pub fn set_did(&mut self, did: &str) -> Result<(), EncodeError> {
        self.tokens = Tokens::new(did, self.ouid().unwrap_or_default(), "")?;
        self.forms = None;
        Ok(())
    }

    /// Sets the organization user ID; an empty one is none. Takes the signature away.
    ///
    /// # Errors
    ///
    /// [`EncodeErrorKind::InvalidCharacter`] for what would break the frame: `"a.b"`.
    pub fn set_ouid(&mut self, ouid: &str) -> Result<(), EncodeError> {
        self.tokens = Tokens::new(self.did().unwrap_or_default(), ouid, "")?;
        self.forms = None;
        Ok(())
    }

    /// Sets the signature of [`signed_part`](Self::signed_part), whose bytes it leaves as
    /// they are; an empty one is none.
    ///
    /// # Errors
    ///
    /// [`EncodeErrorKind::InvalidCharacter`] for what would break the frame: `"a.b"`.
    pub fn set_signature(&mut self, signature: &str) -> Result<(), EncodeError> {
        self.tokens.replace_signature(signature)
    }

    /// Forgets the text that was read, and the signature, which no longer fits.
    fn changed(&mut self) {
        if self.forms.take().is_some() || self.signature().is_some() {
            let (did, ouid) = (self.did().unwrap_or_default(), self.ouid().unwrap_or_default());
            if let Ok(tokens) = Tokens::new(did, ouid, "") {
                self.tokens = tokens;
            }
        }
    }
}

impl From<&ConsentStringRef<'_>> for ConsentString {
    fn from(view: &ConsentStringRef<'_>) -> Self {
        Self::of_view(view, [const { Kept::new() }; 4])
    }
}

impl FromStr for ConsentString {
    type Err = DecodeError;

    /// Reads a string under the default [`DecodeOptions`].
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        DecodeOptions::new().decode(text)
    }
}

impl TryFrom<&str> for ConsentString {
    type Error = DecodeError;

    fn try_from(text: &str) -> Result<Self, DecodeError> {
        text.parse()
    }
}

impl fmt::Display for ConsentString {
    /// The text that was read; for a string that was built or changed, the canonical one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.source() {
            Some(text) => f.write_str(text),
            None => f.write_str(&self.encode()),
        }
    }
}

type Meaning<'a> =
    (&'a Header, [&'a Section<PurposeId>; 2], [&'a Section<VendorId>; 2], [Option<&'a str>; 3]);

impl ConsentString {
    /// What two equal strings have in common.
    fn meaning(&self) -> Meaning<'_> {
        (
            &self.header,
            [&self.purposes, &self.purposes_li],
            [&self.vendors, &self.vendors_li],
            [self.did(), self.ouid(), self.signature()],
        )
    }
}

impl PartialEq for ConsentString {
    fn eq(&self, other: &Self) -> bool {
        self.meaning() == other.meaning()
    }
}

impl Eq for ConsentString {}

impl Hash for ConsentString {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.meaning().hash(state);
    }
}

/// Neither the user's ID nor a token nor the text, which has both: logs are no place for them.
impl fmt::Debug for ConsentString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsentString")
            .field("header", &self.header)
            .field("purposes", &self.purposes)
            .field("purposes_li", &self.purposes_li)
            .field("vendors", &self.vendors)
            .field("vendors_li", &self.vendors_li)
            .finish_non_exhaustive()
    }
}
