//! `POST /api/v1/authors`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;

use super::super::{Command, Error};
use crate::features::catalog::model::{Author, AuthorId};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        self,
        id: AuthorId,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Author, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const INSERT: &str = "\
insert into authors (id, name, born, created_at, updated_at, version)
values ($1, $2, $3, $4, $4, 1)
returning id, name, born, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn insert(
        self,
        id: AuthorId,
        now: Timestamp,
        command: &Command,
    ) -> Result<Author, Error> {
        let statement = sqlx::query_as(INSERT)
            .bind(id)
            .bind(&command.name)
            .bind(command.born)
            .bind(now);
        let row = db::written(statement, &mut *self.0).await;
        let author: Author = row.map_err(Failure::from)?;
        Ok(author)
    }
}
