//! Every type on its way through a column.

use std::fmt::Debug;

use kernel::contract::Unit;
use kernel::db;
use kernel::types::{
    BigInt, Bytes, Date, Decimal, Duration, Id, MAX_INT, Scalar, Serial, Time, Timestamp,
};
use serde::{Deserialize, Serialize};
use sqlx::{Encode, Row as _, Type};
use uuid::Uuid;

use crate::fresh::{self, Fresh, done};

kernel::choice! {
    /// How a book is bound.
    pub enum Format {
        Hardcover = "hardcover",
        Ebook = "ebook",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Dimensions {
    width_mm: i64,
    bound: Format,
    price: Decimal<2>,
    since: Timestamp,
}

/// Writes and reads a value, and null beside it.
async fn through<T>(fresh: &Fresh, column: &str, values: &[T])
where
    T: for<'v> Encode<'v, db::Database> + Type<db::Database> + Clone + Debug + PartialEq,
    T: for<'r> sqlx::Decode<'r, db::Database> + Send + Sync + 'static,
{
    let table = format!(
        "create table column_{0} (at {{int}} primary key, value {{{0}}}) {{strict}}",
        column
    );
    fresh.run(&table).await;
    let mut unit = fresh.pool.begin(Unit::Transaction).await.unwrap();
    for (at, value) in (0_i64..).zip(values.iter().cloned().map(Some).chain([None])) {
        let mut insert =
            db::QueryBuilder::new(format!("insert into column_{column} (at, value) values ("));
        insert.push_bind(at).push(", ").push_bind(value).push(")");
        insert.build().execute(unit.connection()).await.unwrap();
    }
    let mut select =
        db::QueryBuilder::new(format!("select value from column_{column} order by at"));
    let rows = select.build().fetch_all(unit.connection()).await.unwrap();
    let read: Vec<Option<T>> = rows.iter().map(|row| row.try_get(0).unwrap()).collect();
    let written: Vec<Option<T>> = values.iter().cloned().map(Some).chain([None]).collect();
    assert_eq!(read, written, "{column}");
    done(unit).await;
}

pub fn decimal(text: &str) -> Decimal<2> {
    Decimal::parse(text).unwrap()
}

fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

#[tokio::test]
async fn what_is_written_is_read_back() {
    let fresh = fresh::database().await;
    through(
        &fresh,
        "uuid",
        &[Id::<Fresh>::from(Uuid::now_v7()), Id::from(Uuid::nil())],
    )
    .await;
    through(
        &fresh,
        "int",
        &[Serial::<Fresh>::from(7), Serial::from(MAX_INT)],
    )
    .await;
    fresh.run("drop table column_int").await;
    through(&fresh, "int", &[BigInt(i64::MIN), BigInt(i64::MAX)]).await;
    fresh.run("drop table column_int").await;
    through(
        &fresh,
        "int",
        &[Duration::from_micros(-1), Duration::from_micros(i64::MAX)],
    )
    .await;
    through(&fresh, "bool", &[true, false]).await;
    through(&fresh, "float", &[0.1, -1e300, 5e-324]).await;
    through(
        &fresh,
        "decimal",
        &["0.00", "-0.01", "9999999999999999.99"].map(decimal),
    )
    .await;
    through(
        &fresh,
        "timestamp",
        &[
            Timestamp::MIN,
            time("1969-12-31T23:59:59.999999Z"),
            Timestamp::MAX,
        ],
    )
    .await;
    through(
        &fresh,
        "date",
        &["0001-01-01", "2024-02-29", "9999-12-31"].map(|day| Date::parse(day).unwrap()),
    )
    .await;
    through(
        &fresh,
        "time",
        &["00:00:00", "08:30:00.5", "23:59:59.999999"].map(|time| Time::parse(time).unwrap()),
    )
    .await;
    through(&fresh, "bytes", &[Bytes(vec![]), Bytes(vec![0, 255])]).await;
}

#[tokio::test]
async fn json_and_enums_have_columns_too() {
    let fresh = fresh::database().await;
    fresh
        .run("create table shapes (format text, size {json}, tags {json}) {strict}")
        .await;
    let size = Dimensions {
        width_mm: 120,
        bound: Format::Hardcover,
        price: decimal("12.50"),
        since: time("2026-11-20T08:21:39.5+01:00"),
    };
    let tags = vec!["a".to_owned(), "ü".to_owned()];
    let mut unit = fresh.pool.begin(Unit::Statement).await.unwrap();
    sqlx::query("insert into shapes (format, size, tags) values ($1, $2, $3), ($4, null, $5)")
        .bind(Format::Ebook)
        .bind(Some(db::as_json(&size)))
        .bind(db::as_json(&tags))
        .bind(None::<Format>)
        .bind(db::as_json(&tags))
        .execute(unit.connection())
        .await
        .unwrap();
    let rows = sqlx::query("select format, size, tags from shapes order by format nulls last");
    let rows = rows.fetch_all(unit.connection()).await.unwrap();
    assert_eq!(rows[0].try_get::<Format, _>(0).unwrap(), Format::Ebook);
    assert_eq!(db::json_opt::<Dimensions>(&rows[0], 1).unwrap(), Some(size));
    assert_eq!(db::json::<Vec<String>>(&rows[0], 2).unwrap(), tags);
    assert_eq!(rows[1].try_get::<Option<Format>, _>(0).unwrap(), None);
    assert_eq!(db::json_opt::<Dimensions>(&rows[1], 1).unwrap(), None);
    assert!(db::json::<Dimensions>(&rows[1], 1).is_err());
    done(unit).await;
}
