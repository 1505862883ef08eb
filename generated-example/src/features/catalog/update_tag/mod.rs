//! `PATCH /api/v1/tags/{id}`
//!
//! Updates a tag.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem, STALE_VERSION};

use crate::features::catalog::model::{Tag, TagId};
use crate::features::catalog::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.update_tag",
    method: Method::Patch,
    path: "/api/v1/tags/{id}",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 200,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// What changes; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub id: TagId,
    /// The version that the row must still have.
    pub expected: Option<i64>,
    pub name: Option<String>,
}

pub(super) type Outcome = Tag;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// 412: This version is not the current one.
    Stale,
    /// 409: This name is taken.
    NameTaken,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NotFound, Self::Stale, Self::NameTaken]
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
            Error::NameTaken => Problem::new(problems::TAG_NAME_TAKEN).at("name"),
            Error::Internal(failure) => failure.into(),
        }
    }
}
