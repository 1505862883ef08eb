//! The service's own documentation: `/openapi.json`, and a page at `/docs` that shows it and calls it.
//!
//! The page is self-contained: three small files, nothing from elsewhere, so that it works offline and under a strict
//! policy. `/problems/{code}`, the `type` of every problem, leads to its place on the page.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::headers::harden;
use crate::app::App;
use crate::problem::{NOT_FOUND, Problem};

/// The page may load its own files and call its own service, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The routes of the documentation; `openapi` is the text of the service's `openapi.json`.
pub fn docs<S: Send + Sync + 'static>(openapi: &'static str) -> Router<App<S>> {
    const HTML: &str = include_str!("docs/page.html");
    const SCRIPT: &str = include_str!("docs/page.js");
    const STYLE: &str = include_str!("docs/page.css");

    Router::new()
        .route(
            "/openapi.json",
            get(async move || file("application/json", openapi)),
        )
        .route(
            "/docs",
            get(async || file("text/html; charset=utf-8", HTML)),
        )
        .route(
            "/docs/page.js",
            get(async || file("text/javascript; charset=utf-8", SCRIPT)),
        )
        .route(
            "/docs/page.css",
            get(async || file("text/css; charset=utf-8", STYLE)),
        )
        .route(
            "/problems/{code}",
            get(async |Path(code): Path<String>| problem(&code)),
        )
}

fn file(media_type: &'static str, text: &'static str) -> Response {
    let headers: [(HeaderName, &str); 3] = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    let mut response = (headers, text).into_response();
    harden(response.headers_mut());
    response
}

fn problem(code: &str) -> Response {
    let is_code = !code.is_empty()
        && code
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    if !is_code {
        return Problem::new(NOT_FOUND).into_response();
    }
    (
        StatusCode::FOUND,
        [(header::LOCATION, format!("/docs#problem-{code}"))],
    )
        .into_response()
}
