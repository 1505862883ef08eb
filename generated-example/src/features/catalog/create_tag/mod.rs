//! `POST /api/v1/tags`
//!
//! Creates a tag.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::Problem;

use crate::features::catalog::model::Tag;
use crate::features::catalog::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.create_tag",
    method: Method::Post,
    path: "/api/v1/tags",
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
}

pub(super) type Outcome = Tag;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 409: This name is taken.
    NameTaken,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NameTaken].map(Problem::from).into()
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
            Error::NameTaken => Problem::new(problems::TAG_NAME_TAKEN).at("name"),
            Error::Internal(failure) => failure.into(),
        }
    }
}
