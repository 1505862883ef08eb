//! BG11xx: expressions.

mod names;

pub use names::*;

use super::{Code, Diagnostic, show};
use crate::source::Span;

const FUNCTIONS: &str = "`count(books)`, `sum(lines, amount)` or `exists(tags, name == \"x\")`";

pub fn syntax(message: &str, help: &str, span: Span) -> Diagnostic {
    let message = format!("the expression cannot be read: {message}");
    Diagnostic::error(Code::ExpressionSyntax, span, message).help(help)
}

/// `why`: "it has more than 4096 bytes".
pub fn too_large(why: &str, span: Span) -> Diagnostic {
    let message = format!("the expression is too large: {why}");
    Diagnostic::error(Code::ExpressionTooLarge, span, message)
        .help("make it several, or decide it in the logic of an endpoint")
}

fn types(message: impl Into<String>, help: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::ExpressionTypes, span, message).help(help)
}

/// `what`: "a check"; `is`: "a text".
pub fn not_a_condition(what: &str, is: &str, span: Span) -> Diagnostic {
    types(
        format!("{what} is true or false, and this is {is}"),
        "compare it with something",
        span,
    )
}

pub fn not_a_truth_value(is: &str, span: Span) -> Diagnostic {
    let message = format!("`&&`, `||` and `!` join what is true or false, and this is {is}");
    types(message, "compare it with something", span)
}

pub fn not_a_number(is: &str, span: Span) -> Diagnostic {
    types(
        format!("`+`, `-` and `*` are for numbers, and this is {is}"),
        "use a field that is a number",
        span,
    )
}

pub fn float_arithmetic(span: Span) -> Diagnostic {
    types(
        "floats are compared, not calculated with",
        "make the field a `decimal`, which is exact",
        span,
    )
    .note("what is lost by rounding, and what is too large, is not the same everywhere")
}

pub fn number_too_long(span: Span) -> Diagnostic {
    types(
        "a number has at most 18 digits",
        "write a shorter number",
        span,
    )
}

pub fn bare_null(span: Span) -> Diagnostic {
    types(
        "`null` is only asked for",
        "write `field == null` or `field != null`",
        span,
    )
}

pub fn null_has_no_order(span: Span) -> Diagnostic {
    types(
        "nothing is less or greater than `null`",
        "write `== null` or `!= null`",
        span,
    )
}

pub fn never_null(span: Span) -> Diagnostic {
    types(
        "this is never null",
        "remove the question, or make the field optional",
        span,
    )
}

pub fn stray_list(span: Span) -> Diagnostic {
    types(
        "a list stands behind `in` only",
        "write `field in [...]`",
        span,
    )
}

pub fn not_a_list(span: Span) -> Diagnostic {
    types(
        "a list is expected behind `in`",
        "write `field in [\"a\", \"b\"]` or `\"role\" in actor.roles`",
        span,
    )
}

pub fn empty_list(span: Span) -> Diagnostic {
    types("nothing is in an empty list", "list what is allowed", span)
}

pub fn not_a_constant(span: Span) -> Diagnostic {
    types(
        "a list in an expression holds values that are written out",
        "write `a == b || a == c` to compare with fields",
        span,
    )
}

pub fn not_comparable(span: Span) -> Diagnostic {
    types(
        "bytes, JSON, value objects and lists are not compared",
        "ask whether it is null, or keep what counts in a field of its own",
        span,
    )
}

pub fn different_kinds(left: &str, right: &str, span: Span) -> Diagnostic {
    types(
        format!("{left} is not compared with {right}"),
        "compare values of one type",
        span,
    )
}

pub fn no_order(is: &str, span: Span) -> Diagnostic {
    types(format!("{is} has no order"), "use `==`, `!=` or `in`", span)
}

/// `must`: "a date".
pub fn text_does_not_fit(text: &str, must: &str, span: Span) -> Diagnostic {
    types(
        format!("`{}` stands where {must} is expected", show(text)),
        "write the value as the API does",
        span,
    )
}

pub fn unknown_word<'a>(
    word: &str,
    of: &str,
    span: Span,
    words: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("`{}` is not a value of `{of}`", show(word));
    Diagnostic::error(Code::ExpressionTypes, span, message).suggest(word, words)
}

pub fn sum_of_a_number(span: Span) -> Diagnostic {
    types(
        "a sum is taken of numbers that are no floats",
        "write `sum(lines, amount)` or `sum(lines, quantity * price)`",
        span,
    )
}

pub fn computed_constant(span: Span) -> Diagnostic {
    let message = "a computed field is computed from the row, and this is the same for all rows";
    types(message, "name a field or a relation", span)
}

pub fn computed_kind(span: Span) -> Diagnostic {
    types(
        "a computed field cannot be bytes, JSON, a value object or a list",
        "clients read the field itself",
        span,
    )
}

pub fn wrong_arguments(function: &str, span: Span) -> Diagnostic {
    types(
        format!("`{function}` is not called like this"),
        &format!("write {FUNCTIONS}"),
        span,
    )
}

pub fn not_a_relation(span: Span) -> Diagnostic {
    types(
        "a relation is expected here",
        "name the `as` of a reference to this entity, or one of its n:m relations",
        span,
    )
}

pub fn may_overflow(scale: u32, span: Span) -> Diagnostic {
    let message = if scale == 0 {
        "the result of this may not fit into 64 bits".to_owned()
    } else {
        format!(
            "the result of this, with {scale} digits behind the point, may not fit into 64 bits"
        )
    };
    Diagnostic::error(Code::MayOverflow, span, message)
        .note("what is compared has as many digits behind the point as the side that has more")
        .help("give the numbers in it a `min` and a `max`, or fewer digits")
}

/// What a field becomes.
fn unfit(message: String, help: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::ValueDoesNotFit, span, message).help(help)
}

pub fn null_for(field: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` must not be null, and this may be", show(field));
    let help = "let the field be null (`?`), or use what always has a value";
    unfit(message, help, span)
}

/// `is`: "a text"; `must`: "a date".
pub fn another_kind(is: &str, must: &str, span: Span) -> Diagnostic {
    let message = format!("the field takes {must}, and this is {is}");
    unfit(message, "write a value of the field's type", span)
}

pub fn beyond_bounds(field: &str, span: Span) -> Diagnostic {
    let message = format!("not every such value fits into `{}`", show(field));
    let help = "give what it is made of the bounds of the field";
    unfit(message, help, span)
}

pub fn no_row(entity: &str, span: Span) -> Diagnostic {
    let message = format!(
        "no row of `{}` is found that meets its checks",
        show(entity)
    );
    Diagnostic::error(Code::NoRowFound, span, message)
        .note("the service's tests need some")
        .help("add an `example:` to the fields that they speak of, or correct the checks")
}
