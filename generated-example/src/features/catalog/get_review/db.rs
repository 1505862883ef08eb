//! `GET /api/v1/books/{book}/reviews/{id}`: the SQL.

use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error, Outcome};
use crate::features::catalog::model::{Review, ReviewView};
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
select id, book_id, author_id, stars, text, quotes, created_at, updated_at, version
from reviews
where book_id = (select id from books where slug = $1) and id = $2";

impl Store for Db<'_> {
    async fn find(self, command: &Command) -> Result<Option<Outcome>, Error> {
        let row: Option<Review> = sqlx::query_as(SELECT)
            .bind(&command.book)
            .bind(command.id)
            .fetch_optional(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let mut found: Vec<ReviewView> = row.into_iter().map(Into::into).collect();
        query::include_in_reviews(&mut *self.0, &mut found, command.include).await?;
        Ok(found.pop())
    }
}
