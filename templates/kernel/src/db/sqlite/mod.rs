//! SQLite: one file, many readers, one writer.

#[cfg(feature = "decimal")]
mod decimal;

use std::str::FromStr;

use sqlx::error::DatabaseError;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, Executor as _};

use super::pool::{Lane, Manager, Settings};
use super::{Failure, MigrationError};
use crate::contract::Unit;

#[cfg(feature = "decimal")]
pub(crate) use decimal::{DecimalColumn, decimal_from_column, decimal_to_column};

/// The database that this service is built for.
pub type Database = sqlx::Sqlite;
/// A connection to it.
pub type Connection = sqlx::SqliteConnection;

pub(super) type Options = SqliteConnectOptions;

/// Compares by pattern, whatever the case.
pub(super) const LIKE: &str = " like ";

/// The column of a timestamp: microseconds since 1970, as an INTEGER.
pub(crate) type TimestampColumn = i64;

pub(crate) fn timestamp_to_column(micros: i64) -> TimestampColumn {
    micros
}

pub(crate) fn timestamp_from_column(column: TimestampColumn) -> i64 {
    column
}

/// The connections by what they do.
pub(super) struct Lanes {
    pub(super) readers: Lane,
    pub(super) writers: Lane,
}

pub(super) fn lanes(settings: &Settings) -> Result<Lanes, sqlx::Error> {
    let options = options(settings)?;
    // The writer makes the file; a reader that cannot write cannot be misused either.
    let readers = options
        .clone()
        .create_if_missing(false)
        .pragma("query_only", "on");
    Ok(Lanes {
        readers: Manager::new(readers).lane(settings.connections),
        writers: Manager::new(options).lane(1),
    })
}

fn options(settings: &Settings) -> Result<Options, sqlx::Error> {
    Ok(Options::from_str(settings.url.expose())?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(settings.acquire_timeout)
        .statement_cache_capacity(512))
}

/// Sees that what is acknowledged is kept: a pragma that SQLite does not honour is silent.
pub(super) async fn assert_durable(connection: &mut Connection) -> Result<(), sqlx::Error> {
    let journal: String = sqlx::query_scalar("pragma journal_mode")
        .fetch_one(&mut *connection)
        .await?;
    let synchronous: i64 = sqlx::query_scalar("pragma synchronous")
        .fetch_one(&mut *connection)
        .await?;
    let foreign_keys: i64 = sqlx::query_scalar("pragma foreign_keys")
        .fetch_one(&mut *connection)
        .await?;
    if (journal.as_str(), synchronous, foreign_keys) == ("wal", 2, 1) {
        return Ok(());
    }
    let found =
        format!("journal_mode={journal}, synchronous={synchronous}, foreign_keys={foreign_keys}");
    Err(sqlx::Error::Configuration(
        format!("SQLite does not keep what it acknowledges here: {found}; the file must lie on a local disk").into(),
    ))
}

/// Takes the write lock at once: a transaction that reads first and writes later fails at the write, without waiting.
pub(super) async fn begin(connection: &mut Connection) -> Result<(), sqlx::Error> {
    sqlx::query("begin immediate")
        .execute(connection)
        .await
        .map(drop)
}

pub(super) async fn commit(connection: &mut Connection) -> Result<(), sqlx::Error> {
    sqlx::query("commit").execute(connection).await.map(drop)
}

pub(super) async fn rollback(connection: &mut Connection) -> Result<(), sqlx::Error> {
    sqlx::query("rollback").execute(connection).await.map(drop)
}

/// Ends whatever a unit that went away has left.
pub(super) async fn clean(connection: &mut Connection, unit: Unit) -> Result<(), sqlx::Error> {
    if unit == Unit::Transaction {
        // Fails where BEGIN was never carried out, or SQLite rolled back by itself; the next line tells.
        let _ = rollback(connection).await;
    }
    // Fails inside a transaction.
    (&mut *connection).execute("begin").await?;
    rollback(connection).await
}

pub(super) async fn connect_aside(settings: &Settings) -> Result<Connection, sqlx::Error> {
    Connection::connect_with(&options(settings)?).await
}

/// Applies all steps in one transaction, whose lock keeps other processes out.
pub(super) async fn migrate(
    mut connection: Connection,
    migrator: &Migrator,
) -> Result<(), MigrationError> {
    let mut all = match connection.begin_with("begin immediate").await {
        Ok(transaction) => transaction,
        Err(error) => {
            return Err(match Failure::from(error) {
                Failure::Busy => MigrationError::Locked,
                Failure::Timeout(error)
                | Failure::Unavailable(error)
                | Failure::Serialization(error)
                | Failure::Internal(error) => MigrationError::Database(error),
            });
        }
    };
    migrator.run_direct(None, &mut *all, false).await?;
    all.commit().await?;
    Ok(connection.close().await?)
}

/// Tells classes of failure apart by SQLite's primary result code.
pub(super) fn classify(refusal: &dyn DatabaseError) -> fn(sqlx::Error) -> Failure {
    const BUSY: i32 = 5;
    const LOCKED: i32 = 6;
    const INTERRUPT: i32 = 9;
    const IOERR: i32 = 10;
    const FULL: i32 = 13;
    const CANTOPEN: i32 = 14;
    let extended: i32 = refusal
        .code()
        .and_then(|code| code.parse().ok())
        .unwrap_or_default();
    match extended & 0xff {
        BUSY | LOCKED => |_| Failure::Busy,
        INTERRUPT => Failure::Timeout,
        IOERR | FULL | CANTOPEN => Failure::Unavailable,
        _ => Failure::Internal,
    }
}

/// The rule that a statement broke, as SQLite tells it: the columns of a unique key (`books.author_id, books.title`),
/// the name of a CHECK, or `FOREIGN KEY`, of which it names none.
#[must_use]
pub fn violated(error: &sqlx::Error) -> Option<&str> {
    let message = error.as_database_error()?.message();
    if message == "FOREIGN KEY constraint failed" {
        return Some("FOREIGN KEY");
    }
    let (kind, rule) = message.split_once(" constraint failed: ")?;
    matches!(kind, "UNIQUE" | "CHECK" | "NOT NULL").then_some(rule)
}
