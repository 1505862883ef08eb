//! `GET /api/v1/profiles/{id}`: the SQL.

use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error, Outcome};

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
select id, customer_id, nickname, website, favourites, created_at, updated_at, version
from profiles
where id = $1";

impl Store for Db<'_> {
    async fn find(self, command: &Command) -> Result<Option<Outcome>, Error> {
        let row = sqlx::query_as(SELECT)
            .bind(command.id)
            .fetch_optional(&mut *self.0)
            .await;
        Ok(row.map_err(Failure::from)?)
    }
}
