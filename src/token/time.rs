//! Points in time as a token has them.

use core::fmt;
use core::str::FromStr;

use crate::time::{self, Timestamp, TimestampError};

/// A point in time to the millisecond, from 1970-01-01T00:00:00.000Z on for as long as a
/// [`Timestamp`] lasts.
///
/// A Didomi Consent String has room for tenths of a second only: see
/// [`to_timestamp`](Self::to_timestamp).
///
/// ```
/// # use consent_string::token::TokenTime;
/// let created: TokenTime = "2024-08-27T07:15:05.617Z".parse()?;
/// assert_eq!(created.to_timestamp().to_string(), "2024-08-27T07:15:05.600Z");
/// assert_eq!(created.lost_millis(), 17);
/// # Ok::<(), consent_string::TimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenTime {
    /// The decisecond.
    timestamp: Timestamp,
    /// The milliseconds behind it, 0 to 99.
    millis: u8,
}

impl TokenTime {
    /// The time that is so many milliseconds after the epoch.
    ///
    /// # Errors
    ///
    /// [`TimestampError::OutOfRange`] for a negative number, which is a time before 1970, and
    /// for one past the decisecond of [`Timestamp::MAX`].
    pub const fn from_unix_millis(millis: i64) -> Result<Self, TimestampError> {
        match Timestamp::from_unix_millis(millis) {
            Ok(timestamp) => Ok(Self { timestamp, millis: (millis.unsigned_abs() % 100) as u8 }),
            Err(error) => Err(error),
        }
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn unix_millis(self) -> i64 {
        self.timestamp.unix_millis() + self.millis as i64
    }

    /// The time rounded down to the tenth of a second, as a Didomi Consent String has it.
    #[must_use]
    pub const fn to_timestamp(self) -> Timestamp {
        self.timestamp
    }

    /// The milliseconds that [`to_timestamp`](Self::to_timestamp) loses, 0 to 99.
    #[must_use]
    pub const fn lost_millis(self) -> u8 {
        self.millis
    }
}

impl From<Timestamp> for TokenTime {
    fn from(timestamp: Timestamp) -> Self {
        Self { timestamp, millis: 0 }
    }
}

impl FromStr for TokenTime {
    type Err = TimestampError;

    /// Reads what [`Timestamp`] reads, but to the millisecond: `2024-08-27T07:15:05.617Z`.
    ///
    /// # Errors
    ///
    /// [`TimestampError::InvalidText`] for `2024-08-27`, [`TimestampError::OutOfRange`] for
    /// `1969-12-31T23:59:59Z`, [`TimestampError::Inexact`] for a time between two
    /// milliseconds, `2024-08-27T07:15:05.6175Z`.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        Self::from_unix_millis(time::parse_millis(text)?)
    }
}

impl fmt::Display for TokenTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        time::fmt_with_millis(self.timestamp, self.millis, f)
    }
}

impl fmt::Debug for TokenTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenTime({self})")
    }
}
