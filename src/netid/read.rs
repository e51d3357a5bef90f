//! Reading a user's privacy status.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use http::{Request, Response};
use url::{Origin, Url};

use super::call::Call;
use super::identifier::Evidence;
use super::{
    Answer, AnswerError, IdConsent, Identifier, RequestError, StatusCode, SubjectIdentifiers,
};
use crate::http_api::{Base, Draft, Extra, Fields, extra};
use crate::tcf::TcString;
use crate::{DecodeError, Secret};

/// What every setting has beside its value.
macro_rules! of_every_setting {
    () => {
        /// When it last changed, verbatim: the format is not published.
        #[must_use]
        pub fn changed_at(&self) -> Option<&str> {
            self.changed_at.as_deref()
        }

        extra!();
    };
}

/// The call that reads a user's privacy status. It is made once and used for every user.
#[derive(Debug, Clone)]
#[must_use]
pub struct ReadPrivacyStatus {
    call: Call,
}

impl ReadPrivacyStatus {
    /// Asks for `identifiers` on behalf of a TAPP, from a web site that it is registered for.
    pub fn new(
        tapp_id: impl Into<String>,
        origin: Origin,
        identifiers: impl IntoIterator<Item = Identifier>,
    ) -> Self {
        let base = Base::Documented("https://einwilligungsspeicher.netid.de");
        Self { call: Call::new(base, tapp_id.into(), origin, identifiers) }
    }

    /// Sends the request elsewhere than to `https://einwilligungsspeicher.netid.de`. Keep to
    /// `https`: `http` is accepted for tests on one's own machine, and sends the cookie in the
    /// clear.
    pub fn base_url(mut self, url: Url) -> Self {
        self.call.base = Base::Given(url);
        self
    }

    /// The request as an HTTP client sends it, for the user whom `tpid_sec`, the token in the
    /// cookie of that name, stands for. The header that holds it is marked as sensitive.
    ///
    /// # Errors
    ///
    /// [`Missing`](super::RequestError::Missing) for a TAPP ID of `""` or no identifier,
    /// [`Origin`](super::RequestError::Origin) for the origin of `data:,`,
    /// [`Header`](super::RequestError::Header) for a token such as `"a; b=c"`,
    /// [`BaseUrl`](super::RequestError::BaseUrl) for `ftp://netid.example`,
    /// [`Uri`](super::RequestError::Uri) for a TAPP ID of more than 64 KiB.
    pub fn to_http(&self, tpid_sec: &Secret) -> Result<Request<Vec<u8>>, RequestError> {
        let draft = Draft::get(&self.call.url("netid-user-status")?)?;
        let accept = "application/vnd.netid.permission-center.netid-user-status-v2+json";
        Ok(self.call.headers(draft, accept, tpid_sec)?.finish())
    }

    /// Reads the answer: a [`PrivacyStatus`] under HTTP 200, a refusal under 4xx.
    ///
    /// # Errors
    ///
    /// [`AnswerErrorKind::Status`](super::AnswerErrorKind::Status) for any other HTTP status,
    /// [`Json`](super::AnswerErrorKind::Json) for a body such as `"[]"`,
    /// [`Field`](super::AnswerErrorKind::Field) for an `idconsent` of `{"status": "MAYBE"}`, an
    /// identifier of `""`, a `status_code` that contradicts the HTTP status, or settings under
    /// `PERMISSIONS_NOT_FOUND`,
    /// [`TooLong`](super::AnswerErrorKind::TooLong) for a body past its limit.
    pub fn read(
        &self,
        response: &Response<impl AsRef<[u8]>>,
    ) -> Result<Answer<PrivacyStatus>, AnswerError> {
        Answer::read(response, http::StatusCode::OK, |mut fields| {
            let status_code = StatusCode::take(&mut fields, StatusCode::is_success)?;
            let identifiers = SubjectIdentifiers::take(&mut fields)?;
            let settings = PrivacySettings::take(&mut fields)?;
            let no_permissions = status_code == StatusCode::PermissionsNotFound;
            let idconsent = settings.idconsent().and_then(IdConsentSetting::status);
            let tc_string = settings.iab_tcstring().and_then(TcStringSetting::value);
            if no_permissions && (idconsent.is_some() || tc_string.is_some()) {
                return Err(fields.fault("netid_privacy_settings"));
            }
            let identifiers = identifiers.judged(&Evidence {
                requested: &self.call.identifiers,
                no_valid_idconsent: !settings.has_valid_idconsent(),
                no_permissions,
                no_settings: settings == PrivacySettings::default(),
            });
            Ok(PrivacyStatus { status_code, identifiers, settings, extra: fields.rest() })
        })
    }
}

