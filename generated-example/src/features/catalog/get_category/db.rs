//! `GET /api/v1/categories/{slug}`: the SQL.

use kernel::db::{Connection, Failure, UnitOfWork};

use super::super::{Command, Error, Outcome};
use crate::features::catalog::model::{Category, CategoryView};
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
select id, name, slug, parent_id, position, created_at, updated_at, version
from categories
where slug = $1";

impl Store for Db<'_> {
    async fn find(self, command: &Command) -> Result<Option<Outcome>, Error> {
        let row: Option<Category> = sqlx::query_as(SELECT)
            .bind(&command.slug)
            .fetch_optional(&mut *self.0)
            .await
            .map_err(Failure::from)?;
        let mut found: Vec<CategoryView> = row.into_iter().map(Into::into).collect();
        query::include_in_categories(&mut *self.0, &mut found, command.include).await?;
        Ok(found.pop())
    }
}
