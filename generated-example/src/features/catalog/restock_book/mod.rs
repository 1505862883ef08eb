//! `POST /api/v1/books/{slug}/restock`
//!
//! Puts copies on the shelf.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, NOT_IMPLEMENTED, Problem, STALE_VERSION};

use crate::features::catalog::model::Book;
use crate::features::catalog::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.restock_book",
    method: Method::Post,
    path: "/api/v1/books/{slug}/restock",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 200,
    unit: Unit::Transaction,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub slug: String,
    /// The version that the row must still have.
    pub expected: Option<i64>,
    pub quantity: i64,
}

pub(super) type Outcome = Book;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// 412: This version is not the current one.
    Stale,
    /// 501: This is not implemented yet.
    Unwritten,
    /// 409: The warehouse is full.
    WarehouseFull { stock: i64, capacity: i64 },
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [
            Self::NotFound,
            Self::Stale,
            Self::Unwritten,
            Self::WarehouseFull {
                stock: Default::default(),
                capacity: Default::default(),
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
            Error::Unwritten => Problem::new(NOT_IMPLEMENTED),
            Error::WarehouseFull { stock, capacity } => Problem::new(problems::WAREHOUSE_FULL)
                .with("stock", stock)
                .with("capacity", capacity),
            Error::Internal(failure) => failure.into(),
        }
    }
}
