//! A review: its row, and what clients see of it.

use kernel::db::{self, FromRow};
use kernel::types::{Id, Timestamp};
use serde::Serialize;
use sqlx::Row;

use crate::features::accounts::CustomerId;
use crate::features::catalog::model::{Book, BookId};

pub type ReviewId = Id<Review>;

/// What a reader thinks of a book. One each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Review {
    pub id: ReviewId,
    pub book_id: BookId,
    pub author_id: CustomerId,
    pub stars: i64,
    pub text: Option<String>,
    pub quotes: Vec<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

// By position, in the order in which every statement names the columns.
impl FromRow<'_, db::Row> for Review {
    fn from_row(row: &db::Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            book_id: row.try_get(1)?,
            author_id: row.try_get(2)?,
            stars: row.try_get(3)?,
            text: row.try_get(4)?,
            quotes: db::json(row, 5)?,
            created_at: row.try_get(6)?,
            updated_at: row.try_get(7)?,
            version: row.try_get(8)?,
        })
    }
}

/// What a caller may ask to see with a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReviewInclude {
    pub book: bool,
}

/// A review with what the caller asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReviewView {
    #[serde(flatten)]
    pub review: Review,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub book: Option<Book>,
}

impl ReviewView {
    /// The version of the row; none where what is included may change without it.
    pub fn version(&self) -> Option<i64> {
        let bare = self.book.is_none();
        bare.then_some(self.review.version)
    }
}

impl From<Review> for ReviewView {
    fn from(review: Review) -> Self {
        Self { review, book: None }
    }
}
