//! `POST /api/v1/orders/{id}/cancel`: the SQL.

use kernel::auth::Rows;
use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;

use super::super::{Command, Error, Outcome};
use crate::features::accounts::CustomerId;
use crate::features::orders::model::{Order, OrderStatus};

pub trait Store: Send {
    /// Changes the row, where it may be changed like this.
    fn apply(
        self,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Outcome, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork, rows: Rows<CustomerId>) -> impl Store {
    Db {
        conn: unit.connection(),
        rows,
    }
}

struct Db<'c> {
    conn: &'c mut Connection,
    rows: Rows<CustomerId>,
}

const UPDATE: &str = "\
update orders set
    status = 'cancelled',
    updated_at = $4,
    version = version + 1
where id = $1 and ($2 is null or customer_id = $2)
    and ($3 is null or version = $3)
    and status in ('draft', 'placed', 'paid')
returning id, number, customer_id, status, shipping, note, total, created_at, updated_at, version";

/// How often it is tried while others change the row in between.
const ROUNDS: usize = 8;

impl Store for Db<'_> {
    async fn apply(mut self, now: Timestamp, command: &Command) -> Result<Outcome, Error> {
        for _ in 0..ROUNDS {
            let statement = sqlx::query_as(UPDATE)
                .bind(command.id)
                .bind(self.rows.owner())
                .bind(command.expected)
                .bind(now);
            let row = db::written_if_any(statement, &mut *self.conn).await;
            let row: Option<Order> = row.map_err(Failure::from)?;
            if let Some(order) = row {
                return Ok(order);
            }
            if let Some(error) = self.refused(command).await? {
                return Err(error);
            }
        }
        Err(Failure::Busy.into())
    }
}

const REFUSED: &str = "\
select id, number, customer_id, status, shipping, note, total, created_at, updated_at, version
from orders
where id = $1 and ($2 is null or customer_id = $2)";

impl Db<'_> {
    /// Why nothing changed; nothing where the row has changed meanwhile, so that it can be tried again.
    async fn refused(&mut self, command: &Command) -> Result<Option<Error>, Failure> {
        let row: Option<Order> = sqlx::query_as(REFUSED)
            .bind(command.id)
            .bind(self.rows.owner())
            .fetch_optional(&mut *self.conn)
            .await?;
        let Some(order) = row else {
            return Ok(Some(Error::NotFound));
        };
        if command
            .expected
            .is_some_and(|expected| expected != order.version)
        {
            return Ok(Some(Error::Stale));
        }
        if !matches!(
            order.status,
            OrderStatus::Draft | OrderStatus::Placed | OrderStatus::Paid
        ) {
            return Ok(Some(Error::WrongState { from: order.status }));
        }
        Ok(None)
    }
}
