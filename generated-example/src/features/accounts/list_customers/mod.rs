//! `GET /api/v1/customers`
//!
//! Lists customers, youngest account first when asked to.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::page::{Filter, Order, Page, PageRequest};
use kernel::problem::Problem;
use kernel::types::{Date, Timestamp};

use crate::features::accounts::model::{CustomerInclude, CustomerView};

pub(super) const CONTRACT: Contract = Contract {
    id: "accounts.list_customers",
    method: Method::Get,
    path: "/api/v1/customers",
    access: Access::Any(&[Rule::Role("support"), Rule::Role("admin")]),
    success: 200,
    unit: Unit::Read,
    ..Contract::DEFAULT
};

/// What the caller wants listed, and how.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub email: Filter<String>,
    pub newsletter: Filter<bool>,
    pub birthday: Filter<Date>,
    pub created_at: Filter<Timestamp>,
    pub search: Option<String>,
    pub order: Order<Sort>,
    pub page: PageRequest,
    pub include: CustomerInclude,
}

/// What the list may be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Id,
    CreatedAt,
    Name,
    Birthday,
}

pub(super) type Outcome = Page<CustomerView>;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// The database failed.
    Internal(Failure),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Internal(failure)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Internal(failure) => failure.into(),
        }
    }
}
