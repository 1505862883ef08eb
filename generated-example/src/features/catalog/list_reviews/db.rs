//! `GET /api/v1/books/{book}/reviews`: the SQL.

use kernel::db::{Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::page::Cursor;

use super::super::{Command, Error, Outcome, Sort};
use crate::features::catalog::model::Review;

pub trait Store: Send {
    /// The page that is asked for.
    fn page(self, command: &Command) -> impl Future<Output = Result<Outcome, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const SELECT: &str = "\
select id, book_id, author_id, stars, text, quotes, created_at, updated_at, version
from reviews
where true";

const PARENT_EXISTS: &str = "select exists (select 1 from books where slug = $1)";

impl Store for Db<'_> {
    async fn page(self, command: &Command) -> Result<Outcome, Error> {
        let mut sql = QueryBuilder::new(SELECT);
        filter(&mut sql, command);
        let column = match command.order.by {
            Sort::Id => "reviews.id",
            Sort::Stars => "reviews.stars",
            Sort::CreatedAt => "reviews.created_at",
        };
        command.page.push(&mut sql, column, "reviews.id");
        let rows: Vec<Review> = sql
            .build_query_as()
            .fetch_all(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        if rows.is_empty() {
            let exists = sqlx::query_scalar(PARENT_EXISTS)
                .bind(&command.book)
                .fetch_one(&mut *self.0)
                .await;
            if !exists.map_err(Failure::from)? {
                return Err(Error::NotFound);
            }
        }
        let page = command.page.cut(rows, |review| match command.order.by {
            Sort::Id => Cursor::id(review.id),
            Sort::Stars => Cursor::new(&review.stars, review.id),
            Sort::CreatedAt => Cursor::new(&review.created_at, review.id),
        });
        Ok(page)
    }
}

fn filter(sql: &mut QueryBuilder, command: &Command) {
    sql.push(" and reviews.book_id = (select id from books where slug = ")
        .push_bind(command.book.clone())
        .push(")");
    command.stars.push(sql, "reviews.stars");
    command.created_at.push(sql, "reviews.created_at");
}
