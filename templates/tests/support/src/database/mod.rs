//! A database of its own for each test, and a way into it that does not lead through the service.

#[cfg_attr(feature = "postgres", path = "postgres/mod.rs")]
#[cfg_attr(feature = "sqlite", path = "sqlite/mod.rs")]
mod driver;

use kernel::db::{self, Connection, Migration, QueryBuilder};
use kernel::types::{Bytes, Date, Duration, Scalar, Time, Timestamp, Uuid};
use serde_json::Value;
use sqlx::query_builder::Separated;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, Row as _};
use tokio::sync::Mutex;

#[cfg(feature = "auth")]
use crate::checks::access::{Known, Piece};
use crate::entity::Entity;
use crate::kind::Kind;
#[cfg(feature = "auth")]
use crate::seed::Row;

/// The database of one test, gone with it.
pub struct Database {
    connection: Mutex<Connection>,
    url: String,
    _keeper: driver::Keeper,
}

impl Database {
    /// An empty one, with all tables.
    pub(crate) async fn fresh(migrations: &'static [Migration]) -> Self {
        let (url, keeper) = driver::fresh(migrations).await;
        Self {
            connection: Mutex::new(driver::connect(&url).await),
            url,
            _keeper: keeper,
        }
    }

    /// How the service reaches it. A test needs few connections, and many tests run at once.
    pub(crate) fn settings(&self) -> db::Settings {
        let mut settings = db::Settings::at(self.url.clone());
        settings.connections = 4;
        settings.acquire_timeout = std::time::Duration::from_secs(20);
        settings
    }

    /// Inserts a row and returns its id, or nothing where a unique value is taken. Columns that are not given are the
    /// database's to fill.
    pub(crate) async fn insert(
        &self,
        table: &str,
        columns: &[(&str, Kind, Value)],
        id: Kind,
    ) -> Option<Value> {
        let names: Vec<String> = columns.iter().map(|(name, ..)| quoted(name)).collect();
        let mut sql = QueryBuilder::new(format!(
            "insert into {} ({}) values (",
            quoted(table),
            names.join(", ")
        ));
        let mut values = sql.separated(", ");
        for (_, kind, value) in columns {
            push(&mut values, kind, value);
        }
        sql.push(") returning id");
        let query = sql.build();
        let row = query.fetch_one(&mut *self.connection.lock().await).await;
        let row = match row {
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => return None,
            row => row.unwrap_or_else(|error| panic!("a row of {table}: {error}: {columns:?}")),
        };
        Some(match id {
            Kind::Serial => Value::from(row.get::<i64, _>(0)),
            _ => Value::from(row.get::<Uuid, _>(0).to_string()),
        })
    }

    /// Inserts a pair into a table that joins two others.
    pub(crate) async fn pair(&self, table: &str, sides: &[(&str, Kind, &Value)]) {
        let names: Vec<String> = sides.iter().map(|(name, ..)| quoted(name)).collect();
        let names = names.join(", ");
        let mut sql =
            QueryBuilder::new(format!("insert into {} ({names}) values (", quoted(table)));
        let mut values = sql.separated(", ");
        for (_, kind, value) in sides {
            push(&mut values, kind, value);
        }
        sql.push(")");
        let done = sql
            .build()
            .execute(&mut *self.connection.lock().await)
            .await;
        done.unwrap_or_else(|error| panic!("a pair of {table}: {error}"));
    }

    /// Deletes every row of a table, and of those that it refers to.
    pub(crate) async fn clear(&self, entity: &'static Entity) {
        let mut tables = Vec::new();
        reach(entity, &mut tables);
        let mut connection = self.connection.lock().await;
        for entity in &tables {
            let circles = entity.fields.iter().filter(|field| field.optional);
            for field in circles.filter(|field| matches!(field.kind, Kind::To(_))) {
                let (table, column) = (quoted(entity.table), quoted(field.column));
                let sql = AssertSqlSafe(format!("update {table} set {column} = null"));
                let done = sqlx::query(sql).execute(&mut *connection).await;
                done.expect("a reference to nothing");
            }
        }
        // In any order, as often as there are tables: what is referred to goes in a later round.
        for _ in 0..tables.len() {
            for entity in &tables {
                let sql = AssertSqlSafe(format!("delete from {}", quoted(entity.table)));
                let _ = sqlx::query(sql).execute(&mut *connection).await;
            }
        }
    }

    #[cfg(feature = "auth")]
    /// Deletes the rows of a table to which nothing holds on.
    pub(crate) async fn empty(&self, entity: &'static Entity) {
        let sql = AssertSqlSafe(format!("delete from {}", quoted(entity.table)));
        let _ = sqlx::query(sql)
            .execute(&mut *self.connection.lock().await)
            .await;
    }

