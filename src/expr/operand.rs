//! What stands between operators: values, names, calls, lists, and what is in parentheses.

use std::ops::Range;

use super::ast::{Ast, Word, Written};
use super::lex::Token;
use super::parse::{Fault, MAX_DEPTH, Parser, fault};
use crate::ir::Arithmetic;

impl Parser<'_> {
    pub(super) fn signed(&mut self) -> Result<Ast, Fault> {
        let start = self.here().start;
        let sign: fn(Box<Ast>) -> Written = if self.take(&Token::Not) {
            Written::Not
        } else if self.take(&Token::Arithmetic(Arithmetic::Subtract)) {
            Written::Negative
        } else {
            return self.operand();
        };
        let of = self.deeper(Self::signed)?;
        let span = self.span_from(start);
        Ok(Ast {
            node: sign(Box::new(of)),
            span,
        })
    }

    /// One level down; an empty message says that this is one too many.
    fn deeper<T>(&mut self, part: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth == MAX_DEPTH {
            return Err(fault(self.here(), "", ""));
        }
        self.depth += 1;
        let parsed = part(self);
        self.depth -= 1;
        parsed
    }

    fn operand(&mut self) -> Result<Ast, Fault> {
        let here = self.here();
        let start = here.start;
        let Some(token) = self.peek().cloned() else {
            let help = "end it with a value, or remove what waits for one";
            return Err(fault(here, "the expression ends too early", help));
        };
        self.at += 1;
        let node = match token {
            Token::Number(digits) => Written::Number(digits),
            Token::Text(text) => Written::Text(text),
            Token::Word(word) => self.word(word, here)?,
            Token::Open => {
                let inner = self.deeper(Self::any)?;
                self.expect(&Token::Close, ")")?;
                return Ok(Ast {
                    span: self.span_from(start),
                    ..inner
                });
            }
            Token::OpenList => Written::List(self.items(&Token::CloseList, "]")?),
            _ => {
                let help = "write a field, a number, a text, or something in parentheses";
                return Err(fault(here, "a value is missing before this", help));
            }
        };
        Ok(Ast {
            node,
            span: self.span_from(start),
        })
    }

    fn word(&mut self, word: String, here: Range<usize>) -> Result<Written, Fault> {
        match word.as_str() {
            "null" => return Ok(Written::Null),
            "true" => return Ok(Written::Bool(true)),
            "false" => return Ok(Written::Bool(false)),
            "in" => {
                let help = "write what may be in the list before `in`";
                return Err(fault(here, "a value is missing before this", help));
            }
            "not" => return Err(fault(here, "there is no `not`", "write `!`")),
            _ => {}
        }
        let first = Word {
            text: word,
            span: (self.place)(here),
        };
        if self.take(&Token::Open) {
            return Ok(Written::Call(first, self.items(&Token::Close, ")")?));
        }
        let mut words = vec![first];
        while self.take(&Token::Dot) {
            let here = self.here();
            let Some(Token::Word(text)) = self.peek().cloned() else {
                return Err(fault(
                    here,
                    "a name is missing behind the point",
                    "write `author.name`",
                ));
            };
            self.at += 1;
            if self.peek() == Some(&Token::Open) {
                let help =
                    "write `count(books)`, `sum(lines, amount)` or `exists(tags, name == \"x\")`";
                return Err(fault(here, "values have no methods", help));
            }
            words.push(Word {
                text,
                span: (self.place)(here),
            });
        }
        Ok(Written::Name(words))
    }

    /// What stands between brackets, the first of which was taken.
    fn items(&mut self, close: &Token, written: &str) -> Result<Vec<Ast>, Fault> {
        let mut items = Vec::new();
        if self.take(close) {
            return Ok(items);
        }
        loop {
            items.push(self.deeper(Self::any)?);
            if self.take(close) {
                return Ok(items);
            }
            self.expect(&Token::Comma, written)?;
        }
    }
}
