//! Routes for those who run the service. They pass by the pipeline on purpose: a service that refuses requests must
//! still say how it is.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::time::timeout;

use crate::app::App;
use crate::problem::{NOT_FOUND, Problem, UNAVAILABLE};

/// How long the database may take to show that it is there.
const PATIENCE: Duration = Duration::from_secs(1);

const PLAIN: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
const UP: (StatusCode, [(header::HeaderName, &str); 2], &str) = (
    StatusCode::OK,
    [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ],
    r#"{"status":"up"}"#,
);

/// `/health/live`: the process answers. `/health/ready`: it wants requests, and reaches its database.
pub fn health<S: Send + Sync + 'static>() -> Router<App<S>> {
    Router::new().route("/health/live", get(async || UP)).route(
        "/health/ready",
        get(|State(app): State<App<S>>| async move {
            if app.is_draining() {
                return Problem::new(UNAVAILABLE).detail("stopping").into_response();
            }
            match timeout(PATIENCE, app.pool().ping()).await {
                Ok(Ok(())) => UP.into_response(),
                _ => Problem::new(UNAVAILABLE)
                    .detail("the database does not answer")
                    .into_response(),
            }
        }),
    )
}

/// `/metrics`, as Prometheus reads it.
pub fn metrics<S: Send + Sync + 'static>() -> Router<App<S>> {
    Router::new().route(
        "/metrics",
        get(|State(app): State<App<S>>| async move { render(&app) }),
    )
}

fn render<S>(app: &App<S>) -> Response {
    match app.metrics() {
        Some(metrics) => ([(header::CONTENT_TYPE, PLAIN)], metrics.render()).into_response(),
        None => Problem::new(NOT_FOUND).into_response(),
    }
}
