//! `GET /api/v1/orders`
//!
//! Lists orders.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::page::{Filter, Order, Page, PageRequest};
use kernel::problem::Problem;
use kernel::types::Timestamp;

use crate::features::accounts::CustomerId;
use crate::features::orders::model::{OrderInclude, OrderStatus, OrderView};

pub(super) const CONTRACT: Contract = Contract {
    id: "orders.list_orders",
    method: Method::Get,
    path: "/api/v1/orders",
    access: Access::Any(&[Rule::Row("owner"), Rule::Role("support")]),
    success: 200,
    unit: Unit::Read,
    ..Contract::DEFAULT
};

/// What the caller wants listed, and how.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub status: Filter<OrderStatus>,
    pub customer: Filter<CustomerId>,
    pub number: Filter<String>,
    pub placed: Filter<Timestamp>,
    pub order: Order<Sort>,
    pub page: PageRequest,
    pub include: OrderInclude,
}

/// What the list may be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Id,
    CreatedAt,
    Total,
}

pub(super) type Outcome = Page<OrderView>;

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
