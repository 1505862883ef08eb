//! `POST /api/v1/authors`
//!
//! Creates an author.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::Problem;
use kernel::types::Date;

use crate::features::catalog::model::Author;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.create_author",
    method: Method::Post,
    path: "/api/v1/authors",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 201,
    unit: Unit::Statement,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub name: String,
    pub born: Option<Date>,
}

pub(super) type Outcome = Author;

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
