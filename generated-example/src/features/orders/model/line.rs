//! A line: its row, and what clients see of it.

use kernel::db::{self, FromRow};
use kernel::types::{Decimal, Id};
use serde::Serialize;
use sqlx::Row;

use crate::features::catalog::BookId;
use crate::features::orders::model::OrderId;

pub type LineId = Id<Line>;

/// Some copies of one book within an order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub id: LineId,
    pub order_id: OrderId,
    pub book_id: BookId,
    pub quantity: i64,
    pub unit_price: Decimal<2>,
    pub version: i64,
}

// By position, in the order in which every statement names the columns.
impl FromRow<'_, db::Row> for Line {
    fn from_row(row: &db::Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            order_id: row.try_get(1)?,
            book_id: row.try_get(2)?,
            quantity: row.try_get(3)?,
            unit_price: row.try_get(4)?,
            version: row.try_get(5)?,
        })
    }
}