/// A user's privacy status for one partner.
#[derive(Debug, Clone, PartialEq)]
pub struct PrivacyStatus {
    status_code: StatusCode,
    identifiers: SubjectIdentifiers,
    settings: PrivacySettings,
    extra: Extra,
}

impl PrivacyStatus {
    /// Whether permissions were found. Under
    /// [`PermissionsNotFound`](StatusCode::PermissionsNotFound) the user is authenticated, all
    /// identifiers are null and there are no settings (documented).
    #[must_use]
    pub const fn status_code(&self) -> &StatusCode {
        &self.status_code
    }

    /// The identifiers, judged by the rest of the status.
    #[must_use]
    pub const fn subject_identifiers(&self) -> &SubjectIdentifiers {
        &self.identifiers
    }

    /// The `netid_privacy_settings`.
    #[must_use]
    pub const fn settings(&self) -> &PrivacySettings {
        &self.settings
    }

    extra!();
}

/// The settings that a user made for one partner.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PrivacySettings {
    idconsent: Option<IdConsentSetting>,
    iab_tcstring: Option<TcStringSetting>,
    extra: Extra,
}

impl PrivacySettings {
    fn take(answer: &mut Fields) -> Result<Self, AnswerError> {
        let Some(mut fields) = answer.optional_object("netid_privacy_settings")? else {
            return Ok(Self::default());
        };
        let idconsent = fields.optional_object("netid_privacy_settings.idconsent")?;
        let iab_tcstring = fields.optional_object("netid_privacy_settings.iab_tcstring")?;
        Ok(Self {
            idconsent: idconsent.map(IdConsentSetting::read).transpose()?,
            iab_tcstring: iab_tcstring.map(TcStringSetting::read).transpose()?,
            extra: fields.rest(),
        })
    }

    /// The `idconsent`; `None` if it was neither given nor revoked.
    #[must_use]
    pub const fn idconsent(&self) -> Option<&IdConsentSetting> {
        self.idconsent.as_ref()
    }

    /// Whether `idconsent` is valid, on which tpid and etpid depend.
    #[must_use]
    pub fn has_valid_idconsent(&self) -> bool {
        self.idconsent.as_ref().is_some_and(|setting| setting.status == Some(IdConsent::Valid))
    }

    /// The stored TC string; `None` if there is none.
    #[must_use]
    pub const fn iab_tcstring(&self) -> Option<&TcStringSetting> {
        self.iab_tcstring.as_ref()
    }

    extra!();
}

/// The `idconsent` and when it last changed. `Debug` shows no text of the answer.
#[derive(Clone, PartialEq)]
pub struct IdConsentSetting {
    status: Option<IdConsent>,
    changed_at: Option<String>,
    extra: Extra,
}

impl IdConsentSetting {
    fn read(mut fields: Fields) -> Result<Self, AnswerError> {
        const STATUS: &str = "netid_privacy_settings.idconsent.status";
        let known = |text: String| {
            let known = [IdConsent::Valid, IdConsent::Invalid];
            known.into_iter().find(|status| status.as_str() == text)
        };
        let status = fields.optional_text(STATUS)?;
        let status = status.map(|text| known(text).ok_or_else(|| fields.fault(STATUS)));
        let status = status.transpose()?;
        let changed_at = fields.optional_text("netid_privacy_settings.idconsent.changed_at")?;
        Ok(Self { status, changed_at, extra: fields.rest() })
    }

    /// Given or revoked.
    #[must_use]
    pub const fn status(&self) -> Option<IdConsent> {
        self.status
    }

    of_every_setting!();
}

/// A stored TC string and when it last changed. `Debug` shows no text of the answer.
#[derive(Clone, PartialEq)]
pub struct TcStringSetting {
    value: Option<String>,
    changed_at: Option<String>,
    extra: Extra,
}

impl TcStringSetting {
    fn read(mut fields: Fields) -> Result<Self, AnswerError> {
        Ok(Self {
            value: fields.optional_text("netid_privacy_settings.iab_tcstring.value")?,
            changed_at: fields.optional_text("netid_privacy_settings.iab_tcstring.changed_at")?,
            extra: fields.rest(),
        })
    }

    /// The TC string, verbatim. netID checked it when it was stored, which doesn't say that it is
    /// valid.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// The TC string, parsed; `None` if there is none.
    ///
    /// # Errors
    ///
    /// As for parsing a [`TcString`]: a stored `"CO w"` is none.
    pub fn parse(&self) -> Result<Option<TcString>, DecodeError> {
        self.value().map(str::parse).transpose()
    }

    of_every_setting!();
}

impl fmt::Debug for TcStringSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TcStringSetting").field("extra", &self.extra).finish_non_exhaustive()
    }
}

impl fmt::Debug for IdConsentSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdConsentSetting")
            .field("status", &self.status)
            .field("extra", &self.extra)
            .finish_non_exhaustive()
    }
}
