//! A tag: its row, and what clients see of it.

use kernel::db::{self, FromRow};
use kernel::types::{Id, Timestamp};
use serde::Serialize;
use sqlx::Row;

pub type TagId = Id<Tag>;

/// A word that books share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

// By position, in the order in which every statement names the columns.
impl FromRow<'_, db::Row> for Tag {
    fn from_row(row: &db::Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            name: row.try_get(1)?,
            created_at: row.try_get(2)?,
            updated_at: row.try_get(3)?,
            version: row.try_get(4)?,
        })
    }
}
