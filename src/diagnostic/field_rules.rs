//! BG0708: rules of fields that their use would break.

use super::{Code, Diagnostic, show};
use crate::source::Span;

fn contradiction(message: String, span: Span, rule: Option<Span>, help: &str) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::FieldRule, span, message);
    match rule {
        Some(rule) => diagnostic.label(rule, "the rule"),
        None => diagnostic,
    }
    .help(help)
}

/// `how` is "filter" or "sort".
pub fn nobody_asks(how: &str, field: &str, span: Span, rule: Option<Span>) -> Diagnostic {
    let message = format!(
        "nobody may {how} by `{}`, which no role may read in every row",
        show(field)
    );
    let help = "leave it out, or name a role in its `read` rule";
    contradiction(message, span, rule, help)
}

/// `how` is "the search", "including `tickets`" or "the path".
pub fn would_tell(how: &str, field: &str, span: Span, rule: Option<Span>) -> Diagnostic {
    let message = format!(
        "{how} would tell of `{}` to callers who may not read it",
        show(field)
    );
    let help = "leave it out, or let only those call who may read the field";
    contradiction(message, span, rule, help)
}

/// A field that clients name rows by.
pub fn names_rows(field: &str, where_: &str, span: Span, rule: Option<Span>) -> Diagnostic {
    let message = format!(
        "`{}` cannot be kept from anyone: it names the rows in {where_}",
        show(field)
    );
    contradiction(
        message,
        span,
        rule,
        "leave the rule out, or name rows by another field",
    )
}

pub fn cannot_give(endpoint: &str, field: &str, span: Span, rule: Option<Span>) -> Diagnostic {
    let message = format!(
        "not everyone who may call `{}` may write `{}`, which a new row needs",
        show(endpoint),
        show(field)
    );
    let help = "give it a `default`, make it optional, or let only those call who may write it";
    contradiction(message, span, rule, help)
}

/// A path that fills a reference which not everyone may write.
pub fn path_gives(field: &str, span: Span, rule: Option<Span>) -> Diagnostic {
    let message = format!(
        "the path sets `{}` for callers who may not write it",
        show(field)
    );
    let help = "use a path without it, or let only those call who may write the field";
    contradiction(message, span, rule, help)
}

/// A row inside of an answer of the user's own making.
pub fn inside_of_output(entity: &str, span: Span) -> Diagnostic {
    let message = format!(
        "some callers may not read all of `{}`, whose rows this output holds",
        show(entity)
    );
    let help = "answer with the entity itself, or name the fields that the output needs";
    contradiction(message, span, None, help)
}

pub fn made_from_another(field: &str, span: Span) -> Diagnostic {
    let message = format!(
        "`{}` is made from another field, so that no client writes it",
        show(field)
    );
    contradiction(message, span, None, "leave `write` out")
}
