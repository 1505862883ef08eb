//! `PATCH /api/v1/orders/{id}`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::accounts::CustomerId;
use crate::features::orders::model::{Order, OrderId};

pub trait Store: Send {
    /// Changes the row.
    fn update(
        self,
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

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, actor: CustomerId, id: OrderId) -> Result<(), Error> {
    find(unit.connection(), actor, id).await
}

const EXISTS: &str = "select exists (select 1 from orders where id = $1 and customer_id = $2)";

async fn find(conn: &mut Connection, actor: CustomerId, id: OrderId) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(id)
        .bind(actor)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c> {
    conn: &'c mut Connection,
    actor: CustomerId,
}

const UPDATE: &str = "\
update orders set
    shipping = case when $4 then $5 else shipping end,
    note = case when $6 then $7 else note end,
    updated_at = $8,
    version = version + 1
where id = $1 and customer_id = $2 and ($3 is null or version = $3)
returning id, number, customer_id, status, shipping, note, total, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn update(self, now: Timestamp, command: &Command) -> Result<Order, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(command.id)
            .bind(self.actor)
            .bind(command.expected)
            .bind(command.shipping.touches())
            .bind(command.shipping.value().map(Json))
            .bind(command.note.touches())
            .bind(command.note.value())
            .bind(now);
        let row = db::written_if_any(statement, &mut *self.conn).await;
        let row: Option<Order> = row.map_err(Failure::from)?;
        let Some(order) = row else {
            return Err(find(&mut *self.conn, self.actor, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        };
        Ok(order)
    }
}
