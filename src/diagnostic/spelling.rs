//! BG0209, BG0211 and BG0215: names, types and paths that are not written as such.

use super::{Code, Diagnostic, show};
use crate::source::Span;

/// `key` is `type` or `list_of`.
pub fn arguments_in_long_form(
    key: &str,
    text: &str,
    name: &str,
    arguments: Option<&str>,
    optional: bool,
    span: Span,
) -> Diagnostic {
    let mut keys = vec![format!("{key}: {}", show(name))];
    if let Some((precision, scale)) = arguments.and_then(|arguments| arguments.split_once(',')) {
        keys.push(format!(
            "precision: {}, scale: {}",
            show(precision.trim()),
            show(scale.trim())
        ));
    }
    if optional {
        keys.push("optional: true".to_owned());
    }
    let message = format!(
        "`{}` is the short form of a type, which stands alone",
        show(text)
    );
    Diagnostic::error(Code::ArgumentsInLongForm, span, message)
        .here("among other keys only the name of a type may stand")
        .help(format!("write `{}`", keys.join(", ")))
}

pub fn malformed_type(text: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::MalformedName,
        span,
        format!("`{}` is not a type", show(text)),
    );
    if text.contains('[') || text.contains('<') {
        diagnostic.help("for a list of values write `{ list_of: string }`")
    } else {
        diagnostic
            .help("write a type's name, alone or as in `date?`, `decimal(10,2)`, `accounts.User`")
    }
}

pub fn bad_arguments(name: &str, arguments: &str, span: Span) -> Diagnostic {
    let diagnostic = |message: String| Diagnostic::error(Code::MalformedName, span, message);
    match name {
        "decimal" => diagnostic(format!(
            "`decimal` takes two numbers, not `{}`",
            show(arguments)
        ))
        .help("write the number of digits and how many of them follow the point: `decimal(10,2)`"),
        "string" | "text" => diagnostic(format!("`{name}` takes no arguments")).help(format!(
            "write `{{ type: {name}, max: 200 }}` to limit its length"
        )),
        _ => diagnostic(format!("`{}` takes no arguments", show(name)))
            .help("remove the parentheses and what they hold"),
    }
}

pub fn malformed_path(text: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::MalformedName,
        span,
        format!("`{}` is not a name", show(text)),
    );
    if text.starts_with('/') {
        return diagnostic
            .help("name the entity here; a URL path of your own goes to the key `path`");
    }
    if text.ends_with('?') {
        return diagnostic
            .help("remove the `?`; a reference that may be missing has the key `optional: true`");
    }
    diagnostic
        .help("write letters, digits and `_`, with a dot between the parts: `Book`, `accounts.User`, `author.name`")
}

pub fn filter_needs_name(text: &str, span: Span) -> Diagnostic {
    let name = text.rsplit('.').next().unwrap_or_default();
    let message = format!(
        "the filter `{}` needs a name that clients can write",
        show(text)
    );
    let diagnostic = Diagnostic::error(Code::MalformedName, span, message);
    if name.is_empty()
        || !text
            .chars()
            .all(|character| character.is_alphanumeric() || "_.".contains(character))
    {
        return diagnostic.help("write the name of a field: letters, digits and `_`");
    }
    diagnostic.help(format!(
        "use the long form, parameter before field: `filter: {{ {}: {} }}`",
        show(name),
        show(text)
    ))
}

pub fn path_without_slash(text: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::MalformedPath,
        span,
        format!("the path `{}` does not begin with `/`", show(text)),
    )
    .here("a path is expected")
    .help(format!("write `/{}`", show(text)))
}
