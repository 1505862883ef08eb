//! The features of the service, each closed to the others but for its face. See README.md for the rules.

mod accounts;
mod catalog;
mod orders;

pub use accounts::{find_caller, make_caller};

use axum::Router;
use kernel::contract::Contract;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(accounts::routes())
        .merge(catalog::routes())
        .merge(orders::routes())
}

/// What every endpoint promises.
pub fn contracts() -> Vec<&'static Contract> {
    [
        accounts::contracts(),
        catalog::contracts(),
        orders::contracts(),
    ]
    .concat()
}
