//! SQLite: one writer beside a pool of readers, WAL, every commit synced. Writes fetch all rows, of which there is one:
//! sqlx's shorter ways stop before the commit can fail or fold the log.

use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteRow, SqliteSynchronous};
use sqlx::{FromRow, Row};
use uuid::Uuid;

use crate::item::{Change, Item, Kind, New};
use crate::pool::Pool;
use crate::price::Price;
use crate::stamp::Stamp;

pub type Options = SqliteConnectOptions;
pub type Connection = sqlx::SqliteConnection;

pub struct Store {
    readers: Pool,
    writer: Pool,
}

macro_rules! columns {
    () => {
        "id, sku, name, price, kind, active, stock, seen_at, created_at, updated_at, version"
    };
}

const FIND: &str = concat!("select ", columns!(), " from items where id = ?1");
const LIST: &str = concat!(
    "select ",
    columns!(),
    " from items where id > ?1 order by id limit ?2"
);
const LIST_KIND: &str = concat!(
    "select ",
    columns!(),
    " from items where id > ?1 and kind = ?3 order by id limit ?2"
);
const INSERT: &str = concat!(
    "insert into items (",
    columns!(),
    ") values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, 1) returning ",
    columns!()
);
const UPDATE: &str = concat!(
    "update items set sku = coalesce(?3, sku), name = coalesce(?4, name), price = coalesce(?5, price), ",
    "kind = coalesce(?6, kind), active = coalesce(?7, active), stock = coalesce(?8, stock), ",
    "seen_at = case when ?9 then ?10 else seen_at end, updated_at = ?11, version = version + 1 ",
    "where id = ?1 and (?2 is null or version = ?2) returning ",
    columns!()
);

impl Store {
    pub async fn open(url: &str, size: usize) -> Result<Self, sqlx::Error> {
        let options = SqliteConnectOptions::from_str(url)?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5));
        Ok(Self {
            readers: Pool::open(options.clone().read_only(true), size).await?,
            writer: Pool::open(options, 1).await?,
        })
    }

    pub async fn find(&self, id: Uuid) -> Result<Option<Item>, sqlx::Error> {
        let query = sqlx::query_as(FIND).bind(id);
        self.readers
            .get()
            .await?
            .run(async |connection| query.fetch_optional(connection).await)
            .await
    }

    pub async fn list(
        &self,
        after: Uuid,
        kind: Option<Kind>,
        limit: i64,
    ) -> Result<Vec<Item>, sqlx::Error> {
        let query = match kind {
            Some(kind) => sqlx::query_as(LIST_KIND)
                .bind(after)
                .bind(limit)
                .bind(kind.as_str()),
            None => sqlx::query_as(LIST).bind(after).bind(limit),
        };
        self.readers
            .get()
            .await?
            .run(async |connection| query.fetch_all(connection).await)
            .await
    }

    pub async fn insert(&self, new: &New) -> Result<Item, sqlx::Error> {
        let query = sqlx::query_as(INSERT)
            .bind(Uuid::now_v7())
            .bind(&new.sku)
            .bind(&new.name)
            .bind(new.price.0)
            .bind(new.kind.as_str())
            .bind(new.active)
            .bind(new.stock)
            .bind(new.seen_at.map(|at| at.0))
            .bind(Stamp::now().0);
        self.writer
            .get()
            .await?
            .run(async |connection| Ok(query.fetch_all(connection).await?.pop()))
            .await?
            .ok_or(sqlx::Error::RowNotFound)
    }

    pub async fn update(
        &self,
        id: Uuid,
        expected: Option<i64>,
        change: &Change,
    ) -> Result<Option<Item>, sqlx::Error> {
        let query = sqlx::query_as(UPDATE)
            .bind(id)
            .bind(expected)
            .bind(&change.sku)
            .bind(&change.name)
            .bind(change.price.map(|price| price.0))
            .bind(change.kind.map(Kind::as_str))
            .bind(change.active)
            .bind(change.stock)
            .bind(change.seen_at.is_some())
            .bind(change.seen_at.flatten().map(|at| at.0))
            .bind(Stamp::now().0);
        self.writer
            .get()
            .await?
            .run(async |connection| Ok(query.fetch_all(connection).await?.pop()))
            .await
    }
}

impl FromRow<'_, SqliteRow> for Item {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            sku: row.try_get(1)?,
            name: row.try_get(2)?,
            price: Price(row.try_get(3)?),
            kind: Kind::parse(row.try_get(4)?).ok_or_else(|| sqlx::Error::Decode("kind".into()))?,
            active: row.try_get(5)?,
            stock: row.try_get(6)?,
            seen_at: row.try_get::<Option<i64>, _>(7)?.map(Stamp),
            created_at: Stamp(row.try_get(8)?),
            updated_at: Stamp(row.try_get(9)?),
            version: row.try_get(10)?,
        })
    }
}
