//! Scalars and their constraints.

use super::numbers;
use super::scope::Cx;
use crate::ast::{F, Field, Literal, ScalarType};
use crate::diagnostic::types as report;
use crate::ir::{Bounds, Decimal, Scalar, Text};
use crate::source::Span;

/// What every reader of JSON holds exactly: 2^53 - 1.
pub(super) const MAX_INT: i64 = 9_007_199_254_740_991;
const STRING: u32 = 255;
const TEXT: u32 = 65_536;
const MOST_TEXT: u32 = 1_000_000;
const BYTES: u32 = 65_536;
const MOST_BYTES: u32 = 1_000_000;
const MONEY: (u32, u32) = (18, 2);
const MOST_DIGITS: u32 = 18;

/// `None` where a key that the type cannot do without is missing or wrong.
pub(super) fn scalar(cx: &mut Cx<'_>, field: &Field, ty: ScalarType, span: Span) -> Option<Scalar> {
    Some(match ty {
        ScalarType::String => Scalar::Text(text(cx, field, STRING, false)),
        ScalarType::Text => Scalar::Text(text(cx, field, TEXT, true)),
        ScalarType::Int => Scalar::Int(whole(
            cx,
            field,
            MAX_INT,
            "a whole number within ±(2^53 − 1)",
        )),
        ScalarType::Bigint => {
            Scalar::BigInt(whole(cx, field, i64::MAX, "a whole number of 64 bits"))
        }
        ScalarType::Float => Scalar::Float(bounds(cx, field, numbers::float, "a number")),
        ScalarType::Decimal => {
            let (precision, scale) = digits(cx, field, span)?;
            Scalar::Decimal(decimal(cx, field, precision, scale, false))
        }
        ScalarType::Money => Scalar::Decimal(decimal(cx, field, MONEY.0, MONEY.1, true)),
        ScalarType::Bool => Scalar::Bool,
        ScalarType::Uuid => Scalar::Uuid,
        ScalarType::Date => Scalar::Date,
        ScalarType::Time => Scalar::Time,
        ScalarType::Timestamp => Scalar::Timestamp,
        ScalarType::Duration => Scalar::Duration,
        ScalarType::Email => Scalar::Email,
        ScalarType::Url => Scalar::Url,
        ScalarType::Slug => Scalar::Slug,
        ScalarType::Json => Scalar::Json,
        ScalarType::Bytes => {
            let max = length(cx, "max", &field.max, 1, MOST_BYTES).unwrap_or(BYTES);
            Scalar::Bytes { max }
        }
    })
}

fn text(cx: &mut Cx<'_>, field: &Field, usual: u32, long: bool) -> Text {
    let min = length(cx, "min", &field.min, 0, MOST_TEXT);
    let max = length(cx, "max", &field.max, 1, MOST_TEXT);
    match (min, max) {
        (Some(min), Some(max)) => crossed(cx, field, min > max),
        (Some(min), None) if min > usual && field.max.is_absent() => {
            if let Some(span) = field.min.span() {
                let must =
                    format!("at most {usual}, the `max` of the type, unless `max` is given too");
                cx.report(report::bad_bound("min", &must, span));
            }
        }
        _ => {}
    }
    Text {
        min: min.unwrap_or(0),
        max: max.unwrap_or(usual),
        pattern: pattern(cx, field),
        long,
    }
}

/// The pattern, if it is one that the service can compile.
fn pattern(cx: &mut Cx<'_>, field: &Field) -> Option<String> {
    let (pattern, span) = field.pattern.given()?;
    // The parser's own message is short; the compiler's (below) repeats the pattern over several lines.
    if let Err(error) = regex_syntax::Parser::new().parse(pattern) {
        let why = match &error {
            regex_syntax::Error::Parse(error) => error.kind().to_string(),
            regex_syntax::Error::Translate(error) => error.kind().to_string(),
            _ => error.to_string(),
        };
        cx.report(report::bad_pattern(&why, span));
        return None;
    }
    if regex::Regex::new(pattern).is_err() {
        cx.report(report::pattern_too_large(span));
        return None;
    }
    Some(pattern.clone())
}

/// A number of characters or bytes.
fn length(cx: &mut Cx<'_>, key: &str, given: &F<Literal>, least: u32, most: u32) -> Option<u32> {
    let (literal, span) = given.given()?;
    let number = numbers::integer(literal).and_then(|number| u32::try_from(number).ok());
    let number = number.filter(|number| (least..=most).contains(number));
    if number.is_none() {
        cx.report(report::bad_bound(
            key,
            &format!("a whole number from {least} to {most}"),
            span,
        ));
    }
    number
}

fn whole(cx: &mut Cx<'_>, field: &Field, most: i64, must: &str) -> Bounds<i64> {
    let parse = |literal: &Literal| {
        numbers::integer(literal)
            .filter(|number| (-most - i64::from(most == i64::MAX)..=most).contains(number))
    };
    bounds(cx, field, parse, must)
}

fn bounds<T: PartialOrd + Copy>(
    cx: &mut Cx<'_>,
    field: &Field,
    parse: impl Fn(&Literal) -> Option<T>,
    must: &str,
) -> Bounds<T> {
    let mut bound = |key: &str, given: &F<Literal>| {
        let (literal, span) = given.given()?;
        let value = parse(literal);
        if value.is_none() {
            cx.report(report::bad_bound(key, must, span));
        }
        value
    };
    let (min, max) = (bound("min", &field.min), bound("max", &field.max));
    if let (Some(min), Some(max)) = (min, max) {
        crossed(cx, field, min > max);
    }
    Bounds { min, max }
}

fn crossed(cx: &mut Cx<'_>, field: &Field, are: bool) {
    if let (true, Some((min, low)), Some((max, high))) = (are, field.min.given(), field.max.given())
    {
        let (min, max) = (numbers::written(min), numbers::written(max));
        cx.report(report::bounds_crossed(
            ("min", &min),
            ("max", &max),
            high,
            low,
        ));
    }
}

/// Precision and scale of a decimal.
fn digits(cx: &mut Cx<'_>, field: &Field, span: Span) -> Option<(u32, u32)> {
    let keys = [("precision", &field.precision), ("scale", &field.scale)];
    let missing: Vec<&str> = keys
        .iter()
        .filter(|(_, given)| given.is_absent())
        .map(|(key, _)| *key)
        .collect();
    if !missing.is_empty() {
        cx.report(report::decimal_needs(&missing, span));
    }
    let (precision, at) = field.precision.given()?;
    let (scale, scale_at) = field.scale.given()?;
    if !(1..=MOST_DIGITS).contains(precision) {
        cx.report(report::decimal_digits(at));
        return None;
    }
    if scale > precision {
        cx.report(report::decimal_scale(*scale, *precision, scale_at));
        return None;
    }
    Some((*precision, *scale))
}

fn decimal(cx: &mut Cx<'_>, field: &Field, precision: u32, scale: u32, money: bool) -> Decimal {
    let must = format!("a number of at most {precision} digits, {scale} of them behind the point");
    let bounds = bounds(
        cx,
        field,
        |literal| numbers::units(literal, precision, scale),
        &must,
    );
    Decimal {
        precision,
        scale,
        bounds,
        money,
    }
}