    #[cfg(feature = "auth")]
    /// Whether a row is there, by its id.
    pub(crate) async fn has(&self, entity: &'static Entity, id: &Value) -> bool {
        let sql = format!("select count(*) from {} where id = ", quoted(entity.table));
        let mut sql = QueryBuilder::new(sql);
        push(&mut sql.separated(""), &entity.id(), id);
        let count = sql.build_query_scalar::<i64>();
        let count = count.fetch_one(&mut *self.connection.lock().await).await;
        count.expect("a count of rows") > 0
    }

    #[cfg(feature = "tenancy")]
    /// How many rows of a tenant there are.
    pub(crate) async fn count_of(&self, entity: &Entity, tenant: &Value) -> i64 {
        let column = entity.tenant.expect("rows of tenants");
        let (table, column) = (quoted(entity.table), quoted(column));
        let mut sql = QueryBuilder::new(format!("select count(*) from {table} where {column} = "));
        push(&mut sql.separated(""), &Kind::Uuid, tenant);
        let count = sql.build_query_scalar::<i64>();
        let count = count.fetch_one(&mut *self.connection.lock().await).await;
        count.expect("a count of rows")
    }

    #[cfg(feature = "auth")]
    /// Whether a row meets a condition for a caller.
    pub(crate) async fn meets(&self, row: &Row, pieces: &[Piece], known: &Known) -> bool {
        let table = quoted(row.entity.table);
        let mut sql = QueryBuilder::new(format!("select count(*) from {table} where ("));
        for piece in pieces {
            match piece {
                Piece::Sql(text) => sql.push(text),
                Piece::Id => sql.push_bind(known.id.as_deref().map(read::<Uuid>)),
                Piece::Subject => sql.push_bind(known.subject.clone()),
                Piece::HasRole(role) => sql.push_bind(known.roles.contains(role)),
            };
        }
        sql.push(format!(") and {table}.id = "));
        push(&mut sql.separated(""), &row.entity.id(), row.id());
        let count = sql.build_query_scalar::<i64>();
        let count = count.fetch_one(&mut *self.connection.lock().await).await;
        count.expect("a count of rows") > 0
    }

    /// Every row of a table, column by column, as text.
    pub async fn rows(&self, entity: &Entity) -> Vec<String> {
        let mut columns = vec![quoted("id")];
        columns.extend(entity.fields.iter().map(|field| quoted(field.column)));
        let sql = format!(
            "select {} from {} order by id",
            driver::as_text(&columns),
            quoted(entity.table)
        );
        let mut connection = self.connection.lock().await;
        let rows = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut *connection);
        rows.await.expect("the rows of a table")
    }
}

/// The entities that rows of this one need, or may refer to.
fn reach(entity: &'static Entity, found: &mut Vec<&'static Entity>) {
    if found.iter().any(|known| known.table == entity.table) {
        return;
    }
    found.push(entity);
    for field in entity.fields {
        if let Kind::To(target) = field.kind {
            reach(target, found);
        }
    }
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn push(values: &mut Separated<'_, db::Database, &str>, kind: &Kind, value: &Value) {
    if value.is_null() {
        values.push("null");
        return;
    }
    let text = value.as_str().unwrap_or_default();
    match *kind {
        Kind::Text { .. } | Kind::Email | Kind::Url | Kind::Slug | Kind::Choice(_) => {
            values.push_bind(text.to_owned())
        }
        Kind::Int { .. } | Kind::Serial => values.push_bind(value.as_i64()),
        Kind::BigInt { .. } => values.push_bind(text.parse::<i64>().ok()),
        Kind::Float { .. } => values.push_bind(value.as_f64()),
        Kind::Decimal { .. } => values.push(driver::decimal(text)),
        Kind::Bool => values.push_bind(value.as_bool()),
        Kind::Uuid => values.push_bind(read::<Uuid>(text)),
        Kind::Date => values.push_bind(read::<Date>(text)),
        Kind::Time => values.push_bind(read::<Time>(text)),
        Kind::Timestamp => values.push_bind(read::<Timestamp>(text)),
        Kind::Duration => values.push_bind(read::<Duration>(text)),
        Kind::Bytes { .. } => values.push_bind(read::<Bytes>(text)),
        Kind::Json | Kind::Object(_) | Kind::List { .. } => values.push_bind(Json(value.clone())),
        Kind::To(entity) => {
            push(values, &entity.id(), value);
            values
        }
    };
}

fn read<T: Scalar>(text: &str) -> T {
    T::parse(text).unwrap_or_else(|refused| panic!("{text}: {}", refused.message))
}
