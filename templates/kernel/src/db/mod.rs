//! The database: a lean pool, units of work, failures, and what lists and JSON columns need.
//!
//! Statements enter as constants of the features; rows, or a [`Failure`], leave. Everything in which PostgreSQL and
//! SQLite differ is in `driver`. There is deliberately no query language of our own.

#[cfg_attr(feature = "postgres", path = "postgres/mod.rs")]
#[cfg_attr(feature = "sqlite", path = "sqlite/mod.rs")]
mod driver;
mod failure;
mod json;
mod migrate;
mod phrase;
mod pool;
mod stored;
mod unit;
mod written;

pub use driver::{Connection, Database, violated};
pub use failure::Failure;
pub use json::{as_json, json, json_opt};
pub use migrate::{Migration, MigrationError, migrate};
pub use phrase::{search, within, without};
pub use pool::{Pool, Settings};
pub use sqlx::FromRow;
pub use unit::UnitOfWork;
pub use written::{written, written_if_any};

#[cfg(feature = "decimal")]
pub(crate) use driver::{DecimalColumn, decimal_from_column, decimal_to_column};
pub(crate) use driver::{TimestampColumn, timestamp_from_column, timestamp_to_column};
pub(crate) use phrase::push_in;
pub(crate) use stored::stored_as;

/// A row of the database's answer.
pub type Row = <Database as sqlx::Database>::Row;
/// The values bound to a statement.
pub type Arguments = <Database as sqlx::Database>::Arguments;
/// Where values are encoded to.
pub type ArgumentBuffer = <Database as sqlx::Database>::ArgumentBuffer;
/// A column's type.
pub type TypeInfo = <Database as sqlx::Database>::TypeInfo;
/// A value of a row, not yet decoded.
pub type ValueRef<'r> = <Database as sqlx::Database>::ValueRef<'r>;
/// A statement put together from constant phrases and bound values.
pub type QueryBuilder = sqlx::QueryBuilder<Database>;
