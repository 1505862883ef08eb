//! `GET /api/v1/books`: the SQL.

use kernel::db::{self, Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::page::Cursor;

use super::super::{Command, Error, Outcome, Sort};
use crate::features::catalog::model::{Book, BookView};
use crate::features::catalog::query;

pub trait Store: Send {
    /// The page that is asked for.
    fn page(self, command: &Command) -> impl Future<Output = Result<Outcome, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const SELECT: &str = "\
select id, isbn, title, slug, author_id, category_id, format, price, stock, published, size, blurb,
    created_at, updated_at, version, (select count(*) from reviews r1 where r1.book_id = books.id)
from books
where true";

const BY_BY: &str = "exists (select 1 from authors t1 where t1.id = books.author_id";

const BY_CATEGORY: &str = "exists (select 1 from categories t1 where t1.id = books.category_id";

const BY_TAG: &str = "\
exists (select 1 from book_tags t1 join tags t2 on t2.id = t1.tag_id where t1.book_id = books.id";

const BY_STARS: &str = "exists (select 1 from reviews t1 where t1.book_id = books.id";

impl Store for Db<'_> {
    async fn page(self, command: &Command) -> Result<Outcome, Error> {
        let mut sql = QueryBuilder::new(SELECT);
        filter(&mut sql, command);
        let column = match command.order.by {
            Sort::Id => "books.id",
            Sort::CreatedAt => "books.created_at",
            Sort::Price => "books.price",
            Sort::Title => "books.title",
            Sort::Published => "books.published",
        };
        command.page.push(&mut sql, column, "books.id");
        let rows: Vec<Book> = sql
            .build_query_as()
            .fetch_all(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let page = command.page.cut(rows, |book| match command.order.by {
            Sort::Id => Cursor::id(book.id),
            Sort::CreatedAt => Cursor::new(&book.created_at, book.id),
            Sort::Price => Cursor::new(&book.price, book.id),
            Sort::Title => Cursor::new(&book.title, book.id),
            Sort::Published => Cursor::new(&book.published, book.id),
        });
        let mut page = page.map(BookView::from);
        query::include_in_books(&mut *self.0, &mut page.items, command.include).await?;
        Ok(page)
    }
}

fn filter(sql: &mut QueryBuilder, command: &Command) {
    command.format.push(sql, "books.format");
    command.price.push(sql, "books.price");
    command.published.push(sql, "books.published");
    command.in_stock.push(sql, "books.stock");
    command.by.push_within(sql, BY_BY, "t1.name", ")");
    command
        .category
        .push_within(sql, BY_CATEGORY, "t1.slug", ")");
    command.tag.push_within(sql, BY_TAG, "t2.name", ")");
    command.stars.push_within(sql, BY_STARS, "t1.stars", ")");
    db::search(sql, command.search.as_deref(), &["books.title"]);
}
