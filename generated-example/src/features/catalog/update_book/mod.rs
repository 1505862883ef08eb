//! `PATCH /api/v1/books/{slug}`
//!
//! Updates a book.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{Fault, NOT_FOUND, Problem, STALE_VERSION, VALIDATION_FAILED};
use kernel::types::{Date, Decimal, Patch};

use crate::features::catalog::model::{AuthorId, Book, CategoryId, Dimensions, Format};
use crate::features::catalog::problems;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.update_book",
    method: Method::Patch,
    path: "/api/v1/books/{slug}",
    access: Access::Any(&[Rule::Role("admin")]),
    success: 200,
    unit: Unit::Transaction,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// What changes; what is absent stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub slug: String,
    /// The version that the row must still have.
    pub expected: Option<i64>,
    pub isbn: Option<String>,
    pub title: Option<String>,
    pub author_id: Option<AuthorId>,
    pub category_id: Patch<CategoryId>,
    pub format: Option<Format>,
    /// In euros.
    pub price: Option<Decimal<2>>,
    pub published: Patch<Date>,
    pub size: Patch<Dimensions>,
    pub blurb: Patch<String>,
    pub tags: Option<Vec<String>>,
}

pub(super) type Outcome = Book;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 404: There is nothing here.
    NotFound,
    /// 412: This version is not the current one.
    Stale,
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
            Self::NotFound,
            Self::Stale,
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
            Error::NotFound => Problem::new(NOT_FOUND),
            Error::Stale => Problem::new(STALE_VERSION),
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
