//! Constants as JSON, in the form that a service answers them in.

use serde_json::{Value, json};

use super::sql::constants::{civil, clock};
use crate::ir::{Constant, Scalar, Type};

const SECOND: u64 = 1_000_000;
const DAY: i64 = 86_400_000_000;

/// A value of a field.
pub fn of_field(constant: &Constant, ty: &Type) -> Value {
    match (constant, ty) {
        (Constant::Number(units), Type::Scalar(Scalar::Decimal(decimal))) => {
            json!(decimal.text(*units))
        }
        (Constant::Number(value), Type::Scalar(Scalar::BigInt(_))) => json!(value.to_string()),
        _ => json(constant),
    }
}

/// Numbers in units; decimals and 64-bit integers are strings to clients, which their types know.
fn json(constant: &Constant) -> Value {
    match constant {
        Constant::Bool(value) => json!(value),
        Constant::Number(units) => json!(units),
        Constant::Float(value) => json!(value),
        Constant::Text(text)
        | Constant::Word(text)
        | Constant::Uuid(text)
        | Constant::Date(text) => {
            json!(text)
        }
        Constant::Time(micros) => json!(clock(*micros)),
        Constant::Timestamp(micros) => {
            let (year, month, day) = civil(micros.div_euclid(DAY));
            let rest = micros.rem_euclid(DAY);
            let clock = clock(rest - rest % 1_000_000);
            let fraction = rest % 1_000_000;
            json!(format!(
                "{year:04}-{month:02}-{day:02}T{clock}.{fraction:06}Z"
            ))
        }
        Constant::Duration(micros) => json!(duration(*micros)),
    }
}

/// ISO 8601 in hours, minutes and seconds.
fn duration(micros: i64) -> String {
    let (seconds, fraction) = (
        micros.unsigned_abs() / SECOND,
        micros.unsigned_abs() % SECOND,
    );
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let mut text = String::from(if micros < 0 { "-PT" } else { "PT" });
    for (count, unit) in [(hours, 'H'), (minutes, 'M')] {
        if count > 0 {
            text += &format!("{count}{unit}");
        }
    }
    if fraction > 0 {
        text += &format!("{seconds}.{fraction:06}S");
    } else if seconds > 0 || (hours, minutes) == (0, 0) {
        text += &format!("{seconds}S");
    }
    text
}
