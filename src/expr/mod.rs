//! The expression language of checks, computed fields, guards and row rules; its grammar and meaning are in
//! docs/expressions.md.
//!
//! Enters: a text of the spec ([`parse()`]), then what its names may stand for ([`Scope`]). Leaves: an [`crate::ir::Expr`], and its
//! print as SQL ([`sql`]) or its value for given values of the fields ([`value`]).
//! Deliberately absent: `/`, `%`, functions on texts and the current time inside of a database, which the three would not
//! give alike; anything that could fail while it runs.

mod ast;
mod check;
mod lex;
mod operand;
mod parse;

pub(crate) mod formats;
pub mod json;
pub mod rust;
pub mod samples;
pub mod sql;
pub mod value;

pub use ast::Ast;
pub use check::{Actor, Scope, assigned, check, condition, member, range};
pub use parse::parse;

#[cfg(test)]
mod tests;
