//! Points in time, to a tenth of a second.

use core::fmt;
use core::ops::Sub;
use core::str::FromStr;
use core::time::Duration;

/// A point in time as consent strings carry it: deciseconds (tenths of a second) since
/// 1970-01-01T00:00:00Z, in 36 bits, which last until 2187-10-06T10:21:13.500Z.
///
/// Text is ISO 8601 in UTC to the millisecond, as JavaScript writes it.
///
/// ```
/// # use std::time::Duration;
/// # use consent_string::Timestamp;
/// let created: Timestamp = "2023-04-12T18:10:00.000Z".parse()?;
/// assert_eq!(created.deciseconds(), 16_813_230_000);
/// assert_eq!(created.unix_millis(), 1_681_323_000_000);
/// assert_eq!(created.to_string(), "2023-04-12T18:10:00.000Z");
///
/// let now: Timestamp = "2023-04-12T19:10:00.500Z".parse()?;
/// assert_eq!(now - created, Duration::from_millis(3_600_500));
/// assert_eq!(created.age_at(now), now - created);
/// assert_eq!(created.checked_add(Duration::from_millis(3_600_500)), Some(now));
/// # Ok::<(), consent_string::TimestampError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(u64);

/// What a [`Timestamp`] can't be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TimestampError {
    /// Before 1970-01-01T00:00:00Z or after [`Timestamp::MAX`].
    #[error("a time outside 1970-01-01T00:00:00.000Z to 2187-10-06T10:21:13.500Z")]
    OutOfRange,
    /// Text that is no time: `"2023-04-12"`, `"2023-02-29T00:00:00Z"`, another time zone.
    #[error("not a time, expected the form 2023-04-12T18:10:00.000Z")]
    InvalidText,
    /// Text that names a time between two deciseconds: `"2023-04-12T18:10:00.050Z"`.
    #[error("a time between two tenths of a second, which a consent string can't hold")]
    Inexact,
}

const MILLIS_PER_DECISECOND: u64 = 100;
const NANOS_PER_MILLI: u64 = 1_000_000;
const DECISECONDS_PER_DAY: u64 = 864_000;

impl Timestamp {
    /// 1970-01-01T00:00:00.000Z.
    pub const MIN: Self = Self(0);
    /// 2187-10-06T10:21:13.500Z, the last that fits 36 bits.
    pub const MAX: Self = Self((1 << 36) - 1);

    /// The time that is so many deciseconds after the epoch.
    ///
    /// # Errors
    ///
    /// [`TimestampError::OutOfRange`] from 2³⁶ on.
    pub const fn from_deciseconds(deciseconds: u64) -> Result<Self, TimestampError> {
        if deciseconds > Self::MAX.0 {
            return Err(TimestampError::OutOfRange);
        }
        Ok(Self(deciseconds))
    }

    /// The time of 36 bits read from a string; higher bits must be zero.
    pub(crate) const fn from_bits(bits: u64) -> Self {
        debug_assert!(bits <= Self::MAX.0);
        Self(bits)
    }

    /// The time that is so many milliseconds after the epoch, rounded down to the decisecond.
    ///
    /// # Errors
    ///
    /// [`TimestampError::OutOfRange`] for a negative number (a time before 1970) and for one
    /// past [`Timestamp::MAX`].
    pub const fn from_unix_millis(millis: i64) -> Result<Self, TimestampError> {
        if millis < 0 {
            return Err(TimestampError::OutOfRange);
        }
        Self::from_deciseconds(millis.unsigned_abs() / MILLIS_PER_DECISECOND)
    }

    /// Deciseconds since the epoch.
    #[must_use]
    pub const fn deciseconds(self) -> u64 {
        self.0
    }

    /// Milliseconds since the epoch, a multiple of 100.
    #[must_use]
    #[allow(clippy::cast_possible_wrap, reason = "43 bits")]
    pub const fn unix_millis(self) -> i64 {
        (self.0 * MILLIS_PER_DECISECOND) as i64
    }

    /// How long ago this time was at another one: zero where it was not in the past.
    #[must_use]
    pub const fn age_at(self, now: Self) -> Duration {
        Duration::from_millis(now.0.saturating_sub(self.0) * MILLIS_PER_DECISECOND)
    }

    /// The time that is so much later, rounded down to the decisecond; `None` past
    /// [`MAX`](Self::MAX).
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        let deciseconds = deciseconds_of(duration)?.checked_add(self.0)?;
        Self::from_deciseconds(deciseconds).ok()
    }

    /// The time that is so much earlier, rounded down to the decisecond; `None` before
    /// [`MIN`](Self::MIN).
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let rounded =
            Duration::from_millis(MILLIS_PER_DECISECOND).checked_sub(Duration::from_nanos(1))?;
        let deciseconds = deciseconds_of(duration.checked_add(rounded)?)?;
        self.0.checked_sub(deciseconds).map(Self)
    }

    /// Year, month and day, in UTC.
    pub(crate) fn date(self) -> (u64, u64, u64) {
        civil_from_days(self.0 / DECISECONDS_PER_DAY)
    }

    /// Whether the time is midnight UTC exactly.
    #[cfg(feature = "tcf")]
    pub(crate) const fn is_midnight(self) -> bool {
        self.0 % DECISECONDS_PER_DAY == 0
    }
}

/// The whole deciseconds of a duration.
fn deciseconds_of(duration: Duration) -> Option<u64> {
    u64::try_from(duration.as_millis() / u128::from(MILLIS_PER_DECISECOND)).ok()
}

