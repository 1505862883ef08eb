//! `GET /api/v1/orders/{id}`
//!
//! Gets an order.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem};

use crate::features::orders::model::{OrderId, OrderInclude, OrderView};

pub(super) const CONTRACT: Contract = Contract {
    id: "orders.get_order",
    method: Method::Get,
    path: "/api/v1/orders/{id}",
    access: Access::Any(&[Rule::Row("owner"), Rule::Role("support")]),
    success: 200,
    unit: Unit::Read,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// What the caller wants to see.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub id: OrderId,
    pub include: OrderInclude,
}

pub(super) type Outcome = OrderView;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NotFound].map(Problem::from).into()
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Internal(failure)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Problem::new(NOT_FOUND),
            Error::Internal(failure) => failure.into(),
        }
    }
}
