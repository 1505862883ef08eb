//! Types of the IR as types of columns.

use super::ColumnType;
use crate::ir::{Identity, MAX_EMAIL, MAX_INT, MAX_SLUG, MAX_URL, Scalar, Service, Type};

/// The column that holds a value of this type.
pub fn column_type(service: &Service, ty: &Type) -> ColumnType {
    match ty {
        Type::Scalar(scalar) => of_scalar(scalar),
        Type::Enum(id) => {
            let words = service[*id].values.iter();
            ColumnType::Choice(words.map(|value| value.word.clone()).collect())
        }
        Type::Reference(it) => match service[it.target].identity {
            Identity::Uuid => ColumnType::UuidRef,
            Identity::Int => ColumnType::IntRef,
        },
        // An entity is never stored in a column; a list of anything is one JSON value.
        Type::Object(_) | Type::List(_) | Type::Entity(_) => ColumnType::Json,
    }
}

fn of_scalar(scalar: &Scalar) -> ColumnType {
    match scalar {
        Scalar::Text(text) => ColumnType::Text {
            min: text.min,
            max: text.max,
        },
        Scalar::Email => short_text(MAX_EMAIL),
        Scalar::Url => short_text(MAX_URL),
        Scalar::Slug => short_text(MAX_SLUG),
        Scalar::Int(bounds) => {
            let (min, max) = bounds.within(MAX_INT);
            ColumnType::Int { min, max }
        }
        Scalar::BigInt(bounds) => ColumnType::Int {
            min: bounds.min.unwrap_or(i64::MIN),
            max: bounds.max.unwrap_or(i64::MAX),
        },
        Scalar::Float(bounds) => ColumnType::Float {
            min: bounds.min,
            max: bounds.max,
        },
        Scalar::Decimal(decimal) => {
            let (min, max) = decimal.range();
            ColumnType::Decimal {
                precision: decimal.precision,
                scale: decimal.scale,
                min,
                max,
            }
        }
        Scalar::Bool => ColumnType::Bool,
        Scalar::Uuid => ColumnType::Uuid,
        Scalar::Date => ColumnType::Date,
        Scalar::Time => ColumnType::Time,
        Scalar::Timestamp => ColumnType::Timestamp,
        Scalar::Duration => ColumnType::Duration,
        Scalar::Json => ColumnType::Json,
        Scalar::Bytes { max } => ColumnType::Bytes { max: *max },
    }
}

fn short_text(max: u32) -> ColumnType {
    ColumnType::Text { min: 1, max }
}
