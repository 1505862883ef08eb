//! `DELETE /api/v1/books/{slug}`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};

use super::super::{Command, Error};

pub trait Store: Send {
    /// Deletes the row.
    fn delete(self, command: &Command) -> impl Future<Output = Result<(), Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const DELETE: &str = "delete from books where slug = $1 and ($2 is null or version = $2)";

impl Store for Db<'_> {
    async fn delete(self, command: &Command) -> Result<(), Error> {
        let done = sqlx::query(DELETE)
            .bind(&command.slug)
            .bind(command.expected)
            .execute(&mut *self.0)
            .await
            .map_err(refuse)?;
        if done.rows_affected() == 0 {
            return Err(find(&mut *self.0, &command.slug)
                .await
                .err()
                .unwrap_or(Error::Stale));
        }
        Ok(())
    }
}

const EXISTS: &str = "select exists (select 1 from books where slug = $1)";

async fn find(conn: &mut Connection, slug: &str) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(slug)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("FOREIGN KEY") => Error::StillReferenced,
        _ => Failure::from(error).into(),
    }
}
