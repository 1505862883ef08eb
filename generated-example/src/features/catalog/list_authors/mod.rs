//! `GET /api/v1/authors`
//!
//! Lists authors.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Unit};
use kernel::db::Failure;
use kernel::page::{Filter, Order, Page, PageRequest};
use kernel::problem::Problem;
use kernel::types::Date;

use crate::features::catalog::model::{AuthorInclude, AuthorView};

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.list_authors",
    method: Method::Get,
    path: "/api/v1/authors",
    access: Access::Public,
    success: 200,
    unit: Unit::Read,
    ..Contract::DEFAULT
};

/// What the caller wants listed, and how.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub name: Filter<String>,
    pub born: Filter<Date>,
    pub title: Filter<String>,
    pub search: Option<String>,
    pub order: Order<Sort>,
    pub page: PageRequest,
    pub include: AuthorInclude,
}

/// What the list may be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Id,
    Name,
    Born,
    CreatedAt,
}

pub(super) type Outcome = Page<AuthorView>;

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
