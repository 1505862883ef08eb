//! BG0630: `with` of a create.

use super::{Code, Diagnostic, show};
use crate::source::Span;

fn part(message: String, help: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::NotAPart, span, message).help(help)
}

/// `why`: "its rows are of the same entity".
pub fn not_a_part(name: &str, why: &str, span: Span) -> Diagnostic {
    part(
        format!("`{}` cannot be made with the row: {why}", show(name)),
        "make its rows by an endpoint of their own",
        span,
    )
}

pub fn one_part(name: &str, span: Span) -> Diagnostic {
    part(
        format!("`{}` is one row at most, and no list", show(name)),
        "leave the bounds out",
        span,
    )
}

pub fn parts_crossed(least: u32, most: u32, span: Span) -> Diagnostic {
    part(
        format!("at least {least} rows are asked for, and at most {most} taken"),
        "raise `max_items`, or lower `min_items`",
        span,
    )
}

/// `fit`: so many rows may be.
pub fn too_many_parts(most: u32, columns: usize, fit: usize, span: Span) -> Diagnostic {
    part(
        format!("{most} rows of {columns} columns are more than one statement takes"),
        &format!("set `max_items` to {fit} or less"),
        span,
    )
}
