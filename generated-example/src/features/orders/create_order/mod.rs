//! `POST /api/v1/orders`
//!
//! Creates an order.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Unit};
use kernel::db::Failure;
use kernel::problem::Problem;

use crate::features::accounts::CustomerId;
use crate::features::orders::model::{Address, Order};
use crate::features::orders::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "orders.create_order",
    method: Method::Post,
    path: "/api/v1/orders",
    access: Access::Public,
    success: 201,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub number: String,
    pub customer_id: CustomerId,
    pub shipping: Option<Address>,
    pub note: Option<String>,
}

pub(super) type Outcome = Order;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 409: This number is taken.
    NumberTaken,
    /// 409: There is no such customer.
    CustomerMissing,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NumberTaken, Self::CustomerMissing]
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
            Error::NumberTaken => Problem::new(problems::ORDER_NUMBER_TAKEN).at("number"),
            Error::CustomerMissing => {
                Problem::new(problems::ORDER_CUSTOMER_MISSING).at("customer_id")
            }
            Error::Internal(failure) => failure.into(),
        }
    }
}
