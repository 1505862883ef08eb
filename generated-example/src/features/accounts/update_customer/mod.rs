//! `PATCH /api/v1/customers/{id}`
//!
//! Updates a customer.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem, STALE_VERSION};
use kernel::types::{Date, Patch};

use crate::features::accounts::model::{Address, Customer, CustomerId};
use crate::features::accounts::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "accounts.update_customer",
    method: Method::Patch,
    path: "/api/v1/customers/{id}",
    access: Access::Any(&[Rule::Role("admin"), Rule::When("id == actor.id")]),
    success: 200,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// What changes; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub id: CustomerId,
    /// The version that the row must still have.
    pub expected: Option<i64>,
    pub email: Patch<String>,
    pub name: Patch<String>,
    pub birthday: Patch<Date>,
    pub newsletter: Option<bool>,
    pub address: Patch<Address>,
}

pub(super) type Outcome = Customer;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// 412: This version is not the current one.
    Stale,
    /// 409: This email is taken.
    EmailTaken,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NotFound, Self::Stale, Self::EmailTaken]
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
            Error::EmailTaken => Problem::new(problems::CUSTOMER_EMAIL_TAKEN).at("email"),
            Error::Internal(failure) => failure.into(),
        }
    }
}
