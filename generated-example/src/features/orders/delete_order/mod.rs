//! `DELETE /api/v1/orders/{id}`
//!
//! Deletes an order.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem, STALE_VERSION, VERSION_REQUIRED};

use crate::features::orders::model::OrderId;

pub(super) const CONTRACT: Contract = Contract {
    id: "orders.delete_order",
    method: Method::Delete,
    path: "/api/v1/orders/{id}",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 204,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub id: OrderId,
    /// The version that the row must still have.
    pub expected: Option<i64>,
}

pub(super) type Outcome = ();

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// 412: This version is not the current one.
    Stale,
    /// 428: This needs an If-Match header.
    VersionRequired,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NotFound, Self::Stale, Self::VersionRequired]
            .map(Problem::from)
            .into()
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
            Error::Stale => Problem::new(STALE_VERSION),
            Error::VersionRequired => Problem::new(VERSION_REQUIRED),
            Error::Internal(failure) => failure.into(),
        }
    }
}
