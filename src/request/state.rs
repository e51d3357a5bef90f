//! What became of a signal.

use core::fmt;

use crate::ac::ParseError;
use crate::cookie::CookieError;
use crate::error::{DecodeError, Segment};
use crate::gpp::InvalidGppSid;
#[cfg(feature = "token")]
use crate::token::TokenError;

/// What became of a signal: the four that there are, to be matched in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State<T> {
    /// The request doesn't bring it.
    Absent,
    /// It can't be read; its raw text is kept.
    Unreadable(SignalError),
    /// It was read, and is too old to count.
    Expired(T),
    /// It was read.
    Read(T),
}

impl<T> State<T> {
    /// The state's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unreadable(_) => "unreadable",
            Self::Expired(_) => "expired",
            Self::Read(_) => "read",
        }
    }

    /// What was read, unless it is too old.
    #[must_use]
    pub fn read(self) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the request brings it, readable or not.
    #[must_use]
    pub const fn is_there(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    /// Why it can't be read.
    #[must_use]
    pub fn error(&self) -> Option<&SignalError> {
        match self {
            Self::Unreadable(error) => Some(error),
            _ => None,
        }
    }

    /// The state of what was read.
    pub(super) fn of(value: T, is_old: bool) -> Self {
        if is_old { Self::Expired(value) } else { Self::Read(value) }
    }

    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> State<U> {
        match self {
            Self::Absent => State::Absent,
            Self::Unreadable(error) => State::Unreadable(error),
            Self::Expired(value) => State::Expired(change(value)),
            Self::Read(value) => State::Read(change(value)),
        }
    }

    pub(super) const fn as_ref(&self) -> State<&T> {
        match self {
            Self::Absent => State::Absent,
            Self::Unreadable(error) => State::Unreadable(*error),
            Self::Expired(value) => State::Expired(value),
            Self::Read(value) => State::Read(value),
        }
    }
}

/// Why a signal can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignalError {
    /// It is there twice, with values that differ.
    NamedTwice,
    /// The cookie's value is encoded in a wrong way.
    Cookie(CookieError),
    /// It is no string of bits, or of answers.
    Decode(DecodeError),
    /// It is no AC string.
    Ac(ParseError),
    /// It is no list of sections.
    GppSid(InvalidGppSid),
    /// It is no `didomi_token`.
    #[cfg(feature = "token")]
    Token(TokenError),
    /// It is a `didomi_token`, and feature `token`, which reads it, is off.
    NotBuiltIn,
}

impl SignalError {
    /// The kind's name in `snake_case`: stable, for logs and metrics.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NamedTwice => "named_twice",
            Self::Cookie(error) => error.name(),
            Self::Decode(error) => error.kind().name(),
            Self::Ac(error) => error.kind().name(),
            Self::GppSid(error) => error.name(),
            #[cfg(feature = "token")]
            Self::Token(error) => error.kind().name(),
            Self::NotBuiltIn => "not_built_in",
        }
    }

    /// The name of the part of the text that is wrong; `None` where it is not known.
    #[must_use]
    pub fn segment_name(&self) -> Option<&'static str> {
        match self {
            Self::Decode(error) => error.segment().map(Segment::name),
            Self::Ac(error) => error.field(),
            #[cfg(feature = "token")]
            Self::Token(error) => error.field(),
            _ => None,
        }
    }

    /// Where the wrong field starts, in bits from the start of its segment; `None` where it is
    /// not known.
    #[must_use]
    pub fn bit_offset(&self) -> Option<usize> {
        match self {
            Self::Decode(error) => error.bit_offset(),
            Self::Ac(error) => error.char_offset().map(|before| 8 * before),
            #[cfg(feature = "token")]
            Self::Token(error) => error.bit_offset(),
            _ => None,
        }
    }
}

impl fmt::Display for SignalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NamedTwice => f.write_str("there twice, expected one value"),
            Self::Cookie(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Ac(error) => error.fmt(f),
            Self::GppSid(error) => error.fmt(f),
            #[cfg(feature = "token")]
            Self::Token(error) => error.fmt(f),
            Self::NotBuiltIn => f.write_str("a didomi_token, which needs a feature that is off"),
        }
    }
}

impl core::error::Error for SignalError {}
