//! `PATCH /api/v1/lines/{id}`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};

use super::super::{Command, Error};
use crate::features::orders::model::{Line, LineId};

pub trait Store: Send {
    /// Changes the row.
    fn update(self, command: &Command) -> impl Future<Output = Result<Line, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, id: LineId) -> Result<(), Error> {
    find(unit.connection(), id).await
}

const EXISTS: &str = "select exists (select 1 from lines where id = $1)";

async fn find(conn: &mut Connection, id: LineId) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(id)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c>(&'c mut Connection);

const UPDATE: &str = "\
update lines set
    quantity = coalesce($3, quantity),
    unit_price = coalesce($4, unit_price),
    version = version + 1
where id = $1 and ($2 is null or version = $2)
returning id, order_id, book_id, quantity, unit_price, version";

impl Store for Db<'_> {
    async fn update(self, command: &Command) -> Result<Line, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(command.id)
            .bind(command.expected)
            .bind(command.quantity)
            .bind(command.unit_price);
        let row = db::written_if_any(statement, &mut *self.0).await;
        let row: Option<Line> = row.map_err(Failure::from)?;
        let Some(line) = row else {
            return Err(find(&mut *self.0, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        };
        Ok(line)
    }
}
