//! A string as the object that Didomi's samples show, and the way back.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use uuid::Uuid;

use super::builder::Builder;
use super::consent_string::ConsentString;
use super::ids::{PurposeId, VendorId};
use super::section::Section;
use super::version::{Regulation, Version};
use super::view::ConsentStringRef;
use crate::both_forms::both_forms;
use crate::error::EncodeError;
use crate::time::Timestamp;

/// What a string says, part by part, in the shape of Didomi's samples.
///
/// With feature `serde` it is the object
///
/// ```json
/// {
///   "version": 2, "user_id": "1875afe1-461b-6b9f-9d66-700174abbffc",
///   "created": "2023-04-12T18:10:00.000Z", "updated": "2023-04-12T18:10:00.000Z",
///   "regulation": 1, "sync": null,
///   "purposes": {"enabled": [1, 2], "disabled": [3]}, "purposes_li": {"enabled": [], "disabled": []},
///   "vendors": {"enabled": [130], "disabled": []}, "vendors_li": {"enabled": [], "disabled": []},
///   "did": null, "ouid": null, "signature": null
/// }
/// ```
///
/// Read, a section, and whatever can be `null`, may be left out; a property that is not of the
/// shape is an error. The names that version 2 is documented with are taken, too:
/// `regulation_id`, `purposes_optin`, `purposes_optout`, `vendors_optin` and `vendors_optout`. Both
/// names of one part in one object are an error.
///
/// ```
/// use consent_string::didomi::{ConsentString, Status, VendorId};
///
/// let text = "BGHWv4UYba5-dZnABdKu__D6iWHsD6iWHsCABFKVEACKUqgAAERY4AABEWMA~c2ln";
/// let consent: ConsentString = text.parse()?;
/// let mut decoded = consent.decoded();
/// assert_eq!(decoded.encode()?, consent);
///
/// decoded.vendors.set(VendorId::new(7).unwrap(), Status::Enabled);
/// // Other bytes than those that were signed.
/// assert_eq!(decoded.encode()?.signature(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded {
    /// The version.
    pub version: Version,
    /// Didomi's ID of the user.
    pub user_id: Uuid,
    /// When the user's choices were first stored.
    pub created: Timestamp,
    /// When the user's choices were last changed.
    pub updated: Timestamp,
    /// The regulation; version 1 has none.
    pub regulation: Option<Regulation>,
    /// When the choices were last synchronized; version 1 has none.
    pub sync: Option<Timestamp>,
    /// Purposes, consent (version 2: opt-in).
    pub purposes: Section<PurposeId>,
    /// Purposes, legitimate interest (version 2: opt-out).
    pub purposes_li: Section<PurposeId>,
    /// Vendors, consent (version 2: opt-in).
    pub vendors: Section<VendorId>,
    /// Vendors, legitimate interest (version 2: opt-out).
    pub vendors_li: Section<VendorId>,
    /// The device ID.
    pub did: Option<String>,
    /// The organization user ID.
    pub ouid: Option<String>,
    /// The signature of the text that the string had. It is not kept over other bytes: see
    /// [`encode`](Self::encode).
    pub signature: Option<String>,
    pub(super) signed: Signed,
}

/// The text that a signature covers, where it is known; what is compared is the signature.
#[derive(Clone, Default)]
pub(super) struct Signed(Option<Box<str>>);

impl Signed {
    /// What a string's signature covers, if it has one.
    pub(super) fn of(consent: &ConsentStringRef<'_, '_>) -> Self {
        Self(consent.signature().map(|_| consent.signed_part().into()))
    }
}

impl PartialEq for Signed {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Signed {}

both_forms! { ConsentStringRef<'t, 'b>, ConsentString:

/// What the string says, part by part, to serialize or to change.
#[must_use]
pub fn decoded(self) -> Decoded {
    Decoded {
        version: self.version(),
        user_id: self.user_id(),
        created: self.created(),
        updated: self.updated(),
        regulation: self.regulation(),
        sync: self.sync(),
        purposes: self.purposes().to_section(),
        purposes_li: self.purposes_li().to_section(),
        vendors: self.vendors().to_section(),
        vendors_li: self.vendors_li().to_section(),
        did: self.did().map(String::from),
        ouid: self.ouid().map(String::from),
        signature: self.signature().map(String::from),
        signed: Signed::of(self),
    }
}

}

impl Decoded {
    /// The canonical string that says this: each section in its smallest form, in the version's own
    /// frame.
    ///
    /// It has the signature only if that is known to fit: where this was made from a string whose
    /// signed part is the same, byte for byte. What comes from JSON tells no bytes, so its signature
    /// is left out; who knows that it fits puts it on with
    /// [`with_signature`](ConsentString::with_signature).
    ///
    /// # Errors
    ///
    /// As [`Builder::build`]: [`NotInVersion`](crate::EncodeErrorKind::NotInVersion) for a version 1
    /// with a regulation, [`InvalidCharacter`](crate::EncodeErrorKind::InvalidCharacter) for the
    /// device ID `"a.b"`.
    pub fn encode(&self) -> Result<ConsentString, EncodeError> {
        let consent = self.to_builder().build()?;
        match (&self.signature, &self.signed) {
            (Some(signature), Signed(Some(signed))) if **signed == *consent.signed_part() => {
                consent.with_signature(signature)
            }
            _ => Ok(consent),
        }
    }

    /// A builder that starts from these parts, but for the signature.
    pub fn to_builder(&self) -> Builder {
        ConsentString::builder(self.version)
            .user_id(self.user_id)
            .created(self.created)
            .updated(self.updated)
            .regulation(self.regulation)
            .sync(self.sync)
            .purposes(self.purposes.clone())
            .purposes_li(self.purposes_li.clone())
            .vendors(self.vendors.clone())
            .vendors_li(self.vendors_li.clone())
            .did(self.did.as_deref().unwrap_or_default())
            .ouid(self.ouid.as_deref().unwrap_or_default())
    }
}

/// As little of the user as [`ConsentString`] shows.
impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoded")
            .field("version", &self.version)
            .field("created", &self.created)
            .field("updated", &self.updated)
            .field("regulation", &self.regulation)
            .field("sync", &self.sync)
            .finish_non_exhaustive()
    }
}
