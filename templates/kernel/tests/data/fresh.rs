//! A database of its own for each test.

use std::path::PathBuf;

use kernel::contract::Unit;
use kernel::db::{Pool, Settings, UnitOfWork};
use sqlx::{AssertSqlSafe, Connection};
use uuid::Uuid;

pub const POSTGRES: bool = cfg!(feature = "postgres");

/// A fresh database; the file of a SQLite one goes with it.
pub struct Fresh {
    pub pool: Pool,
    pub settings: Settings,
    pub url: String,
    file: Option<PathBuf>,
}

pub async fn database() -> Fresh {
    let name = format!("t{}", Uuid::now_v7().simple());
    let (url, file) = if POSTGRES {
        let base = std::env::var("TEST_DATABASE_URL")
            .expect("TEST_DATABASE_URL names a PostgreSQL database");
        let mut connection = kernel::db::Connection::connect(&base).await.unwrap();
        let create = AssertSqlSafe(format!("create schema {name}"));
        sqlx::raw_sql(create)
            .execute(&mut connection)
            .await
            .unwrap();
        let separator = if base.contains('?') { '&' } else { '?' };
        (
            format!("{base}{separator}options[search_path]={name}&application_name={name}"),
            None,
        )
    } else {
        let file = std::env::temp_dir().join(name).with_extension("db");
        (format!("sqlite://{}", file.display()), Some(file))
    };
    let mut settings = Settings::at(url.clone());
    settings.connections = 4;
    let pool = Pool::connect(settings.clone()).await.unwrap();
    Fresh {
        pool,
        settings,
        url,
        file,
    }
}

/// Replaces `{uuid}` and the like by the column types of this database.
pub fn ddl(text: &str) -> String {
    let columns = [
        ("{uuid}", "blob", "uuid"),
        ("{int}", "integer", "bigint"),
        ("{bool}", "integer", "boolean"),
        ("{float}", "real", "double precision"),
        ("{decimal}", "integer", "numeric(18, 2)"),
        ("{timestamp}", "integer", "timestamptz"),
        ("{date}", "text", "date"),
        ("{time}", "text", "time"),
        ("{json}", "text", "jsonb"),
        ("{bytes}", "blob", "bytea"),
        ("{strict}", "strict", ""),
    ];
    columns
        .iter()
        .fold(text.to_owned(), |text, (name, sqlite, postgres)| {
            text.replace(name, if POSTGRES { postgres } else { sqlite })
        })
}

impl Fresh {
    /// Runs statements for the test itself.
    pub async fn run(&self, sql: &str) {
        let mut unit = self.pool.begin(Unit::Statement).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(ddl(sql)))
            .execute(unit.connection())
            .await
            .unwrap();
        done(unit).await;
    }

    /// One number of the database.
    pub async fn number(&self, sql: &'static str) -> i64 {
        let mut unit = self.pool.begin(Unit::Read).await.unwrap();
        let number = sqlx::query_scalar(sql)
            .fetch_one(unit.connection())
            .await
            .unwrap();
        done(unit).await;
        number
    }
}

/// Ends a unit well.
pub async fn done(unit: UnitOfWork) {
    unit.finish(Ok::<_, kernel::db::Failure>(())).await.unwrap();
}

impl Drop for Fresh {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            if let Some(file) = &self.file {
                let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
            }
        }
    }
}
