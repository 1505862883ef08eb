//! `GET /api/v1/lines/{id}`: the SQL.

use kernel::auth::Reach;
use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error, Outcome};
use crate::features::accounts::CustomerId;

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
select id, order_id, book_id, quantity, unit_price, version
from lines
where id = $1 and ($2 or (select r1.customer_id from orders r1 where r1.id = lines.order_id) = $3)";

impl Store for Db<'_> {
    async fn find(self, command: &Command) -> Result<Option<Outcome>, Error> {
        let row = sqlx::query_as(SELECT)
            .bind(command.id)
            .bind(self.reach.all())
            .bind(self.reach.id::<CustomerId>())
            .fetch_optional(&mut *self.conn)
            .await;
        Ok(row.map_err(Failure::from)?)
    }
}
