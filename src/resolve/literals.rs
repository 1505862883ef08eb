//! Defaults and examples, against the types of their fields.

use super::numbers;
use super::scalars::MAX_INT;
use super::scope::Cx;
use crate::ast;
use crate::diagnostic::types as report;
use crate::expr::formats;
use crate::ir::{Bounds, Literal, Scalar, Type};
use crate::source::Span;

/// `key`: `default` or `example`. `None` where the value does not fit, which has been reported.
pub(super) fn literal(
    cx: &mut Cx<'_>,
    key: &str,
    given: &ast::Literal,
    span: Span,
    ty: &Type,
) -> Option<Literal> {
    match ty {
        Type::Scalar(scalar) => match of_scalar(scalar, given) {
            Ok(Literal::Now) if key == "example" => refuse(cx, key, "a fixed point in time", span),
            Ok(literal) => Some(literal),
            Err(must) => refuse(cx, key, &must, span),
        },
        Type::Enum(id) => {
            let ast::Literal::Text(word) = given else {
                return refuse(cx, key, "one of the enum's values", span);
            };
            let name = cx.enums[id.0].name.clone();
            let words: Vec<String> = cx.enums[id.0]
                .values
                .iter()
                .map(|value| value.word.clone())
                .collect();
            if words.contains(word) {
                return Some(Literal::Word(word.clone()));
            }
            cx.report(report::not_a_word(
                key,
                word,
                &name,
                span,
                words.iter().map(String::as_str),
            ));
            None
        }
        Type::List(list) => {
            let ast::Literal::List(items) = given else {
                return refuse(cx, key, "a list", span);
            };
            let (least, most) = (list.min_items as usize, list.max_items as usize);
            if !(least..=most).contains(&items.len()) {
                return refuse(cx, key, &format!("a list of {least} to {most} items"), span);
            }
            let constant = !matches!(
                list.item,
                Type::Object(_) | Type::Reference(_) | Type::Entity(_)
            );
            if !constant && !items.is_empty() {
                return refuse(cx, key, "the empty list, `[]`", span);
            }
            let items: Vec<_> = items
                .iter()
                .map(
                    |item| match literal(cx, key, &item.value, item.span, &list.item) {
                        Some(Literal::Now) => {
                            cx.report(report::now_is_unknown(item.span));
                            None
                        }
                        other => other,
                    },
                )
                .collect();
            items.into_iter().collect::<Option<_>>().map(Literal::List)
        }
        // Reported as a key that does not apply.
        Type::Object(_) | Type::Reference(_) | Type::Entity(_) => None,
    }
}

fn refuse(cx: &mut Cx<'_>, key: &str, must: &str, span: Span) -> Option<Literal> {
    cx.report(report::bad_value(key, must, span));
    None
}

/// The value, or what it must be.
fn of_scalar(scalar: &Scalar, given: &ast::Literal) -> Result<Literal, String> {
    match scalar {
        Scalar::Text(text) => of_text(text, given),
        Scalar::Email => checked(given, formats::is_email, "an e-mail address"),
        Scalar::Url => checked(given, formats::is_url, "an absolute `http` or `https` URL"),
        Scalar::Slug => checked(
            given,
            formats::is_slug,
            "small letters and digits, joined by `-`",
        ),
        Scalar::Uuid => checked(given, formats::is_uuid, "a UUID").map(lower),
        Scalar::Date if is_now(given) => Ok(Literal::Now),
        Scalar::Timestamp if is_now(given) => Ok(Literal::Now),
        Scalar::Date => checked(
            given,
            formats::is_date,
            "a date such as `2026-11-20`, or `now`",
        ),
        Scalar::Time => checked(given, formats::is_time, "a time such as `08:30:00`"),
        Scalar::Timestamp => checked(
            given,
            formats::is_timestamp,
            "a timestamp such as `2026-11-20T08:30:00Z`, or `now`",
        ),
        Scalar::Duration => checked(
            given,
            formats::is_duration,
            "a duration such as `PT15M` or `P1DT2H`",
        ),
        Scalar::Int(bounds) => of_integer(given, *bounds, MAX_INT),
        Scalar::BigInt(bounds) => of_integer(given, *bounds, i64::MAX),
        Scalar::Float(bounds) => {
            let value = numbers::float(given).ok_or("a number")?;
            within(value, *bounds, |bound| bound.to_string())?;
            Ok(Literal::Float(value))
        }
        Scalar::Decimal(decimal) => {
            let (precision, scale) = (decimal.precision, decimal.scale);
            let must = || {
                format!("a number of at most {precision} digits, {scale} of them behind the point")
            };
            let units = numbers::units(given, precision, scale).ok_or_else(must)?;
            within(units, decimal.bounds, |bound| {
                numbers::decimal(bound, scale)
            })?;
            Ok(Literal::Text(numbers::decimal(units, scale)))
        }
        Scalar::Bool => match given {
            ast::Literal::Bool(value) => Ok(Literal::Bool(*value)),
            _ => Err("`true` or `false`".to_owned()),
        },
        Scalar::Json => Ok(Literal::Json(
            json(given).ok_or("JSON, whose numbers have 64 bits")?,
        )),
        Scalar::Bytes { max } => {
            let fits = |text: &str| {
                formats::base64_length(text).is_some_and(|length| length <= *max as usize)
            };
            checked(given, fits, &format!("at most {max} bytes in base64"))
        }
    }
}

