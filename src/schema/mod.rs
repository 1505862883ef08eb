//! The database side of a service: tables, constraints and indexes, as both databases get them.
//!
//! Enters: the IR, and the snapshot that the last run recorded. Leaves: a [`Schema`], the [`Step`]s that make its tables,
//! and the [`Migration`] files that hold them.
//! Deliberately absent: patterns, which the two databases would read differently and the service checks alone; defaults of
//! the spec, which live in the code; full-text indexes; changes of tables that exist, except for
//! indexes that are added.

mod build;
mod checks;
mod columns;
mod dialect;
mod diff;
mod ident;
mod keys;
mod migration;
mod model;
mod names;
mod order;
mod print;
mod tenants;

pub use columns::column_type;
pub use dialect::{check, sql_type};
pub use diff::{Change, What, diff};
pub use ident::{quote_ident, quote_text};
pub use migration::{Migration, migrations};
pub use model::*;
pub use print::{Step, ddl};

#[cfg(test)]
pub(crate) mod tests;
