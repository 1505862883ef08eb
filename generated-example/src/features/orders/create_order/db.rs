//! `POST /api/v1/orders`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::{Decimal, Scalar, Timestamp};
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::accounts::CustomerId;
use crate::features::orders::model::{Order, OrderId, OrderStatus};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        self,
        id: OrderId,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Order, Error>> + Send;
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

const INSERT: &str = "\
insert into orders (id, number, customer_id, status, shipping, note, total, created_at, updated_at,
    version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)
returning id, number, customer_id, status, shipping, note, total, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn insert(self, id: OrderId, now: Timestamp, command: &Command) -> Result<Order, Error> {
        let statement = sqlx::query_as(INSERT)
            .bind(id)
            .bind(&command.number)
            .bind(self.actor)
            .bind(OrderStatus::Draft)
            .bind(command.shipping.as_ref().map(Json))
            .bind(&command.note)
            .bind(Decimal::<2>::parse("0.00").expect("BUG: a default of the spec"))
            .bind(now);
        let row = db::written(statement, &mut *self.conn).await;
        let order: Order = row.map_err(refuse)?;
        Ok(order)
    }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("orders.number") => Error::NumberTaken,
        Some("FOREIGN KEY") => Error::CallerGone,
        _ => Failure::from(error).into(),
    }
}