fn checked(
    given: &ast::Literal,
    fits: impl Fn(&str) -> bool,
    must: &str,
) -> Result<Literal, String> {
    match given {
        ast::Literal::Text(text) if fits(text) => Ok(Literal::Text(text.clone())),
        _ => Err(must.to_owned()),
    }
}

fn lower(literal: Literal) -> Literal {
    match literal {
        Literal::Text(text) => Literal::Text(text.to_ascii_lowercase()),
        other => other,
    }
}

fn is_now(given: &ast::Literal) -> bool {
    matches!(given, ast::Literal::Text(text) if text == "now")
}

fn of_text(text: &crate::ir::Text, given: &ast::Literal) -> Result<Literal, String> {
    let ast::Literal::Text(value) = given else {
        return Err("text".to_owned());
    };
    let length = value.chars().count();
    if length < text.min as usize || length > text.max as usize {
        return Err(format!("text of {} to {} characters", text.min, text.max));
    }
    if value.contains('\0') {
        return Err("text without the character NUL".to_owned());
    }
    let pattern = text
        .pattern
        .as_deref()
        .and_then(|pattern| regex::Regex::new(pattern).ok());
    if pattern.is_some_and(|pattern| !pattern.is_match(value)) {
        return Err("text that the pattern matches".to_owned());
    }
    Ok(Literal::Text(value.clone()))
}

fn of_integer(given: &ast::Literal, bounds: Bounds<i64>, most: i64) -> Result<Literal, String> {
    let value = numbers::integer(given)
        .filter(|value| value.unsigned_abs() <= most.unsigned_abs() || most == i64::MAX);
    let value = value.ok_or("a whole number that the type holds")?;
    within(value, bounds, |bound| bound.to_string())?;
    Ok(Literal::Int(value))
}

fn within<T: PartialOrd + Copy>(
    value: T,
    bounds: Bounds<T>,
    show: impl Fn(T) -> String,
) -> Result<(), String> {
    match bounds {
        Bounds { min: Some(min), .. } if value < min => Err(format!("at least {}", show(min))),
        Bounds { max: Some(max), .. } if value > max => Err(format!("at most {}", show(max))),
        Bounds { .. } => Ok(()),
    }
}

fn json(given: &ast::Literal) -> Option<serde_json::Value> {
    use serde_json::Value;
    Some(match given {
        ast::Literal::Bool(value) => Value::Bool(*value),
        ast::Literal::Number(_) => match numbers::integer(given) {
            Some(whole) => whole.into(),
            None => numbers::float(given)?.into(),
        },
        ast::Literal::Text(text) => Value::String(text.clone()),
        ast::Literal::List(items) => items
            .iter()
            .map(|item| json(&item.value))
            .collect::<Option<Vec<_>>>()?
            .into(),
        ast::Literal::Object(entries) => {
            let pairs = entries
                .iter()
                .map(|(key, value)| Some((key.value.clone(), json(&value.value)?)));
            Value::Object(pairs.collect::<Option<_>>()?)
        }
    })
}
