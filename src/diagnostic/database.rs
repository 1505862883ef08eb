//! BG08xx: tables, columns, constraints.

use super::{Code, Diagnostic, show};
use crate::source::Span;

/// `what` and `other` in words: "the entity `Book`", "the n:m relation `tags`".
pub fn table_taken(what: &str, table: &str, span: Span, other: &str, declared: Span) -> Diagnostic {
    let message = format!("{what} and {other} would share the table `{}`", show(table));
    Diagnostic::error(Code::TableTaken, span, message)
        .label(declared, "this one came first")
        .note("tables are named after entities, in the plural and in small letters; tables of all features stand side by side")
        .help("rename one of them, or give an entity another `plural`")
}

pub fn name_too_long(what: &str, name: &str, most: usize, span: Span) -> Diagnostic {
    let message = format!(
        "{what} gives the table name `{}`, longer than {most} bytes",
        show(name)
    );
    Diagnostic::error(Code::NameTooLong, span, message)
        .help("choose shorter names, or give the entity a shorter `plural`")
}

/// `key`: `unique` or `index`.
pub fn not_indexable(name: &str, key: &str, ty: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NotIndexable,
        span,
        format!("`{}` cannot be part of `{key}`: it is {ty}", show(name)),
    )
    .help("use scalar fields, enums and references")
}

/// `same`: whether the columns are the same, or only what their names make together.
pub fn constraint_twice(key: &str, same: bool, span: Span, first: Span) -> Diagnostic {
    let diagnostic = |message, help: &str| {
        Diagnostic::error(Code::ConstraintTwice, span, message)
            .label(first, "the first one")
            .help(help)
    };
    if same {
        diagnostic(
            format!("this `{key}` says again what another one says"),
            "remove one of the two",
        )
    } else {
        diagnostic(
            format!("this `{key}` would have the name of another one"),
            "rename a field of one of the two",
        )
    }
}

pub fn key_field(name: &str, entity: &str, why: &str, span: Span) -> Diagnostic {
    let message = format!("`{}` cannot be the key of `{entity}`: {why}", show(name));
    Diagnostic::error(Code::KeyField, span, message)
        .help("name a required field with `unique: true` of type `slug`, `string`, `email`, `uuid`, `int` or `bigint`")
}
