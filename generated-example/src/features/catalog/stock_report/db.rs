//! `GET /reports/stock`: the SQL. This file is yours.

use kernel::db::{Connection, Failure, FromRow, Row, UnitOfWork};
use sqlx::Row as _;

use super::super::{Command, Error, StockReportRow};

/// What `logic` may ask of the database: one method a statement, implemented below.
pub trait Store: Send {
    /// The stock of each format.
    fn count(
        self,
        command: &Command,
    ) -> impl Future<Output = Result<Vec<StockReportRow>, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    unit.connection()
}

const COUNT: &str = "\
select format, count(*), cast(sum(stock) as bigint), sum(stock * price)
from books
where published between $1 and $2 and (cast($3 as text) is null or format = $3)
group by format
order by format";

impl Store for &mut Connection {
    async fn count(self, command: &Command) -> Result<Vec<StockReportRow>, Error> {
        let rows = sqlx::query_as(COUNT)
            .bind(command.from)
            .bind(command.to)
            .bind(command.format)
            .fetch_all(self)
            .await;
        Ok(rows.map_err(Failure::from)?)
    }
}

impl FromRow<'_, Row> for StockReportRow {
    fn from_row(row: &Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            format: row.try_get(0)?,
            titles: row.try_get(1)?,
            copies: row.try_get(2)?,
            value: row.try_get(3)?,
        })
    }
}
