//! BG02xx: keys, and values of the wrong kind.

use super::text::one_of;
use super::{Code, Diagnostic, habit, show};
use crate::ast::Block;
use crate::source::Span;

/// What stands where something else is expected.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    Nothing,
    Bool(bool),
    Number(&'a str),
    Text(&'a str),
    List,
    Map,
}

impl Found<'_> {
    fn words(self) -> String {
        match self {
            Self::Nothing => "nothing".to_owned(),
            Self::Bool(value) => format!("`{value}`"),
            Self::Number(number) => format!("the number `{}`", show(number)),
            Self::Text(text) => format!("the text `{}`", show(text)),
            Self::List => "a list".to_owned(),
            Self::Map => "a map".to_owned(),
        }
    }
}

pub fn unknown_key(key: &str, block: &Block, span: Span) -> Diagnostic {
    let message = format!("{} has no key `{}`", block.what, show(key));
    let diagnostic = Diagnostic::error(Code::UnknownKey, span, message).here("unknown key");
    if let Some(advice) = habit::key(key, block.keys) {
        return diagnostic.help(advice);
    }
    let diagnostic = diagnostic.suggest(key, block.keys.iter().copied());
    if diagnostic.help.is_empty() {
        diagnostic.help(format!(
            "use one of {}, or remove the key",
            one_of(block.keys.iter().copied())
        ))
    } else {
        diagnostic
    }
}

pub fn wrong_shape(what: &str, found: Found<'_>, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WrongShape,
        span,
        format!("expected {what}, found {}", found.words()),
    )
    .here("wrong kind of value")
    .help(mend(what, found))
}

/// What to do about a wrong kind of value; the common slips are recognised.
fn mend(what: &str, found: Found<'_>) -> String {
    let takes = |start: &str| what.starts_with(start);
    match found {
        Found::Text(text) if takes("a list") => format!("put it into brackets: `[{}]`", show(text)),
        Found::Text("true" | "false") if what.contains("`true`") => "remove the quotes".to_owned(),
        Found::Text(text) if takes("a whole number") && text.parse::<i64>().is_ok() => {
            "remove the quotes".to_owned()
        }
        Found::List if takes("a name") || takes("the name") => {
            "name one, without brackets".to_owned()
        }
        Found::List if takes("a map") => {
            "give each a name of its own: `name: value` in place of the list".to_owned()
        }
        _ => format!("write {what}"),
    }
}

/// A list where a field is described: people mean an enum or a list.
pub fn list_as_field(span: Span) -> Diagnostic {
    Diagnostic::error(Code::WrongShape, span, "expected a type or a map that describes the field, found a list")
        .here("a list says nothing about a field")
        .help("for a choice of values write `{ enum: [draft, placed] }`, for a list of values `{ list_of: string }`")
}

pub fn duplicate_key(key: &str, span: Span, first: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::DuplicateKey,
        span,
        format!("the key `{}` is given twice", show(key)),
    )
    .here("given again");
    let diagnostic = match first {
        Some(first) => diagnostic.label(first, "first given here"),
        None => diagnostic,
    };
    diagnostic.help("remove or rename one of the two")
}

pub fn unknown_word(word: &str, what: &str, words: &[&'static str], span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::UnknownWord,
        span,
        format!("`{}` is not {what}", show(word)),
    )
    .here(format!("expected {}", one_of(words.iter().copied())))
    .suggest(word, words.iter().copied());
    if diagnostic.help.is_empty() {
        diagnostic.help("use one of the words expected here")
    } else {
        diagnostic
    }
}

pub fn no_value(key: &str, what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NoValue,
        span,
        format!("the key `{}` has no value", show(key)),
    )
    .here(format!("expected {what}"))
    .help("write a value after the colon, or remove the key")
}

pub fn number_out_of_range(number: &str, least: u64, greatest: u64, span: Span) -> Diagnostic {
    let message = format!(
        "`{}` is not a whole number from {least} to {greatest}",
        show(number)
    );
    Diagnostic::error(Code::NumberOutOfRange, span, message)
        .help("write a whole number in that range, in digits only")
}

/// Two keys of which only one may be given, in the order of the file.
pub fn conflicting_keys(
    what: &str,
    purpose: &str,
    first: (&str, Span),
    second: (&str, Span),
) -> Diagnostic {
    let message = format!(
        "{what} says {purpose} once, but here are both `{}` and `{}`",
        first.0, second.0
    );
    Diagnostic::error(Code::ConflictingKeys, second.1, message)
        .here("says it again")
        .label(first.1, "says it first")
        .help("keep one of the two")
}

pub fn missing_key(key: &str, what: &str, owner: Span) -> Diagnostic {
    Diagnostic::error(
        Code::MissingKey,
        owner,
        format!("{what} needs the key `{key}`"),
    )
    .here(format!("`{key}` is missing"))
    .help(format!("add the key `{key}`"))
}

/// None of the keys of which one must be given.
pub fn no_choice(what: &str, purpose: &str, keys: &[&'static str], owner: Span) -> Diagnostic {
    let keys = one_of(keys.iter().copied());
    Diagnostic::error(
        Code::MissingKey,
        owner,
        format!("{what} does not say {purpose}"),
    )
    .here(format!("one of {keys} is missing"))
    .help(format!("add exactly one of {keys}"))
}

pub fn number_for_text(what: &str, found: Found<'_>, written: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NumberForText,
        span,
        format!("expected {what}, found {}", found.words()),
    )
    .here("not text without quotes")
    .help(format!("quote it: `\"{}\"`", show(written)))
}

pub fn flat_column_list(columns: &[&str], span: Span) -> Diagnostic {
    let together = columns
        .iter()
        .map(|column| show(column))
        .collect::<Vec<_>>()
        .join(", ");
    let apart = columns
        .iter()
        .map(|column| format!("[{}]", show(column)))
        .collect::<Vec<_>>()
        .join(", ");
    Diagnostic::error(
        Code::FlatColumnList,
        span,
        "a flat list of fields can mean one constraint or several",
    )
    .here("together, or each alone?")
    .help(format!(
        "write `[[{together}]]` for one over all of them, `[{apart}]` for one each"
    ))
}

pub fn empty_list(what: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::EmptyList, span, format!("{what} cannot be empty"))
        .help("put something into it, or remove it")
}

/// The last finding of a file whose further ones are not looked for.
pub fn too_many_findings(limit: usize, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TooManyFindings,
        span,
        format!("the file has more than {limit} findings; the rest is not looked for"),
    )
    .here("the check of this file ends here")
    .help("mend the findings above and run again; is this file meant to be a spec?")
}
