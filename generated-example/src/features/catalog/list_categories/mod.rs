//! `GET /api/v1/categories`
//!
//! Lists categories.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Unit};
use kernel::db::Failure;
use kernel::page::{Filter, OffsetRequest, Order, Page};
use kernel::problem::Problem;

use crate::features::catalog::model::{CategoryInclude, CategoryView};

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.list_categories",
    method: Method::Get,
    path: "/api/v1/categories",
    access: Access::Public,
    success: 200,
    unit: Unit::Read,
    ..Contract::DEFAULT
};

/// What the caller wants listed, and how.
#[derive(Debug, Clone)]
pub(super) struct Command {
    pub parent: Filter<String>,
    pub position: Filter<i64>,
    pub order: Order<Sort>,
    pub page: OffsetRequest,
    pub include: CategoryInclude,
}

/// What the list may be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Id,
    Position,
    Name,
}

pub(super) type Outcome = Page<CategoryView>;

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
