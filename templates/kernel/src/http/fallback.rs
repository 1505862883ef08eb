//! Requests that no endpoint answers, and the last step of putting a router together.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::Response;

use super::visit::Visit;
use super::{cors, headers};
use crate::app::App;
use crate::problem::{Kind, METHOD_NOT_ALLOWED, NOT_FOUND, Problem};
use crate::telemetry::Meters;

/// The label of what was asked for and is not there.
const UNMATCHED: &str = "unmatched";

/// Completes a service: what nobody answers is a problem like any other, and the state is put in.
pub fn finish<S: Send + Sync + 'static>(routes: Router<App<S>>, app: App<S>) -> Router {
    routes
        .fallback(|State(app): State<App<S>>, request: Request| async move {
            refuse(&app, &request, NOT_FOUND)
        })
        .method_not_allowed_fallback(|State(app): State<App<S>>, request: Request| async move {
            refuse(&app, &request, METHOD_NOT_ALLOWED)
        })
        .with_state(app)
}

fn refuse<S>(app: &App<S>, request: &Request, kind: Kind) -> Response {
    static METERS: LazyLock<Meters> = LazyLock::new(|| Meters::of(UNMATCHED));

    let visit = Visit::begin(UNMATCHED, &METERS, app.log(), request);
    #[cfg(feature = "otlp")]
    let visit = visit.traced(app.traces(), None);
    let preflight = kind == METHOD_NOT_ALLOWED
        && app
            .settings()
            .server
            .cors_origins
            .is_preflight(request.method(), request.headers());
    let mut response = if preflight {
        let mut response = Response::default();
        *response.status_mut() = StatusCode::NO_CONTENT;
        response.headers_mut().extend(cors::permissions());
        response
    } else {
        app.render()(&Problem::new(kind), Some(visit.origin()))
    };
    headers::complete(
        response.headers_mut(),
        app,
        &visit.current().trace,
        request.headers().get(header::ORIGIN),
    );
    visit.end(&response);
    response
}
