//! `GET /api/v1/authors/{id}`: the SQL.

use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error, Outcome};
use crate::features::catalog::model::{Author, AuthorView};
use crate::features::catalog::query;

pub trait Store: Send {
    /// The row, or nothing.
    fn find(self, command: &Command)
    -> impl Future<Output = Result<Option<Outcome>, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const SELECT: &str = "\
select id, name, born, created_at, updated_at, version
from authors
where id = $1";

impl Store for Db<'_> {
    async fn find(self, command: &Command) -> Result<Option<Outcome>, Error> {
        let row: Option<Author> = sqlx::query_as(SELECT)
            .bind(command.id)
            .fetch_optional(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let mut found: Vec<AuthorView> = row.into_iter().map(Into::into).collect();
        query::include_in_authors(&mut *self.0, &mut found, command.include).await?;
        Ok(found.pop())
    }
}
