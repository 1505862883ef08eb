//! Which web pages may call (the Fetch standard's CORS protocol). Without origins in the settings: none, at no cost.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, Uri};

/// The origins that may call from a browser.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origins(Vec<HeaderValue>);

const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");
const REQUEST_HEADERS: HeaderValue = HeaderValue::from_static(
    "authorization, content-type, if-match, if-none-match, traceparent, x-request-id",
);
const RESPONSE_HEADERS: HeaderValue =
    HeaderValue::from_static("etag, link, location, retry-after, x-request-id");
/// Seconds that a browser may remember the permission.
const MAX_AGE: HeaderValue = HeaderValue::from_static("600");
const ANY: HeaderValue = HeaderValue::from_static("*");

impl Origins {
    /// `scheme://host[:port]` each, or `*` alone; `None` if one is neither.
    pub fn new<'o>(origins: impl IntoIterator<Item = &'o str>) -> Option<Self> {
        let origins: Vec<_> = origins.into_iter().map(origin).collect::<Option<_>>()?;
        (origins.len() <= 1 || !origins.contains(&ANY)).then_some(Self(origins))
    }

    /// What to answer a request from `origin`, if anything.
    fn allowed(&self, origin: Option<&HeaderValue>) -> Option<HeaderValue> {
        if self.0.first() == Some(&ANY) {
            return Some(ANY);
        }
        origin.filter(|origin| self.0.contains(origin)).cloned()
    }

    /// Says on an answer whether the page that asked may read it. `origin` is the request's.
    pub(super) fn mark(&self, origin: Option<&HeaderValue>, headers: &mut HeaderMap) {
        if self.0.is_empty() {
            return;
        }
        headers.append(header::VARY, HeaderValue::from_name(header::ORIGIN));
        if let Some(origin) = self.allowed(origin) {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, RESPONSE_HEADERS);
        }
    }

    /// Whether this is a browser asking beforehand, for a page that may call.
    pub(super) fn is_preflight(&self, method: &Method, headers: &HeaderMap) -> bool {
        method == Method::OPTIONS
            && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
            && self.allowed(headers.get(header::ORIGIN)).is_some()
    }
}

/// What to tell a browser that asked beforehand.
pub(super) fn permissions() -> [(HeaderName, HeaderValue); 3] {
    [
        (header::ACCESS_CONTROL_ALLOW_METHODS, METHODS),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS),
        (header::ACCESS_CONTROL_MAX_AGE, MAX_AGE),
    ]
}

fn origin(text: &str) -> Option<HeaderValue> {
    if text == "*" {
        return Some(ANY);
    }
    let uri: Uri = text.parse().ok()?;
    let is_plain =
        text == format!("{}://{}", uri.scheme_str()?, uri.authority()?) && !text.contains('@');
    is_plain.then(|| HeaderValue::from_str(text).ok())?
}
