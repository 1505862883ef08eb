//! Lengths of time.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::scalar::{Refused, Scalar};
use crate::db::stored_as;

const SECOND: i64 = 1_000_000;

/// A length of time in microseconds; in JSON as ISO 8601 without years and months, which have no fixed length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(i64);

impl Duration {
    /// From microseconds.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Its microseconds.
    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    fn read(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let text = text.strip_prefix('P')?;
        let (days, clock) = match text.split_once('T') {
            Some((days, clock)) if !clock.is_empty() => (days, clock),
            Some(_) => return None,
            None if text.is_empty() => return None,
            None => (text, ""),
        };
        let days = parts(days, &[('W', 604_800), ('D', 86_400)])?;
        let clock = parts(clock, &[('H', 3_600), ('M', 60), ('S', 1)])?;
        let micros = days.checked_add(clock)?;
        Some(Self(if negative { -micros } else { micros }))
    }
}

/// Sums `1H30M`-like parts, each unit at most once and in order. A fraction is taken of the last unit listed only.
fn parts(mut text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut sum: i64 = 0;
    for (unit, seconds) in units {
        let Some((count, rest)) = text.split_once(*unit) else {
            continue;
        };
        let (whole, fraction) = match count.split_once('.') {
            Some((whole, fraction)) if *unit == 'S' && !fraction.is_empty() => (whole, fraction),
            Some(_) => return None,
            None => (count, ""),
        };
        if whole.is_empty() || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let micros: i64 = format!("{fraction:0<6.6}").parse().ok()?;
        let part = whole
            .parse::<i64>()
            .ok()?
            .checked_mul(*seconds)?
            .checked_mul(SECOND)?;
        sum = sum.checked_add(part)?.checked_add(micros)?;
        text = rest;
    }
    text.is_empty().then_some(sum)
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.0.unsigned_abs();
        let (seconds, fraction) = (micros / 1_000_000, micros % 1_000_000);
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        f.write_str(if self.0 < 0 { "-PT" } else { "PT" })?;
        if hours > 0 {
            write!(f, "{hours}H")?;
        }
        if minutes > 0 {
            write!(f, "{minutes}M")?;
        }
        match fraction {
            0 if seconds > 0 || hours == 0 && minutes == 0 => write!(f, "{seconds}S"),
            0 => Ok(()),
            _ => write!(f, "{seconds}.{fraction:06}S"),
        }
    }
}

impl Scalar for Duration {
    fn parse(text: &str) -> Result<Self, Refused> {
        Self::read(text).ok_or_else(|| Refused::not("a duration such as PT1H30M"))
    }

    fn print(&self) -> String {
        self.to_string()
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Duration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::scalar::deserialize(deserializer)
    }
}

stored_as!([] Duration, i64, |value: &Self| value.0, |micros| Ok(Self(micros)));
