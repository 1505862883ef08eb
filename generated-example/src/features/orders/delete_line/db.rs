//! `DELETE /api/v1/lines/{id}`: the SQL.

use kernel::auth::Reach;
use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error};
use crate::features::accounts::CustomerId;
use crate::features::orders::model::LineId;

pub trait Store: Send {
    /// Deletes the row.
    fn delete(self, command: &Command) -> impl Future<Output = Result<(), Error>> + Send;
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

const DELETE: &str = "\
delete from lines
where id = $1 and (select r1.customer_id from orders r1 where r1.id = lines.order_id) = $2 and (select r2.status from orders r2 where r2.id = lines.order_id) = 'draft' and ($3 is null or version = $3)";

impl Store for Db<'_> {
    async fn delete(self, command: &Command) -> Result<(), Error> {
        let done = sqlx::query(DELETE)
            .bind(command.id)
            .bind(self.reach.id::<CustomerId>())
            .bind(command.expected)
            .execute(&mut *self.conn)
            .await
            .map_err(Failure::from)?;
        if done.rows_affected() == 0 {
            return Err(find(&mut *self.conn, self.reach, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        }
        Ok(())
    }
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
