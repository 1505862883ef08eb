//! `GET /api/v1/orders`: the SQL.

use kernel::auth::Reach;
use kernel::db::{Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::page::Cursor;

use super::super::{Command, Error, Outcome, Sort};
use crate::features::accounts::CustomerId;
use crate::features::orders::model::{Order, OrderView};
use crate::features::orders::query;

pub trait Store: Send {
    /// The page that is asked for.
    fn page(self, command: &Command) -> impl Future<Output = Result<Outcome, Error>> + Send;
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
where true";

impl Store for Db<'_> {
    async fn page(self, command: &Command) -> Result<Outcome, Error> {
        let mut sql = QueryBuilder::new(SELECT);
        filter(&mut sql, self.reach, command);
        let column = match command.order.by {
            Sort::Id => "orders.id",
            Sort::CreatedAt => "orders.created_at",
            Sort::Total => "orders.total",
        };
        command.page.push(&mut sql, column, "orders.id");
        let rows: Vec<Order> = sql
            .build_query_as()
            .fetch_all(&mut *self.conn)
            .await
            .map_err(Failure::from)?;
        let page = command.page.cut(rows, |order| match command.order.by {
            Sort::Id => Cursor::id(order.id),
            Sort::CreatedAt => Cursor::new(&order.created_at, order.id),
            Sort::Total => Cursor::new(&order.total, order.id),
        });
        let mut page = page.map(OrderView::from);
        query::include_in_orders(
            &mut *self.conn,
            &mut page.items,
            command.include,
            self.reach,
        )
        .await?;
        Ok(page)
    }
}

fn filter(sql: &mut QueryBuilder, reach: &Reach, command: &Command) {
    if !reach.all() {
        sql.push(" and orders.customer_id = ")
            .push_bind(reach.id::<CustomerId>());
    }
    command.status.push(sql, "orders.status");
    command.customer.push(sql, "orders.customer_id");
    command.number.push(sql, "orders.number");
    command.placed.push(sql, "orders.created_at");
}
