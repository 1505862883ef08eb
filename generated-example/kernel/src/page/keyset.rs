//! Pages that begin after a row: what they cost does not grow with the list.

use super::{Cursor, Direction, KeyType, Page, push_order};
use crate::db::QueryBuilder;

/// A page by cursor.
#[derive(Debug, Clone)]
pub struct PageRequest {
    sort: &'static str,
    key: KeyType,
    id: KeyType,
    direction: Direction,
    after: Option<Cursor>,
    limit: i64,
}

impl PageRequest {
    /// The first page in an order; `sort` is its public name, empty for the order of ids.
    pub(crate) fn new(
        sort: &'static str,
        key: KeyType,
        id: KeyType,
        direction: Direction,
        limit: i64,
    ) -> Self {
        Self {
            sort,
            key,
            id,
            direction,
            after: None,
            limit,
        }
    }

    /// The first page by id, for callers that are no request.
    #[must_use]
    pub fn first<I: super::Key>(limit: i64) -> Self {
        Self::new(
            "",
            KeyType::NONE,
            KeyType::of::<I>(),
            Direction::Ascending,
            limit,
        )
    }

    /// The page after a row.
    pub(crate) fn after(&mut self, cursor: Cursor) {
        self.after = Some(cursor);
    }

    /// Adds what follows ` where …`: the predicate of the cursor, the order, and a limit of one row more than the page,
    /// by which [`PageRequest::cut`] knows whether another follows. `column` is that of the order's key, `id` that of
    /// the id; both are names from constants.
    pub fn push(&self, sql: &mut QueryBuilder, column: &str, id: &str) {
        let sorted = !self.sort.is_empty();
        if let Some(cursor) = &self.after {
            sql.push(" and ");
            match (&cursor.key, sorted) {
                (Some(key), true) => self.push_after_key(sql, column, id, key, &cursor.id),
                // Nulls come last: only nulls are left.
                (None, true) => {
                    sql.push(column)
                        .push(" is null and ")
                        .push(id)
                        .push(self.direction.beyond());
                    self.id.push_bind(&cursor.id, sql);
                }
                (_, false) => {
                    sql.push(id).push(self.direction.beyond());
                    self.id.push_bind(&cursor.id, sql);
                }
            }
        }
        push_order(
            sql,
            sorted.then_some((column, self.key)),
            id,
            self.direction,
        );
        sql.push(" limit ").push_bind(self.limit.saturating_add(1));
    }

    /// Cuts the one row too many, and makes the cursor of the last that is left.
    pub fn cut<T>(&self, mut rows: Vec<T>, place: impl FnOnce(&T) -> Cursor) -> Page<T> {
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let last = if more { rows.last() } else { None };
        let next = last.map(|row| Cursor {
            order: self.order(),
            ..place(row)
        });
        Page {
            items: rows,
            next,
            total: None,
        }
    }

    /// Whether a cursor is one of this order.
    pub(super) fn accepts(&self, cursor: &Cursor) -> bool {
        let key = cursor.key.as_deref();
        let fits = if self.sort.is_empty() {
            key.is_none()
        } else {
            self.key.takes(key)
        };
        fits && cursor.order == self.order() && self.id.takes(Some(&cursor.id))
    }

    fn push_after_key(
        &self,
        sql: &mut QueryBuilder,
        column: &str,
        id: &str,
        key: &str,
        last: &str,
    ) {
        // One comparison of pairs, which both databases answer from one range of an index.
        sql.push("((")
            .push(column)
            .push(", ")
            .push(id)
            .push(")")
            .push(self.direction.beyond())
            .push("(");
        self.key.push_bind(key, sql);
        sql.push(", ");
        self.id.push_bind(last, sql);
        sql.push(")");
        if self.key.nullable() {
            sql.push(" or ").push(column).push(" is null");
        }
        sql.push(")");
    }

    fn order(&self) -> String {
        match self.direction {
            Direction::Ascending => self.sort.to_owned(),
            Direction::Descending => format!("-{}", self.sort),
        }
    }
}
