//! A category: its row, and what clients see of it.

use kernel::db::{self, FromRow};
use kernel::types::{Id, Timestamp};
use serde::Serialize;
use sqlx::Row;

pub type CategoryId = Id<Category>;

/// A shelf of the shop. Shelves stand within shelves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Category {
    pub id: CategoryId,
    pub name: String,
    pub slug: String,
    pub parent_id: Option<CategoryId>,
    pub position: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

// By position, in the order in which every statement names the columns.
impl FromRow<'_, db::Row> for Category {
    fn from_row(row: &db::Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            name: row.try_get(1)?,
            slug: row.try_get(2)?,
            parent_id: row.try_get(3)?,
            position: row.try_get(4)?,
            created_at: row.try_get(5)?,
            updated_at: row.try_get(6)?,
            version: row.try_get(7)?,
        })
    }
}

/// What a caller may ask to see with a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CategoryInclude {
    pub children: bool,
    pub parent: bool,
}

/// A category with what the caller asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryView {
    #[serde(flatten)]
    pub category: Category,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub children: Option<Vec<Category>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<Option<Category>>,
}

impl CategoryView {
    /// The version of the row; none where what is included may change without it.
    pub fn version(&self) -> Option<i64> {
        let bare = self.children.is_none() && self.parent.is_none();
        bare.then_some(self.category.version)
    }
}

impl From<Category> for CategoryView {
    fn from(category: Category) -> Self {
        Self {
            category,
            children: None,
            parent: None,
        }
    }
}
