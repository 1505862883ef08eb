//! `GET /api/v1/reports/stock`
//!
//! What the stock is worth, by format, for books published within a span of days.

mod handler;
mod logic;

pub(super) use handler::routes;

use kernel::contract::{Access, Contract, Method, Rule, Unit};
use kernel::db::Failure;
use kernel::problem::{NOT_IMPLEMENTED, Problem};
use kernel::types::{Date, Decimal};
use serde::Serialize;

use crate::features::catalog::model::Format;

pub(super) const CONTRACT: Contract = Contract {
    id: "catalog.stock_report",
    method: Method::Get,
    path: "/api/v1/reports/stock",
    access: Access::Any(&[Rule::Role("support"), Rule::Role("admin")]),
    success: 200,
    unit: Unit::Read,
    problems: Error::each,
    ..Contract::DEFAULT
};

/// A request that passed validation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub format: Option<Format>,
    /// First day of publication counted.
    pub from: Date,
    /// Last day of publication counted.
    pub to: Date,
}

pub(super) type Outcome = StockReportOutput;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct StockReportOutput {
    pub rows: Vec<StockReportRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct StockReportRow {
    pub format: Format,
    pub titles: i64,
    pub copies: i64,
    pub value: Decimal<2>,
}

/// All that may go wrong; `logic` can return nothing else.
#[derive(Debug)]
pub(super) enum Error {
    /// 501: This is not implemented yet.
    Unwritten,
    /// The database failed.
    Internal(Failure),
}

impl Error {
    /// One of each, for the contract.
    fn each() -> Vec<Problem> {
        [Self::Unwritten].map(Problem::from).into()
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
            Error::Unwritten => Problem::new(NOT_IMPLEMENTED),
            Error::Internal(failure) => failure.into(),
        }
    }
}
