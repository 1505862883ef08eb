//! `PATCH /api/v1/categories/{slug}`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;

use super::super::{Command, Error};
use crate::features::catalog::model::Category;

pub trait Store: Send {
    /// Changes the row.
    fn update(
        self,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Category, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, slug: &str) -> Result<(), Error> {
    find(unit.connection(), slug).await
}

const EXISTS: &str = "select exists (select 1 from categories where slug = $1)";

async fn find(conn: &mut Connection, slug: &str) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(slug)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c>(&'c mut Connection);

const UPDATE: &str = "\
update categories set
    name = coalesce($3, name),
    parent_id = case when $4 then $5 else parent_id end,
    position = coalesce($6, position),
    updated_at = $7,
    version = version + 1
where slug = $1 and ($2 is null or version = $2)
returning id, name, slug, parent_id, position, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn update(self, now: Timestamp, command: &Command) -> Result<Category, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(&command.slug)
            .bind(command.expected)
            .bind(&command.name)
            .bind(command.parent_id.touches())
            .bind(command.parent_id.value())
            .bind(command.position)
            .bind(now);
        let row = db::written_if_any(statement, &mut *self.0).await;
        let row: Option<Category> = row.map_err(refuse)?;
        let Some(category) = row else {
            return Err(find(&mut *self.0, &command.slug)
                .await
                .err()
                .unwrap_or(Error::Stale));
        };
        Ok(category)
    }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("FOREIGN KEY") => Error::ParentMissing,
        _ => Failure::from(error).into(),
    }
}
