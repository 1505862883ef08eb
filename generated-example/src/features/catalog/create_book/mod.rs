//! `POST /api/v1/books`
//!
//! Creates a book.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{Fault, Problem, VALIDATION_FAILED};
use kernel::types::{Date, Decimal};

use crate::features::catalog::model::{AuthorId, Book, CategoryId, Dimensions, Format};
use crate::features::catalog::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.create_book",
    method: Method::Post,
    path: "/api/v1/books",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 201,
    unit: Unit::Transaction,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub isbn: String,
    pub title: String,
    pub author_id: AuthorId,
    pub category_id: Option<CategoryId>,
    pub format: Format,
    /// In euros.
    pub price: Decimal<2>,
    pub published: Option<Date>,
    pub size: Option<Dimensions>,
    pub blurb: Option<String>,
    pub tags: Vec<String>,
}

pub(super) type Outcome = Book;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 409: This isbn is taken.
    IsbnTaken,
    /// 409: This combination of author and title is taken.
    AuthorTitleTaken,
    /// 409: There is no such author.
    AuthorMissing,
    /// 409: There is no such category.
    CategoryMissing,
    /// 422: The request breaks the rules.
    OnlyEbooksAreFreeBroken,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [
            Self::IsbnTaken,
            Self::AuthorTitleTaken,
            Self::AuthorMissing,
            Self::CategoryMissing,
            Self::OnlyEbooksAreFreeBroken,
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
            Error::IsbnTaken => Problem::new(problems::BOOK_ISBN_TAKEN).at("isbn"),
            Error::AuthorTitleTaken => Problem::new(problems::BOOK_AUTHOR_TITLE_TAKEN),
            Error::AuthorMissing => Problem::new(problems::BOOK_AUTHOR_MISSING).at("author_id"),
            Error::CategoryMissing => {
                Problem::new(problems::BOOK_CATEGORY_MISSING).at("category_id")
            }
            Error::OnlyEbooksAreFreeBroken => Problem::new(VALIDATION_FAILED).faults([Fault::new(
                "price",
                "check",
                "must meet only_ebooks_are_free: price > 0 || format == \"ebook\"",
            )]),
            Error::Internal(failure) => failure.into(),
        }
    }
}
