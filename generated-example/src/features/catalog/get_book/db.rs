//! `GET /api/v1/books/{slug}`: the SQL.

use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error, Outcome};
use crate::features::catalog::model::{Book, BookView};
use crate::features::catalog::query;

pub trait Store: Send {
    /// The row, or nothing.
    fn find(self, command: &Command)
    -> impl Future<Output = Result<Option<Outcome>, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const SELECT: &str = "\
select id, isbn, title, slug, author_id, category_id, format, price, stock, published, size, blurb,
    created_at, updated_at, version, (select count(*) from reviews r1 where r1.book_id = books.id)
from books
where slug = $1";

impl Store for Db<'_> {
    async fn find(self, command: &Command) -> Result<Option<Outcome>, Error> {
        let row: Option<Book> = sqlx::query_as(SELECT)
            .bind(&command.slug)
            .fetch_optional(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let mut found: Vec<BookView> = row.into_iter().map(Into::into).collect();
        query::include_in_books(&mut *self.0, &mut found, command.include).await?;
        Ok(found.pop())
    }
}
