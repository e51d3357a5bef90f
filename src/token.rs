//! The `didomi_token`: what Didomi's SDKs stored before the Didomi Consent String, and still
//! read.
//!
//! It is base64 (standard alphabet, with or without padding) of a JSON object:
//!
//! | property | value | |
//! | --- | --- | --- |
//! | `user_id` | a UUID | seen |
//! | `created`, `updated` | times to the millisecond, `2024-08-27T07:15:05.610Z` | seen |
//! | `version` | 2; `null` where nothing was chosen yet | seen |
//! | `purposes`, `vendors` | `{"enabled": [text, ...], "disabled": [text, ...]}`: consent. Either list may be absent, and so may both | seen |
//! | `purposes_li`, `vendors_li` | the same under legitimate interest | `vendors_li` seen, `purposes_li` inferred |
//! | `ac` | Google's ad tech providers, see [`AdTechProviders`] | seen |
//!
//! Purposes and vendors are named by text: `geolocation_data`, `google`, `c:hotjar` (`c:` was
//! put before the IDs of custom vendors; that all prefixes are deprecated is documented). The
//! numbers of a Didomi Consent String are another vocabulary: [`conversion`](crate::conversion)
//! makes one of the other by tables of both.
//!
//! Ours: a property that is repeated anywhere, an ID that is both enabled and disabled, a
//! property that is not of its type, and any other version are refused. Properties that aren't
//! known are kept, and written again. The order of the properties is this crate's own.
//!
//! ```
//! use consent_string::didomi::Status;
//! use consent_string::token::DidomiToken;
//!
//! let text = "eyJ1c2VyX2lkIjoiN2ZhZjY3NWQtOTljMC00YWQyLWJiYmYtZjBmYTk2MjU4N2IwIiwiY3JlYXRlZCI6IjIwMjQt\
//!             MDgtMjdUMDc6MTU6MDUuNjEwWiIsInVwZGF0ZWQiOiIyMDI0LTA4LTI3VDA3OjE1OjA1LjYxMFoiLCJ2ZXJzaW9u\
//!             IjoyLCJ2ZW5kb3JzIjp7ImVuYWJsZWQiOlsiZ29vZ2xlIiwiYzpob3RqYXIiXX0sImFjIjoiQUdXQUdBQ01BRklB\
//!             WlEuQUFBQSJ9";
//! let token: DidomiToken = text.parse()?;
//! assert_eq!(token.created().to_string(), "2024-08-27T07:15:05.610Z");
//! assert_eq!(token.vendors().unwrap().status("google"), Status::Enabled);
//! assert_eq!(token.ad_tech_providers().unwrap().consent().to_string(), "35, 41, 101");
//! assert_eq!(token.encode()?, text);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod base64;
mod choices;
mod didomi_token;
mod error;
mod providers;
mod read;
#[cfg(feature = "serde")]
mod serde;
mod time;
mod write;

#[cfg(feature = "serde")]
pub(crate) use write::serialize_object;

pub use choices::Choices;
pub use didomi_token::{DidomiToken, Version};
pub use error::{TokenError, TokenErrorKind};
pub use providers::{AdTechProviders, ProviderId};
pub use time::TokenTime;

/// What the base64 of a token holds, if it is such.
#[cfg(feature = "explain")]
pub(crate) fn json_of(text: &str) -> Option<alloc::vec::Vec<u8>> {
    base64::decode(text).ok()
}
