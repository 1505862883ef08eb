//! `POST /api/v1/books/{book}/reviews`
//!
//! Creates a review.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_FOUND, Problem, UNAUTHENTICATED};

use crate::features::catalog::model::Review;
use crate::features::catalog::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.create_review",
    method: Method::Post,
    path: "/api/v1/books/{book}/reviews",
    access: Access::Any(&[Rule::Authenticated]),
    success: 201,
    unit: Unit::Transaction,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub book: String,
    pub stars: i64,
    pub text: Option<String>,
    pub quotes: Vec<String>,
}

pub(super) type Outcome = Review;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// 401: This needs a valid token.
    CallerGone,
    /// 409: This combination of book and author is taken.
    BookAuthorTaken,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::NotFound, Self::CallerGone, Self::BookAuthorTaken]
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
            Error::CallerGone => Problem::new(UNAUTHENTICATED),
            Error::BookAuthorTaken => Problem::new(problems::REVIEW_BOOK_AUTHOR_TAKEN),
            Error::Internal(failure) => failure.into(),
        }
    }
}
