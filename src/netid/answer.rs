//! How netID answers: what was asked for, or a refusal with a status code.

use alloc::boxed::Box;
use core::fmt;

use http::Response;

use super::AnswerError;
use crate::http_api::{Extra, Fields, extra};

/// What netID answered. To be matched in full: there is no third way to answer.
///
/// That a refusal's code stands in the `status_code` of a JSON body is inferred: the
/// documentation shows no such body.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub enum Answer<T> {
    /// The call succeeded.
    Given(T),
    /// The call was refused.
    Refused(Refusal),
}

impl<T> Answer<T> {
    /// Reads the answer under the documented `success` status with `given`, any under 4xx as a
    /// refusal.
    pub(super) fn read(
        response: &Response<impl AsRef<[u8]>>,
        success: http::StatusCode,
        given: impl FnOnce(Fields) -> Result<T, AnswerError>,
    ) -> Result<Self, AnswerError> {
        let status = response.status();
        if status == success {
            return given(Fields::read(response, |_| true)?).map(Self::Given);
        }
        let is_empty = response.body().as_ref().trim_ascii().is_empty();
        if status == http::StatusCode::FORBIDDEN && is_empty {
            let refusal =
                Refusal { http_status: status, status_code: None, extra: Extra::default() };
            return Ok(Self::Refused(refusal));
        }
        let mut fields = Fields::read(response, |status| status.is_client_error())?;
        let status_code = StatusCode::take(&mut fields, StatusCode::is_refusal)?;
        Ok(Self::Refused(Refusal {
            http_status: status,
            status_code: Some(status_code),
            extra: fields.rest(),
        }))
    }
}

/// Why netID refused a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    http_status: http::StatusCode,
    status_code: Option<StatusCode>,
    extra: Extra,
}

impl Refusal {
    /// The HTTP status.
    #[must_use]
    pub const fn http_status(&self) -> http::StatusCode {
        self.http_status
    }

    /// The status code; `None` for a 403 without a body, as netID answers a CORS error (documented;
    /// that it comes without a body is inferred).
    #[must_use]
    pub const fn status_code(&self) -> Option<&StatusCode> {
        self.status_code.as_ref()
    }

    extra!();
}

/// A `status_code` of an answer, with the HTTP status that the documentation puts it under.
///
/// The code may come under another HTTP status than that; only, a code of a success doesn't come
/// under the status of a refusal, nor the other way round.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StatusCode {
    /// `PERMISSIONS_FOUND`, 200.
    PermissionsFound,
    /// `PERMISSIONS_NOT_FOUND`, 200: the user is authenticated at netID, and there are no
    /// permissions for this TAPP. Nothing has been decided, which is no refusal of consent.
    PermissionsNotFound,
    /// `NO_TPID`, 400: there is no cookie `tpid_sec`, that is no authenticated user.
    NoTpid,
    /// `NO_TAPP_ID`, 400, read only.
    NoTappId,
    /// `TOKEN_ERROR`, 400: the token in the cookie is invalid or has expired.
    TokenError,
    /// `TAPP_ERROR`, 400, read only: the TAPP's ID is invalid.
    TappError,
    /// `TAPP_NOT_ALLOWED`, 403: the TAPP is not active, or not for this origin.
    TappNotAllowed,
    /// `TPID_EXISTENCE_ERROR`, 410: the user's account is gone.
    TpidExistenceError,
    /// `NO_PERMISSIONS`, 400, write only: the body sets no permission.
    NoPermissions,
    /// `JSON_PARSE_ERROR`, 400, write only.
    JsonParseError,
    /// `NO_REQUEST_BODY`, 400, write only.
    NoRequestBody,
    /// `PERMISSION_PARAMETERS_ERROR`, 400, write only: a permission is wrong, such as an invalid
    /// TC string.
    PermissionParametersError,
    /// A code that isn't documented, verbatim.
    Other(Box<str>),
}

impl StatusCode {
    const DOCUMENTED: &[Self] = &[
        Self::PermissionsFound,
        Self::PermissionsNotFound,
        Self::NoTpid,
        Self::NoTappId,
        Self::TokenError,
        Self::TappError,
        Self::TappNotAllowed,
        Self::TpidExistenceError,
        Self::NoPermissions,
        Self::JsonParseError,
        Self::NoRequestBody,
        Self::PermissionParametersError,
    ];

    /// Takes the code out of an answer whose HTTP status it has to fit.
    pub(super) fn take(
        fields: &mut Fields,
        fits: impl FnOnce(&Self) -> bool,
    ) -> Result<Self, AnswerError> {
        const FIELD: &str = "status_code";
        let text = fields.text(FIELD)?;
        let documented = Self::DOCUMENTED.iter().find(|code| code.as_str() == text);
        let code = documented.cloned().unwrap_or_else(|| Self::Other(text.into_boxed_str()));
        if fits(&code) { Ok(code) } else { Err(fields.fault(FIELD)) }
    }

    /// Whether the code may come with a success: it is a success's, or not documented.
    pub(super) const fn is_success(&self) -> bool {
        matches!(self, Self::PermissionsFound | Self::PermissionsNotFound | Self::Other(_))
    }

    /// Whether the code may come with a refusal: it is a refusal's, or not documented.
    const fn is_refusal(&self) -> bool {
        !matches!(self, Self::PermissionsFound | Self::PermissionsNotFound)
    }

    /// The code as netID writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::PermissionsFound => "PERMISSIONS_FOUND",
            Self::PermissionsNotFound => "PERMISSIONS_NOT_FOUND",
            Self::NoTpid => "NO_TPID",
            Self::NoTappId => "NO_TAPP_ID",
            Self::TokenError => "TOKEN_ERROR",
            Self::TappError => "TAPP_ERROR",
            Self::TappNotAllowed => "TAPP_NOT_ALLOWED",
            Self::TpidExistenceError => "TPID_EXISTENCE_ERROR",
            Self::NoPermissions => "NO_PERMISSIONS",
            Self::JsonParseError => "JSON_PARSE_ERROR",
            Self::NoRequestBody => "NO_REQUEST_BODY",
            Self::PermissionParametersError => "PERMISSION_PARAMETERS_ERROR",
            Self::Other(code) => code,
        }
    }
}

/// The code as netID writes it, if it is documented: all else is text from outside.
impl fmt::Debug for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(_) => f.write_str("Other(..)"),
            documented => f.write_str(documented.as_str()),
        }
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
