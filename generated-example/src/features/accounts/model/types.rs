//! Enums and value objects.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    pub city: String,
    pub postal_code: Option<String>,
    /// ISO 3166-1, two letters.
    pub country: String,
}
