//! What the two calls have in common: who asks, for which identifiers, of whom.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use url::{Origin, Url, form_urlencoded};

use super::{Identifier, RequestError};
use crate::Secret;
use crate::http_api::{Base, Draft, required};

#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) base: Base,
    tapp_id: String,
    origin: Origin,
    pub(super) identifiers: BTreeSet<Identifier>,
}

impl Call {
    pub(super) fn new(
        base: Base,
        tapp_id: String,
        origin: Origin,
        identifiers: impl IntoIterator<Item = Identifier>,
    ) -> Self {
        Self { base, tapp_id, origin, identifiers: identifiers.into_iter().collect() }
    }

    /// The URL: `path` below the base, and the query with the commas as they are documented.
    pub(super) fn url(&self, path: &str) -> Result<Url, RequestError> {
        let tapp_id = required("q.tapp_id.eq", &self.tapp_id)?;
        let tapp_id: String = form_urlencoded::byte_serialize(tapp_id.as_bytes()).collect();
        let identifiers: Vec<_> = self.identifiers.iter().map(|id| id.parameter()).collect();
        let identifiers = identifiers.join(",");
        required("q.identifier.in", &identifiers)?;
        let mut url = self.base.join(&[path])?;
        url.set_query(Some(&format!("q.tapp_id.eq={tapp_id}&q.identifier.in={identifiers}")));
        Ok(url)
    }

    /// Adds the headers of both calls.
    pub(super) fn headers(
        &self,
        draft: Draft,
        accept: &str,
        tpid_sec: &Secret,
    ) -> Result<Draft, RequestError> {
        if !matches!(&self.origin, Origin::Tuple(scheme, ..) if matches!(&**scheme, "http" | "https"))
        {
            return Err(RequestError::Origin);
        }
        // A `;` would end the cookie and begin one that the token chose.
        if tpid_sec.expose().iter().any(|byte| b"\",;\\".contains(byte)) {
            return Err(RequestError::Header { name: "cookie" });
        }
        draft
            .header("accept", accept)?
            .header("origin", &self.origin.ascii_serialization())?
            .secret_header("cookie", "tpid_sec=", tpid_sec)
    }
}
