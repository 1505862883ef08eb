//! Tokens -> tree, by recursive descent; the grammar is in docs/expressions.md.

use std::ops::Range;

use super::ast::{Ast, Written};
use super::lex::{Token, tokens};
use crate::diagnostic::{Diagnostic, expr as report};
use crate::ir::{Arithmetic, Comparison};
use crate::source::Span;

/// In bytes.
const MAX_TEXT: usize = 4_096;
/// Parentheses, lists, calls and signs, one inside the other.
pub(super) const MAX_DEPTH: usize = 32;
/// More would be slow to run, and SQLite takes no tree deeper than 1,000.
const MAX_PARTS: usize = 500;

/// What is wrong, and where in the text.
#[derive(Debug)]
pub(super) struct Fault {
    range: Range<usize>,
    message: String,
    help: String,
}

pub(super) fn fault(range: Range<usize>, message: impl Into<String>, help: &str) -> Fault {
    Fault {
        range,
        message: message.into(),
        help: help.to_owned(),
    }
}

/// The tree of a text. `span` is the place of the text in the spec where `exact`, else that of the value that holds it,
/// which is then the place of every part.
pub fn parse(text: &str, span: Span, exact: bool, found: &mut Vec<Diagnostic>) -> Option<Ast> {
    let place = |range: Range<usize>| {
        if !exact {
            return span;
        }
        let start = span.start as usize;
        Span::new(span.file, start + range.start..start + range.end)
    };
    if text.len() > MAX_TEXT {
        found.push(report::too_large(
            &format!("it has more than {MAX_TEXT} bytes"),
            span,
        ));
        return None;
    }
    let tokens = match tokens(text) {
        Ok(tokens) => tokens,
        Err(fault) => {
            found.push(report::syntax(
                &fault.message,
                &fault.help,
                place(fault.range),
            ));
            return None;
        }
    };
    if tokens.len() > MAX_PARTS {
        found.push(report::too_large(
            &format!("it has more than {MAX_PARTS} parts"),
            span,
        ));
        return None;
    }
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        end: text.len(),
        depth: 0,
        place: &place,
    };
    match parser.whole() {
        Ok(ast) => Some(ast),
        Err(fault) if fault.message.is_empty() => {
            let why = format!("it is nested more than {MAX_DEPTH} deep");
            found.push(report::too_large(&why, place(fault.range)));
            None
        }
        Err(fault) => {
            found.push(report::syntax(
                &fault.message,
                &fault.help,
                place(fault.range),
            ));
            None
        }
    }
}

pub(super) struct Parser<'a> {
    pub(super) tokens: &'a [(Token, Range<usize>)],
    pub(super) at: usize,
    end: usize,
    pub(super) depth: usize,
    pub(super) place: &'a dyn Fn(Range<usize>) -> Span,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|it| &it.0)
    }

    /// Where the next token is, or the end.
    pub(super) fn here(&self) -> Range<usize> {
        self.tokens
            .get(self.at)
            .map_or(self.end..self.end, |it| it.1.clone())
    }

    pub(super) fn take(&mut self, token: &Token) -> bool {
        let is = self.peek() == Some(token);
        self.at += usize::from(is);
        is
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(it)) if it == word)
    }

    pub(super) fn expect(&mut self, token: &Token, written: &str) -> Result<(), Fault> {
        if self.take(token) {
            return Ok(());
        }
        Err(fault(
            self.here(),
            format!("`{written}` is missing"),
            &format!("add `{written}`"),
        ))
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        let end = self.tokens[self.at - 1].1.end;
        (self.place)(start..end)
    }

    fn whole(&mut self) -> Result<Ast, Fault> {
        let ast = self.any()?;
        match self.peek() {
            None => Ok(ast),
            Some(Token::Word(word)) if ["and", "or"].contains(&word.as_str()) => {
                let sign = if word == "and" { "&&" } else { "||" };
                let message = format!("there is no `{word}`");
                Err(fault(self.here(), message, &format!("write `{sign}`")))
            }
            Some(Token::Compare(_)) => {
                let help = "write both: `a < b && b < c`";
                Err(fault(
                    self.here(),
                    "a comparison is not compared again",
                    help,
                ))
            }
            Some(_) => {
                let help = "join two conditions by `&&` or `||`";
                Err(fault(
                    self.here(),
                    "the expression has ended before this",
                    help,
                ))
            }
        }
    }

    pub(super) fn any(&mut self) -> Result<Ast, Fault> {
        self.joined(&Token::Or, Self::all, Written::Any)
    }

    fn all(&mut self) -> Result<Ast, Fault> {
        self.joined(&Token::And, Self::relation, Written::All)
    }

    fn joined(
        &mut self,
        by: &Token,
        part: fn(&mut Self) -> Result<Ast, Fault>,
        whole: fn(Vec<Ast>) -> Written,
    ) -> Result<Ast, Fault> {
        let start = self.here().start;
        let first = part(self)?;
        if self.peek() != Some(by) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take(by) {
            parts.push(part(self)?);
        }
        let span = self.span_from(start);
        Ok(Ast {
            node: whole(parts),
            span,
        })
    }

    fn relation(&mut self) -> Result<Ast, Fault> {
        let start = self.here().start;
        let left = Box::new(self.sum()?);
        let node = if let Some(Token::Compare(op)) = self.peek() {
            let op: Comparison = *op;
            self.at += 1;
            Written::Compare(op, left, Box::new(self.sum()?))
        } else if self.is_word("in") {
            self.at += 1;
            Written::In(left, Box::new(self.sum()?))
        } else {
            return Ok(*left);
        };
        let span = self.span_from(start);
        Ok(Ast { node, span })
    }

    fn sum(&mut self) -> Result<Ast, Fault> {
        let start = self.here().start;
        let mut left = self.product()?;
        while let Some(Token::Arithmetic(op @ (Arithmetic::Add | Arithmetic::Subtract))) =
            self.peek()
        {
            let op = *op;
            self.at += 1;
            let right = self.product()?;
            let span = self.span_from(start);
            let node = Written::Arithmetic(op, Box::new(left), Box::new(right));
            left = Ast { node, span };
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Ast, Fault> {
        let start = self.here().start;
        let mut left = self.signed()?;
        while self.take(&Token::Arithmetic(Arithmetic::Multiply)) {
            let right = self.signed()?;
            let span = self.span_from(start);
            let node = Written::Arithmetic(Arithmetic::Multiply, Box::new(left), Box::new(right));
            left = Ast { node, span };
        }
        Ok(left)
    }
}
