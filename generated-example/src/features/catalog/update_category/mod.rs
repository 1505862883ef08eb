//! `PATCH /api/v1/categories/{slug}`
//!
//! Updates a category.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem, STALE_VERSION};
use kernel::types::Patch;

use crate::features::catalog::model::{Category, CategoryId};
use crate::features::catalog::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.update_category",
    method: Method::Patch,
    path: "/api/v1/categories/{slug}",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 200,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// What changes; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub slug: String,
    /// The version that the row must still have.
    pub expected: Option<i64>,
    pub name: Option<String>,
    pub parent_id: Patch<CategoryId>,
    pub position: Option<i64>,
}

pub(super) type Outcome = Category;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// 412: This version is not the current one.
    Stale,
    /// 409: There is no such category.
    ParentMissing,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NotFound, Self::Stale, Self::ParentMissing]
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
            Error::ParentMissing => Problem::new(problems::CATEGORY_PARENT_MISSING).at("parent_id"),
            Error::Internal(failure) => failure.into(),
        }
    }
}
