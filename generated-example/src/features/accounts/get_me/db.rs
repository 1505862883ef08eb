//! `GET /api/v1/me`: the SQL.

use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error, Outcome};
use crate::features::accounts::model::{Customer, CustomerId, CustomerView};
use crate::features::accounts::query;

pub trait Store: Send {
    /// The row, or nothing.
    fn find(self, command: &Command)
    -> impl Future<Output = Result<Option<Outcome>, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork, actor: CustomerId) -> impl Store {
    Db {
        conn: unit.connection(),
        actor,
    }
}

struct Db<'c> {
    conn: &'c mut Connection,
    actor: CustomerId,
}

const SELECT: &str = "\
select id, subject, email, name, birthday, newsletter, address, created_at, updated_at, version
from customers
where id = $1";

impl Store for Db<'_> {
    async fn find(self, command: &Command) -> Result<Option<Outcome>, Error> {
        let row: Option<Customer> = sqlx::query_as(SELECT)
            .bind(self.actor)
            .fetch_optional(&mut *self.conn)
            .await
            .map_err(Failure::from)?;
        let mut found: Vec<CustomerView> = row.into_iter().map(Into::into).collect();
        query::include_in_customers(&mut *self.conn, &mut found, command.include).await?;
        Ok(found.pop())
    }
}
