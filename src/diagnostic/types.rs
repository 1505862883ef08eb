//! BG04xx: types, their constraints, and values of them.

use super::{Code, Diagnostic, show};
use crate::source::Span;

/// `ty` in words: "an `int`", "a reference".
pub fn not_for_this_type(key: &str, ty: &str, span: Span, fits: &str) -> Diagnostic {
    Diagnostic::error(
        Code::NotForThisType,
        span,
        format!("`{key}` means nothing for {ty}"),
    )
    .note(format!("`{key}` is for {fits}"))
    .help(format!("remove `{key}`"))
}

pub fn bounds_crossed(
    low: (&str, &str),
    high: (&str, &str),
    span: Span,
    low_span: Span,
) -> Diagnostic {
    let message = format!(
        "`{}` is {}, which is less than `{}`, {}",
        high.0,
        show(high.1),
        low.0,
        show(low.1)
    );
    Diagnostic::error(Code::BoundsCrossed, span, message)
        .label(low_span, format!("`{}`", low.0))
        .help("exchange the two, or correct one")
}

/// `must` completes "`min` must be ...".
pub fn bad_bound(key: &str, must: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadBound, span, format!("`{key}` must be {must}"))
        .help(format!("correct `{key}`, or remove it"))
}

pub fn bad_pattern(why: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::BadPattern,
        span,
        format!("the pattern is not a regular expression: {why}"),
    )
    .note("patterns are those of the Rust crate `regex`: no look-around, no back-references")
    .help("correct the pattern; in YAML, write it in single quotes")
}

pub fn pattern_too_large(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::BadPattern,
        span,
        "the pattern is too large once compiled",
    )
    .help("repeat less, or use `max` for the length")
}

/// `min` and `max` in characters.
pub fn no_sample(min: u32, max: u32, span: Span) -> Diagnostic {
    let message = format!("no text of {min} to {max} characters is found that the pattern matches");
    Diagnostic::error(Code::NoSample, span, message)
        .note("the service's tests and `openapi.json` need one")
        .help("add an `example:` that it matches, or correct the pattern or its `min` and `max`")
}

pub fn decimal_needs(keys: &[&str], span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::BadDecimal,
        span,
        format!("a decimal needs `{}`", keys.join("` and `")),
    )
    .help("write `decimal(10,2)`, or `type: decimal, precision: 10, scale: 2`")
}

pub fn decimal_digits(span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadDecimal, span, "a decimal has 1 to 18 digits")
        .help("choose a precision from 1 to 18, or use `float` or `string`")
}

pub fn decimal_scale(scale: u32, precision: u32, span: Span) -> Diagnostic {
    let message = format!("a decimal of {precision} digits cannot have {scale} behind the point");
    Diagnostic::error(Code::BadDecimal, span, message)
        .help("choose a scale of at most the precision")
}

/// `key`: `default` or `example`; `must` completes "must be ...".
pub fn bad_value(key: &str, must: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::BadValue, span, format!("the {key} must be {must}"))
        .help(format!("correct the {key}, or the field's type and limits"))
}

/// `default: now` where the time is not known.
pub fn now_is_unknown(span: Span) -> Diagnostic {
    let message = "`now` is not known inside of a list or of a value object";
    Diagnostic::error(Code::BadValue, span, message)
        .help("write a fixed value, or move the field to where the object or the list stands")
}

/// The word of an enum that is not one of its values.
pub fn not_a_word<'a>(
    key: &str,
    word: &str,
    name: &str,
    span: Span,
    words: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::error(
        Code::BadValue,
        span,
        format!("the {key} `{}` is not a value of `{name}`", show(word)),
    )
    .suggest(word, words)
    .help(format!("use a value of `{name}`, or add this one to it"))
}

pub fn default_is_pointless(why: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::BadValue,
        span,
        format!("a default means nothing here: {why}"),
    )
    .help("remove `default`")
}

pub fn no_values(name: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::EnumValues,
        span,
        format!("the enum `{}` has no values", show(name)),
    )
    .help("list at least one value")
}

pub fn too_many_values(name: &str, most: usize, span: Span) -> Diagnostic {
    let message = format!("the enum `{}` has more than {most} values", show(name));
    Diagnostic::error(Code::EnumValues, span, message)
        .help("make it an entity, whose rows are data")
}

pub fn value_twice(word: &str, span: Span, first: &str, first_span: Span) -> Diagnostic {
    let message = if word == first {
        format!("the value `{}` is listed twice", show(word))
    } else {
        format!(
            "the values `{}` and `{}` are one name in Rust",
            show(first),
            show(word)
        )
    };
    Diagnostic::error(Code::EnumValues, span, message)
        .label(first_span, "the first one")
        .help("remove or rename one of them")
}

pub fn bad_enum_value(word: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` cannot be a value of an enum", show(word));
    Diagnostic::error(Code::EnumValues, span, message)
        .note("a value has 1 to 63 characters: letters and digits of ASCII, and between them spaces and `-_./+#:`")
        .help("choose another word; what people read need not be what JSON carries")
}

pub fn recursive(name: &str, span: Span) -> Diagnostic {
    let message = format!("the value object `{}` holds itself", show(name));
    Diagnostic::error(Code::RecursiveType, span, message)
        .note("a value object is stored inside a row, so it cannot be endless")
        .help("make it an entity that refers to itself")
}

/// `what` and `place` in words: "an entity", "a value object".
pub fn not_allowed_here(what: &str, place: &str, help: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TypeNotAllowedHere,
        span,
        format!("{place} cannot hold {what}"),
    )
    .help(help.to_owned())
}

pub fn null_needs_optional(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NullNeedsOptional,
        span,
        "`empty_as_null` needs a field that may be null",
    )
    .help("add `optional: true`, or remove `empty_as_null`")
}

pub fn slug_source(name: &str, why: &str, span: Span) -> Diagnostic {
    let message = format!("a slug cannot be made from `{}`: {why}", show(name));
    Diagnostic::error(Code::SlugSource, span, message)
        .help("name a required `string` or `text` field of the same entity")
}
