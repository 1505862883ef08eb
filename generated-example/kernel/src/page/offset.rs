//! Pages by number of rows skipped, for clients that insist; their cost grows with the offset.

use super::{Direction, KeyType, Page, push_order};
use crate::db::QueryBuilder;

/// A page by offset.
#[derive(Debug, Clone)]
pub struct OffsetRequest {
    key: KeyType,
    direction: Direction,
    offset: i64,
    limit: i64,
}

impl OffsetRequest {
    pub(crate) fn new(key: KeyType, direction: Direction, offset: i64, limit: i64) -> Self {
        Self {
            key,
            direction,
            offset,
            limit,
        }
    }

    /// Adds what follows ` where …`: order, limit and offset. `column` is that of the order's key, or `id` itself.
    pub fn push(&self, sql: &mut QueryBuilder, column: &str, id: &str) {
        let key = (column != id).then_some((column, self.key));
        push_order(sql, key, id, self.direction);
        sql.push(" limit ")
            .push_bind(self.limit)
            .push(" offset ")
            .push_bind(self.offset);
    }

    /// The page of these rows; it has no cursor.
    pub fn cut<T>(&self, rows: Vec<T>) -> Page<T> {
        Page {
            items: rows,
            next: None,
            total: None,
        }
    }
}
