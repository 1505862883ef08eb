//! `POST /api/v1/books/{book}/reviews`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::accounts::CustomerId;
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

pub fn open(unit: &mut UnitOfWork, actor: CustomerId) -> impl Store {
    Db {
        conn: unit.connection(),
        actor,
    }
}

struct Db<'c> {
    conn: &'c mut Connection,
    actor: CustomerId,
}

const INSERT: &str = "\
insert into reviews (id, book_id, author_id, stars, text, quotes, created_at, updated_at, version)
values ($1, $2, $3, $4, $5, $6, $7, $7, 1)
returning id, book_id, author_id, stars, text, quotes, created_at, updated_at, version";

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
            .fetch_optional(&mut *self.conn)
            .await
            .map_err(Failure::from)?;
        let book_id = book_id.ok_or(Error::NotFound)?;
        let statement = sqlx::query_as(INSERT)
            .bind(id)
            .bind(book_id)
            .bind(self.actor)
            .bind(command.stars)
            .bind(&command.text)
            .bind(Json(&command.quotes))
            .bind(now);
        let row = db::written(statement, &mut *self.conn).await;
        let review: Review = row.map_err(refuse)?;
        Ok(review)
    }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("reviews.book_id, reviews.author_id") => Error::BookAuthorTaken,
        Some("FOREIGN KEY") => Error::CallerGone,
        _ => Failure::from(error).into(),
    }
}
