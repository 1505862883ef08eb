//! Days and times of day, which belong to no time zone.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::scalar::{Refused, Scalar};

/// A day, from 0001-01-01 to 9999-12-31.
pub type Date = NaiveDate;

/// A time of day, to the microsecond.
pub type Time = NaiveTime;

impl Scalar for Date {
    fn parse(text: &str) -> Result<Self, Refused> {
        let refused = || Refused::not("a date such as 2026-11-20");
        let (year, month, day) = date(text.as_bytes()).ok_or_else(refused)?;
        Self::from_ymd_opt(year, month, day)
            .filter(|date| date.year() > 0)
            .ok_or_else(refused)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Scalar for Time {
    fn parse(text: &str) -> Result<Self, Refused> {
        let refused = || Refused::not("a time such as 08:30:00");
        let (seconds, micros, rest) = time(text.as_bytes()).ok_or_else(refused)?;
        if !rest.is_empty() {
            return Err(refused());
        }
        Self::from_num_seconds_from_midnight_opt(seconds, micros * 1_000).ok_or_else(refused)
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

/// Reads exactly `YYYY-MM-DD`, without asking whether the month has that day.
pub(super) fn date(text: &[u8]) -> Option<(i32, u32, u32)> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else {
        return None;
    };
    let year = number(&[*y1, *y2, *y3, *y4])?;
    Some((
        i32::try_from(year).ok()?,
        number(&[*m1, *m2])?,
        number(&[*d1, *d2])?,
    ))
}

/// Reads `HH:MM:SS` with an optional fraction: seconds since midnight, microseconds, and what follows. Finer digits
/// are dropped.
pub(super) fn time(text: &[u8]) -> Option<(u32, u32, &[u8])> {
    let [h1, h2, b':', m1, m2, b':', s1, s2, rest @ ..] = text else {
        return None;
    };
    let (hour, minute, second) = (
        number(&[*h1, *h2])?,
        number(&[*m1, *m2])?,
        number(&[*s1, *s2])?,
    );
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = hour * 3_600 + minute * 60 + second;
    let [b'.', rest @ ..] = rest else {
        return Some((seconds, 0, rest));
    };
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 {
        return None;
    }
    let mut micros = 0;
    for place in 0..6 {
        let digit = rest[..digits].get(place).map_or(0, |b| u32::from(b - b'0'));
        micros = micros * 10 + digit;
    }
    Some((seconds, micros, &rest[digits..]))
}

/// Reads digits and nothing else.
pub(super) fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, b| {
        b.is_ascii_digit().then(|| value * 10 + u32::from(b - b'0'))
    })
}
