//! `PATCH /api/v1/lines/{id}`: the SQL.

use kernel::auth::Reach;
use kernel::db::{self, Connection, Failure, UnitOfWork};

use super::super::{Command, Error};
use crate::features::accounts::CustomerId;
use crate::features::orders::model::{Line, LineId};

pub trait Store: Send {
    /// Changes the row.
    fn update(self, command: &Command) -> impl Future<Output = Result<Line, Error>> + Send;
}

pub fn open<'c>(unit: &'c mut UnitOfWork, reach: &'c Reach) -> impl Store {
    Db {
        conn: unit.connection(),
        reach,
    }
}

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, reach: &Reach, id: LineId) -> Result<(), Error> {
    find(unit.connection(), reach, id).await
}

const EXISTS: &str = "\
select exists (select 1 from lines
    where id = $1 and (select r1.customer_id from orders r1 where r1.id = lines.order_id) = $2 and (select r2.status from orders r2 where r2.id = lines.order_id) = 'draft')";

async fn find(conn: &mut Connection, reach: &Reach, id: LineId) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(id)
        .bind(reach.id::<CustomerId>())
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c> {
    conn: &'c mut Connection,
    reach: &'c Reach,
}

const UPDATE: &str = "\
update lines set
    quantity = coalesce($4, quantity),
    unit_price = coalesce($5, unit_price),
    version = version + 1
where id = $1 and (select r1.customer_id from orders r1 where r1.id = lines.order_id) = $2 and (select r2.status from orders r2 where r2.id = lines.order_id) = 'draft' and ($3 is null or version = $3)
returning id, order_id, book_id, quantity, unit_price, version";

impl Store for Db<'_> {
    async fn update(self, command: &Command) -> Result<Line, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(command.id)
            .bind(self.reach.id::<CustomerId>())
            .bind(command.expected)
            .bind(command.quantity)
            .bind(command.unit_price);
        let row = db::written_if_any(statement, &mut *self.conn).await;
        let row: Option<Line> = row.map_err(Failure::from)?;
        let Some(line) = row else {
            return Err(find(&mut *self.conn, self.reach, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        };
        Ok(line)
    }
}
