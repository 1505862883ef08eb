//! `POST /api/v1/categories`
//!
//! Creates a category.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::Problem;

use crate::features::catalog::model::{Category, CategoryId};
use crate::features::catalog::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.create_category",
    method: Method::Post,
    path: "/api/v1/categories",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 201,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub name: String,
    pub parent_id: Option<CategoryId>,
    pub position: i64,
}

pub(super) type Outcome = Category;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 409: There is no such category.
    ParentMissing,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::ParentMissing].map(Problem::from).into()
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
            Error::ParentMissing => Problem::new(problems::CATEGORY_PARENT_MISSING).at("parent_id"),
            Error::Internal(failure) => failure.into(),
        }
    }
}
