//! `DELETE /api/v1/lines/{id}`
//!
//! Deletes a line.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem, STALE_VERSION};

use crate::features::orders::model::LineId;

pub(super) const CONTRACT: Contract = Contract {
    id: "orders.delete_line",
    method: Method::Delete,
    path: "/api/v1/lines/{id}",
    access: Access::Any(&[Rule::When(
        "order.customer == actor.id && order.status == \"draft\"",
    )]),
    success: 204,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub id: LineId,
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
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NotFound, Self::Stale].map(Problem::from).into()
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
            Error::Internal(failure) => failure.into(),
        }
    }
}
