//! Times: against a naive calendar, and at every edge.

use std::time::Duration;
#[cfg(feature = "std")]
use std::time::{SystemTime, UNIX_EPOCH};

use consent_string::{Timestamp, TimestampError};
use proptest::prelude::*;

const TENTHS_PER_DAY: u64 = 864_000;

#[test]
fn every_day_is_what_a_calendar_says() {
    let (mut year, mut month, mut day) = (1970, 1, 1);
    for days in 0.. {
        let Ok(midnight) = Timestamp::from_deciseconds(days * TENTHS_PER_DAY) else { break };
        let text = format!("{year:04}-{month:02}-{day:02}T00:00:00.000Z");
        assert_eq!(midnight.to_string(), text);
        assert_eq!(text.parse(), Ok(midnight));
        let before_midnight = format!("{year:04}-{month:02}-{day:02}T23:59:59.900Z");
        if let Ok(last) = Timestamp::from_deciseconds((days + 1) * TENTHS_PER_DAY - 1) {
            assert_eq!(last.to_string(), before_midnight);
            assert_eq!(before_midnight.parse(), Ok(last));
        }
        // One day on, by the rule that children learn.
        let leap = year % 400 == 0 || year % 4 == 0 && year % 100 != 0;
        let length = match month {
            2 => 28 + u64::from(leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        day += 1;
        if day > length {
            (day, month) = (1, month + 1);
            let past = format!("{year:04}-{:02}-{:02}T00:00:00Z", month - 1, length + 1);
            assert_eq!(past.parse::<Timestamp>(), Err(TimestampError::InvalidText), "{past}");
        }
        if month > 12 {
            (month, year) = (1, year + 1);
        }
    }
    assert_eq!((year, month, day), (2187, 10, 7), "all days up to the last that fits");
}

#[test]
fn texts_are_times_or_refused() {
    use TimestampError::{Inexact, InvalidText, OutOfRange};
    let cases = [
        // As JavaScript's `toISOString` writes them.
        ("1970-01-01T00:00:00.000Z", Ok(0)),
        ("2000-02-29T12:34:56.700Z", Ok(9_518_276_967)),
        ("2023-04-12T18:10:00.000Z", Ok(16_813_230_000)),
        ("2187-10-06T10:21:13.500Z", Ok((1 << 36) - 1)),
        // With fewer decimals or more.
        ("2023-04-12T18:10:00Z", Ok(16_813_230_000)),
        ("2023-04-12T18:10:00.1Z", Ok(16_813_230_001)),
        ("2023-04-12T18:10:00.100000000Z", Ok(16_813_230_001)),
        ("2187-10-06T10:21:13.600Z", Err(OutOfRange)),
        ("9999-12-31T23:59:59.900Z", Err(OutOfRange)),
        ("1969-12-31T23:59:59.900Z", Err(OutOfRange)),
        ("0000-01-01T00:00:00Z", Err(OutOfRange)),
        ("2023-04-12T18:10:00.050Z", Err(Inexact)),
        ("2023-04-12T18:10:00.100000001Z", Err(Inexact)),
        ("2023-04-12T18:10:00.1000000000Z", Err(InvalidText)),
        ("2023-04-12T18:10:00.Z", Err(InvalidText)),
        ("2023-04-12T18:10:00,100Z", Err(InvalidText)),
        ("2023-02-29T00:00:00.000Z", Err(InvalidText)),
        ("2023-00-01T00:00:00.000Z", Err(InvalidText)),
        ("2023-13-01T00:00:00.000Z", Err(InvalidText)),
        ("2023-01-00T00:00:00.000Z", Err(InvalidText)),
        ("2023-04-12T24:00:00.000Z", Err(InvalidText)),
        ("2023-04-12T00:60:00.000Z", Err(InvalidText)),
        ("2023-04-12T23:59:60.000Z", Err(InvalidText)),
        ("2023-04-12", Err(InvalidText)),
        ("2023-04-12T18:10Z", Err(InvalidText)),
        ("2023-04-12 18:10:00.000Z", Err(InvalidText)),
        ("2023-04-12t18:10:00.000Z", Err(InvalidText)),
        ("2023-04-12T18:10:00.000z", Err(InvalidText)),
        ("2023-04-12T18:10:00.000", Err(InvalidText)),
        ("2023-04-12T18:10:00.000+00:00", Err(InvalidText)),
        (" 2023-04-12T18:10:00.000Z", Err(InvalidText)),
        ("+023-04-12T18:10:00.000Z", Err(InvalidText)),
        ("2023-04-12T18:10:0é.000Z", Err(InvalidText)),
        ("2023-04-12T18:10:00.0é0Z", Err(InvalidText)),
        ("Z", Err(InvalidText)),
        ("", Err(InvalidText)),
    ];
    for (text, expected) in cases {
        let found = text.parse::<Timestamp>();
        assert_eq!(found.map(Timestamp::deciseconds), expected, "{text}");
    }
}

#[test]
fn numbers_are_times_or_refused() {
    assert_eq!(Timestamp::from_deciseconds(0), Ok(Timestamp::MIN));
    assert_eq!(Timestamp::from_deciseconds((1 << 36) - 1), Ok(Timestamp::MAX));
    for deciseconds in [1 << 36, u64::MAX] {
        assert_eq!(Timestamp::from_deciseconds(deciseconds), Err(TimestampError::OutOfRange));
    }
    let millis = |millis| Timestamp::from_unix_millis(millis).map(Timestamp::deciseconds);
    assert_eq!(millis(1_681_323_000_199), Ok(16_813_230_001), "rounded down");
    assert_eq!(millis(Timestamp::MAX.unix_millis() + 99), Ok((1 << 36) - 1));
    for outside in [-1, i64::MIN, Timestamp::MAX.unix_millis() + 100, i64::MAX] {
        assert_eq!(millis(outside), Err(TimestampError::OutOfRange));
    }
}

#[cfg(feature = "std")]
#[test]
fn system_times_are_rounded_down_or_refused() {
    let time = UNIX_EPOCH + Duration::new(1_681_323_000, 299_999_999);
    let timestamp = Timestamp::try_from(time).unwrap();
    assert_eq!(timestamp.to_string(), "2023-04-12T18:10:00.200Z");
    assert_eq!(SystemTime::from(timestamp), UNIX_EPOCH + Duration::from_millis(1_681_323_000_200));
    for outside in [
        UNIX_EPOCH - Duration::from_nanos(1),
        SystemTime::from(Timestamp::MAX) + Duration::from_millis(100),
        UNIX_EPOCH + Duration::from_secs(1 << 40),
    ] {
        assert_eq!(Timestamp::try_from(outside), Err(TimestampError::OutOfRange));
    }
    assert_eq!(Timestamp::try_from(UNIX_EPOCH), Ok(Timestamp::MIN));
}

#[test]
fn errors_say_what_was_expected() {
    let message = |text: &str| text.parse::<Timestamp>().unwrap_err().to_string();
    assert_eq!(message("MARK"), "not a time, expected the form 2023-04-12T18:10:00.000Z");
    assert_eq!(
        message("2200-01-01T00:00:00Z"),
        "a time outside 1970-01-01T00:00:00.000Z to 2187-10-06T10:21:13.500Z"
    );
    assert_eq!(
        message("2023-04-12T18:10:00.001Z"),
        "a time between two tenths of a second, which a consent string can't hold"
    );
    assert_eq!(format!("{:?}", Timestamp::MIN), "Timestamp(1970-01-01T00:00:00.000Z)");
}

proptest! {
    #[test]
    fn every_time_reads_back(deciseconds in 0..1_u64 << 36) {
        let time = Timestamp::from_deciseconds(deciseconds).unwrap();
        prop_assert_eq!(time.deciseconds(), deciseconds);
        prop_assert_eq!(time.to_string().parse(), Ok(time));
        prop_assert_eq!(Timestamp::from_unix_millis(time.unix_millis()), Ok(time));
        #[cfg(feature = "std")]
        prop_assert_eq!(Timestamp::try_from(SystemTime::from(time)), Ok(time));
    }

    #[test]
    fn no_text_makes_it_panic(text in "[0-9TZ:. é-]{0,30}", tail in "[0-9:.TZ-]{0,4}") {
        for text in [text, format!("2023-04-12T18:10:00{tail}")] {
            if let Ok(time) = text.parse::<Timestamp>() {
                prop_assert_eq!(&time.to_string()[..19], &text[..19]);
            }
        }
    }
}

#[test]
fn times_and_durations() {
    let time = |text: &str| text.parse::<Timestamp>().unwrap();
    let (early, late) = (time("2026-02-28T23:59:59.900Z"), time("2026-03-01T00:00:01Z"));
    let between = Duration::from_millis(1100);
    assert_eq!((late - early, early.age_at(late)), (between, between));
    assert_eq!((early - late, late.age_at(early)), (Duration::ZERO, Duration::ZERO));
    assert_eq!(early.checked_add(between), Some(late));
    assert_eq!((late.checked_sub(between), late - between), (Some(early), early));
    // Rounded down, in either direction.
    let more = between + Duration::from_millis(99) + Duration::from_nanos(999_999);
    assert_eq!(early.checked_add(more), Some(late));
    assert_eq!(late - between.checked_sub(Duration::from_nanos(1)).unwrap(), early);
    assert_eq!(late - between.checked_sub(Duration::from_millis(99)).unwrap(), early);
    assert_eq!((late - Duration::ZERO, late.checked_add(Duration::ZERO)), (late, Some(late)));
    // The ends.
    let tenth = Duration::from_millis(100);
    assert_eq!(Timestamp::MAX.checked_add(tenth), None);
    assert_eq!(
        Timestamp::MAX.checked_add(tenth.checked_sub(Duration::from_nanos(1)).unwrap()),
        Some(Timestamp::MAX)
    );
    assert_eq!(Timestamp::MIN.checked_sub(Duration::from_nanos(1)), None);
    assert_eq!(Timestamp::MIN - tenth, Timestamp::MIN);
    for far in [Duration::MAX, Duration::from_secs(u64::MAX)] {
        assert_eq!((late.checked_add(far), late.checked_sub(far)), (None, None));
        assert_eq!(late - far, Timestamp::MIN);
    }
    let all = Timestamp::MAX - Timestamp::MIN;
    assert_eq!(Timestamp::MIN.checked_add(all), Some(Timestamp::MAX));
    assert_eq!(Timestamp::MAX.checked_sub(all), Some(Timestamp::MIN));
}
