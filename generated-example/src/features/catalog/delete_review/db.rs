//! `DELETE /api/v1/books/{book}/reviews/{id}`: the SQL.

use kernel::auth::Rows;
use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error};
use crate::features::accounts::CustomerId;
use crate::features::catalog::model::ReviewId;

pub trait Store: Send {
    /// Deletes the row.
    fn delete(self, command: &Command) -> impl Future<Output = Result<(), Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork, rows: Rows<CustomerId>) -> impl Store {
    Db {
        conn: unit.connection(),
        rows,
    }
}

struct Db<'c> {
    conn: &'c mut Connection,
    rows: Rows<CustomerId>,
}

const DELETE: &str = "\
delete from reviews
where book_id = (select id from books where slug = $1) and id = $2 and ($3 is null or author_id = $3) and ($4 is null or version = $4)";

impl Store for Db<'_> {
    async fn delete(self, command: &Command) -> Result<(), Error> {
        let done = sqlx::query(DELETE)
            .bind(&command.book)
            .bind(command.id)
            .bind(self.rows.owner())
            .bind(command.expected)
            .execute(&mut *self.conn)
            .await
            .map_err(Failure::from)?;
        if done.rows_affected() == 0 {
            return Err(find(&mut *self.conn, self.rows, &command.book, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        }
        Ok(())
    }
}

const EXISTS: &str = "\
select exists (select 1 from reviews
    where book_id = (select id from books where slug = $1) and id = $2 and ($3 is null or author_id = $3))";

async fn find(
    conn: &mut Connection,
    rows: Rows<CustomerId>,
    book: &str,
    id: ReviewId,
) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(book)
        .bind(id)
        .bind(rows.owner())
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}
