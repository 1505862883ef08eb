//! The last check before text may reach the disk: does it parse as what its extension says?
//!
//! Enters: extension and text. Leaves: nothing, or where it stops making sense. Unknown extensions pass.

use std::fmt;

/// Text that does not parse. BUG class: no spec may cause it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateError {
    /// Starting at 1, where known.
    pub line: Option<usize>,
    pub reason: String,
}

impl fmt::Display for GateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

impl std::error::Error for GateError {}

impl GateError {
    fn at(line: usize, reason: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            reason: reason.into(),
        }
    }
}

/// Parses `text` as `extension` (lower case, no dot) says. Errors: the first place that does not parse.
pub fn gate(extension: &str, text: &str) -> Result<(), GateError> {
    match extension {
        "rs" => rust(text).map(drop),
        "json" => serde_json::from_str::<serde::de::IgnoredAny>(text)
            .map(drop)
            .map_err(|error| GateError::at(error.line(), error.to_string())),
        "toml" => toml_text(text),
        "yaml" | "yml" => serde_saphyr::from_str::<serde_json::Value>(text)
            .map(drop)
            .map_err(|error| GateError {
                line: None,
                reason: error.to_string(),
            }),
        "sql" => sql(text),
        _ => Ok(()),
    }
}

/// The syntax tree of Rust text, for who has a further use for it. Errors: as [`gate`].
pub fn rust(text: &str) -> Result<syn::File, GateError> {
    syn::parse_file(text)
        .map_err(|error| GateError::at(error.span().start().line, error.to_string()))
}

fn toml_text(text: &str) -> Result<(), GateError> {
    toml::from_str::<toml::Table>(text)
        .map(drop)
        .map_err(|error| {
            let line = error
                .span()
                .map(|span| 1 + text[..span.start].matches('\n').count());
            GateError {
                line,
                reason: error.message().to_owned(),
            }
        })
}

/// Where the scanner stands in SQL text.
enum Sql<'a> {
    Code,
    LineComment,
    BlockComment(usize),
    /// Inside `'…'` or `"…"`; a doubled quote stays inside by leaving and entering again.
    Quoted(char),
    /// Inside `$tag$ … $tag$`.
    Dollar(&'a str),
}

/// A light check, not a parser: quotes, comments and parentheses balance, and the last statement ends with `;`.
fn sql(text: &str) -> Result<(), GateError> {
    let mut state = Sql::Code;
    let (mut line, mut opened_at, mut depth, mut open_statement) = (1, 1, 0_i32, None);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut step = c.len_utf8();
        match state {
            Sql::Code => {
                let (next, taken) = enter(rest, c);
                if !matches!(next, Sql::Code) {
                    opened_at = line;
                }
                depth += i32::from(c == '(') - i32::from(c == ')');
                if depth < 0 {
                    return Err(GateError::at(line, "`)` without `(`"));
                }
                match (&next, c) {
                    (Sql::Code, ';') if depth > 0 => {
                        return Err(GateError::at(line, "`;` inside parentheses"));
                    }
                    (Sql::Code, ';') => open_statement = None,
                    (Sql::LineComment | Sql::BlockComment(_), _) => {}
                    _ if c.is_whitespace() => {}
                    _ => open_statement = open_statement.or(Some(line)),
                }
                (state, step) = (next, taken);
            }
            Sql::LineComment if c == '\n' => state = Sql::Code,
            Sql::BlockComment(_) | Sql::Quoted(_) | Sql::Dollar(_) => {
                (state, step) = leave(state, rest, c)
            }
            Sql::LineComment => {}
        }
        line += text[at..at + step].matches('\n').count();
        at += step;
    }
    match (state, open_statement) {
        (Sql::Code | Sql::LineComment, None) => Ok(()),
        (Sql::Code | Sql::LineComment, Some(line)) => {
            Err(GateError::at(line, "the statement does not end with `;`"))
        }
        _ => Err(GateError::at(opened_at, "a quote or comment is not closed")),
    }
}

/// The state after `c` (the first of `rest`) in code, and how many bytes that takes.
fn enter(rest: &str, c: char) -> (Sql<'_>, usize) {
    match c {
        '\'' | '"' => (Sql::Quoted(c), 1),
        '-' if rest.starts_with("--") => (Sql::LineComment, 2),
        '/' if rest.starts_with("/*") => (Sql::BlockComment(1), 2),
        '$' => match dollar_tag(rest) {
            Some(tag) => (Sql::Dollar(tag), tag.len()),
            None => (Sql::Code, 1),
        },
        _ => (Sql::Code, c.len_utf8()),
    }
}

/// The state after `c` inside a quote or comment.
fn leave<'a>(state: Sql<'a>, rest: &str, c: char) -> (Sql<'a>, usize) {
    match state {
        Sql::Quoted(quote) if c == quote => (Sql::Code, 1),
        Sql::BlockComment(depth) if rest.starts_with("*/") => (
            if depth == 1 {
                Sql::Code
            } else {
                Sql::BlockComment(depth - 1)
            },
            2,
        ),
        Sql::BlockComment(depth) if rest.starts_with("/*") => (Sql::BlockComment(depth + 1), 2),
        Sql::Dollar(tag) if rest.starts_with(tag) => (Sql::Code, tag.len()),
        inside => (inside, c.len_utf8()),
    }
}

/// `$tag$` at the start of `rest`, with both dollars; `$1` is a parameter.
fn dollar_tag(rest: &str) -> Option<&str> {
    let inner = &rest[1..1 + rest[1..].find('$')?];
    let word = inner.chars().all(|c| c.is_alphanumeric() || c == '_');
    (word && !inner.starts_with(|c: char| c.is_ascii_digit())).then(|| &rest[..inner.len() + 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_text_is_stopped_with_its_line() {
        for (extension, text, line) in [
            ("rs", "fn a() {}\nfn b( {}\n", Some(2)),
            ("json", "{\n  \"a\": 1,\n}\n", Some(3)),
            ("toml", "[a]\nb = \n", Some(2)),
            ("yaml", "a: [1, 2\nb: 3\n", None),
            ("yml", "a: 1\na: 2\n", None),
            ("sql", "SELECT 1;\nSELECT 'it''s;\n", Some(2)),
            ("sql", "SELECT 1;\n\nSELECT 2\n", Some(3)),
            ("sql", "CREATE TABLE a (b INT;\n", Some(1)),
            ("sql", "SELECT 1);\n", Some(1)),
            ("sql", "/* a /* b */ SELECT 1;\n", Some(1)),
            ("sql", "DO $body$ BEGIN x; END $bodyy$;\n", Some(1)),
        ] {
            let error = gate(extension, text).expect_err(text);
            if line.is_some() {
                assert_eq!(error.line, line, "{extension}: {text} -> {error}");
            }
        }
    }

    #[test]
    fn sound_text_passes() {
        for (extension, text) in [
            ("rs", "//! Doc.\nfn a() {}\n"),
            ("json", "{}"),
            ("toml", "a = 1\n"),
            ("yaml", "# note\na: [1]\n"),
            (
                "sql",
                "-- it's a note\nSELECT 'a;''b', \"c(\", $1 /* ( /* ; */ */;\n-- end\n",
            ),
            (
                "sql",
                "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 'a'; END $$;\n",
            ),
            ("sql", ""),
            ("md", "anything ("),
        ] {
            assert_eq!(gate(extension, text), Ok(()), "{extension}: {text}");
        }
    }
}
