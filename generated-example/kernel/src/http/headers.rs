//! The headers of an answer that do not depend on the endpoint.

use axum::http::{HeaderMap, HeaderValue, Uri, header};

use crate::app::App;
use crate::problem::{INTERNAL, Problem};
use crate::telemetry::{REQUEST_ID, Trace};

const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");
/// An API's answer is data: it loads nothing and is shown in no frame.
const DATA_ONLY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Adds the request's id, what browsers are to know, and whether the page at `caller` may read it.
pub(super) fn complete<S>(
    headers: &mut HeaderMap,
    app: &App<S>,
    trace: &Trace,
    caller: Option<&HeaderValue>,
) {
    headers.insert(REQUEST_ID, trace.header());
    harden(headers);
    app.settings().server.cors_origins.mark(caller, headers);
}

/// What browsers are to know of any answer; what the answer says itself stays.
pub(super) fn harden(headers: &mut HeaderMap) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    headers.insert(header::REFERRER_POLICY, NO_REFERRER);
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(DATA_ONLY);
}

/// A header made of what a service wrote.
pub(super) fn value(text: String) -> Result<HeaderValue, Problem> {
    HeaderValue::try_from(text).map_err(|error| {
        tracing::error!(%error, "an answer's header cannot be sent");
        Problem::new(INTERNAL)
    })
}

/// The address of the next page: the same as this one's, from another cursor on.
pub(super) fn next(uri: &Uri, cursor: &str) -> String {
    let query = uri.query().unwrap_or_default();
    let others = query
        .split('&')
        .filter(|pair| !pair.is_empty() && pair.split('=').next() != Some("cursor"));
    let mut link = format!("<{}?", uri.path());
    others.for_each(|pair| {
        link.push_str(pair);
        link.push('&');
    });
    link.push_str("cursor=");
    link.push_str(cursor);
    link.push_str(">; rel=\"next\"");
    link
}
