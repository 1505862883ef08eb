//! `POST /api/v1/orders`
//!
//! Creates an order.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{Problem, UNAUTHENTICATED};
use kernel::types::Decimal;

use crate::features::catalog::BookId;
use crate::features::orders::model::{Address, OrderView};
use crate::features::orders::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "orders.create_order",
    method: Method::Post,
    path: "/api/v1/orders",
    access: Access::Any(&[Rule::Authenticated]),
    success: 201,
    unit: Unit::Transaction,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub number: String,
    pub shipping: Option<Address>,
    pub note: Option<String>,
    pub lines: Vec<NewLine>,
}

pub(super) type Outcome = OrderView;

/// Of the lines that are made with the row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NewLine {
    pub book_id: BookId,
    pub quantity: i64,
    pub unit_price: Decimal<2>,
}

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 401: This needs a valid token.
    CallerGone,
    /// 409: This number is taken.
    NumberTaken,
    /// 409: This combination of order and book is taken.
    LinesOrderBookTaken,
    /// 409: There is no such book.
    LinesBookMissing,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [
            Self::CallerGone,
            Self::NumberTaken,
            Self::LinesOrderBookTaken,
            Self::LinesBookMissing,
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
            Error::CallerGone => Problem::new(UNAUTHENTICATED),
            Error::NumberTaken => Problem::new(problems::ORDER_NUMBER_TAKEN).at("number"),
            Error::LinesOrderBookTaken => Problem::new(problems::LINE_ORDER_BOOK_TAKEN).at("lines"),
            Error::LinesBookMissing => Problem::new(problems::LINE_BOOK_MISSING).at("lines"),
            Error::Internal(failure) => failure.into(),
        }
    }
}
