//! Consent links.

mod pre_authorized;
mod secrets;

pub use crate::http_api::{AnswerError, AnswerErrorKind, RequestError, RequestErrorKind};
pub use pre_authorized::{CreatedLink, DEFAULT_LIFETIME, PreAuthorizedLink};
pub use secrets::{CreateSecret, CreatedSecret};
