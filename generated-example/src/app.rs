//! The router and what its endpoints share. This file is yours: add routes and layers of your own here.

use axum::Router;
use kernel::http;

/// What logic may use beside its store, such as payment or mail. Empty until you need it.
#[derive(Debug, Default)]
pub struct Services {}

pub type App = kernel::app::App<Services>;
pub type Context<'c> = kernel::app::Context<'c, Services>;

const OPENAPI: &str = include_str!("../openapi.json");

/// Everything that the service answers.
pub fn router(app: App) -> Router {
    let routes = crate::features::routes()
        .merge(http::docs(OPENAPI))
        .merge(http::health())
        .merge(http::metrics());
    http::finish(routes, app)
}
