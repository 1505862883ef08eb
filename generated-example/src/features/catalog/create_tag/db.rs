//! `POST /api/v1/tags`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;

use super::super::{Command, Error};
use crate::features::catalog::model::{Tag, TagId};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        self,
        id: TagId,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Tag, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const INSERT: &str = "\
insert into tags (id, name, created_at, updated_at, version)
values ($1, $2, $3, $3, 1)
returning id, name, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn insert(self, id: TagId, now: Timestamp, command: &Command) -> Result<Tag, Error> {
        let statement = sqlx::query_as(INSERT)
            .bind(id)
            .bind(&command.name)
            .bind(now);
        let row = db::written(statement, &mut *self.0).await;
        let tag: Tag = row.map_err(refuse)?;
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
