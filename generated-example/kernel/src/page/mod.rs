//! Lists: which rows, in which order, and where a page ends.
//!
//! A closed vocabulary of filters and sorts enters, already typed; phrases of a `select` leave, all values bound. Null
//! sorts last in either direction, on both databases, and ids break ties, so that every row has one place.

mod cursor;
mod filter;
mod key;
mod keyset;
mod offset;

pub use cursor::Cursor;
pub use filter::{Condition, Filter};
pub use key::{Key, KeyType};
pub use keyset::PageRequest;
pub use offset::OffsetRequest;

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// Its rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Cursor>,
    /// How many rows there are in all, where the endpoint counts them.
    pub total: Option<i64>,
}

impl<T> Page<T> {
    /// The same page of something else.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        let items = self.items.into_iter().map(change).collect();
        Page {
            items,
            next: self.next,
            total: self.total,
        }
    }
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order<S> {
    /// The key.
    pub by: S,
    /// Which way.
    pub direction: Direction,
}

/// Which way a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The smallest first.
    Ascending,
    /// The greatest first.
    Descending,
}

impl Direction {
    fn keyword(self) -> &'static str {
        match self {
            Self::Ascending => " asc",
            Self::Descending => " desc",
        }
    }

    /// What comes after a row in this direction.
    fn beyond(self) -> &'static str {
        match self {
            Self::Ascending => " > ",
            Self::Descending => " < ",
        }
    }
}

/// Adds the order: the key with nulls last, then the id.
fn push_order(
    sql: &mut crate::db::QueryBuilder,
    key: Option<(&str, KeyType)>,
    id: &str,
    direction: Direction,
) {
    sql.push(" order by ");
    if let Some((column, kind)) = key {
        sql.push(column).push(direction.keyword());
        // Only where it matters: the phrase keeps planners from plain indexes.
        if kind.nullable() {
            sql.push(" nulls last");
        }
        sql.push(", ");
    }
    sql.push(id).push(direction.keyword());
}
