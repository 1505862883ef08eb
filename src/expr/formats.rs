//! How dates, durations, addresses and the like are written.

pub(crate) fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && all_digits(text))
        .then(|| text.parse().ok())
        .flatten()
}

/// `2026-11-20`, from the year 1 to 9999.
pub(crate) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    year > 0 && (1..=12).contains(&month) && (1..=days).contains(&day)
}

/// `08:30`, `08:30:00`, `08:30:00.123456`.
pub(crate) fn is_time(text: &str) -> bool {
    let (clock, fraction) = text
        .split_once('.')
        .map_or((text, None), |(clock, fraction)| (clock, Some(fraction)));
    let parts: Vec<Option<u32>> = clock.split(':').map(|part| number(part, 2)).collect();
    let fits = match parts.as_slice() {
        [Some(hour), Some(minute)] => *hour < 24 && *minute < 60 && fraction.is_none(),
        [Some(hour), Some(minute), Some(second)] => *hour < 24 && *minute < 60 && *second < 60,
        _ => false,
    };
    fits && fraction.is_none_or(|digits| (1..=6).contains(&digits.len()) && all_digits(digits))
}

/// RFC 3339 with seconds and an offset: `2026-11-20T08:30:00Z`.
pub(crate) fn is_timestamp(text: &str) -> bool {
    let Some((date, rest)) = text.split_once('T') else {
        return false;
    };
    let Some(at) = rest.find(['Z', '+', '-']) else {
        return false;
    };
    let (time, offset) = rest.split_at(at);
    let offset_fits = offset == "Z"
        || offset
            .get(1..)
            .is_some_and(|offset| offset.len() == 5 && is_time(offset));
    is_date(date) && time.len() >= 8 && is_time(time) && offset_fits
}

/// ISO 8601 in days and below, where every part has a fixed length: `P1DT2H`, `PT15M`, `PT0.5S`.
pub(crate) fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    let (days, clock) = rest
        .split_once('T')
        .map_or((rest, None), |(days, clock)| (days, Some(clock)));
    let days_fit = days.is_empty() || parts(days, "WD");
    let clock_fits = clock.is_none_or(|clock| !clock.is_empty() && parts(clock, "HMS"));
    days_fit && clock_fits && !(days.is_empty() && clock.is_none())
}

/// Numbers, each followed by a unit, the units in the given order.
fn parts(mut text: &str, units: &str) -> bool {
    for unit in units.chars() {
        if let Some((value, rest)) = text.split_once(unit) {
            let (whole, fraction) = value.split_once('.').unwrap_or((value, "0"));
            let fits = |digits: &str| (1..=6).contains(&digits.len()) && all_digits(digits);
            if !fits(whole) || !fits(fraction) || value.contains('.') && unit != 'S' {
                return false;
            }
            text = rest;
        }
    }
    text.is_empty()
}

/// With hyphens, in any letter case.
pub(crate) fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12]
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let plain =
        |character: char| character.is_ascii_graphic() && !"()<>[]\\,;:\"@".contains(character);
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || character == '-')
    };
    text.len() <= 254
        && !local.is_empty()
        && local.chars().all(plain)
        && domain.contains('.')
        && domain.split('.').all(label)
}

pub(crate) fn is_url(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let host_first =
        rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphanumeric()));
    host_first && text.len() <= 2_048 && text.chars().all(|character| character.is_ascii_graphic())
}

pub(crate) fn is_slug(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= 255 && text.split('-').all(word)
}

/// Standard alphabet with padding; gives the number of bytes.
pub(crate) fn base64_length(text: &str) -> Option<usize> {
    let padding = text.len() - text.trim_end_matches('=').len();
    let alphabet = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    let good = text.len().is_multiple_of(4)
        && padding <= 2
        && text.trim_end_matches('=').bytes().all(alphabet);
    good.then(|| text.len() / 4 * 3 - padding)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each rule of the calendar and of the notations, which cases would spell out one file each.
    #[test]
    fn notations() {
        let all = |check: fn(&str) -> bool, good: &[&str], bad: &[&str]| {
            for text in good {
                assert!(check(text), "{text}");
            }
            for text in bad {
                assert!(!check(text), "{text}");
            }
        };
        all(
            is_date,
            &["2024-02-29", "0001-01-01", "9999-12-31"],
            &["2023-02-29", "0000-01-01", "2024-1-1", "2024-13-01"],
        );
        all(
            is_time,
            &["08:30", "23:59:59.999999"],
            &["24:00", "08:60", "8:30", "08:30.5", "08:30:00."],
        );
        all(
            is_timestamp,
            &["2026-11-20T08:30:00Z", "2026-11-20T08:30:00.5+01:00"],
            &["2026-11-20", "2026-11-20T08:30Z", "2026-11-20T08:30:00"],
        );
        all(
            is_duration,
            &["PT15M", "P1DT2H", "P2W", "PT0.5S", "-PT1S"],
            &["P", "PT", "P1Y", "15M", "PT1.5H", "PT1M1H"],
        );
        all(
            is_uuid,
            &["018f5a3e-7c1b-7000-8000-000000000000"],
            &["018f5a3e7c1b70008000000000000000", "x"],
        );
        all(
            is_email,
            &["a.b+c@example.org"],
            &["a", "a@", "@b.c", "a@b", "a b@c.d"],
        );
        all(
            is_url,
            &["https://example.org/x?y=1"],
            &["ftp://a", "https://", "https://a b"],
        );
        all(is_slug, &["a", "the-title-2"], &["", "-a", "A", "a--b"]);
        assert_eq!(base64_length("aGk="), Some(2));
        assert_eq!(base64_length("aGk"), None);
    }
}
