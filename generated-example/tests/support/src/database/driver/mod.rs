//! SQLite: a file for each test, copied from one that all migrations were applied to.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use kernel::db::{self, Connection, Migration, Pool, Settings};
use sqlx::{Connection as _, Executor as _};
use tokio::sync::OnceCell;

/// Removes the file.
pub struct Keeper(PathBuf);

impl Drop for Keeper {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm"] {
            // What SQLite has removed itself is not there.
            let _ = std::fs::remove_file(format!("{}{suffix}", self.0.display()));
        }
    }
}

pub async fn fresh(migrations: &'static [Migration]) -> (String, Keeper) {
    static MIGRATED: OnceCell<Vec<u8>> = OnceCell::const_new();
    let bytes = MIGRATED.get_or_init(|| migrated(migrations)).await;
    let keeper = file();
    std::fs::write(&keeper.0, bytes).expect("a file for the database");
    (url(&keeper), keeper)
}

/// The bytes of a database without rows.
async fn migrated(migrations: &'static [Migration]) -> Vec<u8> {
    let keeper = file();
    let pool = Pool::connect(Settings::at(url(&keeper))).await;
    let pool = pool.expect("a new database");
    db::migrate(&pool, migrations)
        .await
        .expect("migrations that apply");
    pool.close();
    let mut connection = connect(&url(&keeper)).await;
    let whole = connection.execute("pragma wal_checkpoint(truncate)").await;
    whole.expect("all that was written is in the file");
    std::fs::read(&keeper.0).expect("the file of the database")
}

fn file() -> Keeper {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("service-test-{}-{count}.db", std::process::id());
    Keeper(std::env::temp_dir().join(name))
}

fn url(keeper: &Keeper) -> String {
    format!("sqlite://{}", keeper.0.display())
}

/// A connection beside the service's own. What it writes need not survive a loss of power.
pub async fn connect(url: &str) -> Connection {
    let mut connection = Connection::connect(url).await.expect("a connection");
    let lazy = connection.execute("pragma synchronous = off").await;
    lazy.expect("a pragma of SQLite");
    connection
}

/// Decimals are stored in units of their last digit.
pub fn decimal(text: &str) -> String {
    text.replace('.', "")
}

/// One text of all columns.
pub fn as_text(columns: &[String]) -> String {
    let columns = columns.iter().map(|column| format!("quote({column})"));
    columns.collect::<Vec<_>>().join(" || ',' || ")
}
