//! `POST /api/v1/lines`
//!
//! Creates a line.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::Problem;
use kernel::types::Decimal;

use crate::features::catalog::BookId;
use crate::features::orders::model::{Line, OrderId};
use crate::features::orders::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "orders.create_line",
    method: Method::Post,
    path: "/api/v1/lines",
    access: Access::Any(&[Rule::Role("support")]),
    success: 201,
    unit: Unit::Statement,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub order_id: OrderId,
    pub book_id: BookId,
    pub quantity: i64,
    pub unit_price: Decimal<2>,
}

pub(super) type Outcome = Line;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 409: This combination of order and book is taken.
    OrderBookTaken,
    /// 409: There is no such order.
    OrderMissing,
    /// 409: There is no such book.
    BookMissing,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::OrderBookTaken, Self::OrderMissing, Self::BookMissing]
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
            Error::OrderBookTaken => Problem::new(problems::LINE_ORDER_BOOK_TAKEN),
            Error::OrderMissing => Problem::new(problems::LINE_ORDER_MISSING).at("order_id"),
            Error::BookMissing => Problem::new(problems::LINE_BOOK_MISSING).at("book_id"),
            Error::Internal(failure) => failure.into(),
        }
    }
}
