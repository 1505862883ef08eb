//! `DELETE /api/v1/profiles/{id}`: the SQL.

use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error};
use crate::features::accounts::model::ProfileId;

pub trait Store: Send {
    /// Deletes the row.
    fn delete(self, command: &Command) -> impl Future<Output = Result<(), Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const DELETE: &str = "delete from profiles where id = $1 and ($2 is null or version = $2)";

impl Store for Db<'_> {
    async fn delete(self, command: &Command) -> Result<(), Error> {
        let done = sqlx::query(DELETE)
            .bind(command.id)
            .bind(command.expected)
            .execute(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        if done.rows_affected() == 0 {
            return Err(find(&mut *self.0, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        }
        Ok(())
    }
}

const EXISTS: &str = "select exists (select 1 from profiles where id = $1)";

async fn find(conn: &mut Connection, id: ProfileId) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(id)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}
