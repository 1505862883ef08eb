//! `PATCH /api/v1/books/{book}/reviews/{id}`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::accounts::CustomerId;
use crate::features::catalog::model::{Review, ReviewId};

pub trait Store: Send {
    /// Changes the row.
    fn update(
        self,
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

/// Whether the row is there to be found fault with.
pub async fn visible(
    unit: &mut UnitOfWork,
    actor: CustomerId,
    book: &str,
    id: ReviewId,
) -> Result<(), Error> {
    find(unit.connection(), actor, book, id).await
}

const EXISTS: &str = "\
select exists (select 1 from reviews
    where book_id = (select id from books where slug = $1) and id = $2 and author_id = $3)";

async fn find(
    conn: &mut Connection,
    actor: CustomerId,
    book: &str,
    id: ReviewId,
) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(book)
        .bind(id)
        .bind(actor)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c> {
    conn: &'c mut Connection,
    actor: CustomerId,
}

const UPDATE: &str = "\
update reviews set
    stars = coalesce($5, stars),
    text = case when $6 then $7 else text end,
    quotes = coalesce($8, quotes),
    updated_at = $9,
    version = version + 1
where book_id = (select id from books where slug = $1) and id = $2 and author_id = $3 and ($4 is null or version = $4)
returning id, book_id, author_id, stars, text, quotes, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn update(self, now: Timestamp, command: &Command) -> Result<Review, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(&command.book)
            .bind(command.id)
            .bind(self.actor)
            .bind(command.expected)
            .bind(command.stars)
            .bind(command.text.touches())
            .bind(command.text.value())
            .bind(command.quotes.as_ref().map(Json))
            .bind(now);
        let row = db::written_if_any(statement, &mut *self.conn).await;
        let row: Option<Review> = row.map_err(Failure::from)?;
        let Some(review) = row else {
            return Err(find(&mut *self.conn, self.actor, &command.book, command.id)
                .await
                .err()
                .unwrap_or(Error::Stale));
        };
        Ok(review)
    }
}