impl Sub for Timestamp {
    type Output = Duration;

    /// How much later this time is than the other: zero where it is earlier.
    fn sub(self, earlier: Self) -> Duration {
        earlier.age_at(self)
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    /// The time that is so much earlier, rounded down to the decisecond; [`MIN`](Self::MIN)
    /// where that is before 1970. [`checked_sub`](Self::checked_sub) tells the two apart.
    fn sub(self, duration: Duration) -> Self {
        self.checked_sub(duration).unwrap_or(Self::MIN)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt_with_millis(*self, 0, f)
    }
}

/// Writes a time and the milliseconds behind it, 0 to 99.
pub(crate) fn fmt_with_millis(
    time: Timestamp,
    millis: u8,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let (year, month, day) = time.date();
    let tenths = time.0 % DECISECONDS_PER_DAY;
    let seconds = tenths / 10;
    write!(
        f,
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{}{millis:02}Z",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        tenths % 10,
    )
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads `YYYY-MM-DDThh:mm:ssZ`, with up to nine decimals behind the seconds. Only UTC,
    /// only upper-case `T` and `Z`, no leap second; nothing is rounded.
    ///
    /// # Errors
    ///
    /// Each kind of [`TimestampError`], as documented there.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let millis = parse_millis(text)?;
        if millis.unsigned_abs() % MILLIS_PER_DECISECOND != 0 {
            return Err(TimestampError::Inexact);
        }
        Self::from_unix_millis(millis)
    }
}

/// The milliseconds from the epoch to a time as [`Timestamp`] reads it, but for what of it is
/// finer than a millisecond: that is [`TimestampError::Inexact`] here.
pub(crate) fn parse_millis(text: &str) -> Result<i64, TimestampError> {
    let (moment, decimals) = match text.strip_suffix('Z').and_then(|utc| utc.split_at_checked(19)) {
        Some((moment, decimals)) => (moment.as_bytes(), decimals.as_bytes()),
        None => return Err(TimestampError::InvalidText),
    };
    let nanos = match decimals {
        [] => 0,
        [b'.', digits @ ..] if (1..=9).contains(&digits.len()) => {
            (digits.len()..9).fold(number(digits)?, |nanos, _| nanos * 10)
        }
        _ => return Err(TimestampError::InvalidText),
    };
    if nanos % NANOS_PER_MILLI != 0 {
        return Err(TimestampError::Inexact);
    }
    let &[y0, y1, y2, y3, b'-', m0, m1, b'-', d0, d1, b'T', h0, h1, b':', n0, n1, b':', s0, s1] =
        moment
    else {
        return Err(TimestampError::InvalidText);
    };
    let year = number(&[y0, y1, y2, y3])?;
    let (month, day) = (number(&[m0, m1])?, number(&[d0, d1])?);
    let (hour, minute, second) = (number(&[h0, h1])?, number(&[n0, n1])?, number(&[s0, s1])?);
    if !(1..=12).contains(&month)
        || !(1..=days_in_month(year, month)).contains(&day)
        || hour > 23
        || minute > 59
        || second > 59
    {
        return Err(TimestampError::InvalidText);
    }
    let days = days_from_civil(year, month, day).ok_or(TimestampError::OutOfRange)?;
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second;
    // A year has four digits.
    i64::try_from(seconds * 1000 + nanos / NANOS_PER_MILLI).map_err(|_| TimestampError::OutOfRange)
}

/// The number that some decimal digits spell.
fn number(digits: &[u8]) -> Result<u64, TimestampError> {
    digits.iter().try_fold(0, |number, digit| match digit {
        b'0'..=b'9' => Ok(number * 10 + u64::from(digit - b'0')),
        _ => Err(TimestampError::InvalidText),
    })
}

const fn is_leap(year: u64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in_month(year: u64, month: u64) -> u64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

const fn leap_years_before(year: u64) -> u64 {
    let last = year - 1;
    last / 4 - last / 100 + last / 400
}

/// Days from 1970-01-01 to the first day of a year, from 1970 on.
const fn days_before_year(year: u64) -> u64 {
    365 * (year - 1970) + leap_years_before(year) - leap_years_before(1970)
}

fn days_from_civil(year: u64, month: u64, day: u64) -> Option<u64> {
    let before_month: u64 = (1..month).map(|earlier| days_in_month(year, earlier)).sum();
    (year >= 1970).then(|| days_before_year(year) + before_month + day - 1)
}

fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let mut year = 1970 + days / 366;
    while days_before_year(year + 1) <= days {
        year += 1;
    }
    let mut day = days - days_before_year(year);
    let mut month = 1;
    while day >= days_in_month(year, month) {
        day -= days_in_month(year, month);
        month += 1;
    }
    (year, month, day + 1)
}

#[cfg(feature = "std")]
mod system_time {
    use super::{Timestamp, TimestampError};
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    impl TryFrom<SystemTime> for Timestamp {
        type Error = TimestampError;

        /// Rounds down to the decisecond.
        fn try_from(time: SystemTime) -> Result<Self, TimestampError> {
            let since = time.duration_since(UNIX_EPOCH).map_err(|_| TimestampError::OutOfRange)?;
            let millis =
                i64::try_from(since.as_millis()).map_err(|_| TimestampError::OutOfRange)?;
            Self::from_unix_millis(millis)
        }
    }

    impl From<Timestamp> for SystemTime {
        fn from(time: Timestamp) -> Self {
            UNIX_EPOCH + Duration::from_millis(time.unix_millis().unsigned_abs())
        }
    }
}
