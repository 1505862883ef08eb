//! `POST /api/v1/orders/{id}/pay`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;

use super::super::{Command, Error, Outcome};
use crate::features::orders::model::{Order, OrderStatus};

pub trait Store: Send {
    /// Changes the row, where it may be changed like this.
    fn apply(
        self,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Outcome, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const UPDATE: &str = "\
update orders set
    status = 'paid',
    updated_at = $3,
    version = version + 1
where id = $1
    and ($2 is null or version = $2)
    and status = 'placed'
returning id, number, customer_id, status, shipping, note, total, created_at, updated_at, version";

/// How often it is tried while others change the row in between.
const ROUNDS: usize = 8;

impl Store for Db<'_> {
    async fn apply(mut self, now: Timestamp, command: &Command) -> Result<Outcome, Error> {
        for _ in 0..ROUNDS {
            let statement = sqlx::query_as(UPDATE)
                .bind(command.id)
                .bind(command.expected)
                .bind(now);
            let row = db::written_if_any(statement, &mut *self.0).await;
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
where id = $1";

impl Db<'_> {
    /// Why nothing changed; nothing where the row has changed meanwhile, so that it can be tried again.
    async fn refused(&mut self, command: &Command) -> Result<Option<Error>, Failure> {
        let row: Option<Order> = sqlx::query_as(REFUSED)
            .bind(command.id)
            .fetch_optional(&mut *self.0)
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
        if !matches!(order.status, OrderStatus::Placed) {
            return Ok(Some(Error::WrongState { from: order.status }));
        }
        Ok(None)
    }
}
