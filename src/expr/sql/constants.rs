//! Constants of the spec as literals of each database.

use crate::ir::{Constant, Database, Kind, decimal_text};
use crate::schema::quote_text;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// A constant of a kind as a literal.
pub(in crate::expr) fn literal(constant: &Constant, kind: Kind, database: Database) -> String {
    let postgres = database == Database::Postgres;
    match constant {
        Constant::Bool(value) => value.to_string(),
        Constant::Number(units) => match kind {
            Kind::Number { scale } if postgres => short(decimal_text(*units, scale)),
            _ => units.to_string(),
        },
        Constant::Float(value) if postgres => format!("'{value:?}'::double precision"),
        Constant::Float(value) => format!("{value:?}"),
        Constant::Text(text) | Constant::Word(text) => quote_text(text),
        Constant::Uuid(text) if postgres => format!("'{text}'::uuid"),
        Constant::Uuid(text) => format!("x'{}'", text.replace('-', "")),
        Constant::Date(text) if postgres => format!("'{text}'::date"),
        Constant::Date(text) => format!("'{text}'"),
        Constant::Time(micros) if postgres => format!("'{}'::time", clock(*micros)),
        Constant::Time(micros) => format!("'{}'", clock(*micros)),
        Constant::Timestamp(micros) if postgres => {
            let (year, month, day) = civil(micros.div_euclid(DAY));
            let clock = clock(micros.rem_euclid(DAY));
            format!("'{year:04}-{month:02}-{day:02} {clock}+00'::timestamptz")
        }
        Constant::Timestamp(micros) | Constant::Duration(micros) => micros.to_string(),
    }
}

/// Without zeros at the end of a fraction.
fn short(decimal: String) -> String {
    if decimal.contains('.') {
        let text = decimal.trim_end_matches('0').trim_end_matches('.');
        return text.to_owned();
    }
    decimal
}

/// A time of day as SQLite holds it: with no fraction, or with three or six digits.
pub(in crate::expr) fn clock(micros: i64) -> String {
    let (seconds, fraction) = (micros / SECOND, micros % SECOND);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    match fraction {
        0 => clock,
        _ if fraction % 1_000 == 0 => format!("{clock}.{:03}", fraction / 1_000),
        _ => format!("{clock}.{fraction:06}"),
    }
}

/// Year, month and day of a day since the Unix epoch. The algorithm is `civil_from_days` of Howard Hinnant,
/// chrono-Compatible Low-Level Date Algorithms.
pub(in crate::expr) fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The calendar's own edges, which cases would spell out one file each.
    #[test]
    fn days_and_clocks() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(-719_162), (1, 1, 1));
        assert_eq!(civil(2_932_896), (9999, 12, 31));
        assert_eq!(clock(0), "00:00:00");
        assert_eq!(clock(30_600 * SECOND + 500_000), "08:30:00.500");
        assert_eq!(clock(DAY - 1), "23:59:59.999999");
    }
}
