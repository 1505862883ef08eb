//! Texts that stand for dates, times and the like.

use crate::expr::formats;
use crate::ir::Constant;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

pub(super) fn uuid(text: &str) -> Option<Constant> {
    formats::is_uuid(text).then(|| Constant::Uuid(text.to_ascii_lowercase()))
}

pub(super) fn date(text: &str) -> Option<Constant> {
    formats::is_date(text).then(|| Constant::Date(text.to_owned()))
}

pub(super) fn time(text: &str) -> Option<Constant> {
    formats::is_time(text).then(|| Constant::Time(micros_of_day(text)))
}

/// Whatever its offset, the moment counts.
pub(in crate::expr) fn timestamp(text: &str) -> Option<Constant> {
    if !formats::is_timestamp(text) {
        return None;
    }
    let (date, rest) = text.split_once('T')?;
    let at = rest.find(['Z', '+', '-'])?;
    let (time, offset) = rest.split_at(at);
    let shift = match offset.split_at(1) {
        ("+", offset) => micros_of_day(offset),
        ("-", offset) => -micros_of_day(offset),
        _ => 0,
    };
    let moment = days_since_epoch(date)? * DAY + micros_of_day(time) - shift;
    // A moment that an offset takes out of the years 1 to 9999 is none of the column's.
    let years = days_since_epoch("0001-01-01")? * DAY..(days_since_epoch("9999-12-31")? + 1) * DAY;
    years
        .contains(&moment)
        .then_some(Constant::Timestamp(moment))
}

pub(super) fn duration(text: &str) -> Option<Constant> {
    if !formats::is_duration(text) {
        return None;
    }
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (days, clock) = text
        .strip_prefix('P')?
        .split_once('T')
        .unwrap_or((&text[1..], ""));
    let mut sum: i64 = 0;
    for (mut rest, units) in [
        (days, &[('W', 604_800), ('D', 86_400)][..]),
        (clock, &[('H', 3_600), ('M', 60), ('S', 1)]),
    ] {
        for (unit, seconds) in units {
            if let Some((count, after)) = rest.split_once(*unit) {
                let (whole, fraction) = count.split_once('.').unwrap_or((count, ""));
                sum += whole.parse::<i64>().ok()? * seconds * SECOND + micros(fraction);
                rest = after;
            }
        }
    }
    Some(Constant::Duration(sign * sum))
}

/// Of a checked time.
fn micros_of_day(text: &str) -> i64 {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, ""));
    let parts = clock.split(':').map(|part| part.parse().unwrap_or(0));
    let seconds = parts
        .zip([3_600, 60, 1])
        .map(|(part, weight): (i64, i64)| part * weight);
    seconds.sum::<i64>() * SECOND + micros(fraction)
}

/// `5` is half a second.
fn micros(fraction: &str) -> i64 {
    format!("{fraction:0<6.6}").parse().unwrap_or(0)
}

/// Of a checked date. The algorithm is `days_from_civil` of Howard Hinnant, chrono-Compatible Low-Level Date Algorithms.
fn days_since_epoch(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each rule of the notations, which cases would spell out one file each.
    #[test]
    fn moments() {
        let at = |text| match timestamp(text) {
            Some(Constant::Timestamp(micros)) => Some(micros),
            _ => None,
        };
        assert_eq!(at("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(at("1970-01-01T01:00:00.5+01:00"), Some(500_000));
        assert_eq!(at("2000-02-29T12:00:00Z"), Some(951_825_600 * SECOND));
        assert_eq!(at("0001-01-01T00:00:00Z"), Some(-62_135_596_800_000_000));
        assert_eq!(at("0001-01-01T00:00:00+01:00"), None);
        assert_eq!(duration("-P1Y"), None);
        assert_eq!(
            duration("-P1DT2H"),
            Some(Constant::Duration(-26 * 3_600 * SECOND))
        );
        assert_eq!(duration("P2W"), Some(Constant::Duration(14 * DAY)));
        assert_eq!(duration("PT0.000001S"), Some(Constant::Duration(1)));
        assert_eq!(time("08:30"), Some(Constant::Time(30_600 * SECOND)));
        assert_eq!(crate::ir::decimal_text(-5, 2), "-0.05");
    }
}
