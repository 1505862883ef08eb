//! An author: its row, and what clients see of it.

use kernel::db::{self, FromRow};
use kernel::types::{Date, Id, Timestamp};
use serde::Serialize;
use sqlx::Row;

use crate::features::catalog::model::Book;

pub type AuthorId = Id<Author>;

/// Somebody who wrote a book.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Author {
    pub id: AuthorId,
    pub name: String,
    pub born: Option<Date>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

// By position, in the order in which every statement names the columns.
impl FromRow<'_, db::Row> for Author {
    fn from_row(row: &db::Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            name: row.try_get(1)?,
            born: row.try_get(2)?,
            created_at: row.try_get(3)?,
            updated_at: row.try_get(4)?,
            version: row.try_get(5)?,
        })
    }
}

/// What a caller may ask to see with an author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AuthorInclude {
    pub books: bool,
}

/// An author with what the caller asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuthorView {
    #[serde(flatten)]
    pub author: Author,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub books: Option<Vec<Book>>,
}

impl AuthorView {
    /// The version of the row; none where what is included may change without it.
    pub fn version(&self) -> Option<i64> {
        let bare = self.books.is_none();
        bare.then_some(self.author.version)
    }
}

impl From<Author> for AuthorView {
    fn from(author: Author) -> Self {
        Self {
            author,
            books: None,
        }
    }
}
