//! BG0210: what the language knows and this version of the compiler does not.

use super::{Code, Diagnostic, did_you_mean, show};
use crate::source::Span;

pub fn key(key: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NotSupportedYet,
        span,
        format!("`{}` is not supported yet", show(key)),
    )
    .here("planned, but not part of this version")
    .help("remove the key for now")
}

/// An owner that is unique: each caller with one row at most.
pub fn owner_of_one(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NotSupportedYet,
        span,
        "an owner that is `unique` is not supported yet",
    )
    .here("planned, but not part of this version")
    .help("leave `unique` out, or the `owner`")
}

/// A filter into rows that some endpoint shows to their owners alone.
pub fn private_rows(what: &str, entity: &str, span: Span) -> Diagnostic {
    let message = format!(
        "{} leads to rows of `{}`, which an endpoint shows to their owners alone: this is not supported yet",
        show(what),
        show(entity)
    );
    Diagnostic::error(Code::NotSupportedYet, span, message)
        .here("planned, but not part of this version")
        .help("leave it out, or use an endpoint with logic of its own")
}

/// A guard of a command whose logic is written by hand.
pub fn guard_alone(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NotSupportedYet,
        span,
        "a `guard` without `set` or `moves` is not supported yet",
    )
    .here("planned, but not part of this version")
    .help("add `set` or `moves`, or decide it in the logic and return the error there")
}

/// A rule in words that the language may have once.
pub fn access_rule(rule: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::NotSupportedYet,
        span,
        format!("the access rule `{}` is not supported yet", show(rule)),
    )
    .here("planned, but not part of this version");
    match did_you_mean(rule, ["public"]) {
        Some(_) => diagnostic.help("did you mean `public`?"),
        None => diagnostic
            .help("use `public`, `authenticated`, `owner`, a role or `{ when: … }` for now"),
    }
}

/// A `write` rule about rows that have no version.
pub fn unversioned_write_rule(span: Span) -> Diagnostic {
    let message = "a `write` rule about the row is not supported yet where rows have no version";
    Diagnostic::error(Code::NotSupportedYet, span, message)
        .here("planned, but not part of this version")
        .help("leave out `versioned: false`, or name roles in the rule")
}

/// A condition of a field's `read` rule that the row and the caller alone do not decide.
pub fn condition_beyond_row(span: Span) -> Diagnostic {
    let message = "a `read` rule that the row alone does not decide is not supported yet";
    Diagnostic::error(Code::NotSupportedYet, span, message)
        .here("planned, but not part of this version")
        .note("it leads along a relation, or compares with a constant date, time or UUID")
        .help("use fields of the row, `actor` and roles")
}
