//! Every type: its text forms, and its way through a column.

use std::fmt::Debug;

use kernel::contract::Unit;
use kernel::db;
use kernel::types::{
    BigInt, Bytes, Date, Decimal, Duration, Id, MAX_INT, Patch, Scalar, Serial, Time, Timestamp,
    slug,
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

fn decimal(text: &str) -> Decimal<2> {
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
    fresh
        .run("create table column_format (at {int} primary key, value text) {strict}")
        .await;
    fresh.run("drop table column_format").await;
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
        .bind(Some(&size).map(db::as_json))
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

/// Each text that parses, with what it prints as; `=` where that is the same.
#[track_caller]
fn forms<T: Scalar + Serialize>(texts: &[(&str, &str)]) {
    for (text, printed) in texts {
        let printed = if *printed == "=" { text } else { printed };
        let value = T::parse(text).unwrap_or_else(|refused| panic!("{text}: {}", refused.message));
        assert_eq!(&value.print(), printed);
        let json = serde_json::to_value(&value).unwrap();
        assert_eq!(
            json.as_str()
                .map_or_else(|| json.to_string(), str::to_owned),
            *printed
        );
    }
}

/// Each text that does not parse, with the code that says so.
#[track_caller]
fn refusals<T: Scalar + Debug>(code: &str, texts: &[&str]) {
    for text in texts {
        let refused = T::parse(text)
            .map(|value| panic!("{text} was read as {value:?}"))
            .unwrap_err();
        assert_eq!(refused.code, code, "{text}");
    }
}

#[test]
fn text_forms() {
    forms::<Timestamp>(&[
        ("2026-11-20T08:21:39.226713Z", "="),
        ("2026-11-20T08:21:39Z", "2026-11-20T08:21:39.000000Z"),
        (
            "2026-11-20t08:21:39.2267139+02:30",
            "2026-11-20T05:51:39.226713Z",
        ),
        ("2024-02-29T23:59:59-00:01", "2024-03-01T00:00:59.000000Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
        ("9999-12-31T23:59:59.999999Z", "="),
    ]);
    forms::<Duration>(&[
        ("PT1H30M", "="),
        ("P1DT2H", "PT26H"),
        ("P2W", "PT336H"),
        ("PT0.5S", "PT0.500000S"),
        ("-PT90S", "-PT1M30S"),
        ("PT0S", "="),
    ]);
    forms::<Decimal<2>>(&[
        ("12.5", "12.50"),
        ("-0.01", "="),
        ("0007", "7.00"),
        ("9999999999999999.99", "="),
    ]);
    forms::<Decimal<0>>(&[("12", "="), ("12.0", "12")]);
    forms::<Date>(&[("2024-02-29", "="), ("0001-01-01", "=")]);
    forms::<Time>(&[("08:30:00", "="), ("08:30:00.25", "08:30:00.250")]);
    forms::<BigInt>(&[("-9223372036854775808", "=")]);
    forms::<Bytes>(&[("AP8=", "="), ("", "=")]);
    forms::<Format>(&[("ebook", "=")]);
    forms::<i64>(&[("9007199254740991", "="), ("-0", "0")]);
    forms::<bool>(&[("true", "=")]);
}

#[test]
fn texts_that_are_none() {
    refusals::<Timestamp>(
        "type",
        &[
            "2026-11-20",
            "2026-11-20 08:21:39Z",
            "2026-11-20T08:21:39",
            "2026-11-20T24:00:00Z",
            "2026-02-29T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+01:00",
            "2026-11-20T08:21:39.Z",
            "9999-12-31T23:59:59-01:00",
            "2026-11-20T08:21:39+2:00",
            "2026-11-20T08:21:39é",
            "",
        ],
    );
    refusals::<Duration>(
        "type",
        &[
            "",
            "P",
            "PT",
            "P1Y",
            "P1M",
            "PT1M1H",
            "1H",
            "PT1.5H",
            "PT.5S",
            "PT-1S",
            "PT99999999999999999999S",
            "PT1",
        ],
    );
    refusals::<Decimal<2>>(
        "too_many_digits",
        &[
            "0.001",
            "99999999999999999.99",
            "1000000000000000000000000000000",
        ],
    );
    refusals::<Decimal<2>>(
        "type",
        &["", "-", "1e2", "NaN", "1.", ".5", "+1", "1_0", "0x1", " 1"],
    );
    refusals::<Date>(
        "type",
        &[
            "2026-02-29",
            "+12026-01-01",
            "26-1-1",
            "2026-01-01T00:00:00Z",
            "0000-01-01",
            "",
        ],
    );
    refusals::<Time>(
        "type",
        &["24:00:00", "8:30", "08:30", "08:30:00Z", "08:60:00"],
    );
    refusals::<i64>("type", &["", "1.5", "+1", "abc", "0x10", "１"]);
    refusals::<i64>("too_large", &["9007199254740992", "99999999999999999999"]);
    refusals::<i64>("too_small", &["-9007199254740992"]);
    refusals::<f64>("type", &["", "NaN", "inf", "infinity", "+1", "1f"]);
    refusals::<f64>("too_large", &["1e400"]);
    refusals::<Uuid>(
        "type",
        &[
            "",
            "0191f1b0f5a77c1e8d3c0d3a2b1c4d5e",
            "{0191f1b0-f5a7-7c1e-8d3c-0d3a2b1c4d5e}",
        ],
    );
    refusals::<Bytes>("type", &["AP8", "A===", "AP8_"]);
    refusals::<Format>("not_in_enum", &["", "Ebook", "paperback"]);
    refusals::<bool>("type", &["", "1", "True"]);
    refusals::<String>("characters", &["a\0b"]);
}

#[test]
fn decimals_come_back_from_calculation() {
    let price = decimal("12.50");
    let third = *price / rust_decimal::Decimal::from(3);
    assert_eq!(Decimal::<2>::rounded(third), Some(decimal("4.17")));
    assert!(Decimal::<2>::try_from(third).is_err());
    assert_eq!(Decimal::<2>::from_units(-1), Some(decimal("-0.01")));
    assert_eq!(Decimal::<2>::from_units(i64::MAX), None);
    assert_eq!(Decimal::<2>::rounded(rust_decimal::Decimal::MAX), None);
}

#[test]
fn patches_keep_clear_and_set() {
    assert_eq!(
        [Patch::Absent, Patch::Null, Patch::Set(2)].map(|patch| patch.or(Some(1))),
        [Some(1), None, Some(2)]
    );
    assert_eq!(
        [Patch::Absent, Patch::Null, Patch::Set(2)].map(|patch| patch.touches()),
        [false, true, true]
    );
}

#[test]
fn slugs() {
    for (title, slug) in [
        ("The Left Hand of Darkness", "the-left-hand-of-darkness"),
        ("  C++ & Rust: don't!  ", "c-rust-dont"),
        ("Straße nach Łódź, Ångström", "strasse-nach-lodz-angstrom"),
        ("E\u{301}lan İstanbul", "elan-istanbul"),
        ("日本", ""),
        ("--", ""),
    ] {
        assert_eq!(slug::slugify(title), slug, "{title}");
    }
    assert!(slug::slugify(&"word ".repeat(100)).len() <= 80);
    let candidates = |title| slug::candidates(title, "0191-abcdef").collect::<Vec<_>>();
    assert_eq!(candidates("A b"), ["a-b", "a-b-abcdef", "a-b-0191-abcdef"]);
    assert_eq!(candidates("日本"), ["abcdef", "0191-abcdef"]);
}
