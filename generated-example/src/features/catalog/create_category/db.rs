//! `POST /api/v1/categories`: the SQL.

use kernel::db::{self, Connection, Failure, UnitOfWork};
use kernel::types::{Timestamp, slug};

use super::super::{Command, Error};
use crate::features::catalog::model::{Category, CategoryId};

pub trait Store: Send {
    /// Makes the row.
    fn insert(
        self,
        id: CategoryId,
        now: Timestamp,
        command: &Command,
    ) -> impl Future<Output = Result<Category, Error>> + Send;
}

pub fn open(unit: &mut UnitOfWork) -> impl Store {
    Db(unit.connection())
}

struct Db<'c>(&'c mut Connection);

const INSERT: &str = "\
insert into categories (id, name, slug, parent_id, position, created_at, updated_at, version)
values ($1, $2, $3, $4, $5, $6, $6, 1)
on conflict (slug) do nothing
returning id, name, slug, parent_id, position, created_at, updated_at, version";

impl Store for Db<'_> {
    async fn insert(
        self,
        id: CategoryId,
        now: Timestamp,
        command: &Command,
    ) -> Result<Category, Error> {
        for slug in slug::candidates(&command.name, id) {
            let statement = sqlx::query_as(INSERT)
                .bind(id)
                .bind(&command.name)
                .bind(&slug)
                .bind(command.parent_id)
                .bind(command.position)
                .bind(now);
            let row = db::written_if_any(statement, &mut *self.0).await;
            let row: Option<Category> = row.map_err(refuse)?;
            if let Some(category) = row {
                return Ok(category);
            }
        }
        Err(Failure::from(sqlx::Error::RowNotFound).into())
    }
}

/// Which error a broken constraint is.
fn refuse(error: sqlx::Error) -> Error {
    match db::violated(&error) {
        Some("FOREIGN KEY") => Error::ParentMissing,
        _ => Failure::from(error).into(),
    }
}
