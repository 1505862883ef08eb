//! `GET /api/v1/authors`: the SQL.

use kernel::db::{self, Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::page::Cursor;

use super::super::{Command, Error, Outcome, Sort};
use crate::features::catalog::model::{Author, AuthorView};
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
select id, name, born, created_at, updated_at, version
from authors
where true";

const COUNT: &str = "select count(*) from authors where true";

const BY_TITLE: &str = "exists (select 1 from books t1 where t1.author_id = authors.id";

impl Store for Db<'_> {
    async fn page(self, command: &Command) -> Result<Outcome, Error> {
        let mut sql = QueryBuilder::new(SELECT);
        filter(&mut sql, command);
        let column = match command.order.by {
            Sort::Id => "authors.id",
            Sort::Name => "authors.name",
            Sort::Born => "authors.born",
            Sort::CreatedAt => "authors.created_at",
        };
        command.page.push(&mut sql, column, "authors.id");
        let rows: Vec<Author> = sql
            .build_query_as()
            .fetch_all(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let page = command.page.cut(rows, |author| match command.order.by {
            Sort::Id => Cursor::id(author.id),
            Sort::Name => Cursor::new(&author.name, author.id),
            Sort::Born => Cursor::new(&author.born, author.id),
            Sort::CreatedAt => Cursor::new(&author.created_at, author.id),
        });
        let mut page = page.map(AuthorView::from);
        query::include_in_authors(&mut *self.0, &mut page.items, command.include).await?;
        let mut sql = QueryBuilder::new(COUNT);
        filter(&mut sql, command);
        let total = sql
            .build_query_scalar()
            .fetch_one(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        page.total = Some(total);
        Ok(page)
    }
}

fn filter(sql: &mut QueryBuilder, command: &Command) {
    command.name.push(sql, "authors.name");
    command.born.push(sql, "authors.born");
    command.title.push_within(sql, BY_TITLE, "t1.title", ")");
    db::search(sql, command.search.as_deref(), &["authors.name"]);
}
