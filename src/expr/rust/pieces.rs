//! Pieces of Rust text, and how they are put together.

use super::Variable;
use crate::ir::{Scalar, Type};

/// How tightly a piece holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    And,
    Compare,
    Sum,
    Product,
    Atom,
}

pub(super) type Piece = (String, Level);

/// A value behind a reference: numbers in units, texts as `&str`, the rest as it is.
pub(super) fn of_column(variable: &Variable) -> String {
    let name = &variable.name;
    match &variable.ty {
        Type::Scalar(Scalar::Decimal(_)) => format!("{name}.units()"),
        Type::Scalar(Scalar::BigInt(_)) => format!("{name}.0"),
        Type::Scalar(Scalar::Text(_) | Scalar::Email | Scalar::Url | Scalar::Slug) => {
            format!("{name}.as_str()")
        }
        _ => format!("*{name}"),
    }
}

/// `a && b`, or `a || b`; what is constant is left out, since clippy takes it for a slip.
pub(super) fn joined(parts: Vec<Piece>, all: bool) -> Piece {
    let (neutral, decisive) = (all.to_string(), (!all).to_string());
    if parts.iter().any(|it| it.0 == decisive) {
        return (decisive, Level::Atom);
    }
    let mut parts: Vec<Piece> = parts.into_iter().filter(|it| it.0 != neutral).collect();
    if parts.len() < 2 {
        return parts.pop().unwrap_or((neutral, Level::Atom));
    }
    let (sign, level) = if all {
        (" && ", Level::And)
    } else {
        (" || ", Level::Or)
    };
    let parts: Vec<String> = parts.into_iter().map(|it| within(it, Level::And)).collect();
    (parts.join(sign), level)
}

pub(super) fn within((text, level): Piece, least: Level) -> String {
    if level < least {
        format!("({text})")
    } else {
        text
    }
}

/// In groups of three from five digits on.
pub(super) fn grouped(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let sign = if value < 0 { "-" } else { "" };
    if digits.len() < 5 {
        return format!("{sign}{digits}");
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    format!("{sign}{text}")
}
