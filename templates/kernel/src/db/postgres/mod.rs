//! PostgreSQL.

#[cfg(feature = "decimal")]
mod decimal;
mod timestamp;

use std::str::FromStr;
use std::time::Duration;

#[cfg(feature = "row_security")]
use sqlx::AssertSqlSafe;
use sqlx::error::DatabaseError;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, raw_sql};
#[cfg(feature = "row_security")]
use uuid::Uuid;

use super::pool::{Lane, Manager, Settings};
use super::{Failure, MigrationError};
use crate::contract::Unit;

#[cfg(feature = "decimal")]
pub(crate) use decimal::{DecimalColumn, decimal_from_column, decimal_to_column};
pub(crate) use timestamp::{TimestampColumn, timestamp_from_column, timestamp_to_column};

/// The database that this service is built for.
pub type Database = sqlx::Postgres;
/// A connection to it.
pub type Connection = sqlx::PgConnection;

pub(super) type Options = PgConnectOptions;

/// Compares by pattern, whatever the case.
pub(super) const LIKE: &str = " ilike ";

/// The advisory lock of migrations; its number means nothing.
const MIGRATION_LOCK: i64 = 7_026_881_529_336_417;
/// How often, and with what pause, the lock is asked for.
const LOCK_ATTEMPTS: u32 = 240;
const LOCK_PAUSE: Duration = Duration::from_millis(250);

/// The connections by what they do.
pub(super) struct Lanes {
    pub(super) readers: Lane,
    pub(super) writers: Lane,
}

/// One lane serves both: PostgreSQL tells readers from writers by itself.
pub(super) fn lanes(settings: &Settings) -> Result<Lanes, sqlx::Error> {
    let millis = |limit: Duration| limit.as_millis().to_string();
    let options = options(settings)?.options([
        ("statement_timeout", millis(settings.statement_timeout)),
        ("lock_timeout", millis(settings.lock_timeout)),
        (
            "idle_in_transaction_session_timeout",
            millis(settings.idle_in_transaction_timeout),
        ),
    ]);
    let readers = Manager::new(options).lane(settings.connections);
    Ok(Lanes {
        writers: readers.clone(),
        readers,
    })
}

fn options(settings: &Settings) -> Result<Options, sqlx::Error> {
    Ok(Options::from_str(settings.url.expose())?.statement_cache_capacity(512))
}

/// Warns where the server gives up on keeping what it acknowledges, as test servers do on purpose.
pub(super) async fn assert_durable(connection: &mut Connection) -> Result<(), sqlx::Error> {
    const OFF: &str = "select name from pg_settings \
        where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name";
    let off: Vec<String> = sqlx::query_scalar(OFF).fetch_all(connection).await?;
    if !off.is_empty() {
        tracing::warn!(
            settings = off.join(", "),
            "PostgreSQL may lose acknowledged writes: these are off"
        );
    }
    Ok(())
}

pub(super) async fn begin(connection: &mut Connection) -> Result<(), sqlx::Error> {
    raw_sql("begin").execute(connection).await.map(drop)
}

#[cfg(feature = "row_security")]
/// Begins in one round trip as a role that sees the rows of one tenant, until the transaction ends.
pub(super) async fn begin_for(
    connection: &mut Connection,
    role: &'static str,
    tenant: Uuid,
) -> Result<(), sqlx::Error> {
    let sql = format!(
        "begin; set local role \"{role}\"; select set_config('backgen.tenant', '{tenant}', true)"
    );
    let begun = raw_sql(AssertSqlSafe(sql)).execute(connection).await;
    begun.map(drop)
}

/// Commits. The empty statement before it fails in a transaction that an error has aborted, where a bare COMMIT would
/// roll back and report success.
pub(super) async fn commit(connection: &mut Connection) -> Result<(), sqlx::Error> {
    raw_sql("select; commit")
        .execute(connection)
        .await
        .map(drop)
}

pub(super) async fn rollback(connection: &mut Connection) -> Result<(), sqlx::Error> {
    raw_sql("rollback").execute(connection).await.map(drop)
}

/// Ends whatever a unit that went away has left, and sees that the server still takes writes: after a failover the old
/// one may live on as a standby.
pub(super) async fn clean(connection: &mut Connection, unit: Unit) -> Result<(), sqlx::Error> {
    if unit == Unit::Transaction {
        rollback(connection).await?;
    }
    let read_only: String = sqlx::query_scalar("show transaction_read_only")
        .fetch_one(connection)
        .await?;
    if read_only == "on" {
        Err(sqlx::Error::PoolClosed)
    } else {
        Ok(())
    }
}

pub(super) async fn connect_aside(settings: &Settings) -> Result<Connection, sqlx::Error> {
    // A step may take long; what it may not do is queue for a lock while all others queue behind it.
    let options = options(settings)?.options([("statement_timeout", "0"), ("lock_timeout", "5s")]);
    Connection::connect_with(&options).await
}

pub(super) async fn migrate(
    mut connection: Connection,
    migrator: &Migrator,
) -> Result<(), MigrationError> {
    let mut attempts = LOCK_ATTEMPTS;
    while !try_lock(&mut connection).await? {
        attempts -= 1;
        if attempts == 0 {
            return Err(MigrationError::Locked);
        }
        tokio::time::sleep(LOCK_PAUSE).await;
    }
    migrator.run_direct(None, &mut connection, false).await?;
    // The lock ends with the connection.
    Ok(connection.close().await?)
}

async fn try_lock(connection: &mut Connection) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("select pg_try_advisory_lock($1)")
        .bind(MIGRATION_LOCK)
        .fetch_one(connection)
        .await
}

/// Tells classes of failure apart by SQLSTATE.
pub(super) fn classify(refusal: &dyn DatabaseError) -> fn(sqlx::Error) -> Failure {
    let code = refusal.code().unwrap_or_default();
    match code.as_ref() {
        "55P03" => |_| Failure::Busy,
        "57014" | "25P03" => Failure::Timeout,
        "40001" | "40P01" => Failure::Serialization,
        // A standby; shut down; crashed; starting up.
        "25006" | "57P01" | "57P02" | "57P03" => Failure::Unavailable,
        // Connection exceptions; out of disk, memory or connections.
        code if code.starts_with("08") || code.starts_with("53") => Failure::Unavailable,
        _ => Failure::Internal,
    }
}

/// The name of the constraint that a statement broke.
#[must_use]
pub fn violated(error: &sqlx::Error) -> Option<&str> {
    error.as_database_error()?.constraint()
}
