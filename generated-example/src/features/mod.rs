//! The features of the service, each closed to the others but for its face. See README.md for the rules.

mod accounts;
mod catalog;
mod orders;

use axum::Router;

use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .merge(accounts::routes())
        .merge(catalog::routes())
        .merge(orders::routes())
}
