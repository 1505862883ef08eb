//! `PATCH /api/v1/profiles/{id}`
//!
//! Updates a profile.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem, STALE_VERSION};
use kernel::types::Patch;

use crate::features::accounts::model::{Profile, ProfileId};
use crate::features::accounts::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "accounts.update_profile",
    method: Method::Patch,
    path: "/api/v1/profiles/{id}",
    access: Access::Any(&[Rule::Role("admin"), Rule::When("customer == actor.id")]),
    success: 200,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// What changes; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub id: ProfileId,
    /// The version that the row must still have.
    pub expected: Option<i64>,
    pub nickname: Option<String>,
    pub website: Patch<String>,
    pub favourites: Option<Vec<String>>,
}

pub(super) type Outcome = Profile;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// 412: This version is not the current one.
    Stale,
    /// 409: This nickname is taken.
    NicknameTaken,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NotFound, Self::Stale, Self::NicknameTaken]
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
            Error::NicknameTaken => Problem::new(problems::PROFILE_NICKNAME_TAKEN).at("nickname"),
            Error::Internal(failure) => failure.into(),
        }
    }
}
