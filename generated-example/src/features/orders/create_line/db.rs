//! `POST /api/v1/lines`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};

use super::super::{Command, Error};
use crate::features::orders::model::{Line, LineId};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        self,
        id: LineId,
        command: &Command,
    ) -> impl Future<Output = Result<Line, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const INSERT: &str = "\
insert into lines (id, order_id, book_id, quantity, unit_price, version)
values ($1, $2, $3, $4, $5, 1)
returning id, order_id, book_id, quantity, unit_price, version";

impl Store for Db<'_> {
    async fn insert(self, id: LineId, command: &Command) -> Result<Line, Error> {
        let statement = sqlx::query_as(INSERT)
            .bind(id)
            .bind(command.order_id)
            .bind(command.book_id)
            .bind(command.quantity)
            .bind(command.unit_price);
        let row = db::written(statement, &mut *self.0).await;
        let line: Line = match row {
            Ok(row) => row,
            Err(error) => return Err(refuse(&mut *self.0, error, command).await),
        };
        Ok(line)
    }
}

/// Which error a broken constraint is.
async fn refuse(conn: &mut Connection, error: sqlx::Error, command: &Command) -> Error {
    match db::violated(&error) {
        Some("lines.order_id, lines.book_id") => Error::OrderBookTaken,
        Some("FOREIGN KEY") => missing(conn, command).await.unwrap_or_else(Error::from),
        _ => Failure::from(error).into(),
    }
}

const MISSING: &str = "\
select
    $1 is not null and not exists (select 1 from orders where id = $1)";

/// SQLite does not say which reference leads nowhere, so it is asked.
async fn missing(conn: &mut Connection, command: &Command) -> Result<Error, Failure> {
    let (order,): (bool,) = sqlx::query_as(MISSING)
        .bind(command.order_id)
        .fetch_one(conn)
        .await?;
    Ok(if order {
        Error::OrderMissing
    } else {
        Error::BookMissing
    })
}
