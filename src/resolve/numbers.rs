//! How numbers are written in a spec, and exact arithmetic on them.

use crate::ast::Literal;
use crate::expr::formats::all_digits;

/// As the spec has it, for messages.
pub(super) fn written(literal: &Literal) -> String {
    match literal {
        Literal::Bool(value) => value.to_string(),
        Literal::Number(number) => number.0.clone(),
        Literal::Text(text) => text.clone(),
        Literal::List(_) => "a list".to_owned(),
        Literal::Object(_) => "a map".to_owned(),
    }
}

/// A whole number: decimal, or `0x`, `0o`, `0b` as TOML has them; `_` between digits.
pub(super) fn integer(literal: &Literal) -> Option<i64> {
    let Literal::Number(number) = literal else {
        return None;
    };
    let text = number.0.replace('_', "");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return i64::from_str_radix(&format!("{sign}{digits}"), radix).ok();
        }
    }
    format!("{sign}{digits}").parse().ok()
}

pub(super) fn float(literal: &Literal) -> Option<f64> {
    let Literal::Number(number) = literal else {
        return None;
    };
    if let Some(whole) = integer(literal) {
        // Rounds as the text of the number would.
        return whole.to_string().parse().ok();
    }
    number
        .0
        .replace('_', "")
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite())
}

/// A decimal in units of its last digit, if it has no more digits than it may.
pub(super) fn units(literal: &Literal, precision: u32, scale: u32) -> Option<i64> {
    let text = match literal {
        Literal::Number(number) => number.0.as_str(),
        Literal::Text(text) => text.as_str(),
        Literal::Bool(_) | Literal::List(_) | Literal::Object(_) => return None,
    };
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let scale = scale as usize;
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    // Zeros behind the last digit that counts change nothing.
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > scale {
        return None;
    }
    let joined = format!("{whole}{fraction:0<scale$}");
    let significant = joined.trim_start_matches('0');
    if significant.len() > precision as usize {
        return None;
    }
    let units: i64 = if significant.is_empty() {
        0
    } else {
        significant.parse().ok()?
    };
    Some(if negative { -units } else { units })
}

/// `1050` with scale 2 is `10.50`.
pub(super) fn decimal(units: i64, scale: u32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let digits = units.unsigned_abs().to_string();
    let scale = scale as usize;
    if scale == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    format!("{sign}{whole}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::Number;

    #[test]
    fn decimals_are_exact() {
        let number = |text: &str| Literal::Number(Number(text.to_owned()));
        for (text, expected) in [
            ("10.5", Some(1050)),
            ("-0.01", Some(-1)),
            ("10.500", Some(1050)),
            ("10.505", None),
            ("1e2", None),
            ("99999999.99", Some(9_999_999_999)),
            ("100000000", None),
            (".5", None),
        ] {
            assert_eq!(units(&number(text), 10, 2), expected, "{text}");
        }
        assert_eq!(decimal(1050, 2), "10.50");
        assert_eq!(decimal(-1, 2), "-0.01");
        assert_eq!(decimal(7, 0), "7");
    }
}
