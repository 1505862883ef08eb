//! Plain YAML scalars: what the core schema of YAML 1.2 makes of them, and whether YAML 1.1 tools agree.

use super::node::Kind;

/// The value of a plain scalar by the core schema (YAML 1.2.2, section 10.3.2).
pub(super) fn resolve(text: &str) -> Kind {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        _ if is_number(text) => Kind::Num(text.to_owned()),
        _ => Kind::Str(text.to_owned()),
    }
}

fn is_number(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_is_one = match mantissa.split_once('.') {
        Some((whole, fraction)) => {
            digits(whole) && digits(fraction) && whole.len() + fraction.len() > 0
        }
        None => !mantissa.is_empty() && digits(mantissa),
    };
    let exponent_is_one = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    mantissa_is_one && exponent_is_one
}

/// Why tools of YAML 1.1 and 1.2 disagree on a plain scalar; the words complete "it is ...". `None` where they agree.
/// The patterns of 1.1 are those of its type repository (yaml.org/type) as PyYAML implements them.
pub(super) fn disagreement(text: &str) -> Option<&'static str> {
    const SWITCHES: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "Y", "N"];
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let starts_with_digit = unsigned.starts_with(|first: char| first.is_ascii_digit());
    if SWITCHES.contains(&text)
        || (SWITCHES.contains(&text.to_ascii_lowercase().as_str()) && cased_as_a_word(text))
    {
        Some("a truth value in YAML 1.1 and text in YAML 1.2")
    } else if text == "=" {
        Some("a special value in YAML 1.1 and text in YAML 1.2")
    } else if !starts_with_digit {
        None
    } else if unsigned.contains(':') && is_sexagesimal(unsigned) {
        Some("a number to the base 60 in YAML 1.1 and text in YAML 1.2")
    } else if is_digits_with(unsigned, "_.") && unsigned.contains('_') {
        Some("a number in YAML 1.1 and text in YAML 1.2")
    } else if unsigned.len() > 1 && unsigned.starts_with('0') && is_digits_with(unsigned, "") {
        Some("an octal number or text in YAML 1.1 and a decimal number in YAML 1.2")
    } else if unsigned.starts_with("0o") && is_digits_with(&unsigned[2..], "") {
        Some("text in YAML 1.1 and an octal number in YAML 1.2")
    } else if unsigned.starts_with("0b") && is_digits_with(&unsigned[2..], "_") {
        Some("a binary number in YAML 1.1 and text in YAML 1.2")
    } else if is_number(text) && has_bare_exponent(unsigned) {
        Some("text in YAML 1.1 and a number in YAML 1.2")
    } else {
        None
    }
}

/// `yes`, `Yes` or `YES`, but not `yEs`.
fn cased_as_a_word(text: &str) -> bool {
    let tail = text.get(1..).unwrap_or_default();
    let lower = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    lower(text) || text.bytes().all(|byte| byte.is_ascii_uppercase()) || lower(tail)
}

fn is_digits_with(text: &str, others: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || others.contains(character))
}

fn is_sexagesimal(unsigned: &str) -> bool {
    let whole = unsigned
        .split_once('.')
        .map_or(unsigned, |(whole, _)| whole);
    let has_fraction = whole.len() < unsigned.len();
    let mut parts = whole.split(':');
    let first = parts.next().unwrap_or_default();
    let first_is_one = is_digits_with(first, "_") && (has_fraction || !first.starts_with('0'));
    let place = |part: &str| {
        is_digits_with(part, "")
            && (part.len() == 1 || part.len() == 2 && part.as_bytes()[0] < b'6')
    };
    first_is_one && parts.all(place)
}

/// YAML 1.1 wants a point before, and a sign after, the `e`.
fn has_bare_exponent(unsigned: &str) -> bool {
    !unsigned.starts_with("0x")
        && unsigned
            .split_once(['e', 'E'])
            .is_some_and(|(mantissa, exponent)| {
                !mantissa.contains('.') || !exponent.starts_with(['+', '-'])
            })
}
