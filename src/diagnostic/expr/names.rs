//! BG1104: names that mean nothing where they stand.

use super::FUNCTIONS;
use crate::diagnostic::{Code, Diagnostic, show};
use crate::source::Span;

fn not_in_this(message: impl Into<String>, help: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::NotInThisExpression, span, message).help(help)
}

/// `what`: "a check"; `why` completes "..., since".
pub fn not_here(name: &str, what: &str, why: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` means nothing in {what}: {why}", show(name));
    not_in_this(
        message,
        "use fields of the row, or decide it in the logic of an endpoint",
        span,
    )
}

pub fn other_rows(what: &str, why: &str, span: Span) -> Diagnostic {
    not_in_this(
        format!("{what} looks at its own row only: {why}"),
        "use fields of the row, or decide it in the logic of an endpoint",
        span,
    )
}

pub fn unknown_function(
    name: &str,
    span: Span,
    functions: impl IntoIterator<Item = &'static str>,
) -> Diagnostic {
    let message = format!("there is no function `{}`", show(name));
    Diagnostic::error(Code::NotInThisExpression, span, message)
        .suggest(name, functions)
        .note(format!("there are {FUNCTIONS}"))
}

pub fn computed_not_here(name: &str, span: Span) -> Diagnostic {
    let message = format!(
        "`{}` is computed when a row is read, and is no column",
        show(name)
    );
    Diagnostic::error(Code::ComputedNotHere, span, message)
        .help("use the fields that it is computed from")
}

pub fn bare_relation(name: &str, span: Span) -> Diagnostic {
    let name = show(name);
    not_in_this(
        format!("`{name}` is a relation, which has no value"),
        &format!("write `count({name})` or `exists({name})`"),
        span,
    )
}

pub fn no_parts(name: &str, span: Span) -> Diagnostic {
    let help = "only references, `input` and `actor` have names behind a point";
    not_in_this(
        format!("`{}` is not read like this", show(name)),
        help,
        span,
    )
}

pub fn unknown_input<'a>(
    name: &str,
    span: Span,
    all: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("the input has no field `{}`", show(name));
    Diagnostic::error(Code::NotInThisExpression, span, message).suggest(name, all)
}

pub fn bare_actor(span: Span) -> Diagnostic {
    not_in_this(
        "`actor` has no value",
        "write `actor.id`, or `actor != null` for anyone signed in",
        span,
    )
}

pub fn unknown_of_actor(name: &str, span: Span) -> Diagnostic {
    let message = format!("`actor` has no `{}`", show(name));
    Diagnostic::error(Code::NotInThisExpression, span, message)
        .suggest(name, ["id", "subject", "roles"])
        .note("it has `actor.id`, `actor.subject` and `actor.roles`")
}

pub fn actor_without_row(span: Span) -> Diagnostic {
    not_in_this(
        "`actor.id` means nothing: the actor has no row",
        "say under `auth.actor` which entity holds it, or use `actor.subject`",
        span,
    )
}

pub fn bare_roles(span: Span) -> Diagnostic {
    not_in_this(
        "`actor.roles` stands behind `in` only",
        "write `\"admin\" in actor.roles`",
        span,
    )
}

pub fn role_not_written(span: Span) -> Diagnostic {
    not_in_this(
        "a role is written out",
        "write `\"admin\" in actor.roles`",
        span,
    )
}

pub fn unknown_role<'a>(
    role: &str,
    span: Span,
    roles: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("there is no role `{}`", show(role));
    Diagnostic::error(Code::NotInThisExpression, span, message)
        .suggest(role, roles)
        .help("use one of the roles under `auth.roles`, or add this one")
}
