//! `GET /api/v1/lines`
//!
//! Lists lines.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::page::{Page, PageRequest};
use kernel::problem::Problem;

use crate::features::orders::model::Line;

pub(super) const CONTRACT: Contract = Contract {
    id: "orders.list_lines",
    method: Method::Get,
    path: "/api/v1/lines",
    access: Access::Any(&[
        Rule::Role("support"),
        Rule::When("order.customer == actor.id"),
    ]),
    success: 200,
    unit: Unit::Read,
    ..Contract::DEFAULT
};

/// What the caller wants listed, and how.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub page: PageRequest,
}

pub(super) type Outcome = Page<Line>;

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
