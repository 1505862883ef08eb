//! Points in time.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::calendar::{Date, date, number, time};
use super::scalar::{Refused, Scalar};
use crate::db::{self, stored_as};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// A point in time, to the microsecond, from the year 1 to the year 9999.
///
/// Microseconds by construction, since that is what both databases keep: what was written reads back the same.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 0001-01-01T00:00:00Z.
    pub const MIN: Self = Self(-62_135_596_800 * SECOND);
    /// 9999-12-31T23:59:59.999999Z.
    pub const MAX: Self = Self(253_402_300_800 * SECOND - 1);

    /// From microseconds since 1970-01-01T00:00:00Z; the nearest end of the range for what lies outside.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        if micros < Self::MIN.0 {
            Self::MIN
        } else if micros > Self::MAX.0 {
            Self::MAX
        } else {
            Self(micros)
        }
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// RFC 3339 in UTC, always 27 bytes: `2026-11-20T08:21:39.226713Z`.
    pub(crate) fn text(self, text: &mut [u8; 27]) -> &str {
        let (year, month, day) = civil(self.0.div_euclid(DAY));
        let micros = self.0.rem_euclid(DAY);
        let seconds = micros / SECOND;
        *text = *b"0000-00-00T00:00:00.000000Z";
        digits(&mut text[0..4], year);
        digits(&mut text[5..7], month);
        digits(&mut text[8..10], day);
        digits(&mut text[11..13], seconds / 3_600);
        digits(&mut text[14..16], seconds / 60 % 60);
        digits(&mut text[17..19], seconds % 60);
        digits(&mut text[20..26], micros % SECOND);
        std::str::from_utf8(text).expect("BUG: digits are ASCII")
    }

    fn read(text: &[u8]) -> Option<Self> {
        let (day, rest) = text.split_at_checked(10)?;
        let (year, month, day) = date(day)?;
        let [b'T' | b't', rest @ ..] = rest else {
            return None;
        };
        let (seconds, micros, rest) = time(rest)?;
        let offset = match rest {
            b"Z" | b"z" => 0,
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let (hours, minutes) = (number(&[*h1, *h2])?, number(&[*m1, *m2])?);
                let offset = i64::from(hours * 60 + minutes) * 60;
                (hours < 24 && minutes < 60).then_some(if *sign == b'+' {
                    offset
                } else {
                    -offset
                })?
            }
            _ => return None,
        };
        let days = chrono::NaiveDate::from_ymd_opt(year, month, day)?.to_epoch_days();
        let seconds = i64::from(days) * 86_400 + i64::from(seconds) - offset;
        let value = Self(seconds * SECOND + i64::from(micros));
        (Self::MIN..=Self::MAX).contains(&value).then_some(value)
    }
}

/// Year, month and day of a count of days since 1970-01-01: `civil_from_days` of Howard Hinnant's "chrono-Compatible
/// Low-Level Date Algorithms".
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Writes a number's last digits into the whole of a slice.
fn digits(text: &mut [u8], mut value: i64) {
    for place in text.iter_mut().rev() {
        *place = b'0' + u8::try_from(value % 10).expect("BUG: a digit of a negative number");
        value /= 10;
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(&mut [0; 27]))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Self {
        Self::from_micros(time.timestamp_micros())
    }
}

impl From<Timestamp> for DateTime<Utc> {
    fn from(time: Timestamp) -> Self {
        Self::from_timestamp_micros(time.0).expect("BUG: a timestamp within the years 1 to 9999")
    }
}

impl From<Timestamp> for Date {
    /// The day in UTC.
    fn from(time: Timestamp) -> Self {
        DateTime::from(time).date_naive()
    }
}

impl Scalar for Timestamp {
    fn parse(text: &str) -> Result<Self, Refused> {
        Self::read(text.as_bytes())
            .ok_or_else(|| Refused::not("a time such as 2026-11-20T08:30:00Z"))
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text(&mut [0; 27]))
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::scalar::deserialize(deserializer)
    }
}

stored_as!(
    [] Timestamp,
    db::TimestampColumn,
    |value: &Self| db::timestamp_to_column(value.0),
    |column| Ok(Self::from_micros(db::timestamp_from_column(column)))
);
