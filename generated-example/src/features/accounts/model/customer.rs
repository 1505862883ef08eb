//! A customer: its row, and what clients see of it.

use kernel::db::{self, FromRow};
use kernel::types::{Date, Id, Timestamp};
use serde::Serialize;
use sqlx::Row;

use crate::features::accounts::model::{Address, Profile};

pub type CustomerId = Id<Customer>;

/// A person who may place orders. Made when a token names one for the first time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Customer {
    pub id: CustomerId,
    /// What the customer's tokens name.
    pub subject: String,
    pub email: Option<String>,
    pub name: Option<String>,
    pub birthday: Option<Date>,
    pub newsletter: bool,
    pub address: Option<Address>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

// By position, in the order in which every statement names the columns.
impl FromRow<'_, db::Row> for Customer {
    fn from_row(row: &db::Row) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get(0)?,
            subject: row.try_get(1)?,
            email: row.try_get(2)?,
            name: row.try_get(3)?,
            birthday: row.try_get(4)?,
            newsletter: row.try_get(5)?,
            address: db::json_opt(row, 6)?,
            created_at: row.try_get(7)?,
            updated_at: row.try_get(8)?,
            version: row.try_get(9)?,
        })
    }
}

/// What a caller may ask to see with a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CustomerInclude {
    pub profile: bool,
}

/// A customer with what the caller asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CustomerView {
    #[serde(flatten)]
    pub customer: Customer,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Option<Profile>>,
}

impl CustomerView {
    /// The version of the row; none where what is included may change without it.
    pub fn version(&self) -> Option<i64> {
        let bare = self.profile.is_none();
        bare.then_some(self.customer.version)
    }
}

impl From<Customer> for CustomerView {
    fn from(customer: Customer) -> Self {
        Self {
            customer,
            profile: None,
        }
    }
}
