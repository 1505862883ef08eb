//! BG01xx: YAML and TOML themselves, and the traps of YAML.

use granit_parser::ErrorKind;

use super::{Code, Diagnostic, show};
use crate::source::Span;

/// `opened` is the innermost brace or bracket that is still open.
pub fn yaml(kind: &ErrorKind, span: Span, opened: Option<Span>) -> Diagnostic {
    if let Some((message, help)) = flow(kind) {
        let diagnostic = Diagnostic::error(Code::YamlSyntax, span, message).help(help);
        return match opened {
            Some(opened) if opened != span => diagnostic.label(opened, "opened here"),
            _ => diagnostic,
        };
    }
    let error = |message: &str| Diagnostic::error(Code::YamlSyntax, span, message);
    match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => {
            error("a tab cannot indent YAML").help("indent with spaces")
        }
        ErrorKind::UnclosedQuotedScalar => {
            error("a quoted text is never closed").help("add the closing quote")
        }
        ErrorKind::InvalidQuotedScalarIndent => {
            error("a quoted text is not closed on its line, and the next line is not indented")
                .help("add the closing quote, or indent the lines that belong to the text")
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            error("there is no such escape in double quotes").help(SINGLE_QUOTES)
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::MappingKeyNotAllowed => error(
            "a key cannot stand here",
        )
        .note("a colon followed by a space makes a key of what is before it")
        .help("end the line before with a colon or a value; put text that holds `: ` into quotes"),
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::ExpectedBlockMappingKey => error("expected a key and a colon")
            .help("write `key: value`, indented like its neighbours"),
        ErrorKind::InvalidIndentation => error("this line is not indented like its neighbours")
            .help("give all entries of one map or list the same number of spaces"),
        ErrorKind::UnexpectedCharacter { character: '`' } => {
            error("text cannot begin with a backtick in YAML").help("put it into quotes")
        }
        ErrorKind::UnexpectedCharacter { character } => {
            let character = show(&character.to_string());
            error(&format!("text cannot begin with `{character}` in YAML"))
                .help("put it into quotes")
        }
        kind => error(&format!("this is not YAML: {kind}"))
            .help("correct the line, or put text into quotes"),
    }
}

const SINGLE_QUOTES: &str =
    r"use single quotes, within which a backslash is a backslash: `'^[0-9]+\.$'`";

/// What is wrong with braces and brackets, and what to do.
fn flow(kind: &ErrorKind) -> Option<(String, &'static str)> {
    let (message, help) = match kind {
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => (
            "a brace or bracket is never closed",
            "close it with `}` or `]`",
        ),
        ErrorKind::ExpectedFlowMappingSeparator => (
            "expected `,` or `}` in a map within braces",
            "put a comma between the entries, and close the braces",
        ),
        ErrorKind::ExpectedFlowSequenceSeparator => (
            "expected `,` or `]` in a list within brackets",
            "put a comma between the items, and close the brackets",
        ),
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("nothing is open that this could close", "remove it")
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return Some((
                format!("`{open}` is closed by `{close}`"),
                "close each with its own kind",
            ));
        }
        _ => return None,
    };
    Some((message.to_owned(), help))
}

/// `message` is the parser's own.
pub fn toml(message: &str, span: Span) -> Diagnostic {
    // It may name what it expects over several lines.
    let line: String = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let (what, expected) = line.split_once(", expected ").unwrap_or((&line, ""));
    let diagnostic = Diagnostic::error(
        Code::TomlSyntax,
        span,
        format!("this is not TOML: {}", show(what)),
    );
    if what.contains("must be quoted") {
        diagnostic.help("put the text into quotes")
    } else if what.contains("escape") {
        diagnostic
            .help("use single quotes, within which a backslash is a backslash: `'^[0-9]+\\.$'`")
    } else if what.starts_with("invalid basic string") || what.starts_with("invalid literal string")
    {
        diagnostic.help("add the closing quote, on the same line")
    } else if expected.is_empty() || expected == "nothing" {
        diagnostic.help("remove what is too much, or put text into quotes")
    } else {
        diagnostic.help(format!("write what is expected here: {}", show(expected)))
    }
}

