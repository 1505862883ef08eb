//! BG062x: state machines, and commands that change their row by themselves.

use super::{Code, Diagnostic, Severity, show};
use crate::source::Span;

/// `why` completes "`status` cannot have transitions:".
pub fn no_state(name: &str, why: &str, span: Span, help: &str) -> Diagnostic {
    let message = format!("`{}` cannot have transitions: {why}", show(name));
    Diagnostic::error(Code::BadTransition, span, message).help(help)
}

pub fn unknown_state<'a>(
    word: &str,
    of: &str,
    span: Span,
    words: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("`{}` is not a value of `{of}`", show(word));
    Diagnostic::error(Code::BadTransition, span, message).suggest(word, words)
}

pub fn to_itself(name: &str, word: &str, span: Span) -> Diagnostic {
    let message = format!("`{name}` leads from `{0}` to `{0}`", show(word));
    Diagnostic::error(Code::BadTransition, span, message)
        .note("two requests at once would both make such a move")
        .help("take it out of `from`")
}

pub fn unknown_transition<'a>(
    name: &str,
    entity: &str,
    span: Span,
    names: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let message = format!("`{entity}` has no transition `{}`", show(name));
    Diagnostic::error(Code::BadChange, span, message)
        .suggest(name, names)
        .help(format!("add it under `transitions` of `{entity}`"))
}

pub fn another_output(entity: &str, span: Span) -> Diagnostic {
    let message = format!(
        "a command that changes its row by itself answers with the `{}`, or with nothing",
        show(entity)
    );
    Diagnostic::error(Code::BadChange, span, message).help(format!(
        "write `output: {entity}`, or leave `moves` and `set` out and write its logic"
    ))
}

/// `why` completes "`id` cannot be set:".
pub fn not_settable(name: &str, why: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` cannot be set: {why}", show(name));
    Diagnostic::error(Code::BadChange, span, message)
        .note("a reference becomes `actor.id`, a field of `input`, a field of the row, or `null`")
        .help("leave it out, or decide it in the logic of an endpoint")
}

pub fn sets_a_state(name: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` changes by its transitions alone", show(name));
    Diagnostic::error(Code::BadChange, span, message)
        .help("write `moves:` with one of them in place of this")
}

/// A field of an error that nothing gives a value.
pub fn unfilled(error: &str, field: &str, entity: &str, span: Span) -> Diagnostic {
    let message = format!(
        "nothing gives the field `{field}` of `{}` a value: `{entity}` has no such field of its type that everybody may read",
        show(error)
    );
    Diagnostic::error(Code::BadChange, span, message)
        .help("name it like a field of the row, or let it be null (`?`)")
}

pub fn unread_input(name: &str, span: Span) -> Diagnostic {
    let message = format!("neither `guard` nor `set` reads `input.{}`", show(name));
    let mut diagnostic = Diagnostic::error(Code::InputUnread, span, message)
        .note("what clients send is checked and then dropped, unless you use it in the logic")
        .help("keep it in a field, with `set`, or remove it");
    diagnostic.severity = Severity::Warning;
    diagnostic
}
