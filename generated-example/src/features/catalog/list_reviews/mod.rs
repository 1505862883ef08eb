//! `GET /api/v1/books/{book}/reviews`
//!
//! Lists the reviews of one book.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Unit};
use kernel::db::Failure;
use kernel::page::{Filter, Order, Page, PageRequest};
use kernel::problem::{NOT_FOUND, Problem};
use kernel::types::Timestamp;

use crate::features::catalog::model::Review;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.list_reviews",
    method: Method::Get,
    path: "/api/v1/books/{book}/reviews",
    access: Access::Public,
    success: 200,
    unit: Unit::Read,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// What the caller wants listed, and how.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub book: String,
    pub stars: Filter<i64>,
    pub created_at: Filter<Timestamp>,
    pub order: Order<Sort>,
    pub page: PageRequest,
}

/// What the list may be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Id,
    Stars,
    CreatedAt,
}

pub(super) type Outcome = Page<Review>;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NotFound].map(Problem::from).into()
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
            Error::Internal(failure) => failure.into(),
        }
    }
}
