//! Valid values: as many as asked for, in rising order while they last, in the form that answers repeat.

use serde_json::{Map, Value, json};

use super::Kind;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl Kind {
    /// The `n`-th valid value. That of a reference is the id of no row.
    #[must_use]
    pub fn sample(&self, n: usize) -> Value {
        match *self {
            Self::Text {
                pattern: Some((_, samples)),
                ..
            } => json!(samples[n % samples.len()]),
            Self::Text { min, max, .. } => json!(words(n, min, max)),
            Self::Email => json!(format!("a{n:04}@example.org")),
            Self::Url => json!(format!("https://example.org/{n:04}")),
            Self::Slug => json!(format!("sample-{n:04}")),
            Self::Int { min, max } => json!(within(n, 1, min, max)),
            Self::BigInt { min, max } => json!(within(n, 1, min, max).to_string()),
            Self::Float { min, max } => json!(between(n, min, max)),
            Self::Decimal {
                scale, min, max, ..
            } => json!(units(
                within(n, 12 * 10_i64.pow(scale.min(16)), min, max),
                scale
            )),
            Self::Bool => json!(n % 2 == 1),
            Self::Uuid => json!(format!("00000000-0000-4000-8000-{n:012}")),
            Self::Serial => json!(1_000_000 + n),
            Self::Date => json!(format!("2026-{:02}-{:02}", 1 + n / 28 % 12, 1 + n % 28)),
            Self::Time => json!(format!("{:02}:{:02}:00", 8 + n / 60 % 16, n % 60)),
            Self::Timestamp => json!(format!(
                "2026-01-{:02}T{:02}:{:02}:00.000000Z",
                1 + n / 1_440 % 31,
                n / 60 % 24,
                n % 60
            )),
            Self::Duration => json!(duration(n + 1)),
            Self::Json => json!({ "key": n }),
            Self::Bytes { max } => json!(base64(n, max)),
            Self::Choice(words) => json!(words[n % words.len()]),
            Self::Object(fields) => Value::Object(
                fields
                    .iter()
                    .map(|field| (field.key.to_owned(), field.kind.sample(n)))
                    .collect::<Map<_, _>>(),
            ),
            Self::List { item, min, max } => {
                let count = 1.clamp(min, max);
                Value::Array((0..count).map(|at| item.sample(n + at)).collect())
            }
            Self::To(entity) => entity.id().sample(900_000 + n),
        }
    }

    /// How many different values there are, as far as it matters.
    #[must_use]
    pub fn variety(&self) -> usize {
        match *self {
            Self::Text {
                pattern: Some((_, samples)),
                ..
            } => samples.len(),
            Self::Text { max, .. } => match max {
                0 => 1,
                1 => 26,
                _ => 600,
            },
            Self::Int { min, max } | Self::BigInt { min, max } | Self::Decimal { min, max, .. } => {
                usize::try_from(i128::from(max) - i128::from(min) + 1).unwrap_or(usize::MAX)
            }
            Self::Float { .. } => 63,
            Self::Bool => 2,
            Self::Choice(words) => words.len(),
            Self::Bytes { max: 0 } => 1,
            _ => 300,
        }
    }
}

fn words(n: usize, min: usize, max: usize) -> String {
    let mut text = if max >= 11 {
        format!("Sample {n:04}")
    } else {
        let width = u32::try_from(max.min(4)).unwrap_or(4);
        let letter =
            |place| char::from(b'a' + u8::try_from(n / 26_usize.pow(place) % 26).unwrap_or(0));
        (0..width).rev().map(letter).collect()
    };
    let missing = min.saturating_sub(text.chars().count());
    text.push_str(&"x".repeat(missing));
    text
}

/// From `wanted` or the nearest bound upwards, and round again at the end.
fn within(n: usize, wanted: i64, min: i64, max: i64) -> i64 {
    let n = i128::try_from(n).unwrap_or_default();
    let (min, max) = (i128::from(min), i128::from(max));
    let first = i128::from(wanted).clamp(min, max);
    let first = if max - first < 300 {
        min.max(max - 300)
    } else {
        first
    };
    let value = first + n % (max - first + 1);
    i64::try_from(value).unwrap_or_default()
}

fn between(n: usize, min: f64, max: f64) -> f64 {
    let step = u32::try_from(n % 63 + 1).map_or(1.0, f64::from);
    match (min.is_finite(), max.is_finite()) {
        // In steps of a power of two, which every reader reads exactly.
        (true, true) if max - min > 1.0 => ((min + (max - min) * step / 64.0) * 64.0).ceil() / 64.0,
        (true, true) => min + (max - min) * step / 64.0,
        (true, false) => min + step / 2.0,
        (false, true) => max - 32.0 + step / 2.0,
        (false, false) => step / 2.0,
    }
}

/// Units of the last digit as text: 1050 with scale 2 is `10.50`.
pub(super) fn units(units: i64, scale: u32) -> String {
    let scale = usize::try_from(scale).unwrap_or_default();
    let digits = format!("{:0width$}", units.unsigned_abs(), width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    let sign = if units < 0 { "-" } else { "" };
    if scale == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{part}")
    }
}

fn duration(minutes: usize) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("PT{minutes}M"),
        (hours, 0) => format!("PT{hours}H"),
        (hours, minutes) => format!("PT{hours}H{minutes}M"),
    }
}

fn base64(n: usize, max: usize) -> String {
    let digit = |at: usize| char::from(BASE64[at % 64]);
    match max {
        0 => String::new(),
        1 | 2 => format!("{}{}==", digit(n / 4), char::from(b"AQgw"[n % 4])),
        _ => format!("AA{}{}", digit(n / 64), digit(n)),
    }
}
