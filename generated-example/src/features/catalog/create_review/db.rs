//! `POST /api/v1/books/{book}/reviews`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::catalog::model::{BookId, Review, ReviewId};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        &mut self,
        id: ReviewId,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Review, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const INSERT: &str = "\
insert into reviews (id, book_id, stars, text, quotes, created_at, updated_at, version)
values ($1, $2, $3, $4, $5, $6, $6, 1)
returning id, book_id, stars, text, quotes, created_at, updated_at, version";

const BOOK: &str = "select id from books where slug = $1";

impl Store for Db<'_> {
    async fn insert(
        &mut self,
        id: ReviewId,
        now: Timestamp,
        command: &Command,
    ) -> Result<Review, Error> {
        let book_id: Option<BookId> = sqlx::query_scalar(BOOK)
            .bind(&command.book)
            .fetch_optional(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let book_id = book_id.ok_or(Error::NotFound)?;
        let statement = sqlx::query_as(INSERT)
            .bind(id)
            .bind(book_id)
            .bind(command.stars)
            .bind(&command.text)
            .bind(Json(&command.quotes))
            .bind(now);
        let row = db::written(statement, &mut *self.0).await;
        let review: Review = row.map_err(Failure::from)?;
        Ok(review)
    }
}
