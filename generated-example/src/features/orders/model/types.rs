//! Enums and value objects.

use serde::{Deserialize, Serialize};

kernel::choice! {
    pub enum OrderStatus {
        Draft = "draft",
        Placed = "placed",
        Paid = "paid",
        Shipped = "shipped",
        Cancelled = "cancelled",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    pub name: String,
    pub street: String,
    pub city: String,
    pub postal_code: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: String,
}
