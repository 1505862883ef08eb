//! `PATCH /api/v1/authors/{id}`
//!
//! Updates an author.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem, STALE_VERSION};
use kernel::types::{Date, Patch};

use crate::features::catalog::model::{Author, AuthorId};

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.update_author",
    method: Method::Patch,
    path: "/api/v1/authors/{id}",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 200,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// What changes; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub id: AuthorId,
    /// The version that the row must still have.
    pub expected: Option<i64>,
    pub name: Option<String>,
    pub born: Patch<Date>,
}

pub(super) type Outcome = Author;

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
