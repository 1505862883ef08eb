//! `POST /api/v1/profiles`
//!
//! Creates a profile.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::Problem;

use crate::features::accounts::model::{CustomerId, Profile};
use crate::features::accounts::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "accounts.create_profile",
    method: Method::Post,
    path: "/api/v1/profiles",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 201,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub customer_id: CustomerId,
    pub nickname: String,
    pub website: Option<String>,
    pub favourites: Vec<String>,
}

pub(super) type Outcome = Profile;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 409: This customer is taken.
    CustomerTaken,
    /// 409: This nickname is taken.
    NicknameTaken,
    /// 409: There is no such customer.
    CustomerMissing,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [
            Self::CustomerTaken,
            Self::NicknameTaken,
            Self::CustomerMissing,
        ]
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
            Error::CustomerTaken => {
                Problem::new(problems::PROFILE_CUSTOMER_TAKEN).at("customer_id")
            }
            Error::NicknameTaken => Problem::new(problems::PROFILE_NICKNAME_TAKEN).at("nickname"),
            Error::CustomerMissing => {
                Problem::new(problems::PROFILE_CUSTOMER_MISSING).at("customer_id")
            }
            Error::Internal(failure) => failure.into(),
        }
    }
}
