//! Writing a user's privacy status.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use http::{Request, Response};
use serde::Serialize;
use url::{Origin, Url};

use super::call::Call;
use super::identifier::Evidence;
use super::{Answer, AnswerError, Identifier, RequestError, SubjectIdentifiers};
use crate::Secret;
use crate::http_api::{Base, Draft, Extra, extra};
use crate::tcf::TcString;

/// Whether a user consents to the use of their netID identifier by one partner. To be matched in
/// full: an answer with a third word is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdConsent {
    /// `VALID`: consent is given.
    Valid,
    /// `INVALID`: consent is revoked.
    Invalid,
}

impl IdConsent {
    /// The consent as netID writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "VALID",
            Self::Invalid => "INVALID",
        }
    }
}

/// The call that writes a user's privacy status: an `idconsent`, a TC string or both. What isn't
/// set stays as it is stored (inferred: both are optional).
#[derive(Clone)]
#[must_use]
pub struct WritePrivacyStatus {
    call: Call,
    idconsent: Option<IdConsent>,
    iab_tc_string: Option<String>,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    idconsent: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iab_tc_string: Option<&'a str>,
}

impl WritePrivacyStatus {
    /// Writes on behalf of a TAPP, from a web site that it is registered for, and asks for
    /// `identifiers` in return.
    pub fn new(
        tapp_id: impl Into<String>,
        origin: Origin,
        identifiers: impl IntoIterator<Item = Identifier>,
    ) -> Self {
        let base = Base::Documented("https://einwilligen.netid.de");
        let call = Call::new(base, tapp_id.into(), origin, identifiers);
        Self { call, idconsent: None, iab_tc_string: None }
    }

    /// Sets the `idconsent` to store.
    pub const fn idconsent(mut self, idconsent: IdConsent) -> Self {
        self.idconsent = Some(idconsent);
        self
    }

    /// Sets the TC string to store.
    pub fn iab_tc_string(mut self, tc_string: &TcString) -> Self {
        self.iab_tc_string = Some(tc_string.as_str().into());
        self
    }

    /// Sends the request elsewhere than to `https://einwilligen.netid.de`. Keep to `https`:
    /// `http` is accepted for tests on one's own machine, and sends the cookie in the clear.
    pub fn base_url(mut self, url: Url) -> Self {
        self.call.base = Base::Given(url);
        self
    }

    /// The request as an HTTP client sends it, for the user whom `tpid_sec`, the token in the
    /// cookie of that name, stands for. The header that holds it is marked as sensitive.
    ///
    /// # Errors
    ///
    /// [`RequestError::NothingToWrite`] if neither an `idconsent` nor a TC string was set,
    /// [`TcString`](RequestError::TcString) for one that isn't read by default, such as
    /// one with padding, and those of
    /// [`ReadPrivacyStatus::to_http`](super::ReadPrivacyStatus::to_http).
    pub fn to_http(&self, tpid_sec: &Secret) -> Result<Request<Vec<u8>>, RequestError> {
        if self.idconsent.is_none() && self.iab_tc_string.is_none() {
            return Err(RequestError::NothingToWrite);
        }
        let iab_tc_string = self.iab_tc_string.as_deref();
        if iab_tc_string.is_some_and(|text| text.parse::<TcString>().is_err()) {
            return Err(RequestError::TcString);
        }
        let content_type = "application/vnd.netid.permission-center.netid-permissions-v2+json";
        let body = Body { idconsent: self.idconsent.map(IdConsent::as_str), iab_tc_string };
        let draft = Draft::post(&self.call.url("netid-permissions")?, content_type, &body)?;
        let accept = "application/vnd.netid.permission-center.netid-subject-status-v2+json";
        Ok(self.call.headers(draft, accept, tpid_sec)?.finish())
    }

    /// Reads the answer: a [`SubjectStatus`] under HTTP 201, a refusal under 4xx.
    ///
    /// # Errors
    ///
    /// As for [`ReadPrivacyStatus::read`](super::ReadPrivacyStatus::read).
    pub fn read(
        &self,
        response: &Response<impl AsRef<[u8]>>,
    ) -> Result<Answer<SubjectStatus>, AnswerError> {
        Answer::read(response, http::StatusCode::CREATED, |mut fields| {
            let identifiers = SubjectIdentifiers::take(&mut fields)?;
            let identifiers = identifiers.judged(&Evidence {
                requested: &self.call.identifiers,
                no_valid_idconsent: self.idconsent == Some(IdConsent::Invalid),
                no_permissions: false,
                no_settings: false,
            });
            Ok(SubjectStatus { identifiers, extra: fields.rest() })
        })
    }
}

/// Shows neither the `idconsent` nor the TC string.
impl fmt::Debug for WritePrivacyStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WritePrivacyStatus").field("call", &self.call).finish_non_exhaustive()
    }
}

/// What comes back from a write.
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectStatus {
    identifiers: SubjectIdentifiers,
    extra: Extra,
}

impl SubjectStatus {
    /// The identifiers. The answer doesn't say which `idconsent` is stored. So a tpid or an etpid
    /// is known to break a rule only if this call revoked the `idconsent`.
    #[must_use]
    pub const fn subject_identifiers(&self) -> &SubjectIdentifiers {
        &self.identifiers
    }

    extra!();
}
