//! Enums and value objects.

use serde::{Deserialize, Serialize};

kernel::choice! {
    pub enum Format {
        Hardcover = "hardcover",
        Paperback = "paperback",
        Ebook = "ebook",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dimensions {
    pub width_mm: i64,
    pub height_mm: i64,
    pub weight_g: i64,
}
