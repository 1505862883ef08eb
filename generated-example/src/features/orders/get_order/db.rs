//! `GET /api/v1/orders/{id}`: the SQL.

use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error, Outcome};
use crate::features::orders::model::{Order, OrderView};
use crate::features::orders::query;

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
select id, number, customer_id, status, shipping, note, total, created_at, updated_at, version
from orders
where id = $1";

impl Store for Db<'_> {
    async fn find(self, command: &Command) -> Result<Option<Outcome>, Error> {
        let row: Option<Order> = sqlx::query_as(SELECT)
            .bind(command.id)
            .fetch_optional(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let mut found: Vec<OrderView> = row.into_iter().map(Into::into).collect();
        query::include_in_orders(&mut *self.0, &mut found, command.include).await?;
        Ok(found.pop())
    }
}