pub fn too_deep(limit: usize, span: Span) -> Diagnostic {
    Diagnostic::error(Code::TooDeep, span, format!("lists and maps are nested more than {limit} deep"))
        .here("too deep")
        .help("no part of the language needs that: close brackets that should be closed, and write aliases out")
}

pub fn too_many_values(limit: usize, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TooManyValues,
        span,
        format!("the file holds more than {limit} values"),
    )
    .here("the limit is passed here")
    .note("what an alias repeats counts each time")
    .help("split the feature into several files")
}

pub fn several_documents(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::SeveralDocuments,
        span,
        "a spec is one YAML document, and here a second one begins",
    )
    .help("move it into a file of its own, or remove the `---`")
}

pub fn ambiguous_scalar(text: &str, why: &str, span: Span) -> Diagnostic {
    let message = format!("YAML tools disagree on `{}`: it is {why}", show(text));
    let diagnostic = Diagnostic::error(Code::AmbiguousScalar, span, message)
        .here("read differently by different tools");
    let quote = format!("put it into quotes: `\"{}\"`", show(text));
    if text.starts_with(|first: char| first.is_ascii_digit() || "+-".contains(first)) {
        diagnostic
            .help(format!("if it is text, {quote}"))
            .help("if it is a number, write it in plain digits to the base 10")
    } else {
        diagnostic.help(quote)
    }
}

/// `whole` is the text with its commas; `key` the key that it was meant for.
pub fn split_at_comma(whole: &str, key: Option<&str>, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::SplitAtComma,
        span,
        format!(
            "inside braces and brackets YAML splits `{}` at the comma",
            show(whole)
        ),
    )
    .here("several values to YAML");
    let arguments = whole
        .strip_prefix("decimal(")
        .and_then(|rest| rest.strip_suffix(')')?.split_once(','));
    match (key, arguments) {
        (Some("type"), Some((precision, scale))) => diagnostic.help(format!(
            "write `type: decimal, precision: {}, scale: {}`",
            show(precision.trim()),
            show(scale.trim())
        )),
        _ => diagnostic.help(format!(
            "put it into quotes, `\"{}\"`, or on a line of its own without braces",
            show(whole)
        )),
    }
}

pub fn question_mark_in_braces(text: &str, span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::QuestionMarkInBraces,
        span,
        format!(
            "YAML tools disagree on `{}` inside braces, because of its `?`",
            show(text)
        ),
    )
    .here("read differently by different tools");
    match text.strip_suffix('?') {
        Some(name) => diagnostic.help(format!(
            "write `\"{}\"` in quotes, or among other keys of a field `type: {}, optional: true`",
            show(text),
            show(name)
        )),
        None => diagnostic.help(format!("put it into quotes: `\"{}\"`", show(text))),
    }
}

pub fn merge_key(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::MergeKey,
        span,
        "merge keys (`<<`) are not part of the language",
    )
    .note("YAML 1.1 tools merge, YAML 1.2 tools see an ordinary key")
    .help("write the keys out")
}

pub fn tag(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::Tag,
        span,
        "YAML tags (`!name`) are not part of the language",
    )
    .help("remove the tag; put text that begins with `!` into quotes")
}

pub fn unknown_alias(alias: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownAlias,
        span,
        format!("the alias `{}` has no anchor before it", show(alias)),
    )
    .help("define the anchor with `&name` first; put text that begins with `*` into quotes")
}

pub fn alias_inside_itself(alias: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UnknownAlias,
        span,
        format!("the alias `{}` stands inside its own anchor", show(alias)),
    )
    .help("write the value out")
}

pub fn key_not_text(key: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::KeyNotText,
        span,
        format!("the key `{}` is not text", show(key)),
    )
    .help("quote it; lists and maps cannot be keys")
}
