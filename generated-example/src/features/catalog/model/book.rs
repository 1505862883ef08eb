//! A book: its row, and what clients see of it.

use kernel::db::{self, FromRow};
use kernel::types::{Date, Decimal, Id, Timestamp};
use serde::Serialize;
use sqlx::Row;

use crate::features::catalog::model::{
    Author, AuthorId, Category, CategoryId, Dimensions, Format, Review,
};

pub type BookId = Id<Book>;

/// One title on sale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Book {
    pub id: BookId,
    pub isbn: String,
    pub title: String,
    pub slug: String,
    pub author_id: AuthorId,
    pub category_id: Option<CategoryId>,
    pub format: Format,
    /// In euros.
    pub price: Decimal<2>,
    /// Copies on the shelf.
    pub stock: i64,
    pub published: Option<Date>,
    pub size: Option<Dimensions>,
    pub blurb: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
    /// Computed: count(reviews)
    pub review_count: i64,
}

// By position, in the order in which every statement names the columns.
impl FromRow<'_, db::Row> for Book {
    fn from_row(row: &db::Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            isbn: row.try_get(1)?,
            title: row.try_get(2)?,
            slug: row.try_get(3)?,
            author_id: row.try_get(4)?,
            category_id: row.try_get(5)?,
            format: row.try_get(6)?,
            price: row.try_get(7)?,
            stock: row.try_get(8)?,
            published: row.try_get(9)?,
            size: db::json_opt(row, 10)?,
            blurb: row.try_get(11)?,
            created_at: row.try_get(12)?,
            updated_at: row.try_get(13)?,
            version: row.try_get(14)?,
            review_count: row.try_get(15)?,
        })
    }
}

/// What a caller may ask to see with a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BookInclude {
    pub author: bool,
    pub category: bool,
    pub reviews: bool,
    pub tags: bool,
}

/// A book with what the caller asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BookView {
    #[serde(flatten)]
    pub book: Book,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Author>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Option<Category>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviews: Option<Vec<Review>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
}

impl BookView {
    /// The version of the row; none where what is included may change without it.
    pub fn version(&self) -> Option<i64> {
        let bare = self.author.is_none()
            && self.category.is_none()
            && self.reviews.is_none()
            && self.tags.is_none();
        bare.then_some(self.book.version)
    }
}

impl From<Book> for BookView {
    fn from(book: Book) -> Self {
        Self {
            book,
            author: None,
            category: None,
            reviews: None,
            tags: None,
        }
    }
}
