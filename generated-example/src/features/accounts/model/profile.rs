//! A profile: its row, and what clients see of it.

use kernel::db::{self, FromRow};
use kernel::types::{Id, Timestamp};
use serde::Serialize;
use sqlx::Row;

use crate::features::accounts::model::CustomerId;

pub type ProfileId = Id<Profile>;

/// What a customer shows to others. One per customer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    pub id: ProfileId,
    pub customer_id: CustomerId,
    pub nickname: String,
    pub website: Option<String>,
    pub favourites: Vec<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

// By position, in the order in which every statement names the columns.
impl FromRow<'_, db::Row> for Profile {
    fn from_row(row: &db::Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            customer_id: row.try_get(1)?,
            nickname: row.try_get(2)?,
            website: row.try_get(3)?,
            favourites: db::json(row, 4)?,
            created_at: row.try_get(5)?,
            updated_at: row.try_get(6)?,
            version: row.try_get(7)?,
        })
    }
}
