//! The pipeline: one function that every request to an endpoint runs through, whichever endpoint.
//!
//! Trace, limits, handler, encoding, metrics and access line, in this order, driven by the [`Contract`]. Enters: a
//! request that was routed. Leaves: an answer, a problem included; nothing that a handler does gets around it. Stages
//! are plain code, not layers: no boxed future, no look-up per request. There is no business rule in here.

use std::pin::pin;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use tokio::time::Instant;

use super::handling::{Handling, Work};
use super::visit::Visit;
use super::{Call, Reply, body, etag, headers};
use crate::app::App;
#[cfg(feature = "auth")]
use crate::auth::{Reach, Site};
use crate::contract::{self, Contract};
use crate::problem::{INTERNAL, Problem, UNAVAILABLE, URI_TOO_LONG};
use crate::telemetry::Meters;

/// The longest path and query that is read, in bytes.
const LONGEST_URI: usize = 8 * 1024;

/// As many as an answer may have without a second allocation.
const MOST_HEADERS: usize = 12;

const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// May be kept, and must be asked about before each use.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
#[cfg(feature = "auth")]
/// What one caller was shown is not kept for another.
const BY_CALLER: HeaderValue = HeaderValue::from_static("authorization");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// What stays the same from request to request.
struct Endpoint<S> {
    contract: &'static Contract,
    meters: Meters,
    handler: Handler<S>,
}

type Handler<S> = Box<dyn Fn(Call<S>) -> Work + Send + Sync>;

/// The route of one endpoint, pipeline and all.
pub fn route<S, H, F>(contract: &'static Contract, handler: H) -> Router<App<S>>
where
    S: Send + Sync + 'static,
    H: Fn(Call<S>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<Reply, Problem>> + Send + 'static,
{
    mount(contract, Box::new(move |call| Box::pin(handler(call))))
}

fn mount<S: Send + Sync + 'static>(
    contract: &'static Contract,
    handler: Handler<S>,
) -> Router<App<S>> {
    let endpoint = Arc::new(Endpoint {
        contract,
        meters: Meters::of(contract.id),
        handler,
    });
    let filter = match contract.method {
        contract::Method::Get => MethodFilter::GET,
        contract::Method::Post => MethodFilter::POST,
        contract::Method::Put => MethodFilter::PUT,
        contract::Method::Patch => MethodFilter::PATCH,
        contract::Method::Delete => MethodFilter::DELETE,
    };
    let run = move |State(app): State<App<S>>, request: Request| async move {
        run(&endpoint, &app, request).await
    };
    Router::new().route(contract.path, on(filter, run))
}

async fn run<S>(endpoint: &Endpoint<S>, app: &App<S>, request: Request) -> Response {
    let visit = Visit::begin(endpoint.contract.id, &endpoint.meters, app.log(), &request);
    #[cfg(feature = "otlp")]
    let visit = visit.traced(app.traces(), Some(endpoint.contract.path));
    let caller = request.headers().get(header::ORIGIN).cloned();
    let answer = {
        // Pinned where it is made: moving it costs more than most stages.
        let work = pin!(answer(endpoint, app, request, &visit));
        visit.current().scope(work).await
    };
    let mut response =
        answer.unwrap_or_else(|problem| app.render()(&problem, Some(visit.origin())));
    headers::complete(
        response.headers_mut(),
        app,
        &visit.current().trace,
        caller.as_ref(),
    );
    visit.end(&response);
    response
}

async fn answer<S>(
    endpoint: &Endpoint<S>,
    app: &App<S>,
    request: Request,
    visit: &Visit<'_>,
) -> Result<Response, Problem> {
    let contract = endpoint.contract;
    let deadline = Instant::from_std(visit.began()) + contract.deadline;
    let slot = app
        .admit()
        .ok_or_else(|| Problem::new(UNAVAILABLE).retry_after(1))?;
    check_length(request.uri())?;
    // Who calls, how often and by which right: answered here, before a body is read.
    let (parts, body) = request.into_parts();
    #[cfg(feature = "auth")]
    let reach = match contract.access {
        contract::Access::Public => Reach::anonymous(),
        contract::Access::Any(rules) => {
            let site = Site {
                settings: &app.settings().auth,
                pool: app.pool(),
                now: app.environment().clock.now(),
                deadline,
                #[cfg(feature = "tenancy")]
                tenant: contract.tenant,
                #[cfg(feature = "tenancy")]
                named: None,
            };
            app.gate().admit(rules, &parts.headers, site).await?
        }
    };
    let body = body::read(body, contract.body_limit, deadline).await?;

    let known = known_versions(&parts);
    let call = Call {
        app: app.clone(),
        contract,
        parts,
        body,
        #[cfg(feature = "auth")]
        reach,
    };
    let write = contract.unit.writes().then(|| visit.current().clone());
    let handling = Handling::of((endpoint.handler)(call), slot, write);
    let reply = handling.until(deadline).await?;
    encode(contract, reply, &known, visit.uri())
}

fn check_length(uri: &Uri) -> Result<(), Problem> {
    let length = uri.path().len() + uri.query().map_or(0, str::len);
    if length > LONGEST_URI {
        Err(Problem::new(URI_TOO_LONG))
    } else {
        Ok(())
    }
}

/// What the client holds already, where that may spare it the answer.
fn known_versions(parts: &axum::http::request::Parts) -> Vec<HeaderValue> {
    match parts.method {
        Method::GET | Method::HEAD => parts
            .headers
            .get_all(header::IF_NONE_MATCH)
            .iter()
            .cloned()
            .collect(),
        _ => Vec::new(),
    }
}

fn encode(
    contract: &Contract,
    reply: Reply,
    known: &[HeaderValue],
    uri: &Uri,
) -> Result<Response, Problem> {
    let json = reply.body.map_err(|error| {
        tracing::error!(%error, "the answer cannot be written as JSON");
        Problem::new(INTERNAL)
    })?;
    let fresh = reply
        .etag
        .as_ref()
        .is_some_and(|etag| etag::matches_none(known, etag));
    let mut response = if fresh || json.is_empty() {
        Response::default()
    } else {
        Response::new(Body::from(json))
    };
    *response.status_mut() = if fresh {
        StatusCode::NOT_MODIFIED
    } else {
        StatusCode::from_u16(contract.success).expect("BUG: a contract's success is a status")
    };

    let headers = response.headers_mut();
    headers.reserve(MOST_HEADERS);
    headers.insert(
        header::CACHE_CONTROL,
        if reply.etag.is_some() {
            REVALIDATE
        } else {
            NO_STORE
        },
    );
    if !fresh && contract.success != 204 {
        headers.insert(header::CONTENT_TYPE, JSON);
    }
    if let Some(etag) = reply.etag {
        headers.insert(header::ETAG, etag);
        #[cfg(feature = "auth")]
        if contract.access != contract::Access::Public {
            headers.append(header::VARY, BY_CALLER);
        }
    }
    if let Some(location) = reply.location {
        headers.insert(header::LOCATION, headers::value(location)?);
    }
    if let Some(cursor) = reply.next {
        headers.insert(header::LINK, headers::value(headers::next(uri, &cursor))?);
    }
    if let Some(total) = reply.total {
        headers.insert("x-total-count", total.into());
    }
    Ok(response)
}
