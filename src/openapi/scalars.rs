//! Single values as JSON Schema.

use super::pattern;
use crate::ir::{Bounds, Decimal, MAX_EMAIL, MAX_INT, MAX_SLUG, MAX_URL, Scalar, Text};
use serde_json::{Map, Value, json};

/// A 64-bit integer in decimal digits.
const BIG_INT: &str = "^-?(0|[1-9][0-9]{0,18})$";
const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// Of a day, without a zone: what `format: time` means has one.
const TIME: &str = r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?$";
/// ISO 8601 without years and months, and short enough to count in microseconds.
const DURATION: &str = r"^-?P(?=[0-9T])([0-9]{1,6}W)?([0-9]{1,7}D)?(T(?=[0-9])([0-9]{1,9}H)?([0-9]{1,10}M)?([0-9]{1,12}(\.[0-9]+)?S)?)?$";
/// Padded, and without stray bits in the last digit.
const BASE64: &str =
    "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

pub type Schema = Map<String, Value>;

/// The schema of a value with all of its bounds.
pub fn bounded(scalar: &Scalar) -> Schema {
    match scalar {
        Scalar::Text(it) => text(it),
        Scalar::Email => {
            object(json!({"type": "string", "format": "email", "maxLength": MAX_EMAIL}))
        }
        Scalar::Url => object(
            json!({"type": "string", "format": "uri", "pattern": "^https?://", "maxLength": MAX_URL}),
        ),
        Scalar::Slug => object(
            json!({"type": "string", "pattern": SLUG, "minLength": 1, "maxLength": MAX_SLUG}),
        ),
        Scalar::Int(bounds) => {
            let (min, max) = bounds.within(MAX_INT);
            object(json!({"type": "integer", "format": "int64", "minimum": min, "maximum": max}))
        }
        Scalar::Float(bounds) => float(*bounds),
        Scalar::Decimal(decimal) => {
            let mut schema = exact(decimal);
            describe_range(&mut schema, decimal.bounds, |units| decimal.text(units));
            schema
        }
        Scalar::BigInt(bounds) => {
            let mut schema = free(scalar);
            describe_range(&mut schema, *bounds, |value| value.to_string());
            schema
        }
        Scalar::Bytes { max } => {
            let mut schema = free(scalar);
            let length = u64::from(*max).div_ceil(3) * 4;
            schema.insert("maxLength".into(), json!(length));
            schema
        }
        Scalar::Bool | Scalar::Uuid | Scalar::Date | Scalar::Time | Scalar::Timestamp => {
            free(scalar)
        }
        Scalar::Duration | Scalar::Json => free(scalar),
    }
}

/// The schema of a value to compare with, which may lie beyond the bounds.
pub fn free(scalar: &Scalar) -> Schema {
    object(match scalar {
        Scalar::Text(_) | Scalar::Email | Scalar::Url | Scalar::Slug => {
            json!({"type": "string", "pattern": pattern::STORABLE})
        }
        Scalar::Int(_) => return bounded(&Scalar::Int(Bounds::NONE)),
        Scalar::BigInt(_) => json!({"type": "string", "pattern": BIG_INT}),
        Scalar::Float(_) => json!({"type": "number", "format": "double"}),
        Scalar::Decimal(decimal) => {
            return exact(&Decimal {
                precision: 18,
                bounds: Bounds::NONE,
                ..decimal.clone()
            });
        }
        Scalar::Bool => json!({"type": "boolean"}),
        Scalar::Uuid => json!({"type": "string", "format": "uuid"}),
        Scalar::Date => json!({"type": "string", "format": "date"}),
        Scalar::Time => json!({"type": "string", "pattern": TIME}),
        Scalar::Timestamp => json!({"type": "string", "format": "date-time"}),
        Scalar::Duration => json!({"type": "string", "pattern": DURATION}),
        Scalar::Json => {
            json!({"type": ["object", "array", "string", "number", "boolean"], "items": {}})
        }
        Scalar::Bytes { .. } => {
            json!({"type": "string", "contentEncoding": "base64", "pattern": BASE64})
        }
    })
}

fn text(text: &Text) -> Schema {
    let mut schema = object(json!({"type": "string"}));
    let own = text.pattern.as_deref();
    let pattern = own.and_then(pattern::for_javascript);
    schema.insert(
        "pattern".into(),
        json!(pattern.unwrap_or(pattern::STORABLE)),
    );
    if pattern.is_some_and(pattern::allows_nul) {
        schema.insert("allOf".into(), json!([{"pattern": pattern::STORABLE}]));
    }
    if text.min > 0 {
        schema.insert("minLength".into(), json!(text.min));
    }
    schema.insert("maxLength".into(), json!(text.max));
    schema
}

fn float(bounds: Bounds<f64>) -> Schema {
    let mut schema = object(json!({"type": "number", "format": "double"}));
    if let Some(min) = bounds.min {
        schema.insert("minimum".into(), json!(min));
    }
    if let Some(max) = bounds.max {
        schema.insert("maximum".into(), json!(max));
    }
    schema
}

/// A decimal string: as many digits as the column holds, and a sign where it may be negative.
fn exact(decimal: &Decimal) -> Schema {
    let sign = if decimal.range().0 < 0 { "-?" } else { "" };
    let whole = match decimal.precision - decimal.scale {
        0 => "0".into(),
        1 => "[0-9]".into(),
        digits => format!("(0|[1-9][0-9]{{0,{}}})", digits - 1),
    };
    let part = match decimal.scale {
        0 => String::new(),
        scale => format!(r"(\.[0-9]{{1,{scale}}})?"),
    };
    object(json!({"type": "string", "pattern": format!("^{sign}{whole}{part}$")}))
}

/// Bounds of a string that is a number, for which JSON Schema has no word.
fn describe_range<T: Copy>(schema: &mut Schema, bounds: Bounds<T>, print: impl Fn(T) -> String) {
    let text = match (bounds.min, bounds.max) {
        (None, None) => return,
        (Some(min), None) => format!("At least {}.", print(min)),
        (None, Some(max)) => format!("At most {}.", print(max)),
        (Some(min), Some(max)) => format!("From {} to {}.", print(min), print(max)),
    };
    schema.insert("description".into(), json!(text));
}

/// The members of an object literal.
pub fn object(value: Value) -> Schema {
    match value {
        Value::Object(members) => members,
        _ => Schema::new(),
    }
}
