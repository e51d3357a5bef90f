//! What every HTTP API of this crate shares: drafting a request, reading an answer.
//!
//! A request is a plain value with a `to_http` that gives an [`http::Request`]; its answer is
//! read from the status and the body that came back. Sending is the caller's.

mod answer;
mod request;

pub use answer::{AnswerError, AnswerErrorKind};
pub(crate) use answer::{Extra, Fields};
#[cfg(any(feature = "link", feature = "netid"))]
pub(crate) use request::required;
pub(crate) use request::{Base, Draft};
pub use request::{RequestError, RequestErrorKind};
