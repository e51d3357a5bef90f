//! (filled by the commits that follow)

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

/// Stands in until the TC string is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TcString(String);

impl TcString {
    /// As lenient reading would keep it.
    #[cfg(test)]
    pub(crate) fn lenient(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// Stands in until the TC string is there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected web-safe base64")]
pub struct DecodeError;

impl FromStr for TcString {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if text.is_empty() || !text.bytes().all(allowed) {
            return Err(DecodeError);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for TcString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
