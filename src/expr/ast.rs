//! An expression as written.

use crate::ir::{Arithmetic, Comparison};
use crate::source::Span;

/// A part of an expression and its place in the spec.
#[derive(Debug, Clone, PartialEq)]
pub struct Ast {
    pub(super) node: Written,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Written {
    Null,
    Bool(bool),
    /// Digits, with a point between them or without.
    Number(String),
    Text(String),
    /// `author.name`: at least one word, none of them a keyword.
    Name(Vec<Word>),
    Call(Word, Vec<Ast>),
    List(Vec<Ast>),
    Not(Box<Ast>),
    Negative(Box<Ast>),
    All(Vec<Ast>),
    Any(Vec<Ast>),
    Compare(Comparison, Box<Ast>, Box<Ast>),
    In(Box<Ast>, Box<Ast>),
    Arithmetic(Arithmetic, Box<Ast>, Box<Ast>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub span: Span,
}
