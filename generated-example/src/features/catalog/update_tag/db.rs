//! `PATCH /api/v1/tags/{id}`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;

use super::super::{Command, Error};
use crate::features::catalog::model::{Tag, TagId};

pub trait Store: Send {
    /// Changes the row.
    fn update(
        self,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Tag, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, id: TagId) -> Result<(), Error> {
    find(unit.connection(), id).await
}

const EXISTS: &str = "select exists (select 1 from tags where id = $1)";

async fn find(conn: &mut Connection, id: TagId) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(id)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c>(&'c mut Connection);

const UPDATE: &str = "\
update tags set
    name = coalesce($3, name),
    updated_at = $4,
    version = version + 1
where id = $1 and ($2 is null or version = $2)
returning id, name, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn update(self, now: Timestamp, command: &Command) -> Result<Tag, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(command.id)
            .bind(command.expected)
            .bind(&command.name)
            .bind(now);
        let row = db::written_if_any(statement, &mut *self.0).await;
        let row: Option<Tag> = row.map_err(refuse)?;
        let Some(tag) = row else {
            return Err(find(&mut *self.0, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        };
        Ok(tag)
    }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("tags.name") => Error::NameTaken,
        _ => Failure::from(error).into(),
    }
}
