//! `GET /api/v1/lines`: the SQL.

use kernel::auth::Reach;
use kernel::db::{Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::page::Cursor;

use super::super::{Command, Error, Outcome};
use crate::features::accounts::CustomerId;
use crate::features::orders::model::Line;

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
select id, order_id, book_id, quantity, unit_price, version
from lines
where true";

impl Store for Db<'_> {
    async fn page(self, command: &Command) -> Result<Outcome, Error> {
        let mut sql = QueryBuilder::new(SELECT);
        filter(&mut sql, self.reach);
        command.page.push(&mut sql, "lines.id", "lines.id");
        let rows: Vec<Line> = sql
            .build_query_as()
            .fetch_all(&mut *self.conn)
            .await
            .map_err(Failure::from)?;
        let page = command.page.cut(rows, |line| Cursor::id(line.id));
        Ok(page)
    }
}

fn filter(sql: &mut QueryBuilder, reach: &Reach) {
    if !reach.all() {
        sql.push(" and (select r1.customer_id from orders r1 where r1.id = lines.order_id) = ")
            .push_bind(reach.id::<CustomerId>());
    }
}
