//! Brings the database to the version that the service was built for.

use std::fmt;

use sqlx::SqlSafeStr;
use sqlx::migrate::{MigrateError, MigrationType, Migrator};

use super::{Pool, driver};

/// One step, embedded in the binary.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Steps are applied by rising version.
    pub version: i64,
    /// What it does, in words.
    pub name: &'static str,
    /// Its statements.
    pub sql: &'static str,
}

/// Why the database is not at the version that the service needs.
#[derive(Debug)]
pub enum MigrationError {
    /// A step that was applied has another text now.
    Changed(i64),
    /// The database has a step that this build does not know: it was migrated by a newer one, or a file was removed.
    Unknown(i64),
    /// Another process holds the lock, and kept it.
    Locked,
    /// A step failed; nothing of it remains.
    Step(i64, sqlx::Error),
    /// The database failed beside any step.
    Database(sqlx::Error),
    /// Anything else that sqlx reports.
    Other(MigrateError),
}

impl fmt::Display for MigrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed(version) => {
                write!(
                    f,
                    "migration {version} was applied with another text; migrations are append-only, so restore its file"
                )
            }
            Self::Unknown(version) => write!(
                f,
                "the database has migration {version}, which this build lacks: it is newer than the build, or a file was removed"
            ),
            Self::Locked => {
                f.write_str("another process is migrating the database and does not finish")
            }
            Self::Step(version, error) => write!(f, "migration {version} failed: {error}"),
            Self::Database(error) => write!(f, "the database failed while migrating: {error}"),
            Self::Other(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl std::error::Error for MigrationError {}

impl From<sqlx::Error> for MigrationError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<MigrateError> for MigrationError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMismatch(version) => Self::Changed(version),
            MigrateError::VersionMissing(version) => Self::Unknown(version),
            MigrateError::ExecuteMigration(error, version) => Self::Step(version, error),
            MigrateError::Execute(error) => Self::Database(error),
            other => Self::Other(other),
        }
    }
}

/// Applies the steps that the database lacks, under a lock that only one process at a time holds.
///
/// # Errors
/// [`MigrationError`], which says what to do.
pub async fn migrate(pool: &Pool, migrations: &'static [Migration]) -> Result<(), MigrationError> {
    let steps = migrations.iter().map(|step| {
        let sql = step.sql.into_sql_str();
        sqlx::migrate::Migration::new(
            step.version,
            step.name.into(),
            MigrationType::Simple,
            sql,
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(steps.collect());
    // The locks of sqlx wait for ever.
    migrator.set_locking(false);
    driver::migrate(pool.aside().await?, &migrator).await
}
