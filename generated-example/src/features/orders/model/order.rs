//! An order: its row, and what clients see of it.

use kernel::db::{self, FromRow};
use kernel::types::{Decimal, Id, Timestamp};
use serde::Serialize;
use sqlx::Row;

use crate::features::accounts::{Customer, CustomerId};
use crate::features::orders::model::{Address, Line, OrderStatus};

pub type OrderId = Id<Order>;

/// A basket that became a promise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Order {
    pub id: OrderId,
    pub number: String,
    pub customer_id: CustomerId,
    pub status: OrderStatus,
    pub shipping: Option<Address>,
    pub note: Option<String>,
    pub total: Decimal<2>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

// By position, in the order in which every statement names the columns.
impl FromRow<'_, db::Row> for Order {
    fn from_row(row: &db::Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            number: row.try_get(1)?,
            customer_id: row.try_get(2)?,
            status: row.try_get(3)?,
            shipping: db::json_opt(row, 4)?,
            note: row.try_get(5)?,
            total: row.try_get(6)?,
            created_at: row.try_get(7)?,
            updated_at: row.try_get(8)?,
            version: row.try_get(9)?,
        })
    }
}

/// What a caller may ask to see with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderInclude {
    pub customer: bool,
    pub lines: bool,
}

/// An order with what the caller asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrderView {
    #[serde(flatten)]
    pub order: Order,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<Customer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<Line>>,
}

impl OrderView {
    /// The version of the row; none where what is included may change without it.
    pub fn version(&self) -> Option<i64> {
        let bare = self.customer.is_none() && self.lines.is_none();
        bare.then_some(self.order.version)
    }
}

impl From<Order> for OrderView {
    fn from(order: Order) -> Self {
        Self {
            order,
            customer: None,
            lines: None,
        }
    }
}
