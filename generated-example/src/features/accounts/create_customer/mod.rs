//! `POST /api/v1/customers`
//!
//! Creates a customer.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::Problem;
use kernel::types::Date;

use crate::features::accounts::model::{Address, Customer};
use crate::features::accounts::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "accounts.create_customer",
    method: Method::Post,
    path: "/api/v1/customers",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 201,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    /// What the customer's tokens name.
    pub subject: String,
    pub email: Option<String>,
    pub name: Option<String>,
    pub birthday: Option<Date>,
    pub newsletter: bool,
    pub address: Option<Address>,
}

pub(super) type Outcome = Customer;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 409: This subject is taken.
    SubjectTaken,
    /// 409: This email is taken.
    EmailTaken,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::SubjectTaken, Self::EmailTaken]
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
            Error::SubjectTaken => Problem::new(problems::CUSTOMER_SUBJECT_TAKEN).at("subject"),
            Error::EmailTaken => Problem::new(problems::CUSTOMER_EMAIL_TAKEN).at("email"),
            Error::Internal(failure) => failure.into(),
        }
    }
}
