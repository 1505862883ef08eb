//! `POST /api/v1/books/{slug}/restock`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::Timestamp;
use sqlx::types::Json;

use super::super::{Command, Error};
use crate::features::catalog::model::Book;

pub trait Store: Send {
    /// The row, locked until the unit of work ends.
    fn find(&mut self, command: &Command) -> impl Future<Output = Result<Book, Error>> + Send;

    /// Writes the row back.
    fn save(
        &mut self,
        book: Book,
        now: Timestamp,
    ) -> impl Future<Output = Result<Book, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

/// Whether the row is there to be found fault with.
pub async fn visible(unit: &mut UnitOfWork, slug: &str) -> Result<(), Error> {
    find(unit.connection(), slug).await
}

const EXISTS: &str = "select exists (select 1 from books where slug = $1)";

async fn find(conn: &mut Connection, slug: &str) -> Result<(), Error> {
    let exists: bool = sqlx::query_scalar(EXISTS)
        .bind(slug)
        .fetch_one(conn)
        .await
        .map_err(Failure::from)?;
    if exists { Ok(()) } else { Err(Error::NotFound) }
}

struct Db<'c>(&'c mut Connection);

const SELECT: &str = "\
select id, isbn, title, slug, author_id, category_id, format, price, stock, published, size, blurb,
    created_at, updated_at, version, (select count(*) from reviews r1 where r1.book_id = books.id)
from books
where slug = $1";

const UPDATE: &str = "\
update books set
    isbn = $2,
    title = $3,
    slug = $4,
    author_id = $5,
    category_id = $6,
    format = $7,
    price = $8,
    stock = $9,
    published = $10,
    size = $11,
    blurb = $12,
    updated_at = $13,
    version = version + 1
where id = $1
returning id, isbn, title, slug, author_id, category_id, format, price, stock, published, size,
    blurb, created_at, updated_at, version,
    (select count(*) from reviews r1 where r1.book_id = books.id)";

impl Store for Db<'_> {
    async fn find(&mut self, command: &Command) -> Result<Book, Error> {
        let row: Option<Book> = sqlx::query_as(SELECT)
            .bind(&command.slug)
            .fetch_optional(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let book = row.ok_or(Error::NotFound)?;
        if command
            .expected
            .is_some_and(|expected| expected != book.version)
        {
            return Err(Error::Stale);
        }
        Ok(book)
    }

    async fn save(&mut self, book: Book, now: Timestamp) -> Result<Book, Error> {
        let statement = sqlx::query_as(UPDATE)
            .bind(book.id)
            .bind(&book.isbn)
            .bind(&book.title)
            .bind(&book.slug)
            .bind(book.author_id)
            .bind(book.category_id)
            .bind(book.format)
            .bind(book.price)
            .bind(book.stock)
            .bind(book.published)
            .bind(book.size.as_ref().map(Json))
            .bind(&book.blurb)
            .bind(now);
        let row = db::written(statement, &mut *self.0).await;
        Ok(row.map_err(Failure::from)?)
    }
}
