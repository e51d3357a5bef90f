//! Asking Didomi's API for numbers.
//!
//! `GET /metadata/numeric-partners` for vendors, with a bearer token (documented), and
//! `GET /metadata/numeric-purposes` for purposes (documented; its field `metadata_purpose_id` is
//! inferred). The answer is a page; the next one is asked for by `$skip` (inferred).

use alloc::format;
use alloc::vec::Vec;
use core::marker::PhantomData;

use http::{Request, Response};
use url::Url;

use super::{AnswerError, NumericIdsPage, RequestError};
use crate::Secret;
use crate::didomi::{PurposeId, VendorId};
use crate::http_api::{Base, Draft};
use crate::ids::Id;

/// A kind of ID that Didomi's API has numbers of: [`VendorId`] and [`PurposeId`]; sealed.
pub trait NamedId: Id {
    /// The last part of the path.
    #[doc(hidden)]
    const PATH: &'static str;
    /// The field of an entry that has the text, as errors name it.
    #[doc(hidden)]
    const TEXT: &'static str;
}

impl NamedId for VendorId {
    const PATH: &'static str = "numeric-partners";
    const TEXT: &'static str = "data.metadata_partner_id";
}

impl NamedId for PurposeId {
    const PATH: &'static str = "numeric-purposes";
    const TEXT: &'static str = "data.metadata_purpose_id";
}

/// A request for a page of the numbers that Didomi has for vendors, or for purposes.
///
/// ```
/// use consent_string::Secret;
/// use consent_string::didomi::VendorId;
/// use consent_string::numeric_ids::{NumericIds, NumericIdsRequest};
///
/// let token = Secret::new("bearer-token")?;
/// let mut vendors = NumericIds::new();
/// let mut next = Some(NumericIdsRequest::<VendorId>::new());
/// while let Some(request) = next {
///     let http_request = request.to_http(&token)?;
///     // Sent by the HTTP client of your choice; this is what came back.
///     # let _ = http_request;
///     let response = http::Response::new(br#"{"total": 1, "limit": 100, "skip": 0, "data": [
///         {"metadata_partner_id": "google", "numeric_id": 2, "organization_id": "org"}
///     ]}"#);
///     let page = request.read(&response)?;
///     page.add_to(&mut vendors)?;
///     next = page.next();
/// }
/// assert_eq!(vendors.number("google").map(VendorId::get), Some(2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct NumericIdsRequest<I> {
    pub(super) base: Base,
    pub(super) skip: u64,
    kind: PhantomData<I>,
}

impl<I: NamedId> NumericIdsRequest<I> {
    /// A request for the first page.
    pub const fn new() -> Self {
        Self { base: Base::Documented("https://api.didomi.io"), skip: 0, kind: PhantomData }
    }

    /// Asks for the page behind so many entries (inferred).
    /// [`NumericIdsPage::next`] does so by itself.
    pub fn skip(self, entries: u64) -> Self {
        Self { skip: entries, ..self }
    }

    /// Sends the request elsewhere than to `https://api.didomi.io`. Keep to `https`: `http` is
    /// accepted for tests on one's own machine, and sends the token in the clear.
    pub fn base_url(self, url: Url) -> Self {
        Self { base: Base::Given(url), ..self }
    }

    /// The request as an HTTP client sends it, with the bearer token of Didomi's API. The header
    /// that holds the token is marked as sensitive.
    ///
    /// # Errors
    ///
    /// [`BaseUrl`](RequestError::BaseUrl) for `ftp://api.example`,
    /// [`Header`](RequestError::Header) for a token such as `"a b\n"`.
    pub fn to_http(&self, token: &Secret) -> Result<Request<Vec<u8>>, RequestError> {
        let mut url = self.base.join(&["metadata", I::PATH])?;
        if self.skip > 0 {
            url.set_query(Some(&format!("$skip={}", self.skip)));
        }
        Ok(Draft::get(&url)?.secret_header("authorization", "Bearer ", token)?.finish())
    }

    /// Reads the answer: any 2xx status (inferred) with a page in its body.
    ///
    /// # Errors
    ///
    /// [`AnswerErrorKind::Status`](super::AnswerErrorKind::Status) for any other status,
    /// [`Json`](super::AnswerErrorKind::Json) for a body such as `""`,
    /// [`Field`](super::AnswerErrorKind::Field) for `{"total": 3, "skip": 0, "data": []}`,
    /// which is no page of three entries, and for a page that starts elsewhere than asked for,
    /// [`TooLong`](super::AnswerErrorKind::TooLong) for a body past its limit.
    pub fn read(
        &self,
        response: &Response<impl AsRef<[u8]>>,
    ) -> Result<NumericIdsPage<I>, AnswerError> {
        NumericIdsPage::read(response, Some(self))
    }
}

impl<I: NamedId> Default for NumericIdsRequest<I> {
    fn default() -> Self {
        Self::new()
    }
}
