//! `GET /api/v1/orders/{id}`: the SQL.

use kernel::auth::Reach;
use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error, Outcome};
use crate::features::accounts::CustomerId;
use crate::features::orders::model::{Order, OrderView};
use crate::features::orders::query;

pub trait Store: Send {
    /// The row, or nothing.
    fn find(self, command: &Command)
    -> impl Future<Output = Result<Option<Outcome>, Error>> + Send;
}

pub fn open<'c>(unit: &'c mut UnitOfWork, reach: &'c Reach) -> impl Store {
    Db {
        conn: unit.connection(),
        reach,
    }
}

struct Db<'c> {
    conn: &'c mut Connection,
    reach: &'c Reach,
}

const SELECT: &str = "\
select id, number, customer_id, status, shipping, note, total, created_at, updated_at, version
from orders
where id = $1 and ($2 or orders.customer_id = $3)";

impl Store for Db<'_> {
    async fn find(self, command: &Command) -> Result<Option<Outcome>, Error> {
        let row: Option<Order> = sqlx::query_as(SELECT)
            .bind(command.id)
            .bind(self.reach.all())
            .bind(self.reach.id::<CustomerId>())
            .fetch_optional(&mut *self.conn)
            .await
            .map_err(Failure::from)?;
        let mut found: Vec<OrderView> = row.into_iter().map(Into::into).collect();
        query::include_in_orders(&mut *self.conn, &mut found, command.include, self.reach).await?;
        Ok(found.pop())
    }
}
