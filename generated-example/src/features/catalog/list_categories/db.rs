//! `GET /api/v1/categories`: the SQL.

use kernel::db::{Connection, Failure, QueryBuilder, UnitOfWork};

use super::super::{Command, Error, Outcome, Sort};
use crate::features::catalog::model::{Category, CategoryView};
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
select id, name, slug, parent_id, position, created_at, updated_at, version
from categories
where true";

const COUNT: &str = "select count(*) from categories where true";

const BY_PARENT: &str = "exists (select 1 from categories t1 where t1.id = categories.parent_id";

impl Store for Db<'_> {
    async fn page(self, command: &Command) -> Result<Outcome, Error> {
        let mut sql = QueryBuilder::new(SELECT);
        filter(&mut sql, command);
        let column = match command.order.by {
            Sort::Id => "categories.id",
            Sort::Position => "categories.position",
            Sort::Name => "categories.name",
        };
        command.page.push(&mut sql, column, "categories.id");
        let rows: Vec<Category> = sql
            .build_query_as()
            .fetch_all(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let page = command.page.cut(rows);
        let mut page = page.map(CategoryView::from);
        query::include_in_categories(&mut *self.0, &mut page.items, command.include).await?;
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
    command.parent.push_within(sql, BY_PARENT, "t1.slug", ")");
    command.position.push(sql, "categories.position");
}
