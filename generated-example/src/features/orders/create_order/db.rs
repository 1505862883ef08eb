//! `POST /api/v1/orders`: the SQL.

use kernel::db::{self, Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::types::{Decimal, Scalar, Timestamp};
use sqlx::types::Json;

use super::super::{Command, Error, NewLine};
use crate::app::Context;
use crate::features::accounts::CustomerId;
use crate::features::orders::model::{Line, LineId, Order, OrderId, OrderStatus};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        &mut self,
        id: OrderId,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Order, Error>> + Send;

    /// Makes the lines of the row, all at once.
    fn insert_lines(
        &mut self,
        id: OrderId,
        lines: &[NewLine],
        ctx: &Context<'_>,
    ) -> impl Future<Output = Result<Vec<Line>, Error>> + Send;
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

const INSERT_LINES: &str =
    "insert into lines (id, order_id, book_id, quantity, unit_price, version) ";

const RETURNING_LINES: &str = " returning id, order_id, book_id, quantity, unit_price, version";

impl Store for Db<'_> {
    async fn insert(
        &mut self,
        id: OrderId,
        now: Timestamp,
        command: &Command,
    ) -> Result<Order, Error> {
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

    async fn insert_lines(
        &mut self,
        id: OrderId,
        lines: &[NewLine],
        ctx: &Context<'_>,
    ) -> Result<Vec<Line>, Error> {
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = QueryBuilder::new(INSERT_LINES);
        sql.push_values(lines, |mut row, part| {
            row.push_bind::<LineId>(ctx.new_id());
            row.push_bind(id);
            row.push_bind(part.book_id);
            row.push_bind(part.quantity);
            row.push_bind(part.unit_price);
            row.push("1");
        });
        sql.push(RETURNING_LINES);
        let made = sql
            .build_query_as()
            .persistent(false)
            .fetch_all(&mut *self.conn)
            .await;
        let mut made: Vec<Line> = made.map_err(refuse_lines)?;
        made.sort_by_key(|row| row.id);
        Ok(made)
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

/// Which error a broken constraint of the lines is.
fn refuse_lines(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("lines.order_id, lines.book_id") => Error::LinesOrderBookTaken,
        Some("FOREIGN KEY") => Error::LinesBookMissing,
        _ => Failure::from(error).into(),
    }
}
