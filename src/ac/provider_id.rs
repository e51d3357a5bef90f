//! The numbers of Google's ad tech providers.

use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

/// Google's number for an ad tech provider, 1 to 4294967295.
///
/// It has nothing to do with the numbers of IAB Europe's Global Vendor List nor with Didomi's:
/// they are other types.
///
/// ```
/// # use consent_string::ac::ProviderId;
/// assert_eq!(ProviderId::new(89).map(ProviderId::get), Some(89));
/// assert_eq!(ProviderId::new(0), None);
/// assert!("4294967296".parse::<ProviderId>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct ProviderId(NonZeroU32);

/// A number or a text is no [`ProviderId`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not an ID of a provider, expected a number from 1 to 4294967295")]
pub struct InvalidProviderId;

impl ProviderId {
    /// The lowest ID, 1.
    pub const MIN: Self = Self(NonZeroU32::MIN);
    /// The highest ID, 4294967295.
    pub const MAX: Self = Self(NonZeroU32::MAX);

    /// The ID of a number; `None` for 0.
    #[inline]
    #[must_use]
    pub const fn new(number: u32) -> Option<Self> {
        match NonZeroU32::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The number.
    #[inline]
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

impl TryFrom<u32> for ProviderId {
    type Error = InvalidProviderId;

    fn try_from(number: u32) -> Result<Self, InvalidProviderId> {
        Self::new(number).ok_or(InvalidProviderId)
    }
}

impl From<ProviderId> for u32 {
    fn from(id: ProviderId) -> u32 {
        id.get()
    }
}

impl FromStr for ProviderId {
    type Err = InvalidProviderId;

    /// Reads decimal digits: `"1"`, not `"0"`, `"+1"` or `"4294967296"`.
    fn from_str(text: &str) -> Result<Self, InvalidProviderId> {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits).and_then(Self::new).ok_or(InvalidProviderId)
    }
}

impl fmt::Display for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProviderId({})", self.0)
    }
}
