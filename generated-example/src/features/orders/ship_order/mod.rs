//! `POST /api/v1/orders/{id}/ship`
//!
//! Ship order.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem, STALE_VERSION, VERSION_REQUIRED};

use crate::features::orders::model::{Order, OrderId, OrderStatus};
use crate::features::orders::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "orders.ship_order",
    method: Method::Post,
    path: "/api/v1/orders/{id}/ship",
    access: Access::Any(&[Rule::Role("support")]),
    success: 200,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub id: OrderId,
    /// The version that the row must still have.
    pub expected: Option<i64>,
}

pub(super) type Outcome = Order;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// 412: This version is not the current one.
    Stale,
    /// 428: This needs an If-Match header.
    VersionRequired,
    /// 409: The status of this order does not allow it.
    WrongState { from: OrderStatus },
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [
            Self::NotFound,
            Self::Stale,
            Self::VersionRequired,
            Self::WrongState {
                from: OrderStatus::Draft,
            },
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
            Error::NotFound => Problem::new(NOT_FOUND),
            Error::Stale => Problem::new(STALE_VERSION),
            Error::VersionRequired => Problem::new(VERSION_REQUIRED),
            Error::WrongState { from } => Problem::new(problems::ORDER_STATUS_CONFLICT)
                .detail(format!("status is {from} and cannot become shipped"))
                .with("to", OrderStatus::Shipped)
                .with("from", from),
            Error::Internal(failure) => failure.into(),
        }
    }
}
