//! Values that each column type takes and refuses, as literals of each database.

use super::*;
use crate::ir::{Bounds, Scalar, Type};

/// A type; texts that it takes, and texts that it refuses, on SQLite and on PostgreSQL.
pub struct Row {
    pub ty: Type,
    sqlite: [&'static [&'static str]; 2],
    postgres: [&'static [&'static str]; 2],
}

impl Row {
    /// A column `x` of that type, in a table of its own.
    pub fn table(&self, database: Database) -> String {
        let column = TableColumn {
            name: "x".into(),
            ty: column_type(&fixture::service(), &self.ty),
            null: false,
            default: None,
            check: String::new(),
        };
        let condition = check(&column, database);
        let condition = condition.map_or(String::new(), |it| format!(" check ({it})"));
        let ty = sql_type(&column.ty, database);
        let strict = if database == Database::Sqlite {
            " strict"
        } else {
            ""
        };
        format!("create temporary table t (x {ty} not null{condition}){strict}")
    }

    /// Each literal, and whether it is taken.
    pub fn literals(&self, database: Database) -> impl Iterator<Item = (&'static str, bool)> {
        let [taken, refused] = match database {
            Database::Sqlite => self.sqlite,
            Database::Postgres => self.postgres,
        };
        let taken = taken.iter().map(|literal| (*literal, true));
        taken.chain(refused.iter().map(|literal| (*literal, false)))
    }
}

pub fn all() -> Vec<Row> {
    let row = |ty: Scalar, sqlite, postgres| Row {
        ty: ty.into(),
        sqlite,
        postgres,
    };
    let same = |ty: Scalar, literals| row(ty, literals, literals);
    vec![
        same(
            fixture::text(2, 3),
            [&["'äö'", "'äöü'"], &["'ä'", "'äöüß'", "null"]],
        ),
        same(fixture::int(-1, 5), [&["-1", "5"], &["-2", "6", "'x'"]]),
        same(
            Scalar::Int(Bounds::NONE),
            [
                &["9007199254740991"],
                &["9007199254740992", "-9007199254740992"],
            ],
        ),
        same(
            Scalar::BigInt(Bounds::NONE),
            [&["9223372036854775807", "-9223372036854775807"], &["'x'"]],
        ),
        row(
            Scalar::Float(Bounds::NONE),
            [&["1.5", "-1.7e308"], &["9e999", "-9e999", "'nan'"]],
            [
                &["1.5", "-1.7e308"],
                &["'infinity'", "'-infinity'", "'nan'"],
            ],
        ),
        row(
            fixture::decimal(4, 2, None),
            [&["9999", "-9999"], &["10000", "1.5"]],
            [&["99.99", "-99.99"], &["100", "'x'"]],
        ),
        row(
            Scalar::Bool,
            [&["0", "1", "true"], &["2", "'yes'"]],
            [&["true", "false"], &["2", "'maybe'"]],
        ),
        row(
            Scalar::Uuid,
            [
                &["x'00112233445566778899aabbccddeeff'"],
                &["x'00'", "'00112233'"],
            ],
            [&["'00112233-4455-6677-8899-aabbccddeeff'"], &["'00'"]],
        ),
        same(
            Scalar::Date,
            [
                &["'2024-02-29'", "'0001-01-01'", "'9999-12-31'"],
                &["'2023-02-29'", "'x'"],
            ],
        ),
        row(
            Scalar::Time,
            [&["'08:30:00'", "'08:30:00.000001'"], &["'8:30'", "'x'"]],
            [&["'08:30:00'", "'08:30:00.000001'"], &["'25:00'", "'x'"]],
        ),
        row(
            Scalar::Timestamp,
            [
                &["-62135596800000000", "253402300799999999"],
                &["'2026-11-20'", "1.5"],
            ],
            [
                &["'0001-01-01T00:00:00Z'", "'9999-12-31T23:59:59.999999Z'"],
                &["'x'"],
            ],
        ),
        same(
            Scalar::Json,
            [&["'{}'", "'[1]'", "'\"x\"'"], &["'{'", "''"]],
        ),
        row(
            Scalar::Bytes { max: 2 },
            [&["x''", "x'0011'"], &["x'001122'", "'00'"]],
            [&["''", "'\\x0011'"], &["'\\x001122'", "'\\x0'"]],
        ),
    ]
}

#[test]
fn sqlite_takes_and_refuses() {
    let connection = Connection::open_in_memory().unwrap();
    for row in all() {
        connection
            .execute_batch(&row.table(Database::Sqlite))
            .unwrap();
        for (literal, is_taken) in row.literals(Database::Sqlite) {
            let result = connection.execute(&format!("insert into t values ({literal})"), []);
            assert_eq!(
                result.is_ok(),
                is_taken,
                "{:?}: {literal}: {result:?}",
                row.ty
            );
        }
        connection.execute_batch("drop table t").unwrap();
    }
}
