//! `GET /api/v1/tags`: the SQL.

use kernel::db::{Connection, Failure, QueryBuilder, UnitOfWork};
use kernel::page::Cursor;

use super::super::{Command, Error, Outcome};
use crate::features::catalog::model::Tag;

pub trait Store: Send {
    /// The page that is asked for.
    fn page(self, command: &Command) -> impl Future<Output = Result<Outcome, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const SELECT: &str = "\
select id, name, created_at, updated_at, version
from tags
where true";

impl Store for Db<'_> {
    async fn page(self, command: &Command) -> Result<Outcome, Error> {
        let mut sql = QueryBuilder::new(SELECT);
        command.page.push(&mut sql, "tags.id", "tags.id");
        let rows: Vec<Tag> = sql
            .build_query_as()
            .fetch_all(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let page = command.page.cut(rows, |tag| Cursor::id(tag.id));
        Ok(page)
    }
}
