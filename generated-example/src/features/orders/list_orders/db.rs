//! `GET /api/v1/orders`: the SQL.

use kernel::db::{Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::page::Cursor;

use super::super::{Command, Error, Outcome, Sort};
use crate::features::orders::model::{Order, OrderView};
use crate::features::orders::query;

pub trait Store: Send {
    /// The page that is asked for.
    fn page(self, command: &Command) -> impl Future<Output = Result<Outcome, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const SELECT: &str = "\
select id, number, customer_id, status, shipping, note, total, created_at, updated_at, version
from orders
where true";

const BY_QUANTITY: &str = "exists (select 1 from lines t1 where t1.order_id = orders.id";

impl Store for Db<'_> {
    async fn page(self, command: &Command) -> Result<Outcome, Error> {
        let mut sql = QueryBuilder::new(SELECT);
        filter(&mut sql, command);
        let column = match command.order.by {
            Sort::Id => "orders.id",
            Sort::CreatedAt => "orders.created_at",
            Sort::Total => "orders.total",
        };
        command.page.push(&mut sql, column, "orders.id");
        let rows: Vec<Order> = sql
            .build_query_as()
            .fetch_all(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let page = command.page.cut(rows, |order| match command.order.by {
            Sort::Id => Cursor::id(order.id),
            Sort::CreatedAt => Cursor::new(&order.created_at, order.id),
            Sort::Total => Cursor::new(&order.total, order.id),
        });
        let mut page = page.map(OrderView::from);
        query::include_in_orders(&mut *self.0, &mut page.items, command.include).await?;
        Ok(page)
    }
}

fn filter(sql: &mut QueryBuilder, command: &Command) {
    command.status.push(sql, "orders.status");
    command.customer.push(sql, "orders.customer_id");
    command.number.push(sql, "orders.number");
    command.placed.push(sql, "orders.created_at");
    command
        .quantity
        .push_within(sql, BY_QUANTITY, "t1.quantity", ")");
}
