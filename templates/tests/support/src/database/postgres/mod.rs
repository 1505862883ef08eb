//! PostgreSQL: a schema for each test, on the server that `TEST_DATABASE_URL` names or on one of our own.

mod cluster;

use std::sync::atomic::{AtomicU32, Ordering};

use kernel::db::{Connection, Migration};
use sqlx::{AssertSqlSafe, Connection as _, raw_sql};

/// Drops the schema, where the server outlives the tests.
pub struct Keeper(Option<(String, String)>);

impl Drop for Keeper {
    fn drop(&mut self) {
        let Some((server, schema)) = self.0.take() else {
            return;
        };
        // In a thread of its own: the test's runtime cannot wait here.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(async {
                let mut connection = Connection::connect(&server).await?;
                let sql = AssertSqlSafe(format!("drop schema {schema} cascade"));
                raw_sql(sql).execute(&mut connection).await
            })?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
        });
        // A schema that is left over harms nobody.
        let _ = dropped.join();
    }
}

pub async fn fresh(migrations: &'static [Migration]) -> (String, Keeper) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let schema = format!("test_{}_{count}", std::process::id());
    let (server, keeper) = match std::env::var("TEST_DATABASE_URL") {
        Ok(server) => (server.clone(), Keeper(Some((server, schema.clone())))),
        Err(_) => (cluster::url(), Keeper(None)),
    };
    let between = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{between}options[search_path]={schema}");
    let mut connection = connect(&url).await;
    run(&mut connection, format!("create schema {schema}")).await;
    // As they are: the lock of the real thing would make all tests wait in one line.
    for migration in migrations {
        run(&mut connection, migration.sql.to_owned()).await;
    }
    (url, keeper)
}

async fn run(connection: &mut Connection, sql: String) {
    let done = raw_sql(AssertSqlSafe(sql)).execute(connection).await;
    done.expect("a schema with all tables");
}

/// A connection beside the service's own.
pub async fn connect(url: &str) -> Connection {
    Connection::connect(url).await.expect(
        "a PostgreSQL server: set TEST_DATABASE_URL, or install one so that initdb is found",
    )
}

pub fn decimal(text: &str) -> String {
    text.to_owned()
}

/// One text of all columns.
pub fn as_text(columns: &[String]) -> String {
    format!("row({})::text", columns.join(", "))
}
