//! `GET /api/v1/books`
//!
//! Lists the books on sale.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Unit};
use kernel::db::Failure;
use kernel::page::{Filter, Order, Page, PageRequest};
use kernel::problem::Problem;
use kernel::types::{Date, Decimal};

use crate::features::catalog::model::{BookInclude, BookView, Format};

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.list_books",
    method: Method::Get,
    path: "/api/v1/books",
    access: Access::Public,
    success: 200,
    unit: Unit::Read,
    ..Contract::DEFAULT
};

/// What the caller wants listed, and how.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub format: Filter<Format>,
    pub price: Filter<Decimal<2>>,
    pub published: Filter<Date>,
    pub in_stock: Filter<i64>,
    pub by: Filter<String>,
    pub category: Filter<String>,
    pub tag: Filter<String>,
    pub stars: Filter<i64>,
    pub search: Option<String>,
    pub order: Order<Sort>,
    pub page: PageRequest,
    pub include: BookInclude,
}

/// What the list may be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Id,
    CreatedAt,
    Price,
    Title,
    Published,
}

pub(super) type Outcome = Page<BookView>;

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// The database failed.
    Internal(Failure),
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        Self::Internal(failure)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Internal(failure) => failure.into(),
        }
    }
}
