//! `DELETE /api/v1/profiles/{id}`: the SQL.

use kernel::auth::Reach;
use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error};
use crate::features::accounts::model::{CustomerId, ProfileId};

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
delete from profiles
where id = $1 and ($2 or profiles.customer_id = $3) and ($4 is null or version = $4)";

impl Store for Db<'_> {
    async fn delete(self, command: &Command) -> Result<(), Error> {
        let done = sqlx::query(DELETE)
            .bind(command.id)
            .bind(self.reach.all())
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
select exists (select 1 from profiles where id = $1 and ($2 or profiles.customer_id = $3))";

async fn find(conn: &mut Connection, reach: &Reach, id: ProfileId) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(id)
        .bind(reach.all())
        .bind(reach.id::<CustomerId>())
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}
