//! Text -> tokens.

use std::ops::Range;

use super::parse::{Fault, fault};
use crate::ir::{Arithmetic, Comparison};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name or a keyword.
    Word(String),
    Number(String),
    Text(String),
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    Dot,
    Not,
    And,
    Or,
    Compare(Comparison),
    Arithmetic(Arithmetic),
}

/// The tokens of a text and where each is, in bytes.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Fault> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (token, length) = token(&text[at..], at, first)?;
        found.push((token, at..at + length));
        at += length;
    }
    Ok(found)
}

/// The token that `rest` starts with, and its length.
fn token(rest: &str, at: usize, first: char) -> Result<(Token, usize), Fault> {
    if first.is_alphabetic() || first == '_' {
        let length = length_of(rest, |it| it.is_alphanumeric() || it == '_');
        return Ok((Token::Word(rest[..length].to_owned()), length));
    }
    if first.is_ascii_digit() {
        return number(rest, at);
    }
    if first == '"' || first == '\'' {
        return quoted(rest, at, first);
    }
    if let Some(two) = rest.get(..2).and_then(of_two) {
        return Ok((two, 2));
    }
    of_one(first)
        .map(|token| (token, 1))
        .ok_or_else(|| stray(rest, at, first))
}

fn of_two(text: &str) -> Option<Token> {
    Some(match text {
        "==" => Token::Compare(Comparison::Equal),
        "!=" => Token::Compare(Comparison::NotEqual),
        "<=" => Token::Compare(Comparison::LessOrEqual),
        ">=" => Token::Compare(Comparison::GreaterOrEqual),
        "&&" => Token::And,
        "||" => Token::Or,
        _ => return None,
    })
}

fn of_one(character: char) -> Option<Token> {
    Some(match character {
        '<' => Token::Compare(Comparison::Less),
        '>' => Token::Compare(Comparison::Greater),
        '+' => Token::Arithmetic(Arithmetic::Add),
        '-' => Token::Arithmetic(Arithmetic::Subtract),
        '*' => Token::Arithmetic(Arithmetic::Multiply),
        '!' => Token::Not,
        '(' => Token::Open,
        ')' => Token::Close,
        '[' => Token::OpenList,
        ']' => Token::CloseList,
        ',' => Token::Comma,
        '.' => Token::Dot,
        _ => return None,
    })
}

/// Characters of other languages get the one that was meant.
fn stray(rest: &str, at: usize, first: char) -> Fault {
    let here = at..at + first.len_utf8();
    let (message, help) = match first {
        '=' if rest.starts_with("=>") => (
            "there is no `=>`".to_owned(),
            "write `>=`, or `!a || b` for an implication",
        ),
        '=' => ("a single `=` compares nothing".to_owned(), "write `==`"),
        '&' => ("there is no single `&`".to_owned(), "write `&&`"),
        '|' => ("there is no single `|`".to_owned(), "write `||`"),
        '/' | '%' => (
            format!(
                "there is no `{first}`: databases round and divide by zero each in its own way"
            ),
            "multiply the other side instead",
        ),
        '?' | ':' => ("there is no `?:`".to_owned(), "write `a && b || !a && c`"),
        '“' | '”' | '‘' | '’' => (
            "typographic quotes do not quote".to_owned(),
            "write `\"` or `'`",
        ),
        _ => (
            format!(
                "`{}` has no meaning here",
                crate::diagnostic::show(&first.to_string())
            ),
            "remove it",
        ),
    };
    fault(here, message, help)
}

fn number(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let digits = |text: &str| length_of(text, |it| it.is_ascii_digit());
    let mut length = digits(rest);
    if rest[length..].starts_with('.') {
        let fraction = digits(&rest[length + 1..]);
        if fraction == 0 {
            let help = "write a digit behind the point, or no point";
            return Err(fault(
                at..at + length + 1,
                "a number does not end in a point",
                help,
            ));
        }
        length += 1 + fraction;
    }
    let tail = length_of(&rest[length..], |it| it.is_alphanumeric() || it == '_');
    if tail > 0 {
        let help = "write numbers in digits, with a point if need be: `1000`, `0.5`";
        return Err(fault(
            at..at + length + tail,
            "this is neither a number nor a name",
            help,
        ));
    }
    Ok((Token::Number(rest[..length].to_owned()), length))
}

/// `\` takes a quote or another `\` as it is.
fn quoted(rest: &str, at: usize, quote: char) -> Result<(Token, usize), Fault> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((index, character)) = characters.next() {
        match character {
            _ if character == quote => return Ok((Token::Text(text), index + 1)),
            '\\' => match characters.next() {
                Some((_, escaped @ ('\\' | '"' | '\''))) => text.push(escaped),
                _ => {
                    let help = "write `\\\\` for a backslash, `\\\"` for a quote";
                    let here = at + index..at + index + 1;
                    return Err(fault(
                        here,
                        "a backslash stands before a quote or another one",
                        help,
                    ));
                }
            },
            '\0' => {
                let here = at + index..at + index + 1;
                return Err(fault(here, "a text has no character NUL", "remove it"));
            }
            _ => text.push(character),
        }
    }
    Err(fault(
        at..at + rest.len(),
        "a text has no end",
        "add the quote that it starts with",
    ))
}

fn length_of(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|it| !belongs(it)).unwrap_or(text.len())
}
