//! What the HTTP APIs of this crate share: drafting a request, reading an answer.
//!
//! A call is a plain value with a `to_http` that gives an [`http::Request`], and a `read` that
//! takes the [`http::Response`]. The caller sends the one and receives the other.

mod answer;
mod request;

pub use answer::{AnswerError, AnswerErrorKind};
pub(crate) use answer::{Extra, Fields, extra};
pub use request::RequestError;
#[cfg(any(feature = "didomi-api", feature = "netid"))]
pub(crate) use request::required;
pub(crate) use request::{Base, Draft};
